"""From which day a revision begins: one far from today is asked about before any step is carried over."""

from __future__ import annotations

import pytest
from django.test import Client

from taperplanner.patients.models import FarDay
from taperplanner.tapers.models import Draft, Version

from ..world.patient_pages import text_of
from ..world.plan_pages import plan_url

pytestmark = pytest.mark.usefixtures("now")


@pytest.mark.parametrize(
    ("first_day", "said"),
    [
        ("03/20/2036", "Thursday, March 20, 2036 is 10 years after today."),
        ("03/20/2025", "Thursday, March 20, 2025 is 11 months before today."),
    ],
)
def test_a_revision_that_begins_far_from_today_is_asked_about(
    provider: Client, version: Version, first_day: str, said: str
) -> None:
    plan = version.plan
    given = {"first_day": first_day, "reason": "symptoms"}
    page = text_of(provider.post(plan_url(plan, "revise/"), given))
    assert f"{said} Correct the date, or write why it is correct." in page
    assert not Draft.objects.exists()
    asked = f"first_day_far_{first_day[6:]}0320"
    assert f'name="{asked}"' in page
    provider.post(plan_url(plan, "revise/"), given | {asked: "The trial begins then"})
    assert Draft.objects.get().plan == plan
    far = FarDay.objects.get()
    assert (far.of, far.reason) == ("plan 1, first day of a revision", "The trial begins then")


def test_a_revision_that_begins_near_today_asks_nothing(provider: Client, version: Version) -> None:
    provider.post(plan_url(version.plan, "revise/"), {"first_day": "03/20/2026", "reason": "symptoms"})
    assert Draft.objects.exists()
    assert not FarDay.objects.exists()
