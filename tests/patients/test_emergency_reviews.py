"""Managers review each emergency access, but for their own, and are reminded while one waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from taperplanner.accounts.permissions import Role
from taperplanner.audit.models import Event
from taperplanner.patients.models import EmergencyAccessReview
from taperplanner.patients.restricted import actions

from ..world.people import build_patient
from ..world.restricted import FAMILY, MRN, REASON, another, break_the_glass, restrict, restricted
from ..world.universe import NOW, Universe

PAGE = "/patients/emergency-access/"
FIRST = "/clinic/users/"


def test_a_manager_reads_who_when_which_record_why_and_how_much_was_opened(universe: Universe) -> None:
    house = universe.ours
    patient = restricted(house)
    staff, manager = universe.client_of(house.staff), universe.client_of(house.manager)
    staff.post(reverse("patients:emergency_access", args=[patient.pk]), {"reason": REASON})
    for _ in range(2):
        assert staff.get(patient.get_absolute_url()).status_code == 200
    page = manager.get(PAGE).content.decode()
    for word in ("Sam Staff, RN", MRN, REASON, "2 pages, in the audit log"):
        assert word in page
    assert FAMILY not in page
    log = page.partition('<a href="/clinic/audit/?')[2].partition('"')[0].replace("&amp;", "&")
    shown = manager.get(f"/clinic/audit/?{log}").content.decode()
    assert shown.count("in an emergency access") == 3  # begun, and two pages


def test_one_that_waits_is_marked_on_the_managers_first_page_until_it_is_reviewed(universe: Universe) -> None:
    house = universe.ours
    access = break_the_glass(restricted(house), house.staff)
    manager = universe.client_of(house.manager)
    assert "1 to review" in manager.get(FIRST).content.decode()
    review = reverse("patients:emergency_access_review", args=[access.pk])
    assert manager.post(review, {"note": ""}).status_code == 200
    assert manager.post(review, {"note": "On call; the reason is right"}).status_code == 302
    assert "to review" not in manager.get(FIRST).content.decode()
    page = manager.get(PAGE).content.decode()
    assert "On call; the reason is right" in page
    assert "Reviewed by" in page
    event = Event.objects.get(action="emergency_access.reviewed")
    assert event.details == {"emergency_access": access.pk.hex}


def test_nobody_reviews_their_own(universe: Universe) -> None:
    house = universe.ours
    both = another(house, Role.STAFF, Role.MANAGER)
    access = break_the_glass(restricted(house), both)
    client = universe.client_of(both)
    assert "Another manager reviews it" in client.get(PAGE).content.decode()
    review = reverse("patients:emergency_access_review", args=[access.pk])
    assert "Another manager reviews it" in client.post(review, {"note": "All well"}).content.decode()
    assert not EmergencyAccessReview.objects.exists()


def test_a_manager_who_is_the_patient_neither_reads_nor_reviews_it(universe: Universe) -> None:
    house = universe.ours
    patient = restrict(build_patient(house), house, works_here=house.manager)
    access = break_the_glass(patient, house.staff)
    assert REASON not in universe.client_of(house.manager).get(PAGE).content.decode()
    with pytest.raises(actions.CannotReviewEmergencyAccess, match="your own record"):
        actions.review_emergency_access(access=access, note="Fine", by=house.manager, at=NOW)


def test_it_is_reviewed_once(universe: Universe) -> None:
    house = universe.ours
    access = break_the_glass(restricted(house), house.staff)
    later = NOW + timedelta(hours=2)
    actions.review_emergency_access(access=access, note="Fine", by=house.manager, at=later)
    with pytest.raises(actions.CannotReviewEmergencyAccess, match="already reviewed"):
        actions.review_emergency_access(access=access, note="Fine", by=house.manager, at=later)


def test_the_page_asks_as_often_for_three_as_for_thirty(
    universe: Universe, django_assert_max_num_queries: object
) -> None:
    house = universe.ours
    patient = restricted(house)
    manager = universe.client_of(house.manager)
    for minute in range(30):
        break_the_glass(patient, house.staff, at=NOW + timedelta(minutes=minute))
    manager.get(PAGE)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        manager.get(PAGE)
