"""A manager whom one manager alone made has no say in how anybody gets in, whatever they ask for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from taperplanner.accounts import actions
from taperplanner.accounts.access_changes import Kind
from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Role
from taperplanner.accounts.vouching import UNSETTLED
from taperplanner.saving import Refused

from ..world.universe import NOW, House, Universe, confirm


def manager_of(house: House) -> User:
    """Made by one manager alone, and confirmed by nobody."""
    return actions.add_user(
        clinic=house.clinic,
        email="alone@riverside.example",
        name="Alan Alone",
        credentials="",
        roles={Role.MANAGER},
        by=house.manager,
        at=NOW,
    )


def add(house: House, by: User) -> None:
    actions.add_user(
        clinic=house.clinic,
        email="new@riverside.example",
        name="Nora New",
        credentials="",
        roles={Role.STAFF},
        by=by,
        at=NOW,
    )


def edit(house: House, by: User) -> None:
    staff = house.staff
    actions.edit_user(
        user=staff,
        revision=staff.revision,
        email=staff.email,
        name=staff.name,
        credentials="LPN",
        roles=staff.roles,
        by=by,
        at=NOW,
    )


def deactivate(house: House, by: User) -> None:
    actions.deactivate_user(user=house.staff, by=by, at=NOW)


def reactivate(house: House, by: User) -> None:
    gone = actions.deactivate_user(user=house.provider, by=house.manager, at=NOW)
    actions.reactivate_user(user=gone, by=by, at=NOW)


def ask(house: House, by: User) -> None:
    actions.ask_reset(user=house.staff, kind=Kind.PASSWORD, by=by, at=NOW)


def make_link(house: House, by: User) -> None:
    added = actions.add_user(
        clinic=house.clinic,
        email="first@riverside.example",
        name="Fay First",
        credentials="",
        roles={Role.STAFF},
        by=house.manager,
        at=NOW,
    )
    actions.make_password_link(user=added, by=by, at=NOW)


WAYS = (add, edit, deactivate, reactivate, ask, make_link)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_it_is_refused_with_the_reason(universe: Universe, way: Callable[[House, User], None]) -> None:
    with pytest.raises(Refused) as refused:
        way(universe.ours, manager_of(universe.ours))
    assert str(refused.value) == UNSETTLED


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_confirmed_by_somebody_else_they_may(universe: Universe, way: Callable[[House, User], None]) -> None:
    way(universe.ours, confirm(manager_of(universe.ours)))
