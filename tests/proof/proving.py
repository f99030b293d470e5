"""One random schedule, set in the schedule table and in another layout, and what is wrong with either."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.data import paper_data
from taperplanner.handouts.paper.day_by_day import LONGEST_DAYS, CannotLayOut
from taperplanner.handouts.paper.language import Translator, in_words
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.paper.pharmacy import MOST_FILLS
from taperplanner.handouts.paper.taking import product_names
from taperplanner.handouts.printing.render import pdf_of
from taperplanner.safe_spelling import find_unsafe
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.schedule.steps import DatedStep, Regimen

from .days import STAYED_ON
from .letters import CannotReadBack, Read, read_file
from .needed import wrong_needed
from .plans import ADDRESS, Case, case
from .reading_back import days_of_the_ending, reader_of
from .taken import Taken
from .words import Amount, date_of, date_pattern, squeezed, times

SHEETS: Final = ("letter", "a4")
AMOUNT: Final = 40  # letters of one amount, without the name of its product
LONG: Final = 350  # letters of a step, for which a page may have no room
MARGIN: Final = 20  # points: no printer prints nearer to the edge than this


def prove(number: int, seed: int) -> list[str]:
    """Sentences that name what is wrong; nothing, where all is right."""
    chance = random.Random(f"{seed} {number}")  # the same plans for the same seed
    one = case(number, chance)
    other = Choice(
        chance.choice(list(Layout)), chance.choice(list(Size)), one.language, fill_days=chance.randint(20, 90)
    )
    sheet = chance.choice(SHEETS)
    wrong: list[str] = []
    for choice in (Choice(language=one.language), other):
        try:
            wrong += wrong_in(one, choice, sheet)
        except CannotLayOut as refusal:
            if not _may_be_refused(one, choice):
                wrong.append(f"{choice.layout.value}, {choice.size.value}: refused: {refusal}")
    return [f"plan {number}: {what}" for what in wrong]


def _may_be_refused(one: Case, choice: Choice) -> bool:
    """A page of each day for years, or where none is left; more fills than a page lists; a card in 20 point, or long
    names in cells."""
    schedule = one.schedule
    days = (schedule.last_day - max(schedule.first_day, one.printed_on)).days
    if choice.layout in {Layout.CALENDAR, Layout.CHECKLIST} and (days < 0 or days >= LONGEST_DAYS):
        return True
    if choice.layout is Layout.PHARMACY and (days < 0 or days >= MOST_FILLS * (choice.fill_days or 1)):
        return True
    if (choice.layout, choice.size) == (Layout.WALLET, Size.LARGE):
        return True  # all that is taken stands on one card, or there is none
    names = product_names(schedule.products, Translator(choice.language))
    most = max(
        sum(AMOUNT + len(names[dose.product]) for dose in regimen.doses)
        for step in schedule.steps
        for regimen in step.regimens
    )
    return (choice.size is Size.REGULAR or choice.layout is Layout.PHARMACY) and most > LONG


def expected(schedule: Schedule, t: Translator, printed_on: date) -> Taken:
    """What each day from the day of the print on takes, in the integers of the schedule itself.

    Of a step that is stayed on after its days the first day is enough, or where they are not alike many.
    """
    taken = {
        day: _said(dated.on(day), schedule, t)
        for dated in schedule.dated_steps()
        for day in _days(dated.first_day, dated.last_day)
        if day >= printed_on
    }
    if taken or schedule.ending is Ending.STOP:
        return taken
    return stayed_on(schedule, t, printed_on) or {
        printed_on: _said(_last(schedule).on(printed_on), schedule, t)
    }


def stayed_on(schedule: Schedule, t: Translator, first: date) -> Taken:
    """What the days from this one on take, where the last step is stayed on and they are not alike."""
    last = _last(schedule)
    if schedule.ending is Ending.STOP or len(set(last.step.regimens)) == 1:
        return {}
    return {
        day: _said(last.on(day), schedule, t) for day in _days(first, first + timedelta(days=STAYED_ON - 1))
    }


def _said(regimen: Regimen, schedule: Schedule, t: Translator) -> dict[str, list[Amount]]:
    products = product_names(schedule.products, t)
    return {
        name: [
            Amount(
                dose.quantity.thousandths,
                schedule.products[dose.product].strength.nanograms,
                squeezed(products[dose.product]),
            )
            for dose in regimen.doses
            if dose.time is time
        ]
        for time, name in times(t).items()
    }


def _last(schedule: Schedule) -> DatedStep:
    *_, last = schedule.dated_steps()
    return last


def _days(first: date, last: date) -> Iterator[date]:
    yield from (date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1))


def printed(one: Case, choice: Choice, sheet: str) -> bytes:
    paper = one.paper(choice.language)
    return pdf_of([paper_data(paper, one.schedule, choice, sheet=sheet)])


def wrong_in(one: Case, choice: Choice, sheet: str) -> Iterator[str]:
    language = Language.ENGLISH if choice.layout is Layout.PHARMACY else choice.language
    t = Translator(language)
    choice = Choice(choice.layout, choice.size, language, choice.fill_days)
    read = read_file(printed(one, choice, sheet))
    where = f"{choice.layout.value}, {choice.size.value}, {language.value}"
    yield from (f"{where}: {what}" for what in _wrong_on_pages(read, one, t))
    if read.annotations:
        yield f"{where}: it points to an address"
    yield from (f"{where}: {what}" for what in _wrong_beginning(read, one, choice, t))
    yield from (f"{where}: {what}" for what in _wrong_days(read, one, choice, t))
    needed = wrong_needed(read, one.schedule, choice.layout, one.printed_on, t)
    yield from (f"{where}: {what}" for what in needed)


def _wrong_beginning(read: Read, one: Case, choice: Choice, t: Translator) -> Iterator[str]:
    """The code stands on the first page; the day on which the paper begins is marked once, and is the right one."""
    is_split = (choice.layout, choice.size) == (
        Layout.WALLET,
        Size.LARGE,
    )  # what is taken stands alone, if need be
    if squeezed(ADDRESS) not in squeezed(read.pages[0]) and not is_split:
        yield "page 1 does not say where the code leads"
    if reader_of(choice.layout, choice.size) is None:
        return
    first = max(one.printed_on, one.schedule.first_day)
    is_over = one.printed_on > one.schedule.last_day
    wanted = [] if is_over and one.schedule.ending is Ending.STOP else [first]
    text = " ".join(read.pages)
    begins = re.escape(t("Start here: {day}", day="")).replace(r"\ ", r"\s*")
    found = [date_of(match, t) for match in re.compile(begins + date_pattern(t).pattern).finditer(text)]
    if found != wanted:
        yield f"it begins on {found}, and should on {wanted}"


def _wrong_days(read: Read, one: Case, choice: Choice, t: Translator) -> Iterator[str]:
    reader = reader_of(choice.layout, choice.size)
    if reader is None:
        return
    try:
        found, ending = reader(read, t), days_of_the_ending(read, t)
    except CannotReadBack as problem:
        yield str(problem)
        return
    schedule = one.schedule
    wanted = expected(schedule, t, one.printed_on)
    after = stayed_on(schedule, t, schedule.day_after)
    if choice.layout is not Layout.SCHEDULE:
        # These lay out the day after too, with what holds from then on; a calendar the rest of its month.
        nothing: dict[str, list[Amount]] = {name: [] for name in times(t).values()}
        wanted[schedule.day_after] = after.get(schedule.day_after, nothing)
        found = {day: said for day, said in found.items() if day <= schedule.day_after or said != nothing}
        wanted |= {day: said for day, said in after.items() if day in found}
    yield from _differing(found, wanted, t)
    if one.printed_on <= schedule.last_day:
        yield from (f"how it ends: {what}" for what in _differing(ending, after, t))


def _differing(found: Taken, wanted: Taken, t: Translator) -> Iterator[str]:
    if set(found) != set(wanted):
        yield f"{len(set(found) ^ set(wanted))} days stand on the paper or in the schedule only"
    differing = [day for day in sorted(set(found) & set(wanted)) if found[day] != wanted[day]]
    for day in differing[:1]:
        yield (
            f"{len(differing)} days differ. {in_words(day, t)}: the paper says {found[day]}, the schedule"
            f" {wanted[day]}"
        )


def _wrong_on_pages(read: Read, one: Case, t: Translator) -> Iterator[str]:
    who = one.identity
    count = len(read.pages)
    for number, text in enumerate(read.pages, 1):
        needed = (
            f"{t('born in') if who.is_born_in else t('born')} {who.date_of_birth},",
            who.mrn,
            t("Version {number}, signed by", number=one.version),
            f"{t('Page')} {number} {t('of')} {count}",
            one.mark.word if one.mark else "",
            f"{t('Clinic phone')}: {who.clinic_phone}",
            f"{t('After hours')}: {who.after_hours_phone}",
        )
        if _missing(text, needed):
            text = read.again.page(number - 1)  # noqa: PLW2901 - the same page, read more slowly
        if not _holds(squeezed(text), who.patient_name):
            yield f"page {number} does not name the patient"
        yield from (f"page {number} does not say “{part}”" for part in _missing(text, needed))
        yield from (
            f"page {number}: {finding.sentence}" for finding in find_unsafe(_without_typed(text, one))
        )
    for letters in read.outside(MARGIN):
        yield f"page {letters.page + 1}: “{letters.text}” stands outside the paper"
    for letters, other in read.covered():
        yield f"page {letters.page + 1}: “{letters.text}” and “{other.text}” stand over each other"


def _missing(text: str, needed: Iterable[str]) -> list[str]:
    bare = squeezed(text)
    return [part for part in needed if squeezed(part) not in bare]


def _holds(bare: str, name: str) -> bool:
    """Letters that are read from the right come back in another order, so each is looked for by itself."""
    squeezed = re.sub(r"\s", "", name)
    return squeezed in bare or (not squeezed.isascii() and set(squeezed) <= set(bare))


def _without_typed(text: str, one: Case) -> str:
    """What people typed prints as it is, whatever it looks like, and may be broken anywhere."""
    needed = one.schedule.as_needed
    notes = {*(step.note for step in one.schedule.steps), needed.when if needed else ""}
    for typed in {one.identity.patient_name, *notes} - {""}:
        text = re.sub(r"\s*".join(map(re.escape, "".join(typed.split()))), "", text)
    return text
