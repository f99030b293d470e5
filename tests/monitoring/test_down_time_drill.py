"""A drill: a week off, fifty events on paper, typed in later. The timeline is that of a clinic that was never off, but
for the times of entry and the marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from django.test import Client
from time_machine import TimeMachineFixture

from taperplanner.accounts.models import User
from taperplanner.doses import parse_quantity
from taperplanner.monitoring.check_ins.actions import record_check_in
from taperplanner.monitoring.downtime.actions import ask_for_hold
from taperplanner.monitoring.downtime.details import FromPaper
from taperplanner.monitoring.models import EnteredLater, FormKind
from taperplanner.monitoring.supply.actions import DispensingDetails, record_dispensing
from taperplanner.monitoring.supply.questions import AsksFirst
from taperplanner.tapers.models import Plan

from ..handouts.test_batches import plan_of
from ..world.course import check_in_details, words_of
from ..world.downtime import code_of, new_run
from ..world.plan_pages import plan_url
from ..world.plans import TODAY
from ..world.universe import NOW, Universe

MARK: Final = re.compile(
    r" ?Typed in later from down-time forms: .+?\.(?= [A-Z])|\.? ?From a down-time form, code [0-9A-Z]{5}-[0-9A-Z]{5}, time on"
    r" the form: 9:15, entered March 10, 2026, 11:00 AM by Sam Staff, RN"
    # A clinic that is not off asks the provider, who signs at once.
    r"| ?A hold was asked for on March [2-6], 2026 by Nora, and not answered: Poor sleep"
)


@dataclass(frozen=True)
class Happening:
    kind: FormKind
    day: date
    number: int


WEEK: Final = [
    Happening(kind, TODAY + timedelta(days=day), number)
    for day in range(5)
    for number, kind in enumerate([FormKind.CHECK_IN] * 6 + [FormKind.DISPENSING] * 3 + [FormKind.HOLD])
]


def record(one: Happening, plan: Plan, by: User, paper: FromPaper | None, days_late: int) -> None:
    at = NOW + (one.day - TODAY) + timedelta(days=days_late)
    if one.kind is FormKind.CHECK_IN:
        # One of them with a sign of danger.
        ratings = {"anxiety": one.number % 4} | (
            {"seizure": 1} if (one.number, one.day) == (2, TODAY) else {}
        )
        details = check_in_details(happened_on=one.day, ratings=ratings, decision_note=f"Call {one.number}")
        record_check_in(plan=plan, details=details, paper=paper, by=by, at=at)
    elif one.kind is FormKind.DISPENSING:
        dispense(one, plan, by, paper, days_late)
    elif paper is not None:
        ask_for_hold(
            plan=plan, asked_on=one.day, asked_by="Nora", why="Poor sleep", paper=paper, by=by, at=at
        )


def dispense(one: Happening, plan: Plan, by: User, paper: FromPaper | None, days_late: int) -> None:
    at = NOW + (one.day - TODAY) + timedelta(days=days_late)
    details = DispensingDetails(plan.products.get(number=2), parse_quantity(str(one.number)), one.day)
    try:
        record_dispensing(plan=plan, details=details, paper=paper, by=by, at=at)
    except AsksFirst as asked:
        sure = replace(details, answered={question.key for question in asked.questions})
        record_dispensing(plan=plan, details=sure, paper=paper, by=by, at=at)


def timeline(client: Client, plan: Plan, page: str) -> str:
    """What the page says, without the marks and what tells the two patients apart."""
    text = MARK.sub("", words_of(client.get(plan_url(plan, page))))
    return text.replace(plan.patient.mrn, "MRN")


def test_a_week_on_paper_has_the_timeline_of_a_week_that_was_typed_as_it_happened(
    universe: Universe, staff: Client, provider: Client, time_machine: TimeMachineFixture
) -> None:
    never_off, off = plan_of(universe.ours, "Adams"), plan_of(universe.ours, "Adams")
    run = new_run(universe.ours, [off], spare=30)
    assert len(WEEK) == 50
    for one in WEEK:
        record(one, never_off, universe.ours.staff, None, 0)
    back = TODAY + timedelta(days=8)
    time_machine.move_to(NOW + timedelta(days=8), tick=False)
    for one in WEEK:
        paper = FromPaper(code_of(run, one.kind), "9:15")
        record(one, off, universe.ours.staff, paper, (back - one.day).days)
    assert EnteredLater.objects.count() == 50
    for page in ("progress/", "summary/"):
        words = words_of(staff.get(plan_url(off, page)))
        assert words.count("From a down-time form") == (30 + 15 if page == "progress/" else 30)
        assert "Typed in later from down-time forms: check-in 1, 2," in words
        assert timeline(staff, off, page).replace(" .", ".") == timeline(staff, never_off, page).replace(
            " .", "."
        )
    assert "Holds asked for on paper 5" in words_of(provider.get("/"))
