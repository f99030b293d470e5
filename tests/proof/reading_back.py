"""What a paper says for each day, read from its letters and where they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from taperplanner.days import MONTHS, WEEKDAYS
from taperplanner.handouts.paper.labels import labels_of
from taperplanner.handouts.paper.language import Translator
from taperplanner.handouts.paper.layouts import Layout, Size

from .columns import cells, columns, dates_of, head_of, heads, numbered, times_of
from .letters import NEAR, CannotReadBack, Letters, Read, plain
from .words import Amount, amounts_in, date_of, date_pattern, dose_of, run_of, times

# What each day takes at each time of day.
Taken = dict[date, dict[str, list[Amount]]]


def reader_of(layout: Layout, size: Size) -> Callable[[Read, Translator], Taken] | None:
    """None for a layout that does not say what is taken on each day."""
    readers = {
        (Layout.SCHEDULE, Size.REGULAR): days_of_the_table,
        (Layout.SCHEDULE, Size.LARGE): days_of_the_steps,
        (Layout.CALENDAR, Size.REGULAR): days_of_the_squares,
        (Layout.CALENDAR, Size.LARGE): days_of_the_blocks,
        (Layout.CHECKLIST, Size.REGULAR): days_of_the_lines,
        (Layout.CHECKLIST, Size.LARGE): days_of_the_blocks,
    }
    return readers.get((layout, size))


def days_of_the_table(read: Read, t: Translator) -> Taken:
    """Of the schedule table. Raises: CannotReadBack, where something of a row is not on its page."""
    taken = _Days(t)
    step, note = _step_name(t), _note_label(t)
    for page in range(len(read.pages)):
        on_page = _body(read, page, t)
        # A time of day that the version never uses has no column.
        names, head = next(head_of(on_page, t("When"), taken.names), ([], []))
        if not names:
            continue
        first, below = head[0].x, head[0].y
        ends = [one.y for one in on_page if one.text.strip().startswith(_endings(t)) and one.x < first]
        anchors = [
            one for one in on_page if step.fullmatch(one.text.strip()) and one.x < first and one.y < below
        ]
        foot = max([*ends, 0])
        for one in on_page:
            if first <= one.x and foot + NEAR < one.y < below - NEAR and not _above(anchors, one):
                raise CannotReadBack(f"page {page + 1}: “{one.text}” belongs to no step of the page")
        for number, anchor in enumerate(anchors):
            next_y = anchors[number + 1].y if number + 1 < len(anchors) else foot
            row = [one for one in on_page if next_y + NEAR < one.y <= anchor.y + NEAR]
            notes = [one.y for one in row if one.text.startswith(note) and one.x > first - NEAR]
            row = [one for one in row if not notes or one.y > notes[0] + NEAR or one.x < first - NEAR]
            when, *said = cells(row, [one.x for one in head])
            taken.add_run(when, dict(zip(names, said, strict=True)))
    return taken.found


def days_of_the_steps(read: Read, t: Translator) -> Taken:
    """Of the schedule in large print: a block for each step, which may go on to the next page."""
    taken, step = _Days(t), _step_name(t)
    parts: list[str] = []
    for one in _until(read, t, _endings(t)):
        if step.fullmatch(one.text.strip()):
            parts.append("")
        elif parts:
            parts[-1] += f"{one.text} "
    for text in parts:
        days, said = taken.at_times(text.partition(_note_label(t))[0])
        taken.add_run(days, said)
    return taken.found


def days_of_the_blocks(read: Read, t: Translator) -> Taken:
    """Of the calendar and the checklist in large print: a block for each day."""
    taken = _Days(t, is_all=False)  # before a day's name may stand that a step starts, or the month
    text = plain(" ".join(one.text for one in _until(read, t, (*_endings(t), _note_label(t)))))
    found = list(date_pattern(t).finditer(text))
    for match, end in zip(found, [*(after.start() for after in found[1:]), len(text)], strict=True):
        taken.add(date_of(match, t), taken.at_times(text[match.end() : end])[1])
    return taken.found


def days_of_the_lines(read: Read, t: Translator) -> Taken:
    """Of the checklist: a line for each day and time of day. Raises: CannotReadBack."""
    taken, labels = _Days(t), labels_of(t)
    names = [labels[name] for name in ("day", "when", "take", "taken")]
    for page in range(len(read.pages)):
        on_page = _body(read, page, t)
        for head in heads(on_page, names):
            starts = [one.x for one in head[1:]]
            rows = [one for one in on_page if one.y < head[0].y - NEAR]
            # What follows the table has no columns.
            free = [
                one.y
                for one in rows
                if one.x < starts[0] - NEAR and (one.right > starts[0] or _note_label(t) in one.text)
            ]
            after = max(free, default=0)
            rows = [one for one in rows if one.y > after + NEAR]
            days = dates_of([one for one in rows if one.x < starts[0] - NEAR], t)
            times = times_of(
                [one for one in rows if starts[0] - NEAR <= one.x < starts[1] - NEAR], taken.names
            )
            takes = [one for one in rows if starts[1] - NEAR <= one.x]
            for number, (y, name) in enumerate(times):
                below = times[number + 1][0] if number + 1 < len(times) else 0
                of_day = [day for day_y, day in days if day_y >= y - NEAR]
                if not of_day:
                    raise CannotReadBack(f"page {page + 1}: “{name}” belongs to no day of the page")
                line = [one for one in takes if below + NEAR < one.y <= y + NEAR]
                taken.add(of_day[-1], {name: cells(line, starts[1:])[1]})
            for _, day in days:
                taken.add(day, {})
    return taken.found


def days_of_the_squares(read: Read, t: Translator) -> Taken:
    """Of the calendar: a square for each day, whose column must be its weekday's. Raises: CannotReadBack."""
    taken = _Days(t)
    names = [t.listed(name) for name in (WEEKDAYS[-1], *WEEKDAYS[:-1])]
    months = [t.listed(name) for name in MONTHS]
    title = re.compile(rf"({'|'.join(months)})\b\D*(\d{{4}}):", re.IGNORECASE)
    for page in range(len(read.pages)):
        on_page = _body(read, page, t)
        for head in heads(on_page, names):
            match = next(filter(None, (title.match(one.text) for one in on_page if one.y > head[0].y)), None)
            if match is None:
                raise CannotReadBack(f"page {page + 1}: a calendar of no month")
            number = [month.casefold() for month in months].index(match[1].casefold()) + 1
            first_of_month = date(int(match[2]), number, 1)
            squares = [one for one in on_page if one.y < head[0].y - NEAR]
            for column, cell in enumerate(columns(squares, [one.x for one in head])[1:]):
                for day, text in numbered(cell, head[column].x):
                    on = first_of_month.replace(day=day)
                    if (on.weekday() + 1) % 7 != column:
                        raise CannotReadBack(f"{on} stands under {names[column]}")
                    if text and text != t("over"):
                        taken.add(on, taken.at_times(text)[1])
    return taken.found


