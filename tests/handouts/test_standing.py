"""Whether a printed copy may be followed: one answer for the phone, the plan and the worklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taperplanner.handouts.copies.actions import CannotRecordOutcome, record_outcome
from taperplanner.handouts.copies.public_answer import answers_to
from taperplanner.handouts.copies.validity import Kind, validity_of
from taperplanner.handouts.models import Outcome, PrintedHandout
from taperplanner.handouts.paper.layouts import Choice, Layout
from taperplanner.patients.actions import archive_patient
from taperplanner.tapers.actions import check_version
from taperplanner.tapers.models import Version
from taperplanner.tapers.signed.content import verified_content

from ..world.plans import confirmed_draft, from_json, sign_plan, signed_version, start_revision
from ..world.printing import print_handout
from ..world.steps import every_day
from ..world.tampering import past_the_triggers
from ..world.universe import NOW, Universe

TODAY, APRIL = NOW.date(), date(2026, 4, 20)


@dataclass(frozen=True)
class World:
    universe: Universe
    version: Version

    def copy(self, layout: Layout = Layout.SCHEDULE, version: Version | None = None) -> PrintedHandout:
        choice = Choice(layout, fill_days=30 if layout is Layout.PHARMACY else None)
        by = self.universe.ours.staff
        return print_handout(version=version or self.version, choice=choice, by=by, at=NOW)

    def revised(self, day: date) -> Version:
        draft = start_revision(self.version, self.universe.ours, day)
        return sign_plan(self.version.plan, self.universe.ours, confirmed_draft(from_json(draft.content)))

    def standing(self, copy: PrintedHandout, today: date = TODAY) -> Kind:
        fresh = PrintedHandout.objects.with_version().get(pk=copy.pk)
        return validity_of(fresh, today).kind


@pytest.fixture(name="world")
def _world(universe: Universe) -> object:
    with time_machine.travel(NOW):
        yield World(universe, signed_version(universe.ours))


def said(copy: PrintedHandout, day: date) -> str:
    at = datetime.combine(day, NOW.time(), NOW.tzinfo)
    (answer,) = answers_to(copy.written_code, at=at)
    return " ".join((answer.title, *answer.sentences))


def test_a_version_that_begins_later_is_not_followed_before_its_day(world: World) -> None:
    """Else two papers would both say "follow this one"."""
    old = world.copy()
    new = world.copy(version=world.revised(APRIL))
    before, then = APRIL - timedelta(days=1), APRIL
    assert (world.standing(old, before), world.standing(new, before)) == (Kind.UNTIL, Kind.NOT_YET)
    assert (world.standing(old, then), world.standing(new, then)) == (Kind.REPLACED, Kind.CURRENT)
    assert "This paper starts on Monday, April 20, 2026" in said(new, before)
    assert "Follow this one" not in said(new, before)


@pytest.mark.parametrize(("day", "kind"), [(date(2026, 3, 15), Kind.CURRENT), (date(2026, 3, 16), Kind.OVER)])
def test_a_card_is_over_with_the_step_that_it_tells_of(world: World, day: date, kind: Kind) -> None:
    card = world.copy(Layout.WALLET)
    assert world.standing(card, day) is kind
    assert world.standing(world.copy(), day) is Kind.CURRENT
    assert ("This card is out of date since Monday, March 16, 2026" in said(card, day)) is (kind is Kind.OVER)


def test_a_card_that_is_over_is_not_followed_up_to_a_version_that_waits(world: World) -> None:
    card = world.copy(Layout.WALLET)
    world.revised(APRIL)
    assert world.standing(card, date(2026, 3, 15)) is Kind.UNTIL
    assert world.standing(card, date(2026, 3, 16)) is Kind.OVER


@pytest.mark.parametrize(
    ("day", "over"),
    [(date(2026, 3, 13), date(2026, 3, 13)), (APRIL, date(2026, 3, 16))],
    ids=["cut", "ended"],
)
def test_a_card_of_a_version_that_waits_holds_as_long_as_the_step_that_it_tells_of(
    world: World, day: date, over: date
) -> None:
    """It tells of step 1 of version 1, up to its last day or to the day before version 2."""
    card = world.copy(Layout.WALLET, version=world.revised(day))
    assert world.standing(card, over - timedelta(days=1)) is Kind.CURRENT
    assert world.standing(card, over) is Kind.OVER


def test_a_card_from_before_the_plan_began_is_over_when_it_begins(world: World) -> None:
    plan = world.version.plan
    with time_machine.travel(NOW - timedelta(days=5)):
        choice, by = Choice(Layout.WALLET), world.universe.ours.staff
        card = print_handout(version=world.version, choice=choice, by=by, at=NOW - timedelta(days=5))
    assert plan.is_open
    assert world.standing(card, TODAY - timedelta(days=1)) is Kind.NOT_YET
    assert world.standing(card, TODAY) is Kind.OVER


def test_a_version_that_was_overtaken_is_never_followed_and_no_day_to_come_is_called_past(
    world: World,
) -> None:
    """Version 2 was to begin in April; version 3 begins in its place before it, and later than today."""
    waits = world.revised(APRIL)
    copy = world.copy(version=waits)
    assert world.standing(copy) is Kind.NOT_YET
    world.revised(APRIL - timedelta(days=7))
    assert world.standing(copy) is Kind.OVERTAKEN
    assert "This paper was replaced before it began" in said(copy, TODAY)
    assert world.standing(copy, APRIL) is Kind.REPLACED


def test_a_version_that_waits_and_is_to_be_replaced_later_is_not_followed_before_its_day(
    world: World,
) -> None:
    copy = world.copy(version=world.revised(APRIL))
    world.revised(APRIL + timedelta(days=7))
    assert world.standing(copy) is Kind.NOT_YET
    assert world.standing(copy, APRIL) is Kind.UNTIL
    assert world.standing(copy, APRIL + timedelta(days=7)) is Kind.REPLACED


@pytest.mark.parametrize("layout", [Layout.DIARY, Layout.PHARMACY])
def test_what_does_not_say_what_to_take_is_not_to_be_followed(world: World, layout: Layout) -> None:
    assert "This one does not say what to take." in said(world.copy(layout), TODAY)


def test_the_copy_of_an_archived_patient_is_not_followed(world: World) -> None:
    copy, patient = world.copy(), world.version.plan.patient
    patient.refresh_from_db()
    provider = world.universe.ours.provider
    archive_patient(patient=patient, reason="Deceased", revision=patient.revision, by=provider, at=NOW)
    assert world.standing(copy) is Kind.DOUBTFUL
    assert "Ask the clinic about this paper" in said(copy, TODAY)
    assert "Deceased" not in said(copy, TODAY)


def test_a_copy_whose_version_is_not_as_signed_is_not_followed(world: World) -> None:
    copy = world.copy()
    past_the_triggers("UPDATE tapers_step SET days = 21 WHERE position = 2")
    assert world.standing(copy) is Kind.DOUBTFUL


def test_a_copy_of_a_version_in_which_a_check_found_a_difference_is_not_followed(world: World) -> None:
    copy = world.copy()
    doses = [every_day(step).dose for step in verified_content(world.version).schedule.steps]
    wrong = [doses[1], *doses[1:]]
    check_version(version=world.version, typed=wrong, by=world.universe.ours.staff, at=NOW)
    assert world.standing(copy) is Kind.DOUBTFUL


def test_nobody_can_say_of_a_copy_that_is_right_that_it_is_back(world: World) -> None:
    """It would never be called back once it is stale."""
    copy = world.copy()
    staff = world.universe.ours.staff
    with pytest.raises(CannotRecordOutcome, match="may still be followed"):
        record_outcome(copy=copy, outcome=Outcome.COLLECTED, by=staff, at=NOW)
    client = world.universe.client_of(staff)
    address = f"{world.version.get_absolute_url()}handout/copies/{copy.number}/outcome/"
    page = client.post(address, {"outcome": "collected"}, follow=True).content.decode()
    assert "may still be followed" in page
    world.revised(APRIL)
    record_outcome(copy=copy, outcome=Outcome.COLLECTED, by=staff, at=NOW)


def test_the_plan_reads_each_version_once_however_many_copies_it_has(world: World) -> None:
    client = world.universe.client_of(world.universe.ours.staff)
    address = world.version.plan.get_absolute_url()
    world.copy()
    client.get(address)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    one = queries()
    for _ in range(6):
        world.copy()
    assert queries() == one
