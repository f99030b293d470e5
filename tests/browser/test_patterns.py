"""The pages that show a pattern, at phone and at desktop width."""

from __future__ import annotations

from dataclasses import replace

import pytest
import time_machine
from django.db import transaction

from taperplanner.accounts.models import Clinic
from taperplanner.tapers.schedule.schedule import Ending
from taperplanner.tapers.schedule.steps import ScheduleStep
from taperplanner.tapers.signed.content import SignedContent

from ..world.contents import FIRST_DAY, OF_FORMAT_2
from ..world.universe import NOW, Universe, checker
from ..world.written import written
from .checks import check_page
from .fixtures import SignedIn

WEEK = OF_FORMAT_2["by weekday, with a night without a dose"]
ALTERNATE = OF_FORMAT_2["alternate days from the second of the pattern on"]


def content() -> SignedContent:
    """Every day alike, then alternate days, then by weekday, to stay on."""
    [daily, alternate], [week] = ALTERNATE.schedule.steps, WEEK.schedule.steps
    longer: tuple[ScheduleStep, ...] = (
        replace(daily, days=8),
        replace(alternate, days=28, note="Every other night."),
        replace(week, position=3),
    )
    return replace(ALTERNATE, schedule=replace(ALTERNATE.schedule, steps=longer, ending=Ending.STAY))


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


def test_the_pages_of_a_plan_with_patterns(universe: Universe, signed_in: SignedIn) -> None:
    Clinic.objects.update(requires_check=True)
    with transaction.atomic():
        version = written(content(), universe.ours)
    assert version.first_day == FIRST_DAY
    page = signed_in(checker(universe.ours))
    for name, rest in (("plan", ""), ("check", "check/")):
        page.goto(f"{version.get_absolute_url()}{rest}")
        check_page(page, f"pattern-{name}")
        assert page.get_by_role("heading", level=1).count() == 1
