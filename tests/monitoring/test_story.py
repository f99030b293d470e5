"""Half a year of one taper, through the pages: two holds, a missed visit and an emergency."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from django.test import Client
from time_machine import TimeMachineFixture

from taperplanner.audit.models import Event
from taperplanner.monitoring.chart.facts import MilestoneKind
from taperplanner.monitoring.chart.from_rows import chart_facts
from taperplanner.monitoring.models import FollowUp, Status
from taperplanner.tapers.actions import end_plan, start_hold
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep, from_json
from taperplanner.tapers.models import Draft, Plan, State, Version
from taperplanner.tapers.schedule.chain import version_in_force
from taperplanner.tapers.signed.content import verified_content

from ..world.course import words_of
from ..world.plan_pages import plan_url
from ..world.plans import confirmed_draft, open_plan, save_draft, sign_plan
from ..world.steps import every_day
from ..world.universe import NOW, Universe

BEGINS: Final = date(2026, 3, 2)
# Days, daily dose, and the 0.5 mg tablets at morning and bedtime.
TYPED: Final = (
    ("28", "2", "2", "2"), ("28", "1.5", "1", "2"), ("28", "1", "1", "1"), ("28", "0.75", "½", "1"),
    ("28", "0.5", "½", "½"), ("14", "0.25", "", "½"),
)  # fmt: skip


class Clinic:
    """Staff and provider at their pages, on a day."""

    def __init__(self, universe: Universe, clock: TimeMachineFixture) -> None:
        self.universe, self.clock = universe, clock
        self.plan = open_plan(universe.ours)
        steps = tuple(
            TypedStep(days, dose, "", {"morning-2": morning, "bedtime-2": bedtime})
            for days, dose, morning, bedtime in TYPED
        )
        sign_plan(self.plan, universe.ours, TypedDraft(f"{BEGINS:%m/%d/%Y}", "stop", steps))

    def on(self, day: date, hour: int = 15) -> Client:
        """Staff's browser at that hour, in UTC."""
        self.now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        self.clock.move_to(self.now, tick=False)
        self.universe.clients.clear()
        return self.universe.client_of(self.universe.ours.staff)

    def send(self, day: date, rest: str, **given: str) -> str:
        """The page that follows, in words."""
        client = self.on(day)
        answer = client.post(plan_url(self.plan, rest), given)
        assert answer.status_code == 302, words_of(answer)
        return words_of(client.get(answer["Location"]))

    def check_in(self, day: date, **given: str) -> str:
        typed = {"happened_on": f"{day:%m/%d/%Y}", "contact": "phone", "rows": "3"}
        return self.send(day, "check-ins/add/", **(typed | given))

    def hold(self, day: date, days: str) -> Version:
        """The provider lengthens the step that runs, from that day on."""
        house, version = self.universe.ours, self.newest()
        self.on(day)
        draft = start_hold(plan=version.plan, today=day, by=house.provider, at=self.now)
        typed = from_json(draft.content)
        first, *others = typed.steps
        held = replace(first, days=days)
        whole = replace(
            typed, first_day=f"{day:%m/%d/%Y}", steps=(held, *others), explanation="Sleep is poor"
        )
        save_draft(self.plan, confirmed_draft(whole), house, self.now)
        return sign_plan(self.plan, house, from_json(Draft.objects.get(plan=self.plan).content), at=self.now)

    def newest(self) -> Version:
        return Version.objects.select_related("plan__patient").filter(plan=self.plan).newest_first()[0]

    def worklist(self, day: date, only: str) -> str:
        return words_of(self.on(day).get("/", {"only": only}))

    def decide(self, day: date, *, follow: bool) -> None:
        """Each moved follow-up goes with the step it went with before, or keeps its date."""
        moved = list(self.plan.follow_ups.moved().by_day())
        version = self.newest()
        first = {
            every_day(step).dose: f"{version.number}-{step.position}"
            for step in verified_content(version).schedule.steps
        }
        typed = {}
        for one in moved:
            steps = verified_content(self.version(one)).schedule.steps
            dose = every_day(steps[(one.step_position or 0) - 1]).dose
            typed[f"what_{one.number}"] = first[dose] if follow else "keep"
        self.send(day, "follow-ups/moved/", **typed)

    def version(self, one: FollowUp) -> Version:
        return Version.objects.select_related("plan").get(plan=self.plan, number=one.version_number)


