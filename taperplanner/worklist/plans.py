"""What the plans themselves ask for: steps that change, supply, last days, drafts, medication lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from taperplanner.days import in_words, short
from taperplanner.monitoring.supply.books import Books, Span, books_of, needs_of
from taperplanner.monitoring.supply.count_lines import shortfall_of
from taperplanner.monitoring.supply.stock import Stock
from taperplanner.patients.medications.reviews import review_state
from taperplanner.tapers.schedule import Ending

from .caseload import ONE_DAY, THIS_WEEK, Answering, Case
from .sections import Row, Section, Work, section

Dated = tuple[date, Row]


def steps_today(work: Work) -> Section:
    """And every plan that is no longer what was signed: its pages say so, and the paper is followed."""
    broken = [
        _row(case, "What is stored is not what was signed.", "Open the plan")
        for case in work.cases
        if case.is_tampered
    ]
    rows = [row for _, row in _changes(work.cases, work.today, work.today)]
    return section(work, "steps-today", "Steps that change today", [*broken, *rows], is_selectable=True)


def steps_this_week(work: Work) -> Section:
    rows = _in_order(_changes(work.cases, work.today + ONE_DAY, work.today + THIS_WEEK))
    return section(work, "steps-week", "Steps that change in the next 6 days", rows, is_selectable=True)


def supply_running_out(work: Work) -> Section:
    found = (dated for case in work.cases for dated in _short(case, work.today))
    return section(work, "supply", "Supply that runs out within 7 days", _in_order(found))


def counts_below(work: Work) -> Section:
    """Until somebody writes down what came of it: a later count that agrees explains nothing."""
    found = (dated for case in work.cases for dated in _below(case, work.today))
    return section(work, "counts", "Counts at home below the books", _in_order(found))


def last_days(work: Work) -> Section:
    found = (dated for case in work.cases for dated in _last_day(case, work.today))
    return section(work, "last-days", "Open plans at their last day", _in_order(found))


def drafts(work: Work) -> Section:
    rows = [
        _row(
            case,
            f"A draft, last saved on {short(work.clinic.day_of(case.draft.edited_at))}",
            "Open the draft",
            "tapers:draft_edit",
        )
        for case in work.cases
        if case.draft
    ]
    return section(work, "drafts", "Drafts that are not signed", rows)


def medication_lists(work: Work) -> Section:
    """Each patient once, whatever the number of plans."""
    rows = {}
    for case in work.cases:
        state = review_state(
            reviewed_at=case.reviewed_at,
            reviewed_by="",
            changed_at=case.changed_at,
            today=work.today,
            zone=work.clinic.zone,
        )
        if state.gaps:
            patient = case.plan.patient
            what = f"Medication list: {' '.join(state.gaps)}"
            rows[patient.pk] = Row(patient, what, "Review the list", patient.get_absolute_url())
    return section(work, "lists", "Medication lists to review", list(rows.values()))


def _changes(cases: Sequence[Case], first: date, last: date) -> Iterator[Dated]:
    """The first day of each step, and the first day without a dose, from the first day to the last."""
    for case in cases:
        for span in case.spans:
            for day, what in _changes_of(span):
                is_its_day = span.first_day <= day and (span.last_day is None or day <= span.last_day)
                if is_its_day and first <= day <= last:
                    yield day, _row(case, what, "Open the plan", when=in_words(day), is_ticked=True)


def _changes_of(span: Answering) -> Iterator[tuple[date, str]]:
    if span.schedule is None:
        return
    steps = span.schedule.steps
    for dated in span.schedule.dated_steps():
        yield dated.first_day, f"Step {dated.step.position} of {len(steps)} begins: {dated.step.dose} a day"
    if span.schedule.ending is Ending.STOP:
        yield span.schedule.day_after, "The first day without a dose"


def _counted(case: Case, today: date) -> Iterator[tuple[int, Stock, Books]]:
    """Each product of which something was dispensed or counted, as the plan's page counts it."""
    spans: list[Span] = [(one.schedule, one.first_day, one.last_day) for one in case.spans if one.schedule]
    if case.is_tampered or not spans:
        return
    for number, stock in case.stocks.items():
        yield number, stock, books_of(needs_of(spans, number), stock.events, today)


def _short(case: Case, today: date) -> Iterator[Dated]:
    for _, stock, books in _counted(case, today):
        day = books.short_on
        if day is not None and day <= today + THIS_WEEK:
            row = _row(
                case,
                f"First day without enough of {stock.product}",
                "See the supply",
                "monitoring:progress",
                when=in_words(day),
                is_late=day == today,
            )
            yield day, row


def _below(case: Case, today: date) -> Iterator[Dated]:
    for number, stock, books in _counted(case, today):
        missing = stock.unanswered(books, case.notes.get(number, ()))
        if missing:
            what = f"{stock.product}: {shortfall_of(missing, stock.product.as_data())}"
            yield (
                missing.count.day,
                _row(case, what, "See the supply", "monitoring:progress", is_late=True),
            )


def _last_day(case: Case, today: date) -> Iterator[Dated]:
    if not case.spans:
        return
    version = case.spans[-1].version
    if version.last_day > today + THIS_WEEK:
        return
    ending = "then none" if version.ending == Ending.STOP else "then stay until reviewed"
    is_over = version.last_day < today
    what = (
        f"The last day was {short(version.last_day)}, and the plan is still open"
        if is_over
        else f"The last step ends, {ending}"
    )
    yield (
        version.last_day,
        _row(case, what, "Open the plan", when=in_words(version.last_day), is_late=is_over),
    )


def _row(
    case: Case,
    what: str,
    act: str,
    url_name: str = "tapers:plan",
    *,
    when: str = "",
    is_late: bool = False,
    is_ticked: bool = False,
) -> Row:
    plan = case.plan
    address = reverse(url_name, args=[plan.patient_id, plan.number])
    return Row(plan.patient, what, act, address, when, is_late, plan.pk if is_ticked else None)


def _in_order(found: Iterator[Dated]) -> list[Row]:
    return [row for _, row in sorted(found, key=lambda dated: dated[0])]
