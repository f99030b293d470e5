"""The colours of the pages, as static/css/colours.css names them: a block for a light screen and paper, one for a dark screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal

from .law import TOP

PALETTE: Final = "static/css/colours.css"
Scheme = Literal["light", "dark"]
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
# Those that anybody is likely to write; `transparent` and `currentColor` are no colours.
NAMES: Final = (
    "aqua|beige|black|blue|brown|coral|crimson|cyan|fuchsia|gold|gr[ae]y|green|indigo|ivory|khaki|lavender|lime|linen"
    "|magenta|maroon|navy|olive|orange|orchid|pink|plum|purple|rebeccapurple|red|salmon|silver|snow|tan|teal|tomato"
    "|turquoise|violet|wheat|white|whitesmoke|yellow"
)
COLOUR: Final = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(|\b(?:hwb|lab|lch|oklab|oklch|color)\("
    rf"|(?<![\w-])(?:dark|light|medium)?(?:{NAMES})(?![\w-])",
    re.IGNORECASE,
)
VARIABLE: Final = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{3,6});")


def colours_in(style: str) -> Iterator[str]:
    """Colours in what is declared. A selector may well be called `#red`."""
    for declared in re.findall(r":([^;{}]*)(?=[;}])", style):
        yield from (found.group() for found in COLOUR.finditer(declared))


def blocks(text: str) -> dict[Scheme, str]:
    """What each scheme's `:root` declares; what else stands in the file is refused."""
    rules = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    found = re.fullmatch(
        r"\s*:root {([^{}]*)}\s*@media screen and \(prefers-color-scheme: dark\) {\s*:root {([^{}]*)}\s*}\s*",
        rules,
    )
    if not found:
        raise ValueError(f"{PALETTE} has two blocks, and nothing else.")
    return {"light": found[1], "dark": found[2]}


@cache
def palette(scheme: Scheme = "light") -> dict[str, str]:
    """Each name with its value, where that is a whole colour: `#rrggbb`."""
    block = blocks((TOP / PALETTE).read_text())[scheme]
    return {name: _whole(value) for name, value in VARIABLE.findall(block)}


def is_of_palette(colour: str) -> bool:
    """Whether the palette has this value, as it is on paper."""
    return re.fullmatch(r"#[0-9a-fA-F]{3,6}", colour) is not None and _whole(colour) in palette().values()


def contrast(one: str, other: str, scheme: Scheme = "light") -> float:
    """Of two names of the palette, as WCAG 2 works it out: from 1 to 21."""
    of = palette(scheme)
    light, dark = sorted((_luminance(of[one]), _luminance(of[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _whole(value: str) -> str:
    digits = value.lstrip("#").lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)


def _luminance(value: str) -> float:
    parts = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
