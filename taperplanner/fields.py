"""The form fields and the one look that every room's forms share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Protocol

from django import forms

from .days import NotADay, parse_day, without_weekday
from .doses import Dose, NotAnAmount, Quantity, parse_dose, parse_quantity
from .partial_days import is_after, parse_partial_day, partial_day_as_typed
from .safe_spelling import find_unsafe
from .text import Hidden, as_line, as_lines, as_typed

_WHOLE_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,5}")


class ToAsk(Protocol):
    """Words of a text that are asked about: a spelling that can be misread, a name that says too little."""

    @property
    def found(self) -> str: ...

    @property
    def sentence(self) -> str: ...


class TextField(forms.CharField):
    """Text as typed. Marks of a paste are left out; any other invisible character is refused, with its place.

    Every field of text is one of these: `text` says what may be stored, `safe_spelling` what can be misread.
    `not_asked`: why its form asks nothing of a spelling that can be misread.
    """

    not_asked = ""

    def __init__(self, *, max_length: int, missing: str = "", not_asked: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("required", bool(missing))
        super().__init__(max_length=max_length, **kwargs)
        self.not_asked = not_asked or self.not_asked
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

    def to_ask(self, text: str) -> list[ToAsk]:
        """What its form asks about, if the text is not to be changed."""
        return [] if self.not_asked else [*find_unsafe(text)]

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


class KeptAsTyped(forms.BooleanField):
    """The tick that a text stays as it is, though there is something to ask."""

    def __init__(self, findings: Sequence[ToAsk]) -> None:
        found = " and ".join(dict.fromkeys(f"“{finding.found.strip()}”" for finding in findings))
        sentences = " ".join(dict.fromkeys(finding.sentence for finding in findings))
        question = f"{sentences} Change it, or tick that it stays as typed."
        super().__init__(label=f"Keep {found} as typed", error_messages={"required": question})


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
            raise forms.ValidationError(in_the_future(self.today))


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
            raise forms.ValidationError(in_the_future(self.today))

    def prepare_value(self, value: Any) -> Any:
        """As typed where it was typed; from the record, month first."""
        is_from_record = isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", value)
        return partial_day_as_typed(value) if is_from_record else value


def set_today(form: forms.Form, today: date) -> None:
    """Tell the fields of past days what day it is at the clinic."""
    for field in form.fields.values():
        if isinstance(field, PastDayField | PartialDayField):
            field.today = today


def in_the_future(today: date) -> str:
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


class WholeNumberField(forms.Field):
    """A whole number in a text box, from `lowest` to `highest`. A number outside is a slip, and is said.

    `wrong` says it in words, where a figure would stand beside a count or a length of days.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(
        self, *, lowest: int, highest: int, missing: str = "", wrong: str = "", **kwargs: Any
    ) -> None:
        super().__init__(required=bool(missing), **kwargs)
        self.lowest, self.highest = lowest, highest
        self.wrong = wrong or f"Enter a whole number from {lowest} to {highest}."
        if missing:
            self.error_messages["required"] = missing

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        if not _WHOLE_NUMBER.fullmatch(text) or not self.lowest <= int(text) <= self.highest:
            raise forms.ValidationError(self.wrong)
        return int(text)
