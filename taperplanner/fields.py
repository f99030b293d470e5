"""The form fields and the one look that every room's forms share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, Final

from crispy_forms.helper import FormHelper
from django import forms

from .days import NotADay, parse_day
from .doses import Dose, NotAnAmount, Quantity, parse_dose, parse_quantity
from .far_days import Near
from .safe_spelling import Finding, find_unsafe
from .text import Hidden, visible

LONGEST_REASON: Final = 300
_DIGEST: Final = 12
# However a browser, a word processor or a PDF ends a line.
_LINE_END: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
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
    """Text as typed, in composed letters. Marks of a paste are left out; what else nobody sees is refused.

    Every field of text is one of these: `invisible` says what is seen, `safe_spelling` what can be misread.
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
        missing = f"{question} Correct the date, or write why this day is meant."
        reason = TextField(max_length=LONGEST_REASON, label="Why is this day meant?", missing=missing)
        put_below(self, name, asked, reason)
        self.far_fields[name] = asked
