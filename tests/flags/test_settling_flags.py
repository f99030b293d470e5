"""Who says of a flag that it was seen and that it is done, and what the audit log has of it."""

from __future__ import annotations

import pytest
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.flags.actions import CannotSettleFlag, finish_flag, see_flag
from taperplanner.flags.models import FlagDone, FlagSeen
from taperplanner.patients.models import Patient

from ..world.course import words_of
from ..world.flags import done_flag, flag_to
from ..world.people import another_provider
from ..world.universe import NOW, House
from .test_flags import press


def test_only_whom_it_is_for_has_seen_it(house: House, patient: Patient) -> None:
    flag = flag_to(house.provider, patient, house)
    with pytest.raises(CannotSettleFlag, match="This flag is for Priya Provider, MD"):
        see_flag(flag=flag, by=another_provider(house), at=NOW)
    with pytest.raises(CannotSettleFlag, match="You wrote this flag"):
        see_flag(flag=flag, by=house.staff, at=NOW)


def test_only_whom_it_is_for_or_who_wrote_it_says_that_it_is_done(house: House, patient: Patient) -> None:
    flag = flag_to(house.provider, patient, house)
    with pytest.raises(CannotSettleFlag, match="This flag is for Priya Provider, MD"):
        finish_flag(flag=flag, by=another_provider(house), at=NOW)
    finish_flag(flag=flag, by=house.staff, at=NOW)
    assert FlagDone.objects.get().done_by == house.staff


def test_a_second_press_is_told_of_the_first(house: House, patient: Patient, provider: Client) -> None:
    flag = done_flag(patient, house)
    assert "has seen this flag already" in words_of(provider.post(press(flag, "seen"), follow=True))
    assert "has said already that this flag is done" in words_of(
        provider.post(press(flag, "done"), follow=True)
    )
    assert (FlagSeen.objects.count(), FlagDone.objects.count()) == (1, 1)


def test_the_buttons_stand_where_they_can_be_pressed(
    house: House, patient: Patient, staff: Client, provider: Client
) -> None:
    flag = flag_to(house.provider, patient, house)
    seen, done = (f'action="{press(flag, what).partition("?")[0]}' for what in ("seen", "done"))
    for address in (patient.get_absolute_url(), "/"):
        page = provider.get(address).content.decode()
        assert seen in page
        assert done in page
    page = staff.get(patient.get_absolute_url()).content.decode()
    assert seen not in page
    assert done in page


def test_events_say_that_it_was_written_seen_and_done_and_hold_no_sentence(
    house: House, patient: Patient
) -> None:
    before = set(Event.objects.values_list("pk", flat=True))
    done_flag(patient, house)
    events = Event.objects.exclude(pk__in=before)
    assert {event.action for event in events} == {"flag.written", "flag.seen", "flag.done"}
    for event in events:
        assert (event.patient_id, event.subject, event.details) == (patient.pk, "flag 1", {})
