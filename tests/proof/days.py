"""The days of a step whose days are not alike, as a paper names them: by date, by weekday, or on in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from taperplanner.days import MONTHS, WEEKDAYS
from taperplanner.handouts.paper.language import Translator

from .letters import CannotReadBack, plain
from .words import date_of, date_pattern

STAYED_ON: Final = 60  # days that are read of what goes on without an end


@dataclass(frozen=True, slots=True)
class Pattern:
    """What stands over its parts. `last_day`: None where it is stayed on. `period`: after how many days its dates come
    again, where not all of them are written; `written_up_to`: as far as they are."""

    first_day: date
    last_day: date | None
    period: int | None
    written_up_to: date | None

    @property
    def end(self) -> date:
        return self.last_day or self.first_day + timedelta(days=STAYED_ON - 1)

    def days(self) -> Iterator[date]:
        for offset in range((self.end - self.first_day).days + 1):
            yield self.first_day + timedelta(days=offset)


def looks(t: Translator) -> re.Pattern[str]:
    """What says that the days are not alike."""
    texts = (
        t("This step is not the same each day. Look for today's day of the week."),
        t("This step is not the same each day. Look for today's date."),
    )
    return re.compile("|".join(map(re.escape, texts)))


def only(t: Translator) -> re.Pattern[str]:
    """What stands before the days of a part."""
    texts = (
        t("Only on this date:"),
        t("Only on these dates:"),
        t("Only on this day of the week:"),
        t("Only on these days of the week:"),
    )
    return re.compile("|".join(map(re.escape, texts)))


def pattern_of(text: str, t: Translator) -> Pattern | None:
    """Of what stands over the parts of a step: nothing, where its days are alike."""
    text = plain(text)
    look = looks(t).search(text)
    if look is None:
        return None
    days = [date_of(match, t) for match in date_pattern(t).finditer(text[: look.start()])]
    is_stayed_on = t("until your clinic tells you") in text[: look.start()]
    if len(days) != (1 if is_stayed_on else 2):
        raise CannotReadBack(f"not a first and a last day: “{text}”")
    return with_more(days[0], None if is_stayed_on else days[1], text[look.end() :], t)


def with_more(first_day: date, last_day: date | None, text: str, t: Translator) -> Pattern:
    """`text`: how the dates go on; it may say nothing of that."""
    days = [date_of(match, t) for match in date_pattern(t).finditer(text)]
    if not days:
        return Pattern(first_day, last_day, None, None)
    if days[1:] != ([last_day] if last_day else []):
        raise CannotReadBack(f"the dates go on up to another day: “{text}”")
    every = re.search(r"\b(?:every|cada) (\d+) (?:days|días)", text)
    if every is None:
        raise CannotReadBack(f"after how many days do the dates come again? “{text}”")
    return Pattern(first_day, last_day, int(every[1]), days[0])


def days_in(text: str, pattern: Pattern, t: Translator) -> list[date]:
    """All that a part is for. `text`: what stands from the label on. Raises: CannotReadBack."""
    text = plain(text)
    label = only(t).match(text)
    if label is None:
        raise CannotReadBack(f"a part that names no days: “{text}”")
    names = text[label.end() :]
    written = [date_of(match, t) for match in date_pattern(t).finditer(names)] or list(_in_months(names, t))
    if not written:
        return list(_on_weekdays(names, pattern, t))
    if len(written) == 1 and label[0] != t("Only on this date:"):
        raise CannotReadBack(f"one date, and the label says more: “{text}”")
    if pattern.period is None:
        return written
    if "…" not in names.partition("(")[0]:
        raise CannotReadBack(f"these dates do not say that they go on: “{text}”")
    if pattern.written_up_to is None or max(written) > pattern.written_up_to:
        raise CannotReadBack(f"the dates reach further than is said: “{text}”")
    every = [pattern.first_day + timedelta(days=offset) for offset in range(pattern.period)]
    first_round = {day for day in written if day <= every[-1]}
    return [
        day
        for day in pattern.days()
        if day in written
        or (day > pattern.written_up_to and every[(day - every[0]).days % pattern.period] in first_round)
    ]


def first_number(text: str, t: Translator) -> int | None:
    """Of "(Day 2, 4, 6 … of this step)"; None where no number stands."""
    said = re.escape(t("Day {numbers} of this step", numbers="N")).replace("N", r"(\d+)[\d, …]*", 1)
    match = re.search(said, plain(text))
    return int(match[1]) if match else None


def _in_months(text: str, t: Translator) -> Iterator[date]:
    months = {t.listed(name).casefold(): number for number, name in enumerate(MONTHS, 1)}
    for match in re.finditer(
        rf"\b({'|'.join(months)})\b (?:de )?(\d{{4}}): (\d[\d, ]*)", text, re.IGNORECASE
    ):
        for number in re.findall(r"\d+", match[3]):
            yield date(int(match[2]), months[match[1].casefold()], int(number))


def _on_weekdays(text: str, pattern: Pattern, t: Translator) -> Iterator[date]:
    names = {t.listed(name): number for number, name in enumerate(WEEKDAYS)}
    listed = re.match(rf" ?((?:(?:{'|'.join(names)})(?:, | {t('and')} )?)+)", text)
    if listed is None:
        raise CannotReadBack(f"these are no days: “{text}”")
    numbers = {names[name] for name in re.findall("|".join(names), listed[1])}
    yield from (day for day in pattern.days() if day.weekday() in numbers)