@pytest.mark.slow
def test_half_a_year_with_two_holds_a_missed_visit_and_an_emergency(
    universe: Universe, time_machine: TimeMachineFixture
) -> None:
    clinic = Clinic(universe, time_machine)
    plan, house = clinic.plan, universe.ours
    staff_id = str(house.staff.pk)

    # A contact a week after each step begins, typed by the clinic, and what was dispensed.
    clinic.send(
        BEGINS, "follow-ups/add/", when="steps", offset_days="7", purpose="How it goes", assigned_to=staff_id
    )
    clinic.send(BEGINS, "supply/add/", product="2", quantity="112", dispensed_on="03/02/2026")
    assert [str(one.due_on) for one in plan.follow_ups.by_day()] == [
        "2026-03-09", "2026-04-06", "2026-05-04", "2026-06-01", "2026-06-29", "2026-07-27",
    ]  # fmt: skip

    # The first call, a week in. The clocks went forward the day before.
    assert "How it goes" in clinic.worklist(date(2026, 3, 9), "due-today")
    clinic.check_in(
        date(2026, 3, 9), follow_up="1", symptom_anxiety="1", taken_0_first="03/02/2026",
        taken_0_last="03/08/2026", taken_0_of_2="4", decision="continue",
    )  # fmt: skip
    assert "How it goes" not in clinic.worklist(date(2026, 3, 10), "overdue")

    # 112 tablets of 0.5 mg, 4 a day: the last four are taken on March 29.
    assert "Monday, March 30, 2026 First day without enough" in clinic.worklist(date(2026, 3, 24), "supply")
    clinic.send(date(2026, 3, 27), "supply/add/", product="2", quantity="300", dispensed_on="03/27/2026")

    # Poor sleep in step 2: the first hold, two weeks long from April 20 on.
    page = clinic.check_in(date(2026, 4, 6), follow_up="2", symptom_insomnia="3", decision="hold")
    assert "Trouble sleeping: severe" in page
    clinic.hold(date(2026, 4, 20), "21")
    assert "moved the steps that 4 follow-ups are linked to" in words_of(
        clinic.on(date(2026, 4, 20)).get(plan_url(plan, "progress/"))
    )
    was = list(plan.follow_ups.by_day().values_list("due_on", flat=True))
    clinic.on(date(2026, 4, 21))
    assert list(plan.follow_ups.by_day().values_list("due_on", flat=True)) == was
    clinic.decide(date(2026, 4, 21), follow=True)
    assert not plan.follow_ups.moved().exists()
    third = plan.follow_ups.get(number=3)
    assert third.due_on == was[2] + timedelta(days=14)

    # The visit is missed, said so, and called again on a date that was typed.
    assert "How it goes" in clinic.worklist(third.due_on + timedelta(days=1), "overdue")
    clinic.send(
        third.due_on + timedelta(days=2),
        "follow-ups/3/settle/",
        status="missed",
        reason="Did not come",
        revision=str(third.revision),
    )
    again = third.due_on + timedelta(days=4)
    clinic.send(
        third.due_on + timedelta(days=2), "follow-ups/add/", when="date", due_on=f"{again:%m/%d/%Y}",
        purpose="Call again", assigned_to=staff_id,
    )  # fmt: skip

    # On that call: thoughts of suicide.
    page = clinic.check_in(again, follow_up="7", phq9_9="2", symptom_low_mood="3", decision="emergency")
    assert "Emergency: act now" in page
    assert "988" in page
    assert "PHQ-9, item 9" in clinic.worklist(again, "emergencies")
    number = plan.check_ins.newest_first()[0].number
    clinic.send(again, f"check-ins/{number}/emergency/", done="Stayed on the line; called 988 together")
    provider = universe.client_of(house.provider)
    note = {"note": "Seen today by the crisis team, safe at home with her brother"}
    assert provider.post(plan_url(plan, f"check-ins/{number}/emergency/close/"), note).status_code == 302
    assert "PHQ-9, item 9" not in clinic.worklist(again, "emergencies")

    # The second hold; this time the follow-ups keep their dates.
    clinic.hold(date(2026, 6, 10), "45")
    kept = {one.pk: one.due_on for one in plan.follow_ups.moved()}
    assert kept
    clinic.decide(date(2026, 6, 10), follow=False)
    assert {one.pk: one.due_on for one in plan.follow_ups.filter(pk__in=kept)} == kept

    # The end. The last day is on the worklist until a provider says how the plan ended.
    last = clinic.newest().last_day
    assert last > date(2026, 8, 30)
    assert "The last step ends, then none" in clinic.worklist(last, "last-days")
    assert "the plan is still open" in clinic.worklist(last + timedelta(days=3), "last-days")
    plan.refresh_from_db()
    end_plan(
        plan=plan,
        revision=plan.revision,
        state=State.COMPLETED,
        reason="Came off",
        by=house.provider,
        at=clinic.now,
    )
    assert "still open" not in clinic.worklist(last + timedelta(days=3), "last-days")

    check_the_whole(clinic, Plan.objects.select_related("patient").get(pk=plan.pk))


def check_the_whole(clinic: Clinic, plan: Plan) -> None:
    """The chart, the registry, the summary and the audit tell the same half year."""
    today = clinic.now.date()
    story = chart_facts(clinic.universe.ours.clinic, [plan], today=today)
    kinds = [milestone.kind for milestone in story.milestones]
    assert kinds == [MilestoneKind.HOLD, MilestoneKind.EMERGENCY, MilestoneKind.HOLD, MilestoneKind.ENDED]
    versions = list(plan.versions.all())
    for version in versions:
        version.plan = plan
    day = BEGINS
    while day <= versions[-1].last_day:
        answer = version_in_force(versions, on=day)
        assert answer is not None
        _, dated = verified_content(answer).schedule.on(day)
        assert dated is not None
        drawn = [run.dose for run in story.drugs[0].planned if run.first_day <= day <= (run.last_day or day)]
        assert drawn == [every_day(dated.step).dose], day
        day += timedelta(days=1)

    provider = clinic.universe.client_of(clinic.universe.ours.provider)
    year = {"first_day": "01/01/2026", "last_day": "12/31/2026"}
    page = words_of(provider.get("/clinic/registry/", year))
    for says in ("Plans put on hold 1", "Plans completed 1", "Missed 1", "Done by the day they were due 3"):
        assert says in page, says
    assert plan.follow_ups.filter(status=Status.MISSED).count() == 1
    summary = words_of(provider.get(plan_url(plan, "summary/")))
    assert "Stayed on the line; called 988 together Closed: Seen today" in summary
    assert provider.get(plan_url(plan, "summary.pdf")).content.startswith(b"%PDF")
    told = set(Event.objects.filter(patient_id=plan.patient_id, at__gt=NOW).values_list("action", flat=True))
    assert {
        "check_in.recorded", "emergency.answered", "emergency.closed", "follow_up.settled", "supply.dispensed",
        "follow_up.moved_decided",
    } <= told  # fmt: skip
