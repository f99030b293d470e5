"""Parts of the check-in's form: a section that opens and closes without a script, and a question whose answer can
be a sign of danger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import HTML, Div
from django import forms


class Fold(Div):  # type: ignore[misc]
    """Open where it is to be read at once, and wherever something in it was typed or is wrong."""

    template = "components/_fold.html"

    def __init__(self, title: str, *fields: Any, hint: str = "", is_open: bool = False) -> None:
        super().__init__(*fields)
        self.title, self.hint, self.is_open = title, hint, is_open

    def render(self, form: forms.Form, context: Any, **kwargs: Any) -> Any:
        if not self.is_open:
            bound = (form[name] for name in self._names())
            self.is_open = any(
                field.errors or field.value() not in {None, ""} for field in bound if not field.is_hidden
            )
        return super().render(form, context, **kwargs)

    def _names(self) -> Iterator[str]:
        for pointer in self.get_field_names():
            yield pointer.name


def shows_danger(name: str, kind: str) -> Any:
    """What to do stands right below the question, once a sign is ticked.

    `kind`: a key of `help_by_kind`, which the page holds as `help_by_kind`.
    """
    act_now = f'{{% include "monitoring/_act_now.html" with help=help_by_kind.{kind} only %}}'
    return Div(InlineRadios(name), HTML(act_now), css_class=f"asks-danger asks-danger-{kind}")
