"""The form fields and the one look that every room's forms share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from crispy_forms.helper import FormHelper
from django import forms

from .days import NotADay, parse_day, without_weekday
from .doses import Dose, NotAnAmount, Quantity, parse_dose, parse_quantity
from .far_days import Near
from .partial_days import is_after, parse_partial_day, partial_day_as_typed
from .text import Hidden, as_line, as_lines, as_typed

LONGEST_REASON: Final = 300


class PlainForm(forms.Form):
    """A form drawn by `{% crispy form %}` inside the page's own form tag."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class TextField(forms.CharField):
    """Text as typed. Marks of a paste are left out; any other invisible character is refused, with its place.

    Every field of text is one of these; what may be stored is said in `text`.
    """

    def __init__(self, *, max_length: int, missing: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("required", bool(missing))
        super().__init__(max_length=max_length, **kwargs)
        if missing:
            self.error_messages["required"] = missing
        self.error_messages["max_length"] = (
            "Keep this to %(limit_value)d characters; it now has %(show_value)d."
        )
        for validator in self.validators:
            if validator.__class__.__name__ == "MaxLengthValidator":
                validator.message = self.error_messages["max_length"]  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> str:
        try:
            return self.stored(str(super().to_python(value) or ""))
        except Hidden as place:
            raise forms.ValidationError(
                f"This has an invisible character {place}. Type it again there, or delete it."
            ) from place

    def stored(self, text: str) -> str:
        """Raises: Hidden."""
        return as_typed(text)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without maxlength: a browser would cut a paste short and say nothing."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class LineField(TextField):
    """One line of text, its words one space apart."""

    def stored(self, text: str) -> str:
        return as_line(text)


class LinesField(TextField):
    """Several lines, the words of each one space apart."""

    widget = forms.Textarea

    def stored(self, text: str) -> str:
        return as_lines(text)


class DayField(forms.Field):
    """A calendar date in a text box, so that a wrong one stays there to be put right."""

    widget = forms.TextInput(attrs={"placeholder": "MM/DD/YYYY", "autocomplete": "off"})

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parse_day(str(value))
        except NotADay as problem:
            raise forms.ValidationError(str(problem)) from problem

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%m/%d/%Y") if isinstance(value, date) else value


class PastDayField(DayField):
    """A date up to today; the form says which day that is, with `set_today`."""

    today: date

    def __init__(self, *, missing: str = "", **kwargs: Any) -> None:
        super().__init__(required=bool(missing), **kwargs)
        if missing:
            self.error_messages["required"] = missing

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > self.today:
            raise forms.ValidationError(_in_the_future(self.today))


class PartialDayField(forms.Field):
    """A date, or only its month and year, or only its year, up to today. Returns what `partial_days` writes."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})
    today: date

    def to_python(self, value: Any) -> str:
        try:
            return parse_partial_day(str(value)) if value not in self.empty_values else ""
        except NotADay as problem:
            raise forms.ValidationError(str(problem)) from problem

    def validate(self, value: Any) -> None:
        super().validate(value)
        if is_after(value, self.today):
            raise forms.ValidationError(_in_the_future(self.today))

    def prepare_value(self, value: Any) -> Any:
        """As typed where it was typed; from the record, month first."""
        is_from_record = isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", value)
        return partial_day_as_typed(value) if is_from_record else value


def set_today(form: forms.Form, today: date) -> None:
    """Tell the fields of past days what day it is at the clinic."""
    for field in form.fields.values():
        if isinstance(field, PastDayField | PartialDayField):
            field.today = today


def _in_the_future(today: date) -> str:
    return f"This is after today, {without_weekday(today)}. Check the year."


class DoseField(forms.Field):
    """Milligrams in a text box. Returns a Dose."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Dose | None:
        if value in self.empty_values:
            return None
        try:
            return parse_dose(str(value))
        except NotAnAmount as problem:
            raise forms.ValidationError(str(problem)) from problem


class QuantityField(forms.Field):
    """Tablets or mL in a text box. Returns a Quantity."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})

    def to_python(self, value: Any) -> Quantity | None:
        if value in self.empty_values:
            return None
        try:
            return parse_quantity(str(value))
        except NotAnAmount as problem:
            raise forms.ValidationError(str(problem)) from problem


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

    def far_row(self, name: str) -> list[str]:
        """For a layout: the date and, where it is asked, the reason below it."""
        return [name, *([self.far_fields[name]] if name in self.far_fields else [])]

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
        self.fields[asked] = TextField(
            max_length=LONGEST_REASON,
            label="Why is this date correct?",
            missing=f"{question} Correct the date, or write why it is correct.",
        )
        self.far_fields[name] = asked
        names = list(self.fields)
        names.insert(names.index(name) + 1, names.pop())
        self.order_fields(names)
