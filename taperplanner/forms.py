"""The forms that every room's forms are made of: one look, and the questions that any of them asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div
from django import forms

from .far_days import Near
from .fields import KeptAsTyped, TextField, ToAsk

LONGEST_REASON: Final = 300
_DIGEST: Final = 12


class PlainForm(forms.Form):
    """A form drawn by `{% crispy form %}` inside the page's own form tag.

    Below a text with a spelling that can be misread it asks for a tick that it stays as typed. A tick belongs
    to the spellings that it was given for: others are asked about again. What the record says already is not.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def full_clean(self) -> None:
        asked = dict(self._to_ask()) if self.is_bound else {}
        for name, findings in asked.items():
            put_below(self, name, _kept(name, findings), KeptAsTyped(findings))
        super().full_clean()
        for name, findings in asked.items():
            self.cleaned_data.pop(_kept(name, findings), None)

    def _to_ask(self) -> Iterator[tuple[str, list[ToAsk]]]:
        for name, field in self.fields.items():
            if not isinstance(field, TextField):
                continue
            try:
                text = field.to_python(self[name].value())
            except forms.ValidationError:
                continue
            if text != str(self.initial.get(name) or "") and (findings := field.to_ask(text)):
                yield name, findings


class Fold(Div):  # type: ignore[misc]
    """Opens and closes without a script. Open where it is to be read at once, and wherever something in it was
    typed or is wrong."""

    template = "components/_fold.html"

    def __init__(
        self,
        title: str,
        *fields: Any,
        hint: str = "",
        is_open: bool = False,
        is_section: bool = True,
        opened_by: str = "",
    ) -> None:
        """`is_section`: its title is a heading of the page. `opened_by`: a field and its value, "marketed=typed", that open
        it where scripts run."""
        super().__init__(*fields)
        self.title, self.hint, self.is_open, self.is_section = title, hint, is_open, is_section
        self.opened_by = opened_by

    def render(self, form: forms.Form, context: Any, **kwargs: Any) -> Any:
        if not self.is_open:
            bound = (form[pointer.name] for pointer in self.get_field_names())
            self.is_open = any(
                field.errors or field.value() not in {None, ""} for field in bound if not field.is_hidden
            )
        return super().render(form, context, **kwargs)


class AsksAboutFarDays(forms.Form):
    """A form that asks for a reason below a date that is far from a related one: it is corrected or explained.

    `ask_about_far_days` is called by its __init__, once its fields are there. A reason belongs to the date
    that it was typed for: with another date that is far it is asked again.
    """

    far_fields: dict[str, str]

    def ask_about_far_days(self, near: Mapping[str, Near | None]) -> None:
        self.far_fields = {}
        for name, neighbour in near.items():
            day = self._day_in(name)
            question = neighbour.question(day) if neighbour and day else ""
            if day and question and day != self.initial.get(name):
                self._ask(name, f"{name}_far_{day:%Y%m%d}", question)

    @property
    def far_reasons(self) -> dict[str, str]:
        """Of a valid form: why each date that is far is meant, by the name of its field."""
        return {name: self.cleaned_data[asked] for name, asked in self.far_fields.items()}

    @property
    def far_days(self) -> dict[date, str]:
        """The same, by the date itself."""
        return {self.cleaned_data[name]: reason for name, reason in self.far_reasons.items()}

    def _day_in(self, name: str) -> date | None:
        if not self.is_bound:
            return None
        field = self.fields[name]
        try:
            found: Any = field.to_python(self[name].value())
        except forms.ValidationError:
            return None
        return found if isinstance(found, date) else None

    def _ask(self, name: str, asked: str, question: str) -> None:
        missing = f"{question} Correct the date, or write why it is correct."
        reason = TextField(max_length=LONGEST_REASON, label="Why is this date correct?", missing=missing)
        put_below(self, name, asked, reason)
        self.far_fields[name] = asked


def put_below(form: forms.Form, name: str, new: str, field: forms.Field) -> None:
    """Add a field to the form, next after the one of this name, in its layout too where it has one."""
    form.fields[new] = field
    names = list(form.fields)
    names.insert(names.index(name) + 1, names.pop())
    form.order_fields(names)
    layout = form.helper.layout if isinstance(form, PlainForm) else None
    if layout is not None and not _put_in(layout, name, new):
        layout.append(new)


def _put_in(part: Any, name: str, new: str) -> bool:
    """Whether the field of this name was found in the part of a layout, and the new one put after it."""
    for index, inner in enumerate(part.fields):
        if inner == name or getattr(inner, "fields", None) == [name]:
            part.fields.insert(index + 1, new)
            return True
        if hasattr(inner, "fields") and _put_in(inner, name, new):
            return True
    return False


def _kept(name: str, findings: list[ToAsk]) -> str:
    said = " ".join(finding.found for finding in findings)
    return f"as-typed-{name}-{sha256(said.encode()).hexdigest()[:_DIGEST]}"
