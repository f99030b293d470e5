"""What a paper says for each day, read from its letters and where they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from taperplanner.days import MONTHS, WEEKDAYS
from taperplanner.handouts.paper.labels import labels_of
from taperplanner.handouts.paper.language import Translator
from taperplanner.handouts.paper.layouts import Layout, Size

from .columns import cells, columns, dates_of, head_of, heads, numbered, times_of
from .days import days_in, only, with_more
from .letters import NEAR, CannotReadBack, Letters, Read, plain
from .taken import Days, Taken
from .words import date_of, date_pattern


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
    taken = Days(t)
    step, note = _step_name(t), _note_label(t)
    for page in range(len(read.pages)):
        on_page = _body(read, page, t)
        # A time of day that the version never uses has no column.
        names, head = next(head_of(on_page, t("When"), taken.names), ([], []))
        if not names:
            continue
        first, below = head[0].x, head[0].y
        ends = [one.y for one in on_page if _endings(t).match(one.text.strip()) and one.x < first]
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
            if taken.begins_pattern(" ".join(one.text for one in row).partition(note)[0]):
                continue
            notes = [one.y for one in row if one.text.startswith(note) and one.x > first - NEAR]
            row = [one for one in row if not notes or one.y > notes[0] + NEAR or one.x < first - NEAR]
            when, *said = cells(row, [one.x for one in head])
            taken.add_row(when, dict(zip(names, said, strict=True)))
    return taken.found


def days_of_the_steps(read: Read, t: Translator) -> Taken:
    """Of the schedule in large print: a block for each step, which may go on to the next page."""
    taken, step = Days(t), _step_name(t)
    parts: list[str] = []
    for one in _until(read, t, _endings(t)):
        if step.fullmatch(one.text.strip()):
            parts.append("")
        elif parts:
            parts[-1] += f"{one.text} "
    taken.add_blocks([text.partition(_note_label(t))[0] for text in parts])
    return taken.found


def days_of_the_blocks(read: Read, t: Translator) -> Taken:
    """Of the calendar and the checklist in large print: a block for each day."""
    taken = Days(t, is_all=False)  # before a day's name may stand that a step starts, or the month
    ends = re.compile(f"{_endings(t).pattern}|{re.escape(_note_label(t))}")
    text = plain(" ".join(one.text for one in _until(read, t, ends)))
    found = list(date_pattern(t).finditer(text))
    for match, end in zip(found, [*(after.start() for after in found[1:]), len(text)], strict=True):
        taken.add(date_of(match, t), taken.at_times(text[match.end() : end])[1])
    return taken.found


def days_of_the_lines(read: Read, t: Translator) -> Taken:
    """Of the checklist: a line for each day and time of day. Raises: CannotReadBack."""
    taken, labels = Days(t), labels_of(t)
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
    taken = Days(t)
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


def days_of_the_ending(read: Read, t: Translator) -> Taken:
    """Of a last step that is stayed on and whose days are not alike; of any other end nothing."""
    taken = Days(t)
    text = plain(" ".join(one.text for one in _ending_of(read, t)))
    text = text.partition(t("Do not stop and do not change it until your clinic has talked with you."))[0]
    sentences = [*only(t).finditer(text)]
    begins = date_pattern(t).search(text)
    if not sentences or begins is None:
        return {}
    more = text.find(_goes_on(t))
    more = len(text) if more < 0 else more
    pattern = with_more(date_of(begins, t), None, text[more:], t)
    for match, end in zip(sentences, [*(after.start() for after in sentences[1:]), more], strict=True):
        days, said = taken.at_times(text[match.start() : end])
        for day in days_in(days, pattern, t):
            taken.add(day, {name: what.strip(" :;.") for name, what in said.items()})
    return taken.found


def _ending_of(read: Read, t: Translator) -> Iterator[Letters]:
    """What stands beside the title of the ending, or below it: its own lines are left out."""
    is_begun, column = False, 0.0
    for page in range(len(read.pages)):
        on_page = _body(read, page, t)
        if not is_begun:
            title = next((one for one in on_page if _endings(t).match(one.text.strip())), None)
            if title is None:
                continue
            is_begun = True
            beside = [one.x for one in on_page if abs(one.y - title.y) <= NEAR and one.x > title.right]
            column = min(beside, default=0)
            on_page = [one for one in on_page if one.y <= title.y + NEAR and one is not title]
        yield from (one for one in on_page if one.x >= column - NEAR)


def _body(read: Read, page: int, t: Translator) -> list[Letters]:
    """What stands above the foot of the page."""
    on_page = read.on_page(page)
    foot = f"{t('Page')} {page + 1} {t('of')} {len(read.pages)}"
    height = max(one.y for one in on_page if one.text.strip() == foot)
    return [one for one in on_page if one.y > height + NEAR]


def _until(read: Read, t: Translator, ends: re.Pattern[str]) -> Iterator[Letters]:
    """Page after page, line after line, to the first line that begins with one of these."""
    for page in range(len(read.pages)):
        for one in _body(read, page, t):
            if ends.match(one.text.strip()):
                return
            yield one


def _above(anchors: Sequence[Letters], one: Letters) -> bool:
    return any(anchor.y >= one.y - NEAR for anchor in anchors)


def _step_name(t: Translator) -> re.Pattern[str]:
    return re.compile(t("Step {number}", number=0).replace("0", r"\d+"))


def _note_label(t: Translator) -> str:
    return t("Note from your clinic:")[:12]


def _goes_on(t: Translator) -> str:
    """What the sentence begins with that says how dates go on."""
    return t(
        "The dates are printed up to {day}. After that they go on in the same way, every {count} days, until your"
        " clinic tells you. Your clinic can print the next dates for you.",
        day="§",
        count=0,
    ).partition("§")[0]


def _endings(t: Translator) -> re.Pattern[str]:
    """What the line that says how a schedule ends begins with."""
    stay = t("Stay on step {number} until your clinic tells you", number=0).split()
    stay = stay[: stay.index("0") + 2]  # a day may say "Stay on step 4 from this day on" or "Stay on step 4."
    stop = t("STOP on {day}", day="").split()[:2]  # in a narrow column its line may end after that
    return re.compile(f"{' '.join(stop)}|{' '.join(stay)}".replace("0", r"\d+"))
