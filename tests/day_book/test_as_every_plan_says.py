"""Whatever is recorded and whatever the day: the worklist that reads the day book says what every plan says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from typing import Final

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taperplanner.day_book.models import Due
from taperplanner.day_book.writing import rewrite
from taperplanner.monitoring.models import Dispensing, HomeCount, PlanReview
from taperplanner.monitoring.supply.actions import explain_shortfall
from taperplanner.patients.actions import archive_patient, restore_patient
from taperplanner.patients.medications.actions import review_medications
from taperplanner.patients.medications.reviews import list_revision_of
from taperplanner.patients.models import Patient
from taperplanner.saving import Conflict, Refused
from taperplanner.tapers.actions import CannotSign, discard_draft, end_plan
from taperplanner.tapers.models import Draft, Plan, State
from taperplanner.tapers.schedule.reasons import Reason

from ..world.chains import Link, chains, open_plan_of_one_product, sign_chain, sign_link, start_chain_revision
from ..world.course import count_at_home, in_error, record_dispensing_of, review
from ..world.people import answer_all, build_patient
from ..world.plans import TODAY
from ..world.universe import NOW, House, build
from .looked_at import by_every_plan, by_the_book

DAY: Final = timedelta(days=1)
DAYS_FROM: Final = (-7, -6, -1, 0, 1, 5, 6, 7, 13, 30, 99)
EXAMPLES: Final = max(10, settings().max_examples // 10)
PRODUCT: Final = 1
at_random = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@contextmanager
def undone() -> Iterator[House]:
    with transaction.atomic(), time_machine.travel(NOW, tick=False):
        yield build().ours
        transaction.set_rollback(True)


def check(house: House, near: date = TODAY) -> None:
    assert not rewrite(everybody(house)), "what was recorded did not write the day book"
    days = {day + at * DAY for day in (TODAY, near) for at in DAYS_FROM}
    for today in sorted(day for day in days if day >= TODAY):  # nobody looks at what is recorded before it is
        assert by_the_book(house, today) == by_every_plan(house, today), today


def everybody(house: House) -> list[object]:
    return list(house.clinic.patients.values_list("pk", flat=True))


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.property
@at_random
@given(chain=chains())
def test_of_whatever_chain_of_versions(db: None, chain: list[Link]) -> None:
    with undone() as house:
        versions = sign_chain(house, chain)
        assert Due.objects.exists()
        check(house, versions[-1].first_day)


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.property
@at_random
@given(seed=st.integers(0, 2**32))
def test_of_whatever_is_recorded_one_after_another(db: None, seed: int) -> None:
    random = Random(seed)
    with undone() as house:
        for _ in range(2):
            patient = build_patient(house)
            answer_all(patient, by=house.provider)
            open_plan_of_one_product(house, patient)
        for at in range(12):
            act = random.choice(ACTS)
            plan = random.choice(list(Plan.objects.select_related("patient__clinic")))
            try:
                with transaction.atomic():
                    act(random, plan, house, at)
            except (Refused, CannotSign, Conflict):
                continue
        check(house)


def signs(random: Random, plan: Plan, house: House, at: int) -> None:
    first_day = TODAY + random.randint(-20, 10) * DAY
    steps = tuple((random.randint(1, 12), random.randint(1, 6)) for _ in range(random.randint(1, 3)))
    reason = random.choice([Reason.SYMPTOMS, Reason.HOLD])
    link = Link(first_day, steps, random.random() < 0.5, reason, "Poor sleep")
    sign_link(plan, link, house, at=NOW + timedelta(minutes=at))


def starts_a_draft(random: Random, plan: Plan, house: House, at: int) -> None:
    start_chain_revision(plan, TODAY, house)


def discards_it(random: Random, plan: Plan, house: House, at: int) -> None:
    for draft in Draft.objects.filter(plan=plan):
        discard_draft(draft=draft, revision=draft.revision, by=house.provider, at=NOW)


def dispenses(random: Random, plan: Plan, house: House, at: int) -> None:
    day = TODAY - random.randint(0, 30) * DAY
    moment = NOW + timedelta(minutes=at)
    record_dispensing_of(plan, house, str(random.randint(1, 40)), product=PRODUCT, day=day, at=moment)


def counts(random: Random, plan: Plan, house: House, at: int) -> None:
    count_at_home(
        plan,
        house,
        str(random.randint(0, 40)),
        product=PRODUCT,
        day=TODAY - random.randint(0, 10) * DAY,
        at=NOW + timedelta(minutes=at),
        is_after_doses=random.random() < 0.5,
    )


def explains(random: Random, plan: Plan, house: House, at: int) -> None:
    moment = NOW + timedelta(minutes=at)
    explain_shortfall(product=plan.products.get(), text="At work", by=house.staff, at=moment)


def reviews(random: Random, plan: Plan, house: House, at: int) -> None:
    due_on = TODAY + random.randint(1, 12) * DAY if random.random() < 0.7 else None
    review(plan, house, pdmp="looked_at", next_due_on=due_on, at=NOW + timedelta(minutes=at))


def takes_something_back(random: Random, plan: Plan, house: House, at: int) -> None:
    model = random.choice([Dispensing, HomeCount, PlanReview])
    for row in model.objects.filter(plan=plan).valid()[:1]:
        in_error(row, house, at=NOW + timedelta(minutes=at))


def reviews_the_list(random: Random, plan: Plan, house: House, at: int) -> None:
    revisions = list(plan.patient.medications.values_list("revision", flat=True))
    moment = NOW - random.choice([0, 1, 89, 90, 91, 400]) * DAY
    review_medications(
        patient=plan.patient, list_revision=list_revision_of(revisions), by=house.staff, at=moment
    )


def archives(random: Random, plan: Plan, house: House, at: int) -> None:
    patient = Patient.objects.get(pk=plan.patient_id)
    given = {"patient": patient, "revision": patient.revision, "by": house.staff, "at": NOW}
    if patient.archived_at:
        restore_patient(**given)
    else:
        archive_patient(**given, reason="Away")


def ends(random: Random, plan: Plan, house: House, at: int) -> None:
    given = {"plan": plan, "revision": plan.revision, "state": State.DISCONTINUED, "reason": "Moved"}
    end_plan(**given, by=house.provider, at=NOW)


def changes_the_zone(random: Random, plan: Plan, house: House, at: int) -> None:
    zone = random.choice(["Pacific/Honolulu", "America/New_York", "Pacific/Guam"])
    house.clinic.time_zone = zone
    house.clinic.save(update_fields=["time_zone"])


Act = Callable[[Random, Plan, House, int], None]
ACTS: Final[list[Act]] = [
    *[signs] * 4,
    *[dispenses] * 3,
    *[counts] * 3,
    explains,
    starts_a_draft,
    discards_it,
    reviews,
    takes_something_back,
    reviews_the_list,
    archives,
    ends,
    changes_the_zone,
]
