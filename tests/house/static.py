"""What is looked for in scripts, styles, and the pages that ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .law import Law, Source

COMMENT: Final = re.compile(r"{#.*?#}|{%-? *comment.*?endcomment *%}", re.DOTALL)
MARKUP: Final = re.compile(
    r"\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\.write(?:ln)?\b|\bcreateContextualFragment\b"
)


def scripts_that_are_no_module(source: Source) -> Iterator[str]:
    """Our own scripts, in static/js: what a package ships is as it is."""
    for attributes in re.findall(r"<script\b([^>]*)", COMMENT.sub("", source.text)):
        script = re.search(r"{%\s*static\s+['\"](js/[^'\"]+)", attributes)
        if script and not re.search(r"""\btype=["']?module\b""", attributes):
            yield script[1]


def markup_made_of_text(source: Source) -> Iterator[str]:
    yield from (match.group() for match in MARKUP.finditer(source.text))


LAWS: Final = (
    Law(
        says="a script is a module",
        finder=scripts_that_are_no_module,
        within=("templates/**/*.html",),
        excused={
            "templates/handouts/paper.html: js/app.js": "its template is another's just now; it runs either way"
        },
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
