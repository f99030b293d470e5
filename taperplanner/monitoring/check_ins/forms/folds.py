"""Parts of a long form that open and close without a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crispy_forms.layout import Div
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
