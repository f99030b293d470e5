"""A colleague who is away is not offered for a flag, and is refused where the form was read before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from taperplanner.accounts.models import User
from taperplanner.flags.actions import NOBODY_SUCH, CannotFlag
from taperplanner.flags.models import Flag
from taperplanner.patients.models import Patient

from ..world.away import YESTERDAY, on_leave, works_until
from ..world.course import FORM_KEY, words_of
from ..world.flags import SENTENCE, flag_to
from ..world.people import another_provider
from ..world.universe import House
from .test_flags import add, deactivate


@pytest.mark.parametrize("leave", [on_leave, lambda user, house: works_until(user, house, YESTERDAY)])
def test_a_colleague_who_is_away_is_not_offered_and_is_refused(
    house: House, patient: Patient, staff: Client, leave: Callable[[User, House], object]
) -> None:
    other = another_provider(house)
    leave(other, house)
    assert str(other.pk) not in staff.get(add(patient)).content.decode()
    with pytest.raises(CannotFlag, match="is away"):
        flag_to(other, patient, house)


def test_a_deactivated_colleague_is_refused_and_what_was_typed_is_kept(
    house: House, patient: Patient, staff: Client
) -> None:
    other = another_provider(house)
    assert str(other.pk) in staff.get(add(patient)).content.decode()
    deactivate(other, house)
    answer = staff.post(add(patient), {"to": str(other.pk), "sentence": SENTENCE, "once": FORM_KEY})
    assert NOBODY_SUCH in words_of(answer)
    assert f'value="{SENTENCE}"' in answer.content.decode()
    assert not Flag.objects.exists()
