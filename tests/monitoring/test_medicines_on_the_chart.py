"""A medicine that changes clonazepam's level marks the timeline on the day it came or went, and no day that nobody knows."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from taperplanner.doses import Dose
from taperplanner.monitoring.chart.drawing import NARROW, WIDE, draw
from taperplanner.monitoring.chart.facts import Milestone, MilestoneKind, Planned
from taperplanner.monitoring.chart.from_rows import chart_facts
from taperplanner.monitoring.chart.medicines import days_of
from taperplanner.monitoring.chart.page import chart_of, svg
from taperplanner.monitoring.check_ins.actions import correct_check_in
from taperplanner.patients.medications.actions import stop_medication
from taperplanner.patients.models import MedicationRecord
from taperplanner.tapers.models import Plan

from ..world.course import check_in, check_in_details, words_of
from ..world.people import medication_record
from ..world.plan_pages import plan_url
from ..world.stories import day, of_clonazepam
from ..world.universe import NOW, Universe

TODAY = date(2026, 4, 10)
MARCH_16 = datetime(2026, 3, 16, 15, tzinfo=UTC)


def marks(universe: Universe, plan: Plan) -> list[Milestone]:
    facts = chart_facts(universe.ours.clinic, [plan], today=TODAY)
    return [one for one in facts.milestones if one.kind is MilestoneKind.MEDICINE]


def record(universe: Universe, plan: Plan, name: str, **given: Any) -> MedicationRecord:
    return medication_record(plan.patient, universe.ours.staff, name=name, **given)


def stop(universe: Universe, one: MedicationRecord, day: date | None, at: datetime = MARCH_16) -> None:
    stop_medication(
        medication=one, stopped_on=day, reason="Finished", revision=1, by=universe.ours.staff, at=at
    )


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("fluconazole", "fluconazole started: can raise clonazePAM’s level"),
        ("Paxlovid", "Paxlovid (nirmatrelvir and ritonavir) started: can raise clonazePAM’s level"),
        ("Tegretol", "Tegretol (carBAMazepine) started: can lower clonazePAM’s level"),
        ("St John's wort", "St John's wort (st. john's wort) started: can lower clonazePAM’s level"),
    ],
)
def test_the_day_on_which_it_was_started_is_marked(
    universe: Universe, plan: Plan, name: str, says: str
) -> None:
    record(universe, plan, name, started="2026-03-10")
    (mark,) = marks(universe, plan)
    assert (mark.day, mark.words, mark.until) == (date(2026, 3, 10), says, None)
    assert mark.label == f"{name} started"


def test_the_day_on_which_it_was_stopped_is_marked(universe: Universe, plan: Plan) -> None:
    stop(universe, record(universe, plan, "Biaxin", started="2019"), date(2026, 3, 12))
    (mark,) = marks(universe, plan)
    assert mark.day == date(2026, 3, 12)
    assert mark.words == "Biaxin (clarithromycin) stopped: can raise clonazePAM’s level"


@pytest.mark.parametrize("started", ["2025-11-30", "2026-02", "2014"])
def test_what_was_started_before_the_taper_marks_nothing(
    universe: Universe, plan: Plan, started: str
) -> None:
    record(universe, plan, "Tegretol", started=started)
    assert marks(universe, plan) == []


@pytest.mark.parametrize("name", ["ibuprofen", "oxycodone", "Klonopin", "Depakote"])
def test_what_changes_no_level_marks_nothing(universe: Universe, plan: Plan, name: str) -> None:
    record(universe, plan, name, started="2026-03-10")
    assert marks(universe, plan) == []


@pytest.mark.parametrize(
    ("started", "known", "first", "last"),
    [
        ("2026-03", "March 2026", date(2026, 3, 2), date(2026, 3, 31)),
        ("2026", "2026", date(2026, 3, 2), None),
    ],
)
def test_a_day_that_nobody_knows_is_never_made_exact(
    universe: Universe, plan: Plan, started: str, known: str, first: date, last: date | None
) -> None:
    record(universe, plan, "rifampin", started=started)
    facts = chart_facts(universe.ours.clinic, [plan], today=TODAY)
    (mark,) = (one for one in facts.milestones if one.kind is MilestoneKind.MEDICINE)
    taper_ends = max(run.last_day for run in facts.drugs[0].planned if run.last_day)
    assert (mark.day, mark.until, mark.known) == (first, last or taper_ends, known)
    assert mark.words == "rifampin started: can lower clonazePAM’s level"
    assert mark.label == "rifampin started, day not known"
    assert (facts.first_day, facts.last_day) == (first, taper_ends)
    row = next(row for row in chart_of(facts).rows if row.what == "Medicine")
    assert row.days == f"{known}, day not known"
    (drawn,) = (one for one in draw(facts, WIDE).milestones if one.kind is MilestoneKind.MEDICINE)
    assert drawn.until is not None
    assert drawn.until > drawn.x
    assert f'd="{drawn.over_days}"' in svg(chart_of(facts))


def test_a_stop_whose_day_nobody_knows_says_when_it_was_written_down(universe: Universe, plan: Plan) -> None:
    stop(universe, record(universe, plan, "Diflucan", started="2025"), None)
    (mark,) = marks(universe, plan)
    assert mark.day == date(2026, 3, 16)
    assert mark.words == (
        "Diflucan (fluconazole) recorded as stopped, day not known: can raise clonazePAM’s level"
    )


def test_what_was_put_on_the_list_during_the_taper_without_a_start_is_marked_as_that(
    universe: Universe, plan: Plan
) -> None:
    record(universe, plan, "Dilantin", at=NOW)
    assert marks(universe, plan) == []
    record(universe, plan, "Mysoline", at=MARCH_16)
    (mark,) = marks(universe, plan)
    assert mark.day == date(2026, 3, 16)
    assert mark.words == (
        "Mysoline (primidone) put on the list, start not known: can lower clonazePAM’s level"
    )


def test_a_check_in_that_names_one_marks_its_day(universe: Universe, plan: Plan) -> None:
    check_in(
        plan, universe.ours, new_medicines="yes", new_medicines_note="Paxlovid since Friday, and ibuprofen"
    )
    (mark,) = marks(universe, plan)
    assert mark.words == (
        "Paxlovid (nirmatrelvir and ritonavir) named under new or changed medicines in check-in 1:"
        " can raise clonazePAM’s level"
    )


def test_what_was_corrected_away_is_not_marked(universe: Universe, plan: Plan) -> None:
    wrong = check_in(plan, universe.ours, new_medicines="yes", new_medicines_note="fluconazole")
    correct_check_in(
        check_in=wrong, details=check_in_details(), why="Another patient", by=universe.ours.staff, at=NOW
    )
    assert marks(universe, plan) == []


def test_the_words_stand_below_the_chart_in_its_table_and_in_its_description(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    record(universe, plan, "fluconazole", started="2026-03-10")
    says = "fluconazole started: can raise clonazePAM’s level"
    for address in (plan.patient.get_absolute_url(), plan_url(plan, "progress/"), plan_url(plan, "summary/")):
        page = words_of(staff.get(address))
        assert "Medicines that change clonazePAM’s level, during this taper" in page, address
        assert f"Tue, Mar 10, 2026: {says}" in page, address
        assert f"{says} (Tue, Mar 10, 2026)." in page, address
    pdf = PdfReader(io.BytesIO(staff.get(plan_url(plan, "summary.pdf")).content)).pages
    printed = " ".join(" ".join(one.extract_text() for one in pdf).split())
    assert f"Tue, Mar 10, 2026: {says}" in printed


def test_the_summary_says_of_each_medicine_what_it_does_to_the_level(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    record(universe, plan, "Tegretol", started="2019")
    assert "Since 2019; Can lower clonazePAM’s level" in words_of(staff.get(plan_url(plan, "summary/")))


def test_without_such_a_medicine_nothing_is_said(plan: Plan, staff: Client) -> None:
    assert "during this taper" not in words_of(staff.get(plan_url(plan, "progress/")))


def test_a_name_longer_than_the_chart_is_left_to_the_words_below_it() -> None:
    long = Milestone(day(3), MilestoneKind.MEDICINE, "…", name="emtricitabine and so on, " * 6)
    planned = (Planned(day(0), day(9), Dose(1_000_000), 1, 1),)
    facts = of_clonazepam(planned=planned, milestones=(long,), today=day(5))
    for paper in (WIDE, NARROW):
        (drawn,) = draw(facts, paper).milestones
        assert drawn.label is None


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-07", date(2024, 2, 7), date(2024, 2, 7)),
    ],
)
def test_the_days_that_a_partly_known_date_can_be(partial: str, first: date, last: date) -> None:
    assert days_of(partial) == (first, last)
