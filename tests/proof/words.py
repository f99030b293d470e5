"""Dates, times of day and amounts, as a paper says them in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from taperplanner.days import MONTHS, WEEKDAYS
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.labels import TIMES
from taperplanner.handouts.paper.language import Translator
from taperplanner.tapers.schedule.steps import TimeOfDay

from .letters import CannotReadBack, plain

# Written out here once more, so that nothing the paper is made with reads it back.
_NUMBERS: Final = {
    Language.ENGLISH: "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen",
    Language.SPANISH: "cero una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce",
}
_PARTS: Final = {
    Language.ENGLISH: {"a quarter": 250, "a half": 500, "half": 500, "three quarters": 750},
    Language.SPANISH: {"un cuarto": 250, "media": 500, "tres cuartos": 750},
}
_ALONE: Final = {
    Language.ENGLISH: {"half a tablet": 500, "a quarter of a tablet": 250, "three quarters of a tablet": 750},
    Language.SPANISH: {"media tableta": 500, "un cuarto de tableta": 250, "tres cuartos de tableta": 750},
}
_AND: Final = {Language.ENGLISH: " and ", Language.SPANISH: " y "}
_POINT: Final = {Language.ENGLISH: " point ", Language.SPANISH: " punto "}
# How many of them are one mL, and before it what one of them holds.
_DROPS: Final = {
    Language.ENGLISH: r"a drop, (?P<drops>\d+) drops in one mL",
    Language.SPANISH: r"por gota, (?P<drops>\d+) gotas en un mL",
}
_A_TABLET: Final = r" (?:of )?a tablet$| (?:de )?tableta$"
_GLYPHS: Final = {"": 0, "¼": 250, "½": 500, "¾": 750}


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """In thousandths of a tablet, mL or drop, and nanograms in one of them. `product`: its whole name, without spaces."""

    thousandths: int
    nanograms: int
    product: str


def amounts_in(text: str, t: Translator, *, is_all: bool) -> list[Amount]:
    """Of "1½ tablets (one and a half) of 0.5 mg"; the words may be missing, and if they stand there they agree.
    A part of one tablet may stand in words alone.

    `is_all`: nothing else may stand there. Raises: CannotReadBack.
    """
    of, melts = t("of"), t("{strength}, melts in the mouth", strength="")
    strength = (
        r"(?:(?P<label>[\d.]+) mg/(?P<volume>[\d.]+) mL \( ?)?(?P<strength>[\d.]+) mg(?:/mL)?(?(label) ?\))"
    )
    of_drops = (
        rf"(?P<bottle>[\d.]+) mg/(?:(?P<held>[\d.]+) )?mL \( ?(?P<drop>[\d.]+) mg {_DROPS[t.language]} ?\)"
    )
    product = rf"(?P<product>(?:{of_drops}|{strength}(?:{melts})?)(?: \([^)]*\))?)"
    count = r"(?P<number>[\d.]*)(?P<part>[½¼¾]?) (?P<unit>tablets?|tabletas?|mL|drops?|gotas?)"
    alone = "|".join(_ALONE[t.language])
    pattern = re.compile(
        rf"(?:{count}(?: \((?P<words>[^);]*)(?:; (?P<ml>[\d.]+) mL)?\))?|(?P<alone>{alone})) {of} {product}"
    )
    text = plain(text)
    rest = set(pattern.sub("", text).split()) - {t("and"), t("none")}
    if is_all and rest:
        raise CannotReadBack(f"what is {' '.join(sorted(rest))} in “{text}”?")
    found = []
    for match in pattern.finditer(text):
        if match["alone"] is not None:
            amount = _ALONE[t.language][match["alone"]]
        else:
            amount = _millionths(match["number"] or "0") // 1000 + _GLYPHS[match["part"]]
        if match["words"] is not None and _in_words(match["words"], t.language) != amount:
            raise CannotReadBack(f"“{match[0]}”: the words say something else than the number")
        nanograms = _millionths(match["drop"] or match["strength"])
        if (match["drop"] is not None) != ((match["unit"] or "").startswith(("drop", "gota"))):
            raise CannotReadBack(f"“{match[0]}”: a count of something else than its product")
        if match["drop"] is not None:
            _check_drops(match, amount)
        if match["label"] and _millionths(match["label"]) * 1_000_000 != nanograms * _millionths(
            match["volume"]
        ):
            raise CannotReadBack(f"“{match[0]}”: the label does not come to what it says of one mL")
        found.append(Amount(amount, nanograms, squeezed(match["product"])))
    return found


def _check_drops(match: re.Match[str], count: int) -> None:
    """So many drops of this strength are what the bottle holds in one mL, and the mL are so many drops."""
    drops = int(match["drops"])
    if (
        _millionths(match["drop"]) * drops * _millionths(match["held"] or "1")
        != _millionths(match["bottle"]) * 1_000_000
    ):
        raise CannotReadBack(f"“{match[0]}”: the label does not come to what it says of one drop")
    if match["ml"] is not None and _millionths(match["ml"]) * drops != count * 1000:
        raise CannotReadBack(f"“{match[0]}”: the mL are another number of drops")
    if match["ml"] is None and match["words"] is not None and count % drops == 0:
        raise CannotReadBack(f"“{match[0]}”: the mL are exact, and do not stand there")


def _millionths(number: str) -> int:
    """Of a decimal number, exactly: "0.5" is 500000."""
    whole, _, decimals = number.partition(".")
    return int(whole) * 1_000_000 + int(decimals.ljust(6, "0") or "0")


def _in_words(words: str, language: Language) -> int | None:
    """In thousandths; None where this cannot be read."""
    numbers = {name: number for number, name in enumerate(_NUMBERS[language].split())} | {"uno": 1}
    words = re.sub(_A_TABLET, "", words)
    whole, _, decimals = words.partition(_POINT[language])
    if decimals:
        digits = "".join(str(numbers[digit]) for digit in decimals.split())
        return numbers[whole] * 1000 + int(digits.ljust(3, "0"))
    if words in _PARTS[language]:
        return _PARTS[language][words]
    whole, _, part = words.partition(_AND[language])
    if whole not in numbers or (part and part not in _PARTS[language]):
        return None
    return numbers[whole] * 1000 + _PARTS[language].get(part, 0)


def times(t: Translator) -> dict[TimeOfDay, str]:
    return {time: t.listed(name) for time, name in TIMES.items()}


def squeezed(text: str) -> str:
    """Without spaces: a line may end anywhere, also inside a word that is too long for it."""
    return re.sub(r"\s+", "", text)


def run_of(text: str, t: Translator) -> tuple[date, date]:
    days = [date_of(match, t) for match in date_pattern(t).finditer(plain(text))]
    if len(days) not in {1, 2}:
        raise CannotReadBack(f"not a first and a last day: “{text}”")
    return days[0], days[-1]


def dose_of(text: str) -> int:
    """Of "14 days, 0.5 mg in all each day", in nanograms."""
    found = re.findall(r"([\d.]+) mg", plain(text))
    if len(found) != 1:
        raise CannotReadBack(f"not one daily dose: “{text}”")
    return _millionths(found[0])


def date_pattern(t: Translator) -> re.Pattern[str]:
    """A date in words, with its weekday."""
    pattern = re.escape(
        t("{weekday}, {month} {day}, {year}", weekday="(W)", month="(M)", day="(D)", year="(Y)")
    )
    weekdays = "|".join(t.listed(name) for name in WEEKDAYS)
    parts = (
        ("W", f"(?P<W>{weekdays})"),
        ("M", r"(?P<M>\w+)"),
        ("D", r"(?P<D>\d{1,2})"),
        ("Y", r"(?P<Y>\d{4})"),
    )
    for sign, what in parts:
        pattern = pattern.replace(re.escape(f"({sign})"), what)
    return re.compile(pattern)


def date_of(match: re.Match[str], t: Translator) -> date:
    """Raises: CannotReadBack, where the weekday is not the date's own."""
    months = {t.listed(name): number for number, name in enumerate(MONTHS, 1)}
    day = date(int(match["Y"]), months[match["M"]], int(match["D"]))
    if match["W"] != t.listed(WEEKDAYS[day.weekday()]):
        raise CannotReadBack(f"{day} is not a {match['W']}")
    return day
