"""The plans themselves: steps that change, supply, last days, drafts, medication lists."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.urls import reverse

from taperplanner.day_book.caseload import ONE_DAY, THIS_WEEK, InForce, OpenPlan
from taperplanner.day_book.counts import counted_of
from taperplanner.day_book.models import DueQuerySet, Kind
from taperplanner.days import in_words, short
from taperplanner.monitoring.supply.count_lines import shortfall_of
from taperplanner.patients.medications.reviews import review_state
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.wording.patterns import doses_in_text

from .due import DueLine, DueSection, this_week_and_before, today_and_before, whatever_the_day
from .sections import WorklistQuery, WorklistRow


def _tampered(open_plan: OpenPlan, line: DueLine, query: WorklistQuery) -> WorklistRow | None:
    """Its pages say so, and the paper is followed."""
    if not open_plan.is_tampered:
        return None
    return _row(open_plan, "What is stored is not what was signed.", "Open the plan")


def _change(open_plan: OpenPlan, line: DueLine, query: WorklistQuery) -> WorklistRow | None:
    """The first day of a step, or the first day without a dose."""
    if open_plan.is_tampered:
        return _tampered(open_plan, line, query)
    for span in open_plan.spans:
        if span.covers(line.first_day) and (what := _begins(span, line.first_day)):
            return _row(open_plan, what, "Open the plan", when=in_words(line.first_day), is_ticked=True)
    return None


def _begins(span: InForce, day: date) -> str:
    if span.schedule is None:
        return ""
    for dated in span.schedule.dated_steps():
        if dated.first_day == day:
            return f"Step {dated.step.position} of {len(span.schedule.steps)} begins: {doses_in_text(dated)}"
    stops = span.schedule.ending is Ending.STOP and span.schedule.day_after == day
    return _from_the_day_after(span.schedule) if stops else ""


def _from_the_day_after(schedule: Schedule) -> str:
    """Nights without a dose may have come before."""
    takes_each_day = all(regimen.doses for step in schedule.steps for regimen in step.regimens)
    return "The first day without a dose" if takes_each_day else "No dose from this day on"


def _short(open_plan: OpenPlan, line: DueLine, query: WorklistQuery) -> WorklistRow | None:
    one = counted_of(open_plan, query.today, line.product)
    if one is None:
        return None
    last, day = query.today + THIS_WEEK, one.balance.short_on
    what = f"First day without enough of {one.stock.product}"
    if one.beside and (day is None or day > last):
        day = one.beside.balance.short_on
        what += ", with the dose as needed as often as it may be taken"
    if day is None or day > last:
        return None
    return _row(
        open_plan,
        what,
        "See the supply",
        "monitoring:progress",
        when=in_words(day),
        is_late=day == query.today,
    )


def _below(open_plan: OpenPlan, line: DueLine, query: WorklistQuery) -> WorklistRow | None:
    """Until somebody explains it: a later count that agrees explains nothing."""
    one = counted_of(open_plan, query.today, line.product)
    if one is None or one.missing is None:
        return None
    what = f"{one.stock.product}: {shortfall_of(one.missing, one.stock.product.as_data())}"
    return _row(open_plan, what, "See the supply", "monitoring:progress", is_late=True)


def _last_day(open_plan: OpenPlan, line: DueLine, query: WorklistQuery) -> WorklistRow | None:
    if not open_plan.spans:
        return None
    version = open_plan.spans[-1].version
    ending = "then none" if version.ending == Ending.STOP else "then stay until reviewed"
    is_over = version.last_day < query.today
    what = (
        f"The last day was {short(version.last_day)}, and the plan is still open"
        if is_over
        else f"The last step ends, {ending}"
    )
    return _row(open_plan, what, "Open the plan", when=in_words(version.last_day), is_late=is_over)


def _draft(open_plan: OpenPlan, line: DueLine, query: WorklistQuery) -> WorklistRow | None:
    if open_plan.draft is None:
        return None
    saved = short(query.clinic.day_of(open_plan.draft.edited_at))
    return _row(open_plan, f"A draft, last saved on {saved}", "Open the draft", "tapers:draft_edit")


def _list(open_plan: OpenPlan, line: DueLine, query: WorklistQuery) -> WorklistRow | None:
    state = review_state(
        reviewed_at=open_plan.reviewed_at,
        reviewed_by="",
        changed_at=open_plan.changed_at,
        today=query.today,
        zone=query.clinic.zone,
    )
    if not state.gaps:
        return None
    patient = open_plan.plan.patient
    what = f"Medication list: {' '.join(state.gaps)}"
    return WorklistRow(patient, what, "Review the list", patient.get_absolute_url())


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


def _today(lines: DueQuerySet, today: date) -> DueQuerySet:
    return lines.from_day(today).by_then(today)


def _in_the_next_days(lines: DueQuerySet, today: date) -> DueQuerySet:
    return lines.from_day(today + ONE_DAY).by_then(today + THIS_WEEK)


tampered: Final = DueSection(
    "tampered", "Plans that are not what was signed", Kind.TAMPERED, whatever_the_day, _tampered
)
steps_today: Final = DueSection(
    "steps-today", "Steps that change today", Kind.CHANGE, _today, _change, is_selectable=True
)
steps_this_week: Final = DueSection(
    "steps-week",
    "Steps that change in the next 6 days",
    Kind.CHANGE,
    _in_the_next_days,
    _change,
    is_selectable=True,
)
supply_running_out: Final = DueSection(
    "supply", "Supply that runs out within 7 days", Kind.SUPPLY, this_week_and_before, _short
)
counts_below: Final = DueSection(
    "counts", "Counts at home lower than expected", Kind.COUNT, whatever_the_day, _below
)
last_days: Final = DueSection(
    "last-days", "Open plans at their last day", Kind.LAST_DAY, this_week_and_before, _last_day
)
drafts: Final = DueSection("drafts", "Drafts that are not signed", Kind.DRAFT, whatever_the_day, _draft)
medication_lists: Final = DueSection(
    "lists", "Medication lists to review", Kind.LIST, today_and_before, _list
)
