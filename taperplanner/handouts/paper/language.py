"""The words of the paper, in the languages it speaks.

What the paper says is written in English in the code, `t("Step {number}", number=2)`, and each other
language has a catalogue of it in `languages/`. Nothing falls back to English: a text without a
translation is an error here, and `manage.py check` names it before anybody prints. Doses, digits and
what a person typed are values, and never translated.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final

import polib

from taperplanner.days import MONTHS, WEEKDAYS
from taperplanner.doses import THOUSANDTHS_PER_UNIT, Quantity
from taperplanner.guidance.patient_texts import Language
from taperplanner.number_words import in_english, in_spanish
from taperplanner.tapers.schedule.schedule import ScheduleProduct, Unit

QUARTERS: Final = frozenset({250, 500, 750})  # thousandths of a tablet that have a word
CATALOGUES: Final = Path(__file__).with_name("languages")


class NotTranslated(Exception):
    """The language has no such text, so nothing is printed in it."""


class Translator:
    """Says a text of the paper in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, text: str, **values: str | int) -> str:
        """`text`: a literal, so that the check can find it."""
        return self._in_language(text).format(**values)

    def listed(self, text: str) -> str:
        """A text that stands in a list which the check knows: a month, a weekday, a time of day."""
        return self._in_language(text)

    def number(self, number: int, *, of_tablets: bool = False) -> str:
        """In words. Spanish counts tablets, which are feminine, in another form."""
        match self.language:
            case Language.ENGLISH:
                return in_english(number)
            case Language.SPANISH:
                return in_spanish(number, feminine=of_tablets)

    def _in_language(self, text: str) -> str:
        if self.language is Language.ENGLISH:
            return text
        try:
            return _texts(self.language)[text]
        except KeyError:
            raise NotTranslated(f"{self.language.label}: {text}") from None


def catalogue_of(language: Language) -> Path | None:
    """English is what the code says."""
    return None if language is Language.ENGLISH else CATALOGUES.joinpath(f"{language.value}.po")


def entries(language: Language) -> list[polib.POEntry]:
    """Every line of its catalogue; none for English."""
    path = catalogue_of(language)
    return [] if path is None else list(polib.pofile(str(path)))


# --- Dates and moments ------------------------------------------------------------------------


def in_words(day: date, t: Translator) -> str:
    """ "Monday, March 2, 2026"."""
    return t(
        "{weekday}, {month} {day}, {year}",
        weekday=t.listed(WEEKDAYS[day.weekday()]),
        month=t.listed(MONTHS[day.month - 1]),
        day=day.day,
        year=day.year,
    )


def without_year(day: date, t: Translator) -> str:
    return t(
        "{weekday}, {month} {day}",
        weekday=t.listed(WEEKDAYS[day.weekday()]),
        month=t.listed(MONTHS[day.month - 1]),
        day=day.day,
    )


def without_weekday(day: date, t: Translator) -> str:
    return t("{month} {day}, {year}", month=t.listed(MONTHS[day.month - 1]), day=day.day, year=day.year)


def month_in_words(day: date, t: Translator) -> str:
    name = t("{month} {year}", month=t.listed(MONTHS[day.month - 1]), year=day.year)
    return name[0].upper() + name[1:]


def moment_in_words(moment: datetime, t: Translator) -> str:
    """ "March 2, 2026, 9:05 AM", in the time zone the moment has."""
    half = t("AM") if moment.hour < 12 else t("PM")  # noqa: PLR2004 - noon
    return f"{without_weekday(moment.date(), t)}, {moment.hour % 12 or 12}:{moment:%M} {half}"


# --- Amounts ----------------------------------------------------------------------------------


def days_text(days: int, t: Translator) -> str:
    return t("{count} day", count=days) if days == 1 else t("{count} days", count=days)


def amount_text(quantity: Quantity, product: ScheduleProduct, t: Translator) -> str:
    """With its unit: "1½ tablets", "2.5 mL", "12 drops". The number is the same in every language."""
    is_one = quantity.thousandths <= THOUSANDTHS_PER_UNIT
    if product.form.unit is Unit.ML:
        return f"{quantity.number} mL"
    if product.form.unit is Unit.DROP:
        return (
            t("{count} drop", count=quantity.number) if is_one else t("{count} drops", count=quantity.number)
        )
    return t("{count} tablet", count=str(quantity)) if is_one else t("{count} tablets", count=str(quantity))


def amount_in_words(quantity: Quantity, product: ScheduleProduct, t: Translator) -> str:
    """Beside a count that names its unit: "one and a half"; but always "half a tablet"."""
    whole, part = divmod(quantity.thousandths, THOUSANDTHS_PER_UNIT)
    if product.form.unit is Unit.DROP:
        return _drops_in_words(quantity, product, t)
    if product.form.unit is Unit.ML or part not in QUARTERS | {0}:
        return _decimal_in_words(quantity, t)
    number = t.number(whole, of_tablets=True)
    if not part:
        return number
    if not whole:
        return {
            250: t("a quarter of a tablet"),
            500: t("half a tablet"),
            750: t("three quarters of a tablet"),
        }[part]
    return {
        250: t("{number} and a quarter", number=number),
        500: t("{number} and a half", number=number),
        750: t("{number} and three quarters", number=number),
    }[part]


def _drops_in_words(quantity: Quantity, product: ScheduleProduct, t: Translator) -> str:
    """ "twelve; 0.48 mL": the mL only where it is exact. Gotas are feminine, as tablets are."""
    whole, part = divmod(quantity.thousandths, THOUSANDTHS_PER_UNIT)
    words = _decimal_in_words(quantity, t) if part else t.number(whole, of_tablets=True)
    ml = product.in_ml(quantity)
    return words if ml is None else f"{words}; {ml.number} mL"


def _decimal_in_words(quantity: Quantity, t: Translator) -> str:
    whole, _, decimals = quantity.number.partition(".")
    words = t.number(int(whole))
    if not decimals:
        return words
    return t(
        "{whole} point {decimals}",
        whole=words,
        decimals=" ".join(t.number(int(digit)) for digit in decimals),
    )


@cache
def _texts(language: Language) -> Mapping[str, str]:
    """Whatever is translated; a line that is empty or marked as not certain is not."""
    return {entry.msgid: entry.msgstr for entry in entries(language) if entry.msgstr and not entry.fuzzy}
