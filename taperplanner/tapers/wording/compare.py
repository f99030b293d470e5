"""Two schedules side by side: what stayed, changed, moved, was added or taken out, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from taperplanner.days import short, short_span

from ..schedule.schedule import Ending, Schedule, short_names
from ..schedule.steps import LONGEST_PATTERN, DatedStep, Regimen, ScheduleStep
from .as_needed import as_needed_lines
from .lines import ending_line
from .patterns import doses_in_text, doses_of, stayed_on, taken_of
from .words import days_text

_ENDS: Final = {Ending.STOP: "stop after the last step", Ending.STAY: "stay on the last step until reviewed"}


class ChangeKind(StrEnum):
    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Side:
    """One step of one schedule, as text."""

    title: str
    dates: str
    days: str
    taken: str
    note: str


@dataclass(frozen=True, slots=True)
class StepPair:
    """A step on the left, its counterpart on the right, and the change between them."""

    kind: ChangeKind
    words: str
    left: Side | None
    right: Side | None


def compare(left: Schedule, right: Schedule) -> list[StepPair]:
    """Steps are matched by what is taken on their days; those left over between two matches by their order."""
    names = short_names({**left.products, **right.products}.values())
    ours, theirs = list(left.dated_steps()), list(right.dated_steps())
    regimens = [
        [taken_in_turn(dated.step, schedule) for dated in side]
        for side, schedule in ((ours, left), (theirs, right))
    ]
    pairs: list[StepPair] = []
    for tag, i, i_end, j, j_end in SequenceMatcher(
        a=regimens[0], b=regimens[1], autojunk=False
    ).get_opcodes():
        if tag == "equal":
            pairs += [
                _matched(one, two, left, right, names)
                for one, two in zip(ours[i:i_end], theirs[j:j_end], strict=True)
            ]
        else:
            pairs += _unmatched(ours[i:i_end], theirs[j:j_end], left, right, names)
    return [*pairs, _endings(left, right), *_as_needed(left, right)]


def taken_in_turn(step: ScheduleStep, schedule: Schedule) -> tuple[object, ...]:
    """Equal for steps of which the same days follow one another, whichever comes first: neither the number of days nor
    product numbers count, nor how many rounds were typed of what repeats."""
    taken = [taken_on_a_day(regimen, schedule) for regimen in step.regimens]
    length = next(
        shorter
        for shorter in range(1, len(taken) + 1)
        if len(taken) % shorter == 0 and taken == taken[:shorter] * (len(taken) // shorter)
    )
    if step.by_weekday and length > 1:
        return ("weekdays", *taken)
    return ("in turn", *min((taken[at:length] + taken[:at] for at in range(length)), key=repr))


def is_in_step(one: DatedStep, two: DatedStep, left: Schedule, right: Schedule) -> bool:
    """Of two steps whose days follow one another alike: whether each begins as the other does, or both take the same
    on the same dates, as where a pattern goes on after a hold."""

    def alike(ours: date, theirs: date) -> bool:
        days = (timedelta(days=at) for at in range(LONGEST_PATTERN))
        return all(
            taken_on_a_day(one.on(ours + day), left) == taken_on_a_day(two.on(theirs + day), right)
            for day in days
        )

    later = max(one.first_day, two.first_day)
    return alike(one.first_day, two.first_day) or alike(later, later)


def taken_on_a_day(regimen: Regimen, schedule: Schedule) -> tuple[object, ...]:
    """Equal for days on which the patient takes the same."""
    taken = [
        (
            dose.time,
            schedule.products[dose.product].name,
            schedule.products[dose.product].maker,
            dose.quantity,
        )
        for dose in regimen.doses
    ]
    return (regimen.dose, *sorted(taken))


def _matched(
    one: DatedStep, two: DatedStep, left: Schedule, right: Schedule, names: dict[int, str]
) -> StepPair:
    says = []
    if not is_in_step(one, two, left, right):
        says.append(_begins_otherwise(one, two))
    if one.step.days != two.step.days:
        says.append(f"{days_text(one.step.days)} became {days_text(two.step.days)}")
    if one.step.note != two.step.note:
        says.append("the note to the patient changed")
    moved = one.first_day != two.first_day
    if moved:
        says.append(f"it starts on {short(two.first_day)} instead of {short(one.first_day)}")
    kind = ChangeKind.CHANGED if len(says) > moved else ChangeKind.MOVED if moved else ChangeKind.SAME
    words = f"{kind.value.capitalize()}: {'; '.join(says)}." if says else "The same."
    return StepPair(kind, words, _side(one, left, names), _side(two, right, names))


def _unmatched(
    ours: list[DatedStep], theirs: list[DatedStep], left: Schedule, right: Schedule, names: dict[int, str]
) -> Iterator[StepPair]:
    shared = min(len(ours), len(theirs))
    for one, two in zip(ours[:shared], theirs[:shared], strict=True):
        words = _became(one, two)
        yield StepPair(ChangeKind.CHANGED, words, _side(one, left, names), _side(two, right, names))
    for one in ours[shared:]:
        yield StepPair(ChangeKind.REMOVED, "Removed.", _side(one, left, names), None)
    for two in theirs[shared:]:
        yield StepPair(ChangeKind.ADDED, "Added.", None, _side(two, right, names))


def _begins_otherwise(one: DatedStep, two: DatedStep) -> str:
    before, after = one.on(one.first_day).dose, two.on(two.first_day).dose
    if before == after:
        return "the pattern begins on another of its days"
    return f"the pattern begins with {after} instead of {before}"


def _became(one: DatedStep, two: DatedStep) -> str:
    if doses_of(one) != doses_of(two):
        return f"Changed: {doses_in_text(one)} became {doses_in_text(two)}."
    if one.step.is_pattern:
        return "Changed: the same doses of each day are made up differently."
    return "Changed: the same daily dose is made up differently."


def _endings(left: Schedule, right: Schedule) -> StepPair:
    says = []
    if left.ending is not right.ending:
        says.append(f"{_ENDS[right.ending]} instead of {_ENDS[left.ending]}")
    elif left.ending is Ending.STAY and doses_of(stayed_on(left)) != doses_of(stayed_on(right)):
        stays, instead = (doses_in_text(stayed_on(schedule)) for schedule in (right, left))
        says.append(f"it stays on {stays} instead of {instead}")
    if left.last_day != right.last_day:
        says.append(f"the last step's days end on {short(right.last_day)} instead of {short(left.last_day)}")
    kind = ChangeKind.CHANGED if says else ChangeKind.SAME
    words = f"Changed: {'; '.join(says)}." if says else "The same."
    sides = (Side("Ending", "", "", ending_line(one), "") for one in (left, right))
    return StepPair(kind, words, *sides)


def _as_needed(left: Schedule, right: Schedule) -> Iterator[StepPair]:
    """Nothing where neither has a dose as needed."""
    was, becomes = as_needed_lines(left), as_needed_lines(right)
    sides = [
        Side("As needed, beside the steps", "", lines.most, lines.taken, lines.when) if lines else None
        for lines in (was, becomes)
    ]
    if sides[0] is None and sides[1] is None:
        return
    if sides[0] == sides[1]:
        yield StepPair(ChangeKind.SAME, "The same.", *sides)
    elif sides[0] is None:
        yield StepPair(ChangeKind.ADDED, "Added.", *sides)
    elif sides[1] is None:
        yield StepPair(ChangeKind.REMOVED, "Removed.", *sides)
    else:
        yield StepPair(ChangeKind.CHANGED, "Changed: the dose as needed.", *sides)


def _side(dated: DatedStep, schedule: Schedule, names: dict[int, str]) -> Side:
    step = dated.step
    return Side(
        title=f"Step {step.position}",
        dates=short_span(dated.first_day, dated.last_day),
        days=days_text(step.days),
        taken=taken_of(dated, schedule.products, names),
        note=step.note,
    )
