"""An emergency that nobody opens is raised to the people whom the clinic named, on every page of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import TimeMachineFixture

from taperplanner.accounts import actions as accounts
from taperplanner.accounts.actions.clinics import CannotSetEmergencyChain
from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.models import Event
from taperplanner.monitoring.emergencies.actions import answer_emergency
from taperplanner.monitoring.models import Emergency

from ..world.away import on_leave, second_provider
from ..world.course import emergency_of
from ..world.plans import signed_version
from ..world.restricted import restrict
from ..world.universe import NOW, House, Universe

MINUTES: Final = 10
SAID: Final = "Nobody has opened an emergency"
PAGES: Final = ("/patients/", "/guidance/", "/account/sessions/", "/")


def name(house: House, *people: User, minutes: int | None = MINUTES) -> Clinic:
    clinic = Clinic.objects.get(pk=house.clinic.pk)
    return accounts.set_emergency_chain(
        clinic=clinic, minutes=minutes, people=people, revision=clinic.revision, by=house.manager, at=NOW
    )


@pytest.fixture
def emergency(universe: Universe, time_machine: TimeMachineFixture) -> Emergency:
    """Raised by the staff, with the provider named first."""
    time_machine.move_to(NOW, tick=False)
    found = emergency_of(signed_version(universe.ours).plan, universe.ours)
    name(universe.ours, universe.ours.provider)
    return found


def said_to(
    universe: Universe,
    user: User,
    minutes: float,
    clock: TimeMachineFixture,
    pages: Sequence[str] = PAGES[:1],
) -> bool:
    """Whether it stands on each of the pages, or on none, so long after it was raised."""
    clock.move_to(NOW + timedelta(minutes=minutes), tick=False)
    client = universe.client_of(user)
    found = {SAID in client.get(page).text for page in pages}
    assert len(found) == 1
    return found.pop()


def test_it_stands_on_every_page_after_the_minutes_that_were_typed(
    universe: Universe, emergency: Emergency, time_machine: TimeMachineFixture
) -> None:
    provider = universe.ours.provider
    assert not said_to(universe, provider, MINUTES - 0.1, time_machine, PAGES)
    assert said_to(universe, provider, MINUTES, time_machine, PAGES)
    page = universe.client_of(provider).get("/guidance/").text
    assert f'href="{emergency.get_absolute_url()}"' in page
    assert emergency.patient.family_name not in page


def test_until_somebody_opens_it(
    universe: Universe, emergency: Emergency, time_machine: TimeMachineFixture
) -> None:
    provider, other = universe.ours.provider, second_provider(universe.ours)
    time_machine.move_to(NOW + timedelta(minutes=MINUTES), tick=False)
    universe.client_of(other).get(emergency.get_absolute_url())
    assert not said_to(universe, provider, MINUTES, time_machine)


def test_whoever_raised_it_has_not_opened_it_for_others(
    universe: Universe, emergency: Emergency, time_machine: TimeMachineFixture
) -> None:
    staff = universe.client_of(universe.ours.staff)
    staff.get(emergency.get_absolute_url())
    staff.get(emergency.patient.get_absolute_url())
    assert said_to(universe, universe.ours.provider, MINUTES, time_machine)
    answer_emergency(emergency=emergency, done="Called 911", by=universe.ours.staff, at=NOW)
    assert not said_to(universe, universe.ours.provider, MINUTES, time_machine)


def test_what_was_opened_before_it_was_raised_is_no_opening(
    universe: Universe, emergency: Emergency, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(NOW + timedelta(minutes=1), tick=False)
    universe.client_of(universe.ours.provider).get(emergency.get_absolute_url())
    emergency_of(emergency.of_plan, universe.ours, NOW + timedelta(minutes=2))
    assert said_to(universe, universe.ours.provider, MINUTES + 2, time_machine)


def test_the_next_is_told_after_as_long_again_and_whoever_is_away_is_passed_over(
    universe: Universe, emergency: Emergency, time_machine: TimeMachineFixture
) -> None:
    house = universe.ours
    second = second_provider(house)
    name(house, house.provider, second)
    assert not said_to(universe, second, 2 * MINUTES - 0.1, time_machine)
    assert said_to(universe, second, 2 * MINUTES, time_machine)
    on_leave(house.provider, house)
    assert said_to(universe, second, MINUTES, time_machine)


def test_nobody_else_is_told_and_nobody_elses_page_asks_more(
    universe: Universe, emergency: Emergency, time_machine: TimeMachineFixture
) -> None:
    house = universe.ours

    def asked() -> int:
        client = universe.client_of(house.staff)
        client.get("/guidance/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/guidance/")
        return len(queries)

    assert not said_to(universe, house.staff, MINUTES, time_machine, PAGES)
    with_people = asked()
    name(house, minutes=None)
    assert asked() == with_people
    assert not said_to(universe, house.provider, MINUTES, time_machine)
    assert not said_to(universe, universe.theirs.provider, MINUTES, time_machine)


def test_of_a_restricted_record_it_says_no_more_than_that_one_is_open(
    universe: Universe, emergency: Emergency, time_machine: TimeMachineFixture
) -> None:
    house = universe.ours
    second = second_provider(house)
    restrict(emergency.patient, house)
    name(house, second)
    assert said_to(universe, second, MINUTES, time_machine, PAGES)
    assert emergency.patient.family_name not in universe.client_of(second).get("/guidance/").text


# --- The setting -------------------------------------------------------------------------------


def test_a_manager_types_minutes_and_people_and_the_event_says_so(universe: Universe) -> None:
    house = universe.ours
    client, page = universe.client_of(house.manager), reverse("accounts:emergency_chain")
    revision = Clinic.objects.get(pk=house.clinic.pk).revision
    sent = {
        "minutes": "15",
        "first": str(house.provider.pk),
        "third": str(house.staff.pk),
        "revision": revision,
    }
    assert "were saved" in client.post(page, sent, follow=True).text
    clinic = Clinic.objects.get(pk=house.clinic.pk)
    assert (clinic.emergency_minutes, clinic.emergency_people) == (
        15,
        [str(house.provider.pk), str(house.staff.pk)],
    )
    event = Event.objects.get(action="clinic.emergency_chain_set")
    assert event.details == {"minutes": 15, "people": clinic.emergency_people}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"minutes": "15"}, "choose at least the first person"),
        ({"first": "provider"}, "choose at least the first person"),
        ({"minutes": "0", "first": "provider"}, "Enter a whole number of minutes"),
        ({"minutes": "1e2", "first": "provider"}, "Enter a whole number of minutes"),
        ({"minutes": "15", "first": "provider", "second": "provider"}, "Choose each person once."),
        ({"minutes": "15", "first": "manager"}, "Choose people who work here and see patients."),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(
    universe: Universe, given: dict[str, str], sentence: str
) -> None:
    house = universe.ours
    people = {"provider": str(house.provider.pk), "manager": str(house.manager.pk)}
    sent = {name: people.get(value, value) for name, value in given.items()}
    answer = universe.client_of(house.manager).post(reverse("accounts:emergency_chain"), sent)
    assert sentence in answer.text
    assert Clinic.objects.get(pk=house.clinic.pk).emergency_minutes is None


def test_the_action_names_nobody_twice_and_nobody_who_sees_no_patients(universe: Universe) -> None:
    house = universe.ours
    for people in ((house.provider, house.provider), (house.manager,), (universe.theirs.provider,), ()):
        with pytest.raises(CannotSetEmergencyChain):
            name(house, *people)
