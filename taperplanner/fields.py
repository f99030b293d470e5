"""The form fields and the one look that every room's forms share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from crispy_forms.helper import FormHelper
from django import forms

from taperplanner.text import Hidden, visible

from .days import NotADay, parse_day
from .doses import Dose, NotAnAmount, Quantity, parse_dose, parse_quantity
from .far_days import Near

LONGEST_REASON: Final = 300
# However a browser, a word processor or a PDF ends a line.
_LINE_END: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_WHOLE_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,5}")


class PlainForm(forms.Form):
    """A form drawn by `{% crispy form %}` inside the page's own form tag."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class TextField(forms.CharField):
    """Text as typed, in composed letters. Marks of a paste are left out; what else nobody sees is refused.

    Every field of text is one of these: `invisible` says what is seen.
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
        text = _LINE_END.sub("\n", str(super().to_python(value) or ""))
        return seen(unicodedata.normalize("NFC", text)).strip()

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without maxlength: a browser would cut a paste short and say nothing."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class LineField(TextField):
    """One line of text, its words one space apart."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(" ".join(str(value or "").split())).split())


class LinesField(TextField):
    """The same, over several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        lines = super().to_python(value).split("\n")
        return "\n".join(" ".join(line.split()) for line in lines).strip()


def seen(text: str) -> str:
    """The text without the marks of a paste. Raises: ValidationError, naming the place, for what nobody sees."""
    try:
        return visible(text, lines=True)
    except Hidden as place:
        raise forms.ValidationError(
            f"This has a character that nobody sees, {place}. Type it again there, or take it out."
        ) from place


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


class AsksOfFarDays(forms.Form):
    """A form that asks for a reason below a date that is far: what was typed stays, to be corrected or meant.

    `ask_of_far_days` is called by its __init__, once its fields are there. A reason belongs to the date
    that it was typed for: with another date that is far it is asked again.
    """

    far_fields: dict[str, str]

    def ask_of_far_days(self, near: Mapping[str, Near | None]) -> None:
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
            label="Why is this day meant?",
            missing=f"{question} Correct the date, or write why this day is meant.",
        )
        self.far_fields[name] = asked
        names = list(self.fields)
        names.insert(names.index(name) + 1, names.pop())
        self.order_fields(names)
