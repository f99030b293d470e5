"""How the tests render: a name that a page was not given fails the test, and a form costs what it costs the product."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from django.template.base import Template, Variable, VariableDoesNotExist
from django.template.context import BaseContext, Context
from django.test.signals import template_rendered

TOP: Final = Path(__file__).resolve().parents[1]
OURS: Final = (f"{TOP}/templates/", f"{TOP}/taperplanner/")
OF_WIDGETS: Final = ("django/forms/", "bootstrap5/", "heroicons/")
# Names that a template may be without, and why. Its first line says so too, but for those of the request.
OPTIONAL: Final = {
    "request.clinic": "nobody is signed in, or the database gave up before it was known who is",
    "is_check": "a part of the draft's page is told when it is sent by itself, after a save",
    "cleared": "the same part says then what the save took back",
    "conflicts": "the parts of every form: only a row that others edit too has them",
    "revision": "the same",
    "topic_slug": "the way back to the topics may have no topic in between",
    "heading_level": "3 unless told",
}


class Undefined:
    """What templates of ours asked for and were not given, since it was last emptied: “template: name”."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def add(self, variable: Variable, context: BaseContext) -> None:
        template = getattr(getattr(context, "render_context", None), "template", None)
        origin = str(template.origin.name) if template and template.origin else ""
        if origin.startswith(OURS) and str(variable.var) not in OPTIONAL:
            self.names.append(f"{template.name}: {variable.var}")


@contextmanager
def undefined_names_are_noted() -> Iterator[Undefined]:
    """`{% if %}` and `{% for %}` too take a name that nobody gave for nothing, and go on."""
    undefined, resolve = Undefined(), Variable.resolve

    def noting(self: Variable, context: BaseContext) -> Any:
        try:
            return resolve(self, context)
        except VariableDoesNotExist:
            undefined.add(self, context)
            raise

    with patch.object(Variable, "resolve", noting):
        yield undefined


@contextmanager
def pages_are_recorded_without_widgets() -> Iterator[None]:
    """Django's test client copies the context of each template that is rendered, by any thread: of a form, hundreds.

    `answer.context` is of other templates than those of fields and icons.
    """

    def render(self: Template, context: Context) -> str:
        if not (self.name or "").startswith(OF_WIDGETS):
            template_rendered.send(sender=self, template=self, context=context)
        return str(self.nodelist.render(context))

    with patch.object(Template, "_render", render):
        yield
