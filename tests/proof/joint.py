"""Random schedules of two or three medicines, set as one paper and read back, medicine by medicine."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from taperplanner.handouts.paper.day_by_day import LONGEST_DAYS, CannotLayOut
from taperplanner.handouts.paper.joint.data import JOINT_LAYOUTS, joint_data
from taperplanner.handouts.paper.language import Translator, in_words
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.paper.taking import product_names
from taperplanner.handouts.printing.render import pdf_of
from taperplanner.safe_spelling import find_unsafe
from taperplanner.tapers.schedule.schedule import Ending, Phase, Schedule

from .days import STAYED_ON
from .joint_reading import JointRead, joint_reader_of
from .letters import CannotReadBack, Read, read_file
from .plans import ADDRESS, Case, case
from .proving import AMOUNT, LONG, MARGIN, SHEETS, _holds, _missing, _without_typed
from .words import Amount, squeezed, times

DRUGS: Final = ("clonazepam (Klonopin)", "diazepam (Valium)", "phenobarbital")
# At most so many steps, and days of one: what is proved is how the days of several stand together.
STEPS: Final = (*[1, 2, 3, 4] * 6, 16)
DAYS: Final = (1, 2, 3, 5, 7)
NAMED: Final = 80  # letters in a square that are no amount of a medicine


@dataclass(frozen=True, slots=True)
class JointCase:
    """`begins`: later than the day of printing where the paper waits for a version."""

    cases: tuple[Case, ...]
    printed_on: date
    begins: date

    @property
    def schedules(self) -> dict[str, Schedule]:
        return {drug: one.schedule for drug, one in zip(DRUGS, self.cases, strict=False)}

    @property
    def first_day(self) -> date:
        """On which the paper starts."""
        return max(self.begins, min(schedule.first_day for schedule in self.schedules.values()))


def joint_case(number: int, chance: random.Random) -> JointCase:
    first = _short(case(number, chance), chance)
    others = []
    for _ in range(chance.choice((1, 1, 1, 2))):
        other = _short(case(number, chance), chance)
        starts = first.schedule.first_day + timedelta(days=chance.choice((0, chance.randint(-20, 20))))
        schedule = replace(other.schedule, first_day=starts)
        others.append(
            replace(
                other, schedule=schedule, identity=first.identity, mark=first.mark, language=first.language
            )
        )
    cases = (first, *others)
    printed_on = chance.choice([_near(one, chance) for one in cases])
    begins = printed_on + timedelta(days=chance.choice((0, 0, 0, 0, chance.randint(1, 20))))
    return JointCase(tuple(replace(one, printed_on=printed_on) for one in cases), printed_on, begins)


def _short(one: Case, chance: random.Random) -> Case:
    steps = one.schedule.steps[: chance.choice(STEPS)]
    steps = tuple(replace(step, days=min(step.days, chance.choice(DAYS))) for step in steps)
    return replace(one, schedule=replace(one.schedule, steps=steps))


def _near(one: Case, chance: random.Random) -> date:
    """Before it, in it (most of all), on its edges and after it."""
    schedule = one.schedule
    days = (schedule.last_day - schedule.first_day).days
    offsets = (-chance.randint(1, 40), 0, *[chance.randint(0, days)] * 4, days, days + 1, days + 20)
    return schedule.first_day + timedelta(days=chance.choice(offsets))


def prove_joint(number: int, seed: int) -> list[str]:
    """Sentences that name what is wrong; nothing, where all is right."""
    chance = random.Random(f"joint {seed} {number}")
    one = joint_case(number, chance)
    choice = Choice(chance.choice(JOINT_LAYOUTS), chance.choice(list(Size)), one.cases[0].language)
    try:
        wrong = list(joint_wrong_in(one, choice, chance.choice(SHEETS)))
    except CannotLayOut as refusal:
        wrong = [] if _may_be_refused(one, choice) else [f"refused: {refusal}"]
    return [f"paper {number}: {choice.layout.value}, {choice.size.value}: {what}" for what in wrong]


def joint_wrong_in(one: JointCase, choice: Choice, sheet: str) -> Iterator[str]:
    t = Translator(choice.language)
    papers = [
        (each.paper(choice.language, drug, one.begins), each.schedule)
        for drug, each in zip(DRUGS, one.cases, strict=False)
    ]
    read = read_file(pdf_of([joint_data(papers, choice, sheet=sheet, printed_on=one.printed_on)]))
    yield from _wrong_on_pages(read, one, t)
    if squeezed(ADDRESS) not in squeezed(read.pages[0]):
        yield "page 1 does not say where the code leads"
    try:
        found = joint_reader_of(choice.layout, choice.size)(read, t, tuple(one.schedules))
    except CannotReadBack as problem:
        yield str(problem)
        return
    yield from _wrong_days(found, one, choice, t)


def _wrong_days(found: JointRead, one: JointCase, choice: Choice, t: Translator) -> Iterator[str]:
    if choice.layout is Layout.SCHEDULE:
        wanted = _days_of_tables(one)
    else:
        last = max(schedule.day_after for schedule in one.schedules.values())
        wanted = {day: set(one.schedules) for day in _every(one.first_day, last)}
        # The rest of the month of a calendar is there where something is stayed on.
        wanted |= {day: set(one.schedules) for day in found.taken if day > last}
    if set(found.taken) != set(wanted):
        yield f"{len(set(found.taken) ^ set(wanted))} days stand on the paper or in the schedules only"
    for day in sorted(set(found.taken) & set(wanted)):
        expected = _expected(one, day, wanted[day], t)
        if found.taken[day] != expected:
            yield f"{in_words(day, t)}: the paper says {found.taken[day]}, the schedules {expected}"
            return
        named = found.said.get(day, "")
        for drug in wanted[day]:
            if squeezed(drug.partition(" (")[0]) not in named:
                yield f"{in_words(day, t)}: nothing is said of {drug}"
                return
    if choice.layout is not Layout.SCHEDULE:
        yield from _wrong_nights(found, one, t)
        yield from _wrong_stops(found, one, t)


def _wrong_nights(found: JointRead, one: JointCase, t: Translator) -> Iterator[str]:
    """A day of a pattern without a dose says so, also where the pattern is stayed on."""
    for day, text in found.said.items():
        for drug, schedule in one.schedules.items():
            phase, dated = schedule.on(day)
            is_none = phase in {Phase.STEP, Phase.STAY} and dated is not None and not dated.on(day).doses
            if (squeezed(t("Take no {drug}.", drug=drug)) in text) != is_none:
                yield f"{in_words(day, t)}: that no {drug} is taken is {'not ' if is_none else ''}said"


def _wrong_stops(found: JointRead, one: JointCase, t: Translator) -> Iterator[str]:
    """The day from which a medicine is stopped says so, with its name, and no day before it does."""
    for drug, schedule in one.schedules.items():
        stop = squeezed(t("STOP. Take no more {drug} from this day on.", drug=drug))
        says = [day for day, text in found.said.items() if stop in text]
        day = max(schedule.day_after, one.first_day)
        if says != ([day] if schedule.ending is Ending.STOP else []):
            yield f"{drug} is stopped on {says}, and should be on {day}, if it ends in a stop"


def _days_of_tables(one: JointCase) -> dict[date, set[str]]:
    """Of each medicine: the days of the steps that are left, or the day from which it is stayed on."""
    wanted: dict[date, set[str]] = {}
    for drug, schedule in one.schedules.items():
        days = list(_every(max(one.begins, schedule.first_day), schedule.last_day))
        if not days and schedule.ending is Ending.STAY:
            is_alike = len(set(schedule.steps[-1].regimens)) == 1
            days = list(_every(one.begins, one.begins + timedelta(days=0 if is_alike else STAYED_ON - 1)))
        for day in days:
            wanted.setdefault(day, set()).add(drug)
    return wanted


def _expected(
    one: JointCase, day: date, drugs: set[str], t: Translator
) -> dict[tuple[str, str], list[Amount]]:
    """In the integers of the schedules themselves."""
    taken: dict[tuple[str, str], list[Amount]] = {}
    for drug, schedule in one.schedules.items():
        phase, dated = schedule.on(day)
        if drug not in drugs or dated is None or phase not in {Phase.STEP, Phase.STAY}:
            continue
        names = product_names(schedule.products, t)
        for dose in dated.on(day).doses:
            product = schedule.products[dose.product]
            amount = Amount(
                dose.quantity.thousandths, product.strength.nanograms, squeezed(names[dose.product])
            )
            taken.setdefault((times(t)[dose.time], drug), []).append(amount)
    return taken


def _every(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _may_be_refused(one: JointCase, choice: Choice) -> bool:
    """A page of each day for years, or where none is left; long names in cells."""
    last = max(schedule.last_day for schedule in one.schedules.values())
    days = (last - one.first_day).days
    if choice.layout is not Layout.SCHEDULE and (days < 0 or days >= LONGEST_DAYS):
        return True
    t = Translator(choice.language)
    longest = []
    for schedule in one.schedules.values():
        names = product_names(schedule.products, t)
        taken = [
            [names[dose.product] for dose in regimen.doses]
            for step in schedule.steps
            for regimen in step.regimens
        ]
        longest.append(max(sum(AMOUNT + len(name) for name in each) for each in taken))
    if choice.layout is Layout.CALENDAR:  # a square holds them all, each with its name and what is said of it
        longest = [sum(longest) + NAMED * len(longest)]
    return choice.size is Size.REGULAR and max(longest) > LONG


def _wrong_on_pages(read: Read, one: JointCase, t: Translator) -> Iterator[str]:
    first = one.cases[0]
    who, count = first.identity, len(read.pages)
    signed = [
        f"{drug}: {t('Version {number}, signed by', number=each.version)} Ada Alvarez, MD"
        for drug, each in zip(DRUGS, one.cases, strict=False)
    ]
    for number, text in enumerate(read.pages, 1):
        needed = (
            f"{t('born in') if who.is_born_in else t('born')} {who.date_of_birth},",
            who.mrn,
            *signed,
            f"{t('Page')} {number} {t('of')} {count}",
            first.mark.word if first.mark else "",
            f"{t('Clinic phone')}: {who.clinic_phone}",
            f"{t('After hours')}: {who.after_hours_phone}",
        )
        if _missing(text, needed):
            text = read.again.page(number - 1)  # noqa: PLW2901 - the same page, read more slowly
        if not _holds(squeezed(text), who.patient_name):
            yield f"page {number} does not name the patient"
        yield from (f"page {number} does not say “{part}”" for part in _missing(text, needed))
        for each in one.cases:
            text = _without_typed(text, each)  # noqa: PLW2901
        yield from (f"page {number}: {finding.sentence}" for finding in find_unsafe(text))
    for letters in read.outside(MARGIN):
        yield f"page {letters.page + 1}: “{letters.text}” stands outside the paper"
    for letters, other in read.covered():
        yield f"page {letters.page + 1}: “{letters.text}” and “{other.text}” stand over each other"
