"""The form fields and the one look that every room's forms share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, Final

from crispy_forms.helper import FormHelper
from django import forms

from .days import NotADay, parse_day, without_weekday
from .doses import Dose, NotAnAmount, Quantity, parse_dose, parse_quantity
from .far_days import Near
from .partial_days import is_after, parse_partial_day, partial_day_as_typed
from .safe_spelling import Finding, find_unsafe
from .text import Hidden, as_line, as_lines, as_typed

LONGEST_REASON: Final = 300
_DIGEST: Final = 12
_WHOLE_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,5}")


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
        asked = dict(self._misread()) if self.is_bound else {}
        for name, findings in asked.items():
            put_below(self, name, _kept(name, findings), KeptAsTyped(findings))
        super().full_clean()
        for name, findings in asked.items():
            self.cleaned_data.pop(_kept(name, findings), None)

    def _misread(self) -> Iterator[tuple[str, list[Finding]]]:
        for name, field in self.fields.items():
            if not isinstance(field, TextField) or field.not_asked:
                continue
            try:
                text = field.to_python(self[name].value())
            except forms.ValidationError:
                continue
            if text != str(self.initial.get(name) or "") and (findings := find_unsafe(text)):
                yield name, findings


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
    """The tick that a text stays as it is, though it can be misread."""

    def __init__(self, findings: list[Finding]) -> None:
        found = " and ".join(dict.fromkeys(f"“{finding.found.strip()}”" for finding in findings))
        sentences = " ".join(dict.fromkeys(finding.sentence for finding in findings))
        question = f"{sentences} Change it, or tick that it stays as typed."
        super().__init__(label=f"Keep {found} as typed", error_messages={"required": question})


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


def _kept(name: str, findings: list[Finding]) -> str:
    said = " ".join(finding.found for finding in findings)
    return f"as-typed-{name}-{sha256(said.encode()).hexdigest()[:_DIGEST]}"


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
