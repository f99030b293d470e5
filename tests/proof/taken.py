"""What is taken on each day, put together from the rows of a paper: no day twice, and what adds up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from taperplanner.handouts.paper.language import Translator

from .days import Pattern, days_in, first_number, looks, only, pattern_of
from .letters import CannotReadBack, plain
from .words import Amount, amounts_in, dose_of, run_of, times

# What each day takes at each time of day.
Taken = dict[date, dict[str, list[Amount]]]


@dataclass(slots=True)
class Days:
    t: Translator
    is_all: bool = True  # whether nothing but amounts stands beside a time of day
    found: Taken = field(default_factory=dict)
    filled: set[tuple[date, str]] = field(default_factory=set)
    pattern: Pattern | None = None
    numbered: date | None = None  # the day that the parts of the pattern count as the first of their step

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(times(self.t).values())

    def add_blocks(self, texts: Sequence[str]) -> None:
        """Each names a step or a part of one, and the times; named alike, the next goes on with it on a new page."""
        rows: list[tuple[str, str]] = []
        for text in texts:
            begins = re.search(rf"\b({'|'.join(self.names)})\b", text)
            at = begins.start() if begins else len(text)
            goes_on = rows and plain(rows[-1][0]) == plain(text[:at])
            rows.append((text[:at], (rows.pop()[1] if goes_on else "") + text[at:]))
        for names, amounts in rows:
            if not self.begins_pattern(names + amounts):
                self.add_row(names, self.at_times(amounts)[1])

    def at_times(self, text: str) -> tuple[str, dict[str, str]]:
        """What stands before the first time of day, and what stands at each. It may be named again before an "and"."""
        before, *rest = re.split(rf"\b({'|'.join(self.names)})\b", text)
        said: dict[str, str] = {}
        for name, amounts in zip(rest[::2], rest[1::2], strict=True):
            if name in said and not plain(amounts).startswith(f"{self.t('and')} "):
                raise CannotReadBack(f"one time of day stands twice: “{plain(text)}”")
            said[name] = said.get(name, "") + amounts
        return before, said

    def begins_pattern(self, text: str) -> bool:
        """Whether this stands over the parts of a step whose days are not alike; it is remembered for them."""
        if looks(self.t).search(plain(text)) is None:
            return False
        self.pattern, self.numbered = pattern_of(text, self.t), None
        return True

    def add_row(self, when: str, said: dict[str, str]) -> None:
        """`when`: the first and the last day, or those of a part of a pattern; and the daily dose of it."""
        label = only(self.t).search(plain(when))
        if label is None:
            self.pattern = None
            first, last = run_of(when, self.t)
            self.add_days(
                [first + timedelta(days=offset) for offset in range((last - first).days + 1)], when, said
            )
        elif self.pattern is None:
            raise CannotReadBack(f"a part without what stands over it: “{plain(when)}”")
        else:
            days = days_in(plain(when)[label.start() :], self.pattern, self.t)
            self._count(days[0], plain(when))
            self.add_days(days, when, said)

    def _count(self, day: date, when: str) -> None:
        """The day that is called the first of its step is one and the same for all parts."""
        number = first_number(when, self.t)
        if number is not None:
            begins = day - timedelta(days=number - 1)
            if self.numbered not in {None, begins}:
                raise CannotReadBack(f"{day} is counted from another day than the part before: “{when}”")
            self.numbered = begins

    def add_days(self, days: Sequence[date], when: str, said: dict[str, str]) -> None:
        """The amounts must add up to the dose that is said."""
        for day in days:
            if day in self.found:
                raise CannotReadBack(f"{day} stands in two rows")
            self.add(day, said)
        taken = [amount for amounts in self.found[days[0]].values() for amount in amounts]
        if sum(one.thousandths * one.nanograms for one in taken) != dose_of(when) * 1000:
            raise CannotReadBack(f"{days[0]}: the amounts do not add up to the daily dose")

    def add(self, day: date, said: dict[str, str]) -> None:
        taken = self.found.setdefault(day, {name: [] for name in self.names})
        for name, text in said.items():
            if (day, name) in self.filled:
                raise CannotReadBack(f"{day} has two lines for {name}")
            self.filled.add((day, name))
            taken[name] = amounts_in(text, self.t, is_all=self.is_all)
