"""Dates, times of day and amounts, as a paper says them in words."""

from __future__ import annotations

import re
from datetime import date

from taperplanner.days import MONTHS, WEEKDAYS
from taperplanner.tapers.schedule import TimeOfDay

from ..labels import TIMES
from ..language import Say
from .letters import CannotReadBack, plain


def amounts_in(text: str, say: Say) -> list[tuple[str, str]]:
    """ "1½ tablets (one and a half) of 0.5 mg" is ("1½tablets", "0.5mg"); the words may be missing."""
    of, melts = say("of"), say("{strength}, melts in the mouth", strength="")
    product = rf"[\d.]+ mg(?:/mL)?(?:{melts})?(?: \([^)]*\))?"
    found = re.findall(rf"([\d.]*[½¼¾]?\s\w+) (?:\([^)]*\) )?{of} ({product})", plain(text))
    return [(squeezed(count), squeezed(name)) for count, name in found]


def times(say: Say) -> dict[TimeOfDay, str]:
    return {time: say.one_of(name) for time, name in TIMES.items()}


def squeezed(text: str) -> str:
    """Without spaces: a line may end anywhere, also inside a word that is too long for it."""
    return re.sub(r"\s+", "", text)


def run_of(text: str, say: Say) -> tuple[date, date]:
    days = [date_of(match, say) for match in date_pattern(say).finditer(plain(text))]
    if len(days) not in {1, 2}:
        raise CannotReadBack(f"not a first and a last day: “{text}”")
    return days[0], days[-1]


def date_pattern(say: Say) -> re.Pattern[str]:
    """A date in words, with its weekday."""
    pattern = re.escape(
        say("{weekday}, {month} {day}, {year}", weekday="(W)", month="(M)", day="(D)", year="(Y)")
    )
    weekdays = "|".join(say.one_of(name) for name in WEEKDAYS)
    parts = (
        ("W", f"(?P<W>{weekdays})"),
        ("M", r"(?P<M>\w+)"),
        ("D", r"(?P<D>\d{1,2})"),
        ("Y", r"(?P<Y>\d{4})"),
    )
    for sign, what in parts:
        pattern = pattern.replace(re.escape(f"({sign})"), what)
    return re.compile(pattern)


def date_of(match: re.Match[str], say: Say) -> date:
    """Raises: CannotReadBack, where the weekday is not the date's own."""
    months = {say.one_of(name): number for number, name in enumerate(MONTHS, 1)}
    day = date(int(match["Y"]), months[match["M"]], int(match["D"]))
    if match["W"] != say.one_of(WEEKDAYS[day.weekday()]):
        raise CannotReadBack(f"{day} is not a {match['W']}")
    return day
