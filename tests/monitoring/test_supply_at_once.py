"""Many hands at once, on a real database: one mark, and the same again is asked of all but the first."""

from __future__ import annotations

import pytest

from taperplanner.doses import Quantity
from taperplanner.monitoring.in_error.actions import CannotMarkInError, mark_in_error
from taperplanner.monitoring.models import CheckIn, Dispensing, EnteredInError, FollowUp, Status
from taperplanner.monitoring.supply.actions import DispensingDetails, record_dispensing
from taperplanner.monitoring.supply.questions import AsksFirst

from ..tapers.test_concurrency import at_once
from ..world.course import add_follow_up, check_in
from ..world.plans import TODAY, signed_version
from ..world.universe import NOW, Universe, build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def universe(transactional_db: None) -> Universe:
    """Built after the database was emptied, and committed, so that other threads see it."""
    return build()


def test_a_check_in_is_marked_once_and_its_follow_up_opened_once(universe: Universe) -> None:
    plan = signed_version(universe.ours).plan
    follow_up = add_follow_up(plan, universe.ours)
    made = check_in(plan, universe.ours, follow_up=follow_up)

    def mark(_: int) -> str:
        row = CheckIn.objects.select_related("plan__patient", "follow_up").get(pk=made.pk)
        try:
            mark_in_error(row=row, reason="Another patient's", by=universe.ours.staff, at=NOW)
        except CannotMarkInError as refused:
            return str(refused)
        return "marked"

    assert at_once(20, mark) == {"marked": 1, "This is marked as entered in error already.": 19}
    assert EnteredInError.objects.count() == 1
    reopened = FollowUp.objects.get(pk=follow_up.pk)
    assert (reopened.status, reopened.revision) == (Status.OPEN, 3)


def test_the_same_dispensing_from_twenty_hands_is_kept_once(universe: Universe) -> None:
    plan = signed_version(universe.ours).plan
    given = DispensingDetails(plan.products.get(number=1), Quantity(28_000), TODAY)

    def dispense(_: int) -> str:
        try:
            record_dispensing(plan=plan, details=given, by=universe.ours.staff, at=NOW)
        except AsksFirst:
            return "asked"
        return "kept"

    assert at_once(20, dispense) == {"kept": 1, "asked": 19}
    assert Dispensing.objects.count() == 1