@dataclass(slots=True)
class _Days:
    t: Translator
    is_all: bool = True  # whether nothing but amounts stands beside a time of day
    found: Taken = field(default_factory=dict)
    filled: set[tuple[date, str]] = field(default_factory=set)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(times(self.t).values())

    def at_times(self, text: str) -> tuple[str, dict[str, str]]:
        """What stands before the first time of day, and what stands at each."""
        before, *rest = re.split(rf"\b({'|'.join(self.names)})\b", text)
        if len(set(rest[::2])) != len(rest[::2]):
            raise CannotReadBack(f"one time of day stands twice: “{plain(text)}”")
        return before, dict(zip(rest[::2], rest[1::2], strict=True))

    def add_run(self, when: str, said: dict[str, str]) -> None:
        """`when`: the first and the last day, and the daily dose, to which the amounts must add up."""
        first, last = run_of(when, self.t)
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            if day in self.found:
                raise CannotReadBack(f"{day} stands in two rows")
            self.add(day, said)
        taken = [amount for amounts in self.found[first].values() for amount in amounts]
        if sum(one.thousandths * one.nanograms for one in taken) != dose_of(when) * 1000:
            raise CannotReadBack(f"{first}: the amounts do not add up to the daily dose")

    def add(self, day: date, said: dict[str, str]) -> None:
        taken = self.found.setdefault(day, {name: [] for name in self.names})
        for name, text in said.items():
            if (day, name) in self.filled:
                raise CannotReadBack(f"{day} has two lines for {name}")
            self.filled.add((day, name))
            taken[name] = amounts_in(text, self.t, is_all=self.is_all)


def _body(read: Read, page: int, t: Translator) -> list[Letters]:
    """What stands above the foot of the page."""
    on_page = read.on_page(page)
    foot = f"{t('Page')} {page + 1} {t('of')} {len(read.pages)}"
    height = max(one.y for one in on_page if one.text.strip() == foot)
    return [one for one in on_page if one.y > height + NEAR]


def _until(read: Read, t: Translator, ends: tuple[str, ...]) -> Iterator[Letters]:
    """Page after page, line after line, to the first line that begins with one of these."""
    for page in range(len(read.pages)):
        for one in _body(read, page, t):
            if one.text.strip().startswith(ends):
                return
            yield one


def _above(anchors: Sequence[Letters], one: Letters) -> bool:
    return any(anchor.y >= one.y - NEAR for anchor in anchors)


def _step_name(t: Translator) -> re.Pattern[str]:
    return re.compile(t("Step {number}", number=0).replace("0", r"\d+"))


def _note_label(t: Translator) -> str:
    return t("Note from your clinic:")[:12]


def _endings(t: Translator) -> tuple[str, str]:
    """What the line that says how a schedule ends begins with."""
    stay = t("Stay on step {number} until your clinic tells you", number=0).partition("0")[0]
    stop = " ".join(t("STOP on {day}", day="").split()[:2])  # in a narrow column its line may end after that
    return stop, stay
