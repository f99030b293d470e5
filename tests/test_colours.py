"""What is written can be read: the colours that stand on each other, as WCAG 2.2 AA asks."""

from __future__ import annotations

import re
from typing import Final

import pytest

from .house.law import TOP
from .house.palette import PALETTE, SCHEMES, Scheme, blocks, contrast, palette

TEXT: Final = 4.5  # 1.4.3: words
EDGE: Final = 3.0  # 1.4.11: the edge of a box to type in, where the keyboard is, a line of a drawing
GROUNDS: Final = ("paper", "page")
WRITTEN: Final = {
    "ink": (
        *GROUNDS,
        *(
            "deep-soft",
            "faint",
            "gap-soft",
            "own-soft",
            "warning-soft",
            "danger-soft",
            "danger-faint",
            "desk",
        ),
    ),
    "ink-soft": (
        *GROUNDS,
        "deep-soft",
        "faint",
        "gap-soft",
        "own-soft",
        "warning-soft",
        "danger-faint",
        "desk",
    ),
    "link": (
        *GROUNDS,
        "deep-soft",
        "faint",
        "gap-soft",
        "own-soft",
        "warning-soft",
        "danger-soft",
        "danger-faint",
    ),
    "link-dark": (*GROUNDS, "deep-soft", "gap-soft", "own-soft", "warning-soft", "danger-soft"),
    "deep": (*GROUNDS, "deep-soft"),
    "gap": (*GROUNDS, "gap-soft", "deep-soft"),
    "warning": ("warning-soft",),
    "danger": GROUNDS,
    "danger-dark": ("danger-soft",),
    "black": ("sheet",),
    "paper": ("ink",),
    "sheet": ("black",),
    "on-head": ("head",),
    "on-deep": ("deep", "deep-dark", "danger", "danger-deep", "ink", "ink-soft"),
}
DRAWN: Final = {
    "edge": GROUNDS,
    "focus": (*GROUNDS, "deep-soft", "gap-soft", "danger-faint"),
    "focus-on-head": ("head",),
    "deep": (*GROUNDS, "deep-soft"),
    "warning": ("paper", "warning-soft"),
    "danger": ("paper", "page", "danger-soft", "danger-faint"),
    "gap": ("paper", "gap-soft"),
    "own": ("own-soft", "paper"),
    "tick": ("paper", "sheet"),
    "planned": ("sheet",),
    "grey": ("sheet",),
}
PAIRS: Final = [
    (one, ground, least)
    for pairs, least in ((WRITTEN, TEXT), (DRAWN, EDGE))
    for one, grounds in pairs.items()
    for ground in grounds
]
STYLES: Final = "".join(path.read_text() for path in sorted(TOP.glob("static/css/*.css")))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("one", "ground", "least"), PAIRS)
def test_it_can_be_told_from_what_it_stands_on(one: str, ground: str, least: float, scheme: Scheme) -> None:
    assert contrast(one, ground, scheme) >= least


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["danger", "danger-dark", "danger-soft", "danger-faint", "danger-deep"])
def test_danger_is_red_in_both_schemes(name: str, scheme: Scheme) -> None:
    value = palette(scheme)[name]
    red, green, blue = (int(value[at : at + 2], 16) for at in (1, 3, 5))
    assert red > max(green, blue)


def test_both_schemes_name_the_same_colours_and_paper_is_white_in_both() -> None:
    assert set(palette("light")) == set(palette("dark"))
    for name in ("sheet", "black", "grey", "planned"):
        assert palette("light")[name] == palette("dark")[name]
    assert palette("dark")["page"] != palette("light")["page"]


def test_a_paper_and_what_is_printed_are_light() -> None:
    """A paper's style asks for no ground but these; the dark block is for screens alone."""
    rules = (TOP / "static/css/handout.css").read_text()
    grounds = set(re.findall(r"^\.paper[^{]*{[^}]*background: var\(--([\w-]+)\)", rules, re.MULTILINE))
    assert grounds == {"sheet", "desk", "black"}  # the desk is around it, on a screen
    assert "screen and (prefers-color-scheme: dark)" in (TOP / PALETTE).read_text()


@pytest.mark.parametrize("more", [".panel { color: var(--ink); }", "@media print { :root { --ink: #000; } }"])
def test_the_palette_holds_two_blocks_and_nothing_else(more: str) -> None:
    text = (TOP / PALETTE).read_text()
    assert set(blocks(text)) == set(SCHEMES)
    with pytest.raises(ValueError, match="two blocks"):
        blocks(text + more)


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
    block = blocks((TOP / PALETTE).read_text())["light"]
    colours = set(re.findall(r"^ *--([\w-]+):", block, re.MULTILINE))
    others = set(re.findall(r"--([\w-]+):", STYLES)) - colours
    assert ours - others == colours - {"planned"}  # drawn, not styled


def test_contrast_is_worked_out_as_everybody_does() -> None:
    assert round(contrast("black", "paper"), 2) == 21
    assert contrast("line", "paper") < EDGE  # pairs that would not do
    assert contrast("line", "paper", "dark") < EDGE
    assert contrast("on-deep", "paper", "dark") < TEXT
    assert palette()["paper"] == "#ffffff"
