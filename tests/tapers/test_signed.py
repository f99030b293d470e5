"""What a signature covers, and how it is written down."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from taperplanner.doses import Quantity, parse_dose
from taperplanner.tapers.models import Version
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.schedule.steps import ScheduleDose, TimeOfDay
from taperplanner.tapers.signed.content import SignedContent, Tampered, verified_content, verified_contents

from ..world.plans import signed_version, tablet
from ..world.steps import daily_step
from ..world.tampering import again, past_the_triggers
from ..world.universe import Universe


def content(signed_at: datetime = datetime(2026, 3, 2, 15, tzinfo=UTC)) -> SignedContent:
    doses = (ScheduleDose(TimeOfDay.BEDTIME, 1, Quantity(1500)),)
    step = daily_step(1, 14, parse_dose("0.75"), doses, "With “water”, señora")
    return SignedContent(
        plan_id=UUID(int=1),
        number=1,
        patient_id=UUID(int=2),
        patient_name="Ana Rivera",
        patient_date_of_birth=date(1980, 3, 2),
        patient_mrn="A-1001",
        drug_name="clonazepam (Klonopin)",
        schedule=Schedule(date(2026, 3, 2), (step,), Ending.STOP, {1: tablet(1, "0.5")}),
        replaces=None,
        reason="",
        explanation="",
        acknowledgements=[],
        signed_by_id=UUID(int=3),
        signed_by_name="Priya Provider, MD",
        signed_at=signed_at,
    )


def test_the_signed_bytes_are_the_same_on_every_database() -> None:
    """Written out once, so that whichever database or release runs this, the hash of old rows still fits."""
    assert content().content_hash() == "eede6cf81befae8e17793b0ab60e7c77adc3ac5cfc0f523d59c4b66a4a46d6a4"


def test_a_moment_is_signed_in_utc_whatever_zone_it_is_given_in() -> None:
    elsewhere = datetime(2026, 3, 2, 10, tzinfo=timezone(timedelta(hours=-5)))
    assert content(elsewhere).canonical() == content().canonical()


def test_a_version_read_back_gives_the_bytes_that_were_signed(universe: Universe) -> None:
    version = signed_version(universe.ours)
    again = verified_content(Version.objects.select_related("plan").get(pk=version.pk))
    assert again.content_hash() == version.content_hash
    assert b'"first_day":"2026-03-02"' in again.canonical()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tapers_version SET last_day = '2026-05-04'",
        "UPDATE tapers_version SET last_day = '2026-05-02'",
        "DELETE FROM tapers_dose; DELETE FROM tapers_step",
    ],
)
def test_a_version_whose_last_day_is_not_the_one_of_its_steps_is_not_loaded(
    universe: Universe, statement: str
) -> None:
    """The last day is not under the hash, and what asks for it asks before the steps are read."""
    version = signed_version(universe.ours)
    assert version.last_day == date(2026, 5, 3)
    for one in statement.split("; "):
        past_the_triggers(one)
    with pytest.raises(Tampered):
        verified_content(again(version))
    assert verified_contents([again(version)]) == {version.pk: None}
