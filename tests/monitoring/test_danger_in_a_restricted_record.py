"""Whoever opens a restricted record in an emergency reads its dangers there."""

from __future__ import annotations

from django.urls import reverse

from ..world.course import emergency_of
from ..world.plans import open_plan, sign_plan
from ..world.restricted import REASON, restrict
from ..world.universe import Universe


def test_a_danger_stands_on_the_page_that_is_opened_in_an_emergency(universe: Universe) -> None:
    house = universe.ours
    plan = open_plan(house)
    sign_plan(plan, house)
    emergency = emergency_of(plan, house)
    patient = restrict(plan.patient, house)
    client = universe.client_of(house.staff)
    assert b"emergency-mark" not in client.get(patient.get_absolute_url()).content
    client.post(reverse("patients:emergency_access", args=[patient.pk]), {"reason": REASON})
    page = client.get(patient.get_absolute_url()).content.decode()
    assert "Emergency access until" in page
    assert "emergency-mark" in page
    assert emergency.get_absolute_url() in page
