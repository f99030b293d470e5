"""How the tests are answered: a name that a page was not given fails the test, and what each client would do again is
done once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from django.conf import settings
from django.template.base import Template, Variable, VariableDoesNotExist
from django.template.context import BaseContext, Context
from django.test.signals import template_rendered
from whitenoise.middleware import WhiteNoiseMiddleware

TOP: Final = Path(__file__).resolve().parents[1]
OURS: Final = (f"{TOP}/templates/", f"{TOP}/taperplanner/")
OPENING: Final = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
OF_WIDGETS: Final = ("django/forms/", "bootstrap5/", "heroicons/")
OF_STATIC_FILES: Final = (
    "DEBUG",
    "FORCE_SCRIPT_NAME",
    "STATICFILES_DIRS",
    "STATICFILES_FINDERS",
    "STATIC_ROOT",
    "STATIC_URL",
    "STORAGES",
    "WHITENOISE_USE_FINDERS",
)
# What may be missing on something that is there, and why.
MAY_BE_MISSING: Final = {
    "request.cannot_save": "a file that is not there is answered before anybody asks whether the disk is full",
    "request.clinic": "nobody is signed in, or the database gave up before it was known who is",
    "request.emergency_access": "only a restricted record that is shown in an emergency has one",
    "request.GET.after": "an address without it shows the newest",
    "token_fail": "allauth says so of a link that is over, and of no other",
    "authenticators.totp": "allauth names the second steps that somebody has set up",
    "authenticators.recovery_codes": "the same",
    "authenticators.webauthn": "the same",
    "webauthn_form.errors.credential": "a passkey that was not refused has no error",
    "request.lacks_second_factor": "a page that is answered before it is known who asks",
}


class Undefined:
    """What templates of ours asked for and were not given, since `names` was emptied: “template: name”."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def add(self, variable: Variable, context: BaseContext, holder: object) -> None:
        """`holder`: what was asked for the name. Nothing holds nothing: that it may be so is said where it is made."""
        template = getattr(getattr(context, "render_context", None), "template", None)
        if holder is None or not isinstance(template, Template):
            return
        name = str(variable.var)
        is_ours = str(template.origin.name).startswith(OURS)
        if (
            is_ours
            and name not in MAY_BE_MISSING
            and not _is_optional(name.partition(".")[0], template, context)
        ):
            self.names.append(f"{template.name}: {name}")


def _is_optional(name: str, template: Template, context: BaseContext) -> bool:
    """What a template's opening comment says that it takes may be left out as a whole; so may what its page takes."""
    if name in context:
        return False
    openings = [
        OPENING.match(str(one.source)) for one in (template, getattr(context, "template", None)) if one
    ]
    return any(opening and re.search(rf"\b{name}\b", opening.group()) for opening in openings)


@contextmanager
def undefined_names_are_noted() -> Iterator[Undefined]:
    """`{% if %}` and `{% for %}` too take a name that nobody gave for nothing, and go on."""
    undefined, resolve = Undefined(), Variable.resolve

    def noting(self: Variable, context: BaseContext) -> Any:
        try:
            return resolve(self, context)
        except VariableDoesNotExist as missing:
            undefined.add(self, context, missing.params[1])
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


@contextmanager
def static_files_are_found_once() -> Iterator[None]:
    """Each client has middleware of its own, and looks for every static file before its first request."""
    found: dict[str, dict[str, Any]] = {}
    find = WhiteNoiseMiddleware.add_files_from_finders

    def add(self: WhiteNoiseMiddleware) -> None:
        of_settings = str([getattr(settings, name) for name in OF_STATIC_FILES])
        if of_settings not in found:
            find(self)
            found[of_settings] = self.files.copy()
        self.files.update(found[of_settings])

    with patch.object(WhiteNoiseMiddleware, "add_files_from_finders", add):
        yield
