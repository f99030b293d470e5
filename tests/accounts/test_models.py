from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from taperplanner.accounts.models import Clinic, User, time_zones
from taperplanner.accounts.permissions import Permission, Role, permissions_of

from ..world.universe import NOW, Universe


@pytest.mark.parametrize(
    "values",
    [
        {"email": "STAFF@hilltop.example"},
        {"email": "staff@hilltop.example"},
        {"email": "Nora@riverside.example"},
        {"is_staff": False},
    ],
    ids=["address in capitals of somebody else", "address of somebody else", "capitals", "no role"],
)
def test_the_database_itself_refuses_a_user_who_breaks_a_rule(
    universe: Universe, values: dict[str, Any]
) -> None:
    good = {"email": "nora@riverside.example", "name": "Nora", "is_staff": True, "added_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(clinic=universe.ours.clinic, **(good | values))
    User.objects.create(clinic=universe.ours.clinic, **good)


@pytest.mark.parametrize("minutes", [0, 1, 121])
def test_the_database_itself_refuses_an_idle_limit_out_of_range(universe: Universe, minutes: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Clinic.objects.filter(pk=universe.ours.clinic.pk).update(idle_limit_minutes=minutes)


def test_somebody_with_two_roles_may_do_what_either_may() -> None:
    both = permissions_of({Role.STAFF, Role.MANAGER})
    assert {Permission.SEE_PATIENTS, Permission.MANAGE_CLINIC} <= both
    assert Permission.SIGN_PLAN not in both


def test_somebody_deactivated_may_nothing() -> None:
    user = User(is_manager=True, is_active=False)
    assert Permission.MANAGE_CLINIC in user.permissions
    assert not user.may(Permission.MANAGE_CLINIC)


def test_a_clinics_day_is_that_of_its_time_zone() -> None:
    assert str(Clinic(time_zone="Pacific/Auckland").day_of(NOW)) == "2026-03-03"
    assert str(Clinic(time_zone="Pacific/Honolulu").day_of(NOW)) == "2026-03-02"


def test_time_zones_are_those_with_a_place_and_start_in_america() -> None:
    names = time_zones()
    assert names[0].startswith("America/")
    assert {"America/New_York", "Pacific/Honolulu", "Europe/Berlin"} <= set(names)
    assert not [name for name in names if "/" not in name or name.startswith("Etc/")]
