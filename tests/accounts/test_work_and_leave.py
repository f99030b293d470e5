"""Licenses, NPIs, last days of work, and leave."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import pytest
import time_machine
from django.urls import reverse

from taperplanner.accounts import actions
from taperplanner.accounts.away import away_on
from taperplanner.accounts.details import WorkTyped
from taperplanner.accounts.models import User, WorkDetails
from taperplanner.accounts.npi import NOT_TEN, WRONG_DIGIT, why_no_npi
from taperplanner.accounts.signing_rights import why_not_sign
from taperplanner.audit.models import Event
from taperplanner.saving import Conflict

from ..world.away import NPI, YESTERDAY, on_leave, works_until
from ..world.universe import NOW, Universe

TODAY: Final = NOW.date()


@pytest.mark.parametrize("npi", ["1234567893", "1245319599", "1993999998"])
def test_an_npi_whose_check_digit_fits_is_taken(npi: str) -> None:
    assert why_no_npi(npi) == ""


@pytest.mark.parametrize("place", range(10))
def test_an_npi_with_one_wrong_digit_is_refused(place: int) -> None:
    for digit in "0123456789":
        typed = NPI[:place] + digit + NPI[place + 1 :]
        assert why_no_npi(typed) == ("" if typed == NPI else WRONG_DIGIT)


@pytest.mark.parametrize("typed", ["", "123456789", "12345678931", "123 456 789", "١٢٣٤٥٦٧٨٩٣", "123456789x"])
def test_what_is_not_ten_digits_is_no_npi(typed: str) -> None:
    assert why_no_npi(typed) == NOT_TEN


def test_nobody_signs_after_their_last_day_of_work_here(universe: Universe) -> None:
    provider = universe.ours.provider
    works_until(provider, universe.ours, TODAY)
    there = User.objects.get(pk=provider.pk)
    assert why_not_sign(there, NOW) is None
    said = why_not_sign(there, NOW + timedelta(days=1))
    assert said is not None
    assert "your last day of work here was March 2, 2026" in said


def test_a_last_day_that_is_corrected_gives_the_signature_back(universe: Universe) -> None:
    provider = universe.ours.provider
    works_until(provider, universe.ours, YESTERDAY)
    assert why_not_sign(User.objects.get(pk=provider.pk), NOW)
    works_until(provider, universe.ours, None)
    assert why_not_sign(User.objects.get(pk=provider.pk), NOW) is None
    assert [one.works_until for one in provider.work_details.newest_first()] == [None, YESTERDAY]


def test_somebody_on_leave_may_still_sign(universe: Universe) -> None:
    on_leave(universe.ours.provider, universe.ours)
    assert why_not_sign(universe.ours.provider, NOW) is None


def test_the_second_of_two_managers_is_told_of_the_first(universe: Universe) -> None:
    house = universe.ours
    revision = User.objects.get(pk=house.provider.pk).revision
    works_until(house.provider, house, YESTERDAY)
    with pytest.raises(Conflict):
        actions.type_work_details(
            user=house.provider, typed=WorkTyped(), revision=revision, by=house.manager, at=NOW
        )


def test_the_action_refuses_a_wrong_npi_and_a_license_without_its_state(universe: Universe) -> None:
    house = universe.ours
    for typed in (WorkTyped(npi="1234567890"), WorkTyped(license="35.012345")):
        with pytest.raises(actions.CannotEditUser):
            actions.type_work_details(
                user=house.provider, typed=typed, revision=house.provider.revision, by=house.manager, at=NOW
            )
    assert not WorkDetails.objects.exists()


def test_no_event_and_no_log_says_what_was_typed(
    universe: Universe, caplog: pytest.LogCaptureFixture
) -> None:
    house = universe.ours
    works_until(house.provider, house, YESTERDAY)
    on_leave(house.provider, house)
    typed = list(Event.objects.filter(action__in=["user.work_details_typed", "user.leave_typed"]))
    assert len(typed) == 2
    said = caplog.text + "".join(str(vars(event)) for event in typed)
    assert not [text for text in (NPI, "35.012345", "Ohio", "Vacation") if text in said]
    assert typed[0].details == {"fields": ["license", "license_state", "npi", "works_until"]}


def test_who_is_away_is_said_with_why_and_never_with_the_reason_of_a_leave(universe: Universe) -> None:
    house = universe.ours
    assert away_on(house.clinic, TODAY) == {}
    works_until(house.provider, house, YESTERDAY)
    on_leave(house.staff, house, TODAY, days=3)
    assert away_on(house.clinic, TODAY) == {
        house.provider.pk: "Priya Provider, MD, who left after March 1, 2026",
        house.staff.pk: "Sam Staff, RN, on leave until March 4, 2026",
    }
    assert away_on(house.clinic, date(2026, 3, 5)).keys() == {house.provider.pk}
    assert away_on(house.clinic, YESTERDAY) == {}
    actions.deactivate_user(user=house.provider, by=house.manager, at=NOW)
    assert away_on(house.clinic, TODAY)[house.provider.pk] == "Priya Provider, MD, deactivated"
    assert away_on(universe.theirs.clinic, TODAY) == {}


def test_a_withdrawn_leave_counts_no_more_and_is_withdrawn_once(universe: Universe) -> None:
    house = universe.ours
    leave = on_leave(house.staff, house)
    actions.withdraw_leave(leave=leave, by=house.staff, at=NOW)
    assert away_on(house.clinic, TODAY) == {}
    with pytest.raises(actions.CannotTypeLeave):
        actions.withdraw_leave(leave=leave, by=house.manager, at=NOW)


def test_nobody_types_or_withdraws_the_leave_of_a_colleague(universe: Universe) -> None:
    house = universe.ours
    leave = on_leave(house.provider, house)
    with pytest.raises(actions.CannotTypeLeave):
        actions.withdraw_leave(leave=leave, by=house.staff, at=NOW)
    for by in (house.staff, universe.theirs.manager):
        with pytest.raises(actions.CannotTypeLeave):
            actions.type_leave(
                user=house.provider, first_day=TODAY, last_day=TODAY, why="Vacation", by=by, at=NOW
            )


# --- Pages -------------------------------------------------------------------------------------


def test_a_manager_types_license_npi_and_last_day_and_reads_them_on_the_persons_page(
    universe: Universe,
) -> None:
    house = universe.ours
    client, user = universe.client_of(house.manager), house.provider
    page = reverse("accounts:user_work", args=[user.pk])
    revision = User.objects.get(pk=user.pk).revision
    typed = {"license": "35.012345", "license_state": "Ohio", "npi": "1234567890", "revision": revision}
    wrong = client.post(page, {**typed, "works_until": "2/30/2026"})
    assert WRONG_DIGIT in wrong.text
    assert "35.012345" in wrong.text
    assert "2/30/2026" in wrong.text
    right = client.post(page, {**typed, "npi": NPI, "works_until": "12/31/2030"}, follow=True)
    assert "was saved" in right.text
    shown = client.get(reverse("accounts:user_edit", args=[user.pk])).text
    for text in ("35.012345", "Ohio", NPI, "December 31, 2030"):
        assert text in shown


def test_the_form_asks_for_the_state_of_a_license_and_for_a_leave_that_ends_after_it_began(
    universe: Universe,
) -> None:
    house = universe.ours
    client = universe.client_of(house.manager)
    page = reverse("accounts:user_work", args=[house.provider.pk])
    assert "Type the license and the state" in client.post(page, {"license": "35.012345"}).text
    own = reverse("accounts:own_leave")
    for first, last, said in (
        ("3/5/2026", "3/4/2026", "The last day is before the first"),
        ("3/5/2026", "3/5/2029", "This is more than two years"),
    ):
        sent = {"first_day": first, "last_day": last, "why": "Vacation", "once": "a" * 32}
        assert said in client.post(own, sent).text


def test_somebody_types_their_own_leave_and_withdraws_it(universe: Universe) -> None:
    house = universe.ours
    client, own = universe.client_of(house.staff), reverse("accounts:own_leave")
    with time_machine.travel(NOW, tick=False):
        sent = {"first_day": "3/2/2026", "last_day": "3/9/2026", "why": "Vacation", "once": "a" * 32}
        said = client.post(own, sent, follow=True)
        assert "Your leave was saved" in said.text
        leave = house.staff.leaves.get()
        assert away_on(house.clinic, TODAY).keys() == {house.staff.pk}
        withdraw = reverse("accounts:own_leave_withdraw")
        assert "withdrawn" in client.post(withdraw, {"leave": str(leave.pk)}, follow=True).text
        assert "withdrawn already" in client.post(withdraw, {"leave": "nobody’s"}, follow=True).text
    assert away_on(house.clinic, TODAY) == {}


def test_a_leave_of_somebody_else_is_not_withdrawn_as_ones_own(universe: Universe) -> None:
    house = universe.ours
    leave = on_leave(house.provider, house)
    address = reverse("accounts:own_leave_withdraw")
    universe.client_of(house.staff).post(address, {"leave": str(leave.pk)})
    assert away_on(house.clinic, TODAY).keys() == {house.provider.pk}
