"""What was recorded at reviews, over the plans that are open today: each count says of how many."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.patients.actions import answer_safety_facts
from taperplanner.patients.details import FactAnswer
from taperplanner.patients.models import Answer, Fact
from taperplanner.registry.reviews import review_counts
from taperplanner.tapers.actions import end_plan
from taperplanner.tapers.models import State

from ..world.course import in_error, review, words_of
from ..world.people import build_patient
from ..world.plans import TODAY, open_plan, signed_version
from ..world.universe import NOW, Universe

DAY = timedelta(days=1)
LAST = TODAY - 30 * DAY


def test_each_count_says_of_how_many_open_plans(universe: Universe, provider: Client) -> None:
    """Three are open: one overdue, one with a date to come, one in which all was entered in error."""
    house = universe.ours
    plans = [open_plan(house, build_patient(house)) for _ in range(3)]
    ended = signed_version(house).plan
    review(plans[0], house, day=LAST, pdmp="looked_at", naloxone="declined", next_due_on=TODAY - DAY)
    review(plans[1], house, day=LAST, pdmp="looked_at", next_due_on=TODAY + DAY)
    in_error(review(plans[2], house, day=LAST, cbt="offered", next_due_on=TODAY - DAY), house)
    review(ended, house, day=LAST, cbt="offered", next_due_on=TODAY - DAY)
    end_plan(plan=ended, revision=1, state=State.DISCONTINUED, reason="Moved", by=house.provider, at=NOW)
    patient = plans[0].patient
    patient.refresh_from_db()
    answer_safety_facts(
        patient=patient,
        answers={Fact.PREGNANCY_OR_BREASTFEEDING: FactAnswer(answer=Answer.YES)},
        revision=patient.safety_facts_revision,
        by=house.staff,
        at=NOW,
    )
    page = words_of(provider.get("/clinic/registry/", {"first_day": "01/01/2020", "last_day": "01/02/2020"}))
    for says in (
        "Reviews of the plans that are open today (3)",
        "Recorded: Prescription drug monitoring program (PDMP) 2 of 3",
        "Recorded: Naloxone 1 of 3",
        "Recorded: Cognitive behavioral therapy (CBT), or CBT-I for sleep 0 of 3",
        "Recorded: The infant’s clinician 0 of 1",
        "A date for the next review 2 of 3",
        "That date has passed 1 of 2",
    ):
        assert says in page, says


def test_another_clinics_reviews_are_not_counted(universe: Universe) -> None:
    review(open_plan(universe.theirs, build_patient(universe.theirs)), universe.theirs, pdmp="looked_at")
    assert review_counts(universe.ours.clinic, TODAY).plans == 0


def test_the_counts_take_four_queries_however_many_plans(universe: Universe) -> None:
    for _ in range(3):
        review(open_plan(universe.ours, build_patient(universe.ours)), universe.ours, pdmp="looked_at")
    with CaptureQueriesContext(connection) as asked:
        review_counts(universe.ours.clinic, TODAY)
    assert len(asked) == 4
