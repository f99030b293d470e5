"""What is written can be read: the colours that stand on each other, as WCAG 2.2 AA asks."""

from __future__ import annotations

import re
from typing import Final

import pytest

from .house.law import TOP
from .house.palette import contrast, palette

TEXT: Final = 4.5  # 1.4.3: words
EDGE: Final = 3.0  # 1.4.11: the edge of a box to type in, where the keyboard is, a line of a drawing
GROUNDS: Final = ("paper", "page")
WRITTEN: Final = {
    "ink": (*GROUNDS, "deep-soft", "faint", "gap-soft", "own-soft", "danger-faint", "desk"),
    "ink-soft": (*GROUNDS, "deep-soft", "faint", "gap-soft", "danger-faint"),
    "link": (*GROUNDS, "deep-soft", "faint", "gap-soft", "own-soft", "danger-faint"),
    "link-dark": (*GROUNDS, "deep-soft", "gap-soft"),
    "deep": (*GROUNDS, "deep-soft"),
    "gap": (*GROUNDS, "gap-soft", "deep-soft"),
    "warning": ("warning-soft",),
    "danger": GROUNDS,
    "danger-dark": ("danger-soft",),
    "black": ("paper", "desk"),
    "paper": ("deep", "deep-dark", "danger", "black"),
}
DRAWN: Final = {
    "edge": GROUNDS,
    "focus": (*GROUNDS, "deep-soft", "gap-soft", "danger-faint"),
    "focus-on-deep": ("deep",),
    "deep": (*GROUNDS, "deep-soft"),
    "danger": ("paper", "danger-soft", "danger-faint"),
    "gap": ("paper", "gap-soft"),
    "own": ("own-soft",),
    "planned": ("paper",),
    "grey": ("paper",),
}
PAIRS: Final = [
    (one, ground, least)
    for pairs, least in ((WRITTEN, TEXT), (DRAWN, EDGE))
    for one, grounds in pairs.items()
    for ground in grounds
]
STYLES: Final = "".join(path.read_text() for path in sorted(TOP.glob("static/css/*.css")))


@pytest.mark.parametrize(("one", "ground", "least"), PAIRS)
def test_it_can_be_told_from_what_it_stands_on(one: str, ground: str, least: float) -> None:
    assert contrast(one, ground) >= least


def test_every_colour_of_words_is_tried() -> None:
    used = set(re.findall(r"(?<![\w-])color:\s*var\(--(\w[\w-]*)\)", STYLES))
    assert used - set(WRITTEN) == {"watermark"}  # read through, and said in words beside it


def test_every_colour_with_a_ground_of_its_own_is_tried_on_it() -> None:
    for block in re.findall(r"{([^{}]*)}", STYLES):
        colour = re.search(r"(?<![\w-])color:\s*var\(--([\w-]+)\)", block)
        ground = re.search(r"(?<![\w-])background(?:-color)?:\s*var\(--([\w-]+)\)", block)
        if colour and ground:
            assert ground[1] in WRITTEN[colour[1]], block


def test_every_colour_that_is_asked_for_has_a_name() -> None:
    ours = {name for name in re.findall(r"var\(--([\w-]+)\)", STYLES) if not name.startswith("bs-")}
    block = (TOP / "static/css/app.css").read_text().partition("}")[0]
    assert ours == set(re.findall(r"^  --([\w-]+):", block, re.MULTILINE)) - {"planned"}  # drawn, not styled


def test_contrast_is_worked_out_as_everybody_does() -> None:
    assert round(contrast("black", "paper"), 2) == 21
    assert contrast("line", "paper") < EDGE  # a pair that would not do
    assert palette()["paper"] == "#ffffff"
