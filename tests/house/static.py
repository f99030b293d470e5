"""What is looked for in scripts, styles, and the pages that ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .law import Law, Source
from .palette import PALETTE, colours_in, is_of_palette

COMMENT: Final = re.compile(r"{#.*?#}|{%-? *comment.*?endcomment *%}", re.DOTALL)
MARKUP: Final = re.compile(
    r"\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\.write(?:ln)?\b|\bcreateContextualFragment\b"
)

CSS_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
DRAWN: Final = re.compile(r"""\b(?:fill|stroke|stop-color|bgcolor|color)\s*=\s*["']([^"']*)["']""")
SIZE: Final = re.compile(r"font-size:\s*([^;}]*?)\s*(?=[;}])")
SPACE: Final = re.compile(
    r"(?<![\w-])(?:margin|padding|gap|row-gap|column-gap)(?:-[a-z-]+)?:\s*([^;}]*?)\s*(?=[;}])"
)
LENGTH: Final = re.compile(r"(?<![\w.-])-?(?:\d*\.)?\d+(?!in\b)[a-z%]+")
NO_COLOUR: Final = frozenset({"none", "currentColor"})


def scripts_that_are_no_module(source: Source) -> Iterator[str]:
    """Our own scripts, in static/js: what a package ships is as it is."""
    for attributes in re.findall(r"<script\b([^>]*)", COMMENT.sub("", source.text)):
        script = re.search(r"{%\s*static\s+['\"](js/[^'\"]+)", attributes)
        if script and not re.search(r"""\btype=["']?module\b""", attributes):
            yield script[1]


def markup_made_of_text(source: Source) -> Iterator[str]:
    yield from (match.group() for match in MARKUP.finditer(source.text))


def colours_of_a_style(source: Source) -> Iterator[str]:
    """Outside the palette, which is a file of its own."""
    if source.path != PALETTE:
        yield from colours_in(CSS_COMMENT.sub("", source.text))


def sizes_of_a_style(source: Source) -> Iterator[str]:
    """Of type. Those of a paper are in points, and not one of these."""
    for value in SIZE.findall(CSS_COMMENT.sub("", source.text)):
        if not re.fullmatch(r"var\(--text(?:-\w+)?\)", value):
            yield value


def spaces_of_a_style(source: Source) -> Iterator[str]:
    """Around a thing and between things. Those of a paper are in inches."""
    for value in SPACE.findall(CSS_COMMENT.sub("", source.text)):
        if LENGTH.search(value):
            yield value


def colours_of_a_drawing(source: Source) -> Iterator[str]:
    """A drawing that is also put on paper, where no style is, says its colours itself: those of the palette."""
    for value in DRAWN.findall(COMMENT.sub("", source.text)):
        if value not in NO_COLOUR and not is_of_palette(value):
            yield value


LAWS: Final = (
    Law(
        says="a style asks for a colour by its name",
        finder=colours_of_a_style,
        within=("static/**/*.css",),
        where="static/css/somewhere.css",
        broken_by=(
            ".panel { color: #fff; }",
            ".panel { color: #A3131F80; }",
            ".panel { border: 1px solid rgb(0 0 0 / 15%); }",
            ".panel { background: hsl(120deg 50% 50%); }",
            ".panel { background: white; }",
            "@media print { .panel { border-color: Red } }",
            ":root { --mine: #fff; }",
        ),
    ),
    Law(
        says="a style asks for a size of type by its name",
        finder=sizes_of_a_style,
        within=("static/**/*.css",),
        but_not=("static/css/handout.css",),  # a paper, in points
        where="static/css/somewhere.css",
        broken_by=(
            ".panel { font-size: 0.9rem; }",
            ".panel { font-size: 14px }",
            ".panel { font-size:small; }",
        ),
    ),
    Law(
        says="a style asks for a space by its name",
        finder=spaces_of_a_style,
        within=("static/**/*.css",),
        but_not=("static/css/handout.css",),  # a paper, which has no scale of a page
        where="static/css/somewhere.css",
        broken_by=(
            ".panel { margin: 0.9rem; }",
            ".panel { padding-inline: 0 14px }",
            ".panel { gap:var(--space-1) 1em; }",
            ".panel { margin-top: -0.25rem !important; }",
            ".panel { padding: calc(1rem + 2%); }",
        ),
    ),
    Law(
        says="a drawing has no colour of its own",
        finder=colours_of_a_drawing,
        within=("templates/**/*.html", "static/**/*.svg"),
        where="templates/somewhere.html",
        broken_by=('<path fill="#123456" />', '<text fill="red">', "<path stroke='rgb(1, 2, 3)' />"),
    ),
    Law(
        says="a script is a module",
        finder=scripts_that_are_no_module,
        within=("templates/**/*.html",),
        broken_by=(
            """<script src="{% static 'js/app.js' %}" defer></script>""",
            """<script src='{% static "js/app.js" %}'></script>""",
        ),
    ),
    Law(
        says="a script makes no markup of text",
        finder=markup_made_of_text,
        within=("static/**/*.js",),
        broken_by=(
            "row.innerHTML = text",
            "row.outerHTML = text",
            "row.insertAdjacentHTML('beforeend', text)",
            "document.write(text)",
        ),
    ),
)
