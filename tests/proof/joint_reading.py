"""What one paper of several medicines says for each day, read from its letters and where they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from taperplanner.days import MONTHS, WEEKDAYS
from taperplanner.handouts.paper.labels import labels_of
from taperplanner.handouts.paper.language import Translator
from taperplanner.handouts.paper.layouts import Layout, Size

from .columns import cells, columns, dates_of, head_of, heads, numbered, times_of
from .letters import NEAR, CannotReadBack, Letters, Read, plain
from .reading_back import _body, _note_label
from .taken import Days
from .words import Amount, amounts_in, date_of, date_pattern, squeezed, times

# What each day takes of each medicine at each time of day, where it takes anything; by (time, drug).
JointTaken = dict[date, dict[tuple[str, str], list[Amount]]]


@dataclass(slots=True)
class JointRead:
    """`said`: all that stands on each day, without spaces, so that no medicine is dropped unsaid."""

    taken: JointTaken = field(default_factory=dict)
    said: dict[date, str] = field(default_factory=dict)

    def add(self, day: date, time: str, drug: str, amounts: list[Amount]) -> None:
        """Raises: CannotReadBack, where it stood there before."""
        of_day = self.taken.setdefault(day, {})
        if not amounts:
            return
        if (time, drug) in of_day:
            raise CannotReadBack(f"{day} has {drug} at {time} twice")
        of_day[time, drug] = amounts

    def say(self, day: date, text: str) -> None:
        self.taken.setdefault(day, {})
        self.said[day] = self.said.get(day, "") + squeezed(text)


Reader = Callable[[Read, Translator, Sequence[str]], JointRead]


def joint_reader_of(layout: Layout, size: Size) -> Reader:
    return {
        (Layout.SCHEDULE, Size.REGULAR): joint_tables,
        (Layout.SCHEDULE, Size.LARGE): joint_steps,
        (Layout.CALENDAR, Size.REGULAR): joint_squares,
        (Layout.CALENDAR, Size.LARGE): joint_blocks,
        (Layout.CHECKLIST, Size.REGULAR): joint_lines,
        (Layout.CHECKLIST, Size.LARGE): joint_blocks,
    }[layout, size]


def joint_tables(read: Read, t: Translator, drugs: Sequence[str]) -> JointRead:
    """A table for each medicine. Each row names its own."""
    taken = {drug: Days(t) for drug in drugs}
    for page in range(len(read.pages)):
        on_page = _body(read, page, t)
        found = list(head_of(on_page, t("When"), tuple(times(t).values())))
        for number, (names, head) in enumerate(found):
            next_head = found[number + 1][1][0].y if number + 1 < len(found) else 0
            first, below = head[0].x, head[0].y
            rows = [one for one in on_page if next_head + NEAR < one.y < below - NEAR]
            aside = [one for one in rows if one.x < first - NEAR]
            tops = list(_tops(aside, t, drugs))
            for (top, drug), end in zip(tops, [*(y for y, _ in tops[1:]), 0], strict=True):
                if drug is None:
                    break  # how it ends: what follows has no columns
                row = [one for one in rows if end + NEAR < one.y <= top + NEAR]
                said_of_step = " ".join(one.text for one in row).partition(_note_label(t))[0]
                if taken[drug].begins_pattern(said_of_step):
                    continue
                notes = [one.y for one in row if one.text.startswith(_note_label(t)) and one.x > first - NEAR]
                row = [one for one in row if not notes or one.y > notes[0] + NEAR or one.x < first - NEAR]
                when, *said = cells(row, [one.x for one in head])
                taken[drug].add_row(when, dict(zip(names, said, strict=True)))
    return _of_runs(taken)


def _tops(
    aside: Sequence[Letters], t: Translator, drugs: Sequence[str]
) -> Iterator[tuple[float, str | None]]:
    """Where each row of a table begins, and the medicine that it names; None: the row that says how it ends."""
    step = squeezed(t("Step {number}", number=0)).removesuffix("0")
    for at, one in enumerate(aside):
        text = squeezed("".join(letters.text for letters in aside[at : at + 8]))
        for drug in drugs:
            if re.match(re.escape(squeezed(f"{drug}:")) + re.escape(step) + r"\d", text):
                yield one.y, drug
            elif re.match(_endings(t, drug).replace("\\ ", ""), text):
                yield one.y, None


def joint_steps(read: Read, t: Translator, drugs: Sequence[str]) -> JointRead:
    """In large print: a block for each step."""
    taken = {drug: Days(t) for drug in drugs}
    text = _whole(read, t)
    step = t("Step {number}", number=0).removesuffix("0")
    starts = "|".join(rf"(?:{re.escape(drug)}): {step}\d+" for drug in drugs)
    ends = "|".join(_endings(t, drug) for drug in drugs)
    cuts = [*re.finditer(rf"(?P<start>{starts})|(?P<end>{ends})", text)]
    blocks: dict[str, list[str]] = {drug: [] for drug in drugs}
    for cut, after in pairwise(cuts):
        if cut["start"]:
            drug = next(drug for drug in drugs if cut[0].startswith(f"{drug}: "))
            blocks[drug].append(text[cut.end() : after.start()].partition(_note_label(t))[0])
    for drug, texts in blocks.items():
        taken[drug].add_blocks(texts)
    return _of_runs(taken)


def joint_lines(read: Read, t: Translator, drugs: Sequence[str]) -> JointRead:
    """Of the checklist: a line for each day, time of day and medicine. Raises: CannotReadBack."""
    found, labels, names = JointRead(), labels_of(t), tuple(times(t).values())
    wanted = [*(labels[name] for name in ("day", "when")), t("Medicine"), labels["take"], labels["taken"]]
    for page in range(len(read.pages)):
        on_page = _body(read, page, t)
        for head in heads(on_page, wanted):
            when, medicine, take, tick = (one.x for one in head[1:])
            rows = [one for one in on_page if one.y < head[0].y - NEAR]
            # What follows the table has no columns.
            free = [one.y for one in rows if one.x < when - NEAR and one.right > when]
            rows = [one for one in rows if one.y > max(free, default=0) + NEAR]
            boxes = [one.y for one in rows if one.x < when - NEAR and plain(one.text) in drugs]
            rows = [one for one in rows if one.y > max(boxes, default=0) + NEAR]
            days = dates_of([one for one in rows if one.x < when - NEAR], t)
            at = times_of([one for one in rows if when - NEAR <= one.x < medicine - NEAR], names)
            for one in rows:
                if one.x >= when - NEAR:
                    found.say(_day_above(days, one.y), one.text)
            for number, (y, name) in enumerate(at):
                below = at[number + 1][0] if number + 1 < len(at) else 0
                line = [one for one in rows if below + NEAR < one.y <= y + NEAR and one.x >= medicine - NEAR]
                drug, amount, _ = cells(line, [take, tick])
                found.add(_day_above(days, y), name, _one_of(drugs, drug), amounts_in(amount, t, is_all=True))
    return found


def _day_above(days: Sequence[tuple[float, date]], y: float) -> date:
    above = [day for day_y, day in days if day_y >= y - NEAR]
    if not above:
        raise CannotReadBack(f"what stands at {y} belongs to no day of the page")
    return above[-1]


def _one_of(drugs: Sequence[str], text: str) -> str:
    for drug in drugs:
        if squeezed(text) == squeezed(drug):
            return drug
    raise CannotReadBack(f"“{text}” is none of the medicines")


def joint_blocks(read: Read, t: Translator, drugs: Sequence[str]) -> JointRead:
    """In large print: a block for each day and time of day, under the name of the day."""
    found, text = JointRead(), _whole(read, t)
    starts_on = t("Not yet {drug}: it starts on {day}.", drug="(drug)", day="(day)").partition("(drug)")
    begins = re.escape(starts_on[0]), re.escape(starts_on[2].partition("(day)")[0])
    for drug in drugs:  # the date in that sentence is of no block
        text = re.sub(rf"{begins[0]}{re.escape(drug)}{begins[1]}{date_pattern(t).pattern}", f"{drug}:", text)
    ends = re.search("|".join(_endings(t, drug) for drug in drugs), text)
    text = text[text.find(t("Start here: {day}", day="").strip()) : ends.start() if ends else None]
    dates = list(date_pattern(t).finditer(text))
    for match, end in zip(dates, [*(after.start() for after in dates[1:]), len(text)], strict=True):
        day, block = date_of(match, t), text[match.end() : end]
        found.say(day, block)
        _add_times(found, day, block, t, drugs)
    return found


def joint_squares(read: Read, t: Translator, drugs: Sequence[str]) -> JointRead:
    """Of the calendar: a square for each day, whose column must be its weekday's. Raises: CannotReadBack."""
    found = JointRead()
    names = [t.listed(name) for name in (WEEKDAYS[-1], *WEEKDAYS[:-1])]
    months = [t.listed(name) for name in MONTHS]
    title = re.compile(rf"({'|'.join(months)})\b\D*(\d{{4}}):", re.IGNORECASE)
    short = {drug: drug.partition(" (")[0] for drug in drugs}
    for page in range(len(read.pages)):
        on_page = _body(read, page, t)
        for head in heads(on_page, names):
            match = next(filter(None, (title.match(one.text) for one in on_page if one.y > head[0].y)), None)
            if match is None:
                raise CannotReadBack(f"page {page + 1}: a calendar of no month")
            number = [month.casefold() for month in months].index(match[1].casefold()) + 1
            squares = [one for one in on_page if one.y < head[0].y - NEAR]
            for column, cell in enumerate(columns(squares, [one.x for one in head])[1:]):
                for of_month, text in numbered(cell, head[column].x):
                    day = date(int(match[2]), number, of_month)
                    if (day.weekday() + 1) % 7 != column:
                        raise CannotReadBack(f"{day} stands under {names[column]}")
                    if text:
                        found.say(day, text)
                        _add_times(found, day, text, t, list(short.values()))
    long = {name: drug for drug, name in short.items()}
    for day, taken in found.taken.items():
        found.taken[day] = {(time, long[name]): amounts for (time, name), amounts in taken.items()}
    return found


