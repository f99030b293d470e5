"""What must be true of every page, whatever it is for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, ViewportSize

PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
DESK: Final[ViewportSize] = {"width": 1280, "height": 900}
# Every page is whole at each of these; half the desk's is what a desk shows at 200 %.
WIDTHS: Final[tuple[ViewportSize, ...]] = (
    PHONE,
    DESK,
    {"width": 320, "height": 640},
    {"width": DESK["width"] // 2, "height": DESK["height"] // 2},
)
AT_EVERY_WIDTH: Final = os.environ.get("PAGE_WIDTHS", "") == "all"
AXE: Final = Axe()
AXE_OPTIONS: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
# Spellings of a dose that have been misread (ISMP's list of error-prone abbreviations).
# A digit that belongs to a code, as in 82af7cc or JB5MG, is no amount: passwords and codes are random.
UNIT: Final = r"(?:mg|mcg|mL|g)\b"
NUMBER: Final = r"(?<![A-Za-z\d])\d[\d.,]*"
MISREAD: Final = {
    "a trailing zero": re.compile(rf"\d\.\d*0\s*{UNIT}"),
    "no leading zero": re.compile(rf"(?<![\d.])\.\d+\s*{UNIT}"),
    "a comma": re.compile(rf"\d,\d+\s*{UNIT}"),
    "no space before the unit": re.compile(rf"{NUMBER}{UNIT}"),
    "an unsafe unit": re.compile(rf"{NUMBER}\s*(?:µg|μg|ug|cc|ML|ml|MG|Mg)\b"),
}
SCREENSHOTS: Final = os.environ.get("SCREENSHOTS", "")


def check_page(page: Page, name: str = "", *, sizes: Iterable[ViewportSize] = (PHONE, DESK)) -> None:
    """`name` is the screenshot's, where SCREENSHOTS names a folder."""
    for size in sizes:
        page.set_viewport_size(size)
        if SCREENSHOTS and name:
            page.screenshot(path=Path(SCREENSHOTS, f"{name}-{size['width']}.png"), full_page=True)
        problems = [*_accessibility(page), *_sideways(page), *_number_boxes(page), *_misread(page)]
        assert not problems, f"{page.url} at {size['width']} pixels:\n" + "\n".join(problems)


def misread_doses(text: str) -> list[str]:
    return [
        f"{what}: “{found.group()}”" for what, pattern in MISREAD.items() for found in pattern.finditer(text)
    ]


def _accessibility(page: Page) -> list[str]:
    """axe runs by evaluation: the page's own policy refuses a script that is put into it."""
    results: dict[str, Any] = AXE.run(page, options=AXE_OPTIONS).response
    return [
        f"axe {violation['id']}: {violation['help']}: {node['target']} {node['html'][:200]}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


def _sideways(page: Page) -> list[str]:
    """The elements that stick out, if the page can be scrolled sideways."""
    found: list[str] = page.evaluate("""() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        return [...document.body.querySelectorAll("*")]
            .filter((element) => element.getBoundingClientRect().right > width + 1)
            .slice(0, 5)
            .map((element) => `sticks out sideways: ${element.outerHTML.slice(0, 200)}`)
            .concat(`scrolls sideways: ${document.documentElement.scrollWidth} pixels wide`);
    }""")
    return found


def _number_boxes(page: Page) -> list[str]:
    """A browser's own number and date boxes drop or change what was typed before the server sees it."""
    boxes = page.locator("input[type=number], input[type=date], input[type=time], input[type=datetime-local]")
    return [
        f"a box that changes what is typed: {box.evaluate('box => box.outerHTML')}" for box in boxes.all()
    ]


def _misread(page: Page) -> list[str]:
    return [
        f"a dose that can be misread, {words}" for words in misread_doses(page.locator("body").inner_text())
    ]
