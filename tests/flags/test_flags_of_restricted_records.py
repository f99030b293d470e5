"""A flag about a restricted record is read by the people named for it, and by nobody else."""

from __future__ import annotations

import pytest

from taperplanner.accounts.permissions import Role
from taperplanner.flags.actions import CannotFlag
from taperplanner.flags.readers import colleagues_of

from ..world.course import words_of
from ..world.flags import SENTENCE, flag_to
from ..world.people import another_provider, build_patient
from ..world.restricted import another, restrict
from ..world.universe import NOW, Universe


def test_somebody_to_whom_the_record_is_closed_sees_neither_the_patient_nor_the_sentence(
    universe: Universe,
) -> None:
    """Not even the flag that was for them, or that they wrote themselves."""
    house, patient = universe.ours, build_patient(universe.ours, family_name="Vantongeren", mrn="QX-1")
    flag_to(None, patient, house, at=NOW.replace(day=1))
    flag_to(house.staff, patient, house, by=house.provider)
    outside = another_provider(house)
    restrict(patient, house)
    for user in (outside, house.staff):
        client = universe.client_of(user)
        for address in ("/", "/?only=flags", "/?only=flags-unseen", "/patients/"):
            page = words_of(client.get(address))
            assert SENTENCE not in page
            assert "Vantongeren" not in page
            assert "Flags for you (" not in page
        answer = client.get(patient.get_absolute_url())
        assert answer.status_code == 403
        assert SENTENCE not in words_of(answer)


def test_a_flag_that_was_for_them_is_for_any_provider_who_is_named(universe: Universe) -> None:
    """H97: a restriction leaves no flag unread."""
    house, patient = universe.ours, build_patient(universe.ours)
    flag_to(another_provider(house), patient, house)
    assert SENTENCE not in words_of(universe.client_of(house.provider).get("/"))
    restrict(patient, house)
    assert "For Olu Other, MD, from Sam Staff, RN" in words_of(universe.client_of(house.provider).get("/"))


def test_only_those_who_may_open_the_record_are_offered_and_taken(universe: Universe) -> None:
    house, patient = universe.ours, build_patient(universe.ours)
    named, outside = another(house, Role.STAFF, name="Nia Named"), another_provider(house)
    patient = restrict(patient, house, named)
    assert list(colleagues_of(patient, house.provider, NOW.date())) == [named]
    with pytest.raises(CannotFlag, match="may not open this record"):
        flag_to(outside, patient, house, by=house.provider)
    assert flag_to(named, patient, house, by=house.provider).for_user == named