def _add_times(found: JointRead, day: date, text: str, t: Translator, drugs: Sequence[str]) -> None:
    """What stands at each time of day, under the name of each medicine. Raises: CannotReadBack."""
    _, at_times = Days(t).at_times(text)
    for time, said in at_times.items():
        before, *named = re.split(rf"\b({'|'.join(map(re.escape, drugs))})(?!\w)", said)
        if amounts_in(before, t, is_all=False):
            raise CannotReadBack(f"{day}: “{plain(before)}” stands under no medicine")
        for drug, amounts in zip(named[::2], named[1::2], strict=True):
            found.add(day, time, drug, amounts_in(amounts, t, is_all=False))


def _of_runs(taken: dict[str, Days]) -> JointRead:
    found = JointRead()
    for drug, days in taken.items():
        for day, at_times in days.found.items():
            found.say(day, drug)
            for time, amounts in at_times.items():
                found.add(day, time, drug, amounts)
    return found


def _whole(read: Read, t: Translator) -> str:
    """All pages in one text, without their heads and feet."""
    return plain(" ".join(one.text for page in range(len(read.pages)) for one in _body(read, page, t)))


def _endings(t: Translator, drug: str) -> str:
    """A pattern: what the line that says how its schedule ends begins with."""
    before, _, after = t("Stay on step {number} until your clinic tells you", number=0).partition("0")
    stop = t("STOP {drug} on {day}", drug=drug, day="(day)").partition("(day)")[0].strip()
    return rf"{re.escape(stop)}|{re.escape(f'{drug}: {before}')}\d+{re.escape(after)}"
