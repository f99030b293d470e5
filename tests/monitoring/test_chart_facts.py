"""From what is stored to the chart and the visit summary."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from pypdf import PdfReader
from time_machine import TimeMachineFixture

from taperplanner.audit.models import Event
from taperplanner.doses import Dose, Quantity
from taperplanner.monitoring.chart.facts import MilestoneKind
from taperplanner.monitoring.chart.from_rows import chart_facts
from taperplanner.monitoring.check_ins.actions import correct_check_in
from taperplanner.monitoring.check_ins.taken import TakenRun
from taperplanner.monitoring.scales import PHQ9, score_of
from taperplanner.monitoring.visit_summary.content import AS_WRITTEN
from taperplanner.patients.actions import edit_patient
from taperplanner.patients.details import PatientDetails
from taperplanner.patients.models import Patient
from taperplanner.tapers.actions import end_plan
from taperplanner.tapers.models import Plan, State, Version
from taperplanner.tapers.schedule.reasons import Reason
from taperplanner.tapers.schedule.schedule import Phase
from taperplanner.tapers.signed.content import Tampered, verified_content

from ..world.course import add_follow_up, check_in, check_in_details, emergency_of, words_of
from ..world.plan_pages import plan_url
from ..world.plans import MARCH_20, TODAY, open_plan, sign_revision, start_revision
from ..world.steps import every_day
from ..world.tampering import past_the_triggers
from ..world.universe import NOW, Universe


def test_each_day_is_drawn_as_the_version_that_answers_for_it_says(
    universe: Universe, version: Version
) -> None:
    newer = sign_revision(start_revision(version, universe.ours, MARCH_20, reason=Reason.HOLD), universe.ours)
    story = chart_facts(universe.ours.clinic, [version.plan], today=TODAY)
    first, second = (verified_content(one).schedule for one in (version, newer))
    day = first.first_day
    while day <= second.last_day:
        schedule = first if day < MARCH_20 else second
        drawn = [run for run in story.drugs[0].planned if run.first_day <= day <= (run.last_day or day)]
        phase, dated = schedule.on(day)
        assert phase is Phase.STEP
        assert [run.dose for run in drawn] == [every_day(dated.step).dose], day
        day += timedelta(days=1)
    assert [(milestone.day, milestone.kind) for milestone in story.milestones] == [
        (MARCH_20, MilestoneKind.HOLD)
    ]


def test_an_ended_plan_is_drawn_up_to_its_end(universe: Universe, plan: Plan) -> None:
    at = datetime(2026, 3, 10, 15, tzinfo=UTC)
    end_plan(
        plan=plan, revision=1, state=State.DISCONTINUED, reason="Moved", by=universe.ours.provider, at=at
    )
    plan.refresh_from_db()
    story = chart_facts(universe.ours.clinic, [plan], today=TODAY)
    assert [run.last_day for run in story.drugs[0].planned] == [date(2026, 3, 10)]
    assert [milestone.kind for milestone in story.milestones] == [MilestoneKind.ENDED]


def test_an_ended_plan_is_drawn_up_to_the_day_on_which_it_was_really_left(
    universe: Universe, plan: Plan
) -> None:
    end_plan(
        plan=plan,
        revision=1,
        state=State.DISCONTINUED,
        reason="Moved",
        stopped_on=date(2026, 3, 6),
        by=universe.ours.provider,
        at=datetime(2026, 3, 10, 15, tzinfo=UTC),
    )
    plan.refresh_from_db()
    story = chart_facts(universe.ours.clinic, [plan], today=TODAY)
    assert [run.last_day for run in story.drugs[0].planned] == [date(2026, 3, 6)]
    assert [milestone.day for milestone in story.milestones] == [date(2026, 3, 6)]


def test_what_was_reported_rated_and_scored_is_drawn_without_what_was_corrected(
    universe: Universe, plan: Plan
) -> None:
    run = TakenRun(date(2026, 2, 25), date(2026, 3, 1), Dose(2_000_000))
    wrong = check_in(plan, universe.ours, ratings={"anxiety": 3}, taken=(run,))
    right = TakenRun(date(2026, 2, 25), date(2026, 3, 1), Dose(1_500_000))
    details = check_in_details(
        ratings={"anxiety": 1, "tremor": 1}, taken=(right,), phq9=score_of(PHQ9, [], 12)
    )
    correct_check_in(check_in=wrong, details=details, why="Slip", by=universe.ours.staff, at=NOW)
    story = chart_facts(universe.ours.clinic, [plan], today=TODAY)
    assert [one.dose for one in story.drugs[0].reported] == [Dose(1_500_000)]
    assert [(band.name.partition(",")[0], band.points[0].value) for band in story.bands] == [
        ("Symptoms", 2),
        ("PHQ-9", 12),
    ]


def test_a_plan_that_was_tampered_with_is_not_drawn(
    universe: Universe, version: Version, staff: Client
) -> None:
    past_the_triggers("UPDATE tapers_step SET dose_nanograms = 5000000 WHERE position = 1")
    with pytest.raises(Tampered):
        chart_facts(universe.ours.clinic, [version.plan], today=TODAY)
    for rest in ("progress/", "summary/", "summary.pdf"):
        answer = staff.get(plan_url(version.plan, rest))
        assert answer.status_code == 500
        assert "5 mg" not in answer.content.decode()
    page = staff.get(version.plan.patient.get_absolute_url())
    assert page.status_code == 200
    assert "<svg" not in page.content.decode().partition("taper-chart")[2]


def test_the_picture_stands_on_the_patients_and_the_plans_page(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    for address in (plan.patient.get_absolute_url(), plan_url(plan, "progress/"), plan_url(plan, "summary/")):
        assert "taper-chart" in staff.get(address).content.decode(), address


def test_the_summary_says_what_was_recorded(universe: Universe, plan: Plan, staff: Client) -> None:
    check_in(plan, universe.ours, ratings={"tremor": 2, "anxiety": 1}, decision="hold")
    emergency_of(plan, universe.ours)
    add_follow_up(plan, universe.ours, TODAY)
    page = words_of(staff.get(plan_url(plan, "summary/")))
    for says in (
        "Plan 1: clonazepam (Klonopin), aim: to stop in the end, step by step", "Version 1, signed by Priya Provider, MD on March 2, 2026.",
        "step 1 of 6, 2 mg a day", "morning ½ tablet of 0.5 mg; bedtime 1 tablet of 0.5 mg", "Tremor (moderate)",
        "A seizure", "Nothing is recorded. Still open.", "1 tablet in the morning and 1 tablet at bedtime",
        "Medication list: Never reviewed with the patient.", "Open emergency of March 2, 2026: A seizure",
    ):  # fmt: skip
        assert says in page, says
    assert "Anxiety (mild)" not in page


def test_the_summary_keeps_what_was_missed_left_and_noted_and_tells_two_of_one_day_apart(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    check_in(
        plan, universe.ours, missed_or_extra="Forgot Sunday evening", left={2: Quantity(27_500)},
        alcohol="yes", alcohol_note="Two beers", decision="hold", decision_note="Sleep first",
    )  # fmt: skip
    check_in(plan, universe.ours)
    page = words_of(staff.get(plan_url(plan, "summary/")))
    for says in (
        "Missed or extra doses: Forgot Sunday evening",
        "Left at home: clonazepam 0.5 mg tablet: 27½ tablets",
        "Alcohol: Yes: Two beers",
        "Note: Sleep first",
        "Mon, Mar 2, 2026, number 1, phone",
        "Mon, Mar 2, 2026, number 2, phone",
    ):
        assert says in page, says


def test_the_summary_says_of_written_directions_what_the_overview_says(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    overview = words_of(staff.get(plan.patient.get_absolute_url()))
    page = words_of(staff.get(plan_url(plan, "summary/")))
    assert AS_WRITTEN in overview
    assert AS_WRITTEN in page
    pdf = PdfReader(io.BytesIO(staff.get(plan_url(plan, "summary.pdf")).content)).pages
    assert AS_WRITTEN in " ".join(" ".join(one.extract_text() for one in pdf).split())


def test_the_summary_is_a_pdf_with_the_name_on_each_page_and_one_event(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    emergency_of(plan, universe.ours)
    before = Event.objects.count()
    answer = staff.get(plan_url(plan, "summary.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert Event.objects.count() == before + 1
    assert Event.objects.newest_first()[0].subject == "monitoring:visit_summary_pdf" or Event.objects.filter(
        subject="monitoring:visit_summary_pdf"
    )
    for page in PdfReader(io.BytesIO(answer.content)).pages:
        assert "Ana Rivera" in page.extract_text()
        assert "A-1001" in page.extract_text()


def test_a_sign_the_paper_cannot_show_is_said(universe: Universe, plan: Plan, staff: Client) -> None:
    patient = Patient.objects.get(pk=plan.patient_id)
    details = PatientDetails(
        mrn="A-1001", given_name="𓀀", family_name="Rivera", date_of_birth=patient.date_of_birth
    )
    edit_patient(patient=patient, details=details, revision=patient.revision, by=universe.ours.staff, at=NOW)
    answer = staff.get(plan_url(plan, "summary.pdf"), follow=True)
    assert "The paper cannot show" in words_of(answer)


def test_an_unsigned_plan_has_a_summary_too(universe: Universe, staff: Client) -> None:
    plan = open_plan(universe.ours)
    assert "Nothing is signed yet." in words_of(staff.get(plan_url(plan, "summary/")))
    assert staff.get(plan_url(plan, "summary.pdf")).content.startswith(b"%PDF")


def test_today_is_the_clinics_on_the_summary(
    universe: Universe, plan: Plan, time_machine: TimeMachineFixture
) -> None:
    """One minute before midnight in New York it is already tomorrow in UTC."""
    time_machine.move_to(datetime(2026, 3, 16, 3, 59, tzinfo=UTC))
    client = universe.client_of(universe.ours.staff)
    assert "Today, Sunday, March 15, 2026: step 1 of 6" in words_of(client.get(plan_url(plan, "summary/")))
