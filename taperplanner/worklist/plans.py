"""What the plans themselves ask for: steps that change, supply, last days, drafts, medication lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from taperplanner.days import in_words, short
from taperplanner.monitoring.supply.as_needed import Beside, counted, said_of
from taperplanner.monitoring.supply.balance import Balance
from taperplanner.monitoring.supply.count_lines import shortfall_of
from taperplanner.monitoring.supply.needs import Span
from taperplanner.monitoring.supply.stock import Stock
from taperplanner.patients.medications.reviews import review_state
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.wording.patterns import doses_in_text

from .caseload import ONE_DAY, THIS_WEEK, InForce, OpenPlan
from .sections import Section, WorklistQuery, WorklistRow, section

Dated = tuple[date, WorklistRow]


def steps_today(query: WorklistQuery) -> Section:
    """And every plan that is no longer what was signed: its pages say so, and the paper is followed."""
    broken = [
        _row(open_plan, "What is stored is not what was signed.", "Open the plan")
        for open_plan in query.open_plans
        if open_plan.is_tampered
    ]
    rows = [row for _, row in _changes(query.open_plans, query.today, query.today)]
    return section(query, "steps-today", "Steps that change today", [*broken, *rows], is_selectable=True)


def steps_this_week(query: WorklistQuery) -> Section:
    rows = _in_order(_changes(query.open_plans, query.today + ONE_DAY, query.today + THIS_WEEK))
    return section(query, "steps-week", "Steps that change in the next 6 days", rows, is_selectable=True)


def supply_running_out(query: WorklistQuery) -> Section:
    found = (dated for open_plan in query.open_plans for dated in _short(open_plan, query.today))
    return section(query, "supply", "Supply that runs out within 7 days", _in_order(found))


def counts_below(query: WorklistQuery) -> Section:
    """Until somebody explains it: a later count that agrees explains nothing."""
    found = (dated for open_plan in query.open_plans for dated in _below(open_plan, query.today))
    return section(query, "counts", "Counts at home lower than expected", _in_order(found))


def last_days(query: WorklistQuery) -> Section:
    found = (dated for open_plan in query.open_plans for dated in _last_day(open_plan, query.today))
    return section(query, "last-days", "Open plans at their last day", _in_order(found))


def drafts(query: WorklistQuery) -> Section:
    rows = [
        _row(
            open_plan,
            f"A draft, last saved on {short(query.clinic.day_of(open_plan.draft.edited_at))}",
            "Open the draft",
            "tapers:draft_edit",
        )
        for open_plan in query.open_plans
        if open_plan.draft
    ]
    return section(query, "drafts", "Drafts that are not signed", rows)


def medication_lists(query: WorklistQuery) -> Section:
    """Each patient once, whatever the number of plans."""
    rows = {}
    for open_plan in query.open_plans:
        state = review_state(
            reviewed_at=open_plan.reviewed_at,
            reviewed_by="",
            changed_at=open_plan.changed_at,
            today=query.today,
            zone=query.clinic.zone,
        )
        if state.gaps:
            patient = open_plan.plan.patient
            what = f"Medication list: {' '.join(state.gaps)}"
            rows[patient.pk] = WorklistRow(patient, what, "Review the list", patient.get_absolute_url())
    return section(query, "lists", "Medication lists to review", list(rows.values()))


def _changes(open_plans: Sequence[OpenPlan], first: date, last: date) -> Iterator[Dated]:
    """The first day of each step, and the first day without a dose, from the first day to the last."""
    for open_plan in open_plans:
        for span in open_plan.spans:
            for day, what in _changes_of(span):
                is_its_day = span.first_day <= day and (span.last_day is None or day <= span.last_day)
                if is_its_day and first <= day <= last:
                    yield day, _row(open_plan, what, "Open the plan", when=in_words(day), is_ticked=True)


def _changes_of(span: InForce) -> Iterator[tuple[date, str]]:
    if span.schedule is None:
        return
    steps = span.schedule.steps
    for dated in span.schedule.dated_steps():
        yield (
            dated.first_day,
            f"Step {dated.step.position} of {len(steps)} begins: {doses_in_text(dated)}",
        )
    if span.schedule.ending is Ending.STOP:
        yield span.schedule.day_after, _from_the_day_after(span.schedule)


def _from_the_day_after(schedule: Schedule) -> str:
    """Nights without a dose may have come before."""
    takes_each_day = all(regimen.doses for step in schedule.steps for regimen in step.regimens)
    return "The first day without a dose" if takes_each_day else "No dose from this day on"


def _counted(open_plan: OpenPlan, today: date) -> Iterator[tuple[int, Stock, Balance, Beside | None]]:
    """Each product of which something was dispensed or counted, as the plan's page counts it."""
    spans: list[Span] = [
        (one.schedule, one.first_day, one.last_day) for one in open_plan.spans if one.schedule
    ]
    if open_plan.is_tampered or not spans:
        return
    for number, stock in open_plan.stocks.items():
        said = said_of(spans, number, open_plan.used)
        yield number, stock, *counted(spans, number, stock.events, today, said)


def _short(open_plan: OpenPlan, today: date) -> Iterator[Dated]:
    for _, stock, balance, beside in _counted(open_plan, today):
        day, what = balance.short_on, f"First day without enough of {stock.product}"
        if beside and (day is None or day > today + THIS_WEEK):
            day = beside.balance.short_on
            what += ", with the dose as needed as often as it may be taken"
        if day is not None and day <= today + THIS_WEEK:
            row = _row(
                open_plan,
                what,
                "See the supply",
                "monitoring:progress",
                when=in_words(day),
                is_late=day == today,
            )
            yield day, row


def _below(open_plan: OpenPlan, today: date) -> Iterator[Dated]:
    for number, stock, balance, _ in _counted(open_plan, today):
        missing = stock.unanswered(balance, open_plan.notes.get(number, ()))
        if missing:
            what = f"{stock.product}: {shortfall_of(missing, stock.product.as_data())}"
            yield (
                missing.count.day,
                _row(open_plan, what, "See the supply", "monitoring:progress", is_late=True),
            )


def _last_day(open_plan: OpenPlan, today: date) -> Iterator[Dated]:
    if not open_plan.spans:
        return
    version = open_plan.spans[-1].version
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
        _row(open_plan, what, "Open the plan", when=in_words(version.last_day), is_late=is_over),
    )


def _row(
    open_plan: OpenPlan,
    what: str,
    act: str,
    url_name: str = "tapers:plan",
    *,
    when: str = "",
    is_late: bool = False,
    is_ticked: bool = False,
) -> WorklistRow:
    plan = open_plan.plan
    address = reverse(url_name, args=[plan.patient_id, plan.number])
    return WorklistRow(plan.patient, what, act, address, when, is_late, plan.pk if is_ticked else None)


def _in_order(found: Iterator[Dated]) -> list[WorklistRow]:
    return [row for _, row in sorted(found, key=lambda dated: dated[0])]
