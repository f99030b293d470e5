"""One manager who means harm, alone: whatever they do, no account that they can get into signs or checks within a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from taperplanner.accounts import actions
from taperplanner.accounts.access_changes import Kind
from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Permission, Role
from taperplanner.accounts.signing_rights import open_reset, why_not_sign
from taperplanner.saving import Conflict, Refused

from ..world.universe import NOW, PASSWORD, House, Universe, confirm, second_manager

Step = tuple[str, int, int]
ROLES: Final = (
    {Role.PROVIDER},
    {Role.MANAGER},
    {Role.STAFF, Role.CHECKER},
    {Role.MANAGER, Role.PROVIDER},
    {Role.STAFF},
)


class Attacker:
    """Holds the accounts whose password they know, and uses any of them."""

    def __init__(self, house: House) -> None:
        self.house, self.now, self.added = house, NOW + timedelta(minutes=1), 0
        self.held = {house.manager.pk}

    def people(self) -> list[User]:
        return list(User.objects.filter(clinic=self.house.clinic).order_by("email"))

    def managers(self) -> list[User]:
        return [one for one in self.people() if one.pk in self.held and one.is_manager and one.is_active]

    def try_step(self, step: Step) -> None:
        """`which`: of the people. `how`: of the ways, and of the accounts that are held."""
        name, which, how = step
        people, mine = self.people(), self.managers()
        user = people[which % len(people)]
        self.now += timedelta(minutes=1)
        if mine:
            stamp = {"by": mine[how % len(mine)], "at": self.now}
            try:
                with transaction.atomic():
                    WAYS[name](self, user, how, stamp)
            except (Refused, Conflict):
                pass

    def add(self, _user: User, how: int, stamp: Any) -> None:
        self.added += 1
        address = f"new{self.added}@riverside.example"
        actions.add_user(
            clinic=self.house.clinic,
            email=address,
            name="Priya Provider",
            credentials="MD",
            roles=ROLES[how % len(ROLES)],
            **stamp,
        )

    def edit(self, user: User, stamp: Any, **given: Any) -> None:
        values = {
            "email": user.email,
            "name": user.name,
            "credentials": user.credentials,
            "roles": user.roles,
        }
        actions.edit_user(user=user, revision=user.revision, **(values | given), **stamp)

    def use_link(self, user: User, _how: int, stamp: Any) -> None:
        linked = actions.make_password_link(user=user, **stamp)
        actions.set_password_with_link(user=linked, password=PASSWORD, code="", by=linked, at=self.now)
        User.objects.filter(pk=user.pk).update(last_login=self.now)
        actions.note_sign_in(user=linked, by=linked, at=self.now)
        self.held.add(user.pk)

    def answer_for(self, user: User, how: int, _stamp: Any) -> None:
        if user.pk in self.held:
            actions.acknowledge_changes(user=user, by=user, at=self.now)

    def of_reset(self, do: Callable[..., Any], user: User, stamp: Any) -> None:
        if change := open_reset(user, self.now):
            do(change=change, **stamp)

    def signing(self) -> list[str]:
        """Who of those that are held may sign or check."""
        return [
            one.email
            for one in self.people()
            if one.pk in self.held
            and (one.may(Permission.SIGN_PLAN) or one.may(Permission.CHECK_VERSION))
            and why_not_sign(one, self.now) is None
        ]


WAYS: Final[dict[str, Callable[[Attacker, User, int, Any], Any]]] = {
    "add": Attacker.add,
    "give a role": lambda it, user, how, stamp: it.edit(user, stamp, roles=ROLES[how % len(ROLES)]),
    "rename": lambda it, user, how, stamp: it.edit(user, stamp, name=f"Priya Provider {how}"),
    "another address": lambda it, user, how, stamp: it.edit(user, stamp, email=f"x{how}{it.now:%d%H%M}@x.example"),
    "deactivate": lambda it, user, how, stamp: actions.deactivate_user(user=user, **stamp),
    "reactivate": lambda it, user, how, stamp: actions.reactivate_user(user=user, **stamp),
    "ask": lambda it, user, how, stamp: actions.ask_reset(user=user, kind=Kind.PASSWORD, **stamp),
    "approve": lambda it, user, how, stamp: it.of_reset(actions.approve_reset, user, stamp),
    "withdraw": lambda it, user, how, stamp: it.of_reset(actions.withdraw_reset, user, stamp),
    "use a link": Attacker.use_link,
    "confirm": lambda it, user, how, stamp: actions.confirm_access(user=user, **stamp),
    "acknowledge": Attacker.answer_for,
    "wait": lambda it, user, how, stamp: it.wait(how),
}  # fmt: skip


def wait(self: Attacker, how: int) -> None:
    """At most a day in all."""
    self.now = min(self.now + timedelta(hours=how % 8), NOW + timedelta(hours=23, minutes=30))


Attacker.wait = wait  # type: ignore[attr-defined]
steps = st.lists(st.tuples(st.sampled_from(sorted(WAYS)), st.integers(0, 7), st.integers(0, 9)), max_size=14)


@pytest.mark.parametrize("has_second", [True, False], ids=["two managers", "one manager"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
@example(steps=[("add", 0, 0), ("use a link", 1, 0), ("confirm", 1, 0)])
@example(steps=[("add", 0, 1), ("use a link", 1, 0), ("ask", 2, 1), ("approve", 2, 0), ("use a link", 2, 0)])
@example(steps=[("give a role", 0, 3), ("deactivate", 2, 0), ("wait", 0, 7), ("confirm", 0, 0)])
def test_no_sequence_of_one_managers_actions_signs_within_a_day(
    universe: Universe, steps: list[Step], has_second: bool
) -> None:
    with transaction.atomic():
        if has_second:
            second_manager(universe.ours)
        attacker = Attacker(universe.ours)
        for step in steps:
            attacker.try_step(step)
            assert not attacker.signing(), steps
        transaction.set_rollback(True)


def _new_provider(it: Attacker, stamp: Any) -> User:
    it.add(universe_user(it), 0, stamp)
    user = User.objects.get(email="new1@riverside.example")
    it.use_link(user, 0, stamp)
    return user


def _themself(it: Attacker, stamp: Any) -> User:
    it.edit(it.house.manager, stamp, roles={Role.MANAGER, Role.PROVIDER})
    return it.house.manager


def _link(it: Attacker, stamp: Any) -> User:
    it.use_link(it.house.provider, 0, stamp)
    return it.house.provider


def _asked_link(it: Attacker, stamp: Any) -> User:
    actions.ask_reset(user=it.house.provider, kind=Kind.PASSWORD, **stamp)
    return _link(it, stamp)


def _own_approval(it: Attacker, stamp: Any) -> User:
    change = actions.ask_reset(user=it.house.provider, kind=Kind.PASSWORD, **stamp)
    actions.approve_reset(change=change, **stamp)
    return _link(it, stamp)


def _second_account(it: Attacker, stamp: Any) -> User:
    """A manager of their own making approves what they ask."""
    it.add(it.house.staff, 1, stamp)
    friend = User.objects.get(email="new1@riverside.example")
    it.use_link(friend, 0, stamp)
    change = actions.ask_reset(user=it.house.provider, kind=Kind.PASSWORD, **stamp)
    actions.approve_reset(change=change, by=User.objects.get(pk=friend.pk), at=it.now)
    return _link(it, stamp)


def _asked_by_a_second_account(it: Attacker, stamp: Any) -> User:
    it.add(it.house.staff, 1, stamp)
    friend = User.objects.get(email="new1@riverside.example")
    it.use_link(friend, 0, stamp)
    change = actions.ask_reset(user=it.house.provider, kind=Kind.PASSWORD, by=friend, at=it.now)
    actions.approve_reset(change=change, **stamp)
    return _link(it, stamp)


def _who_left(it: Attacker, stamp: Any) -> User:
    gone = actions.deactivate_user(user=it.house.provider, **stamp)
    actions.reactivate_user(user=gone, **stamp)
    return _link(it, stamp)


def _second_factor(it: Attacker, stamp: Any) -> User:
    change = actions.ask_reset(user=it.house.provider, kind=Kind.SECOND_FACTOR, **stamp)
    actions.approve_reset(change=change, **stamp)
    return it.house.provider


def _another_address(it: Attacker, stamp: Any) -> User:
    it.edit(it.house.provider, stamp, email="mine@riverside.example")
    return _link(it, stamp)


def _name_of_another(it: Attacker, stamp: Any) -> User:
    """They may sign themself, and take the provider's name for it."""
    manager = _themself(it, stamp)
    confirm(manager, it.now)
    it.edit(User.objects.get(pk=manager.pk), stamp, name="Priya Provider", credentials="MD")
    return manager


def _checker(it: Attacker, stamp: Any) -> User:
    it.edit(it.house.manager, stamp, roles={Role.MANAGER, Role.STAFF, Role.CHECKER})
    return it.house.manager


def universe_user(it: Attacker) -> User:
    return it.house.staff


# Each way: what is done, and what stands in it: the refusal of an action, or what the account itself is told.
TABLE: Final[dict[str, tuple[Callable[[Attacker, Any], User], str]]] = {
    "a link for the provider's password": (_link, "Ask for a reset"),
    "a reset that nobody approved": (_asked_link, "second manager has to approve"),
    "a reset that they approve themself": (_own_approval, "asked for this yourself"),
    "a reset that a manager of their own making approves": (_second_account, "confirmed your own"),
    "a reset that a manager of their own making asks for": (_asked_by_a_second_account, "confirmed your own"),
    "the provider's second factor": (_second_factor, "does not use two-step"),
    "the provider's sign-in name": (_another_address, "Ask for a reset"),
    "a provider who left": (_who_left, "Ask for a reset"),
    "a provider of the same name": (_new_provider, "You were added by one manager"),
    "the role of a provider for themself": (_themself, "given a role by one manager"),
    "the role of a checker for themself": (_checker, "given a role by one manager"),
    "the provider's name for themself": (_name_of_another, "name that you sign with was changed"),
}


@pytest.mark.parametrize(("way", "said"), TABLE.values(), ids=TABLE.keys())
def test_each_way_to_a_signature_is_refused_and_says_so(
    universe: Universe, way: Callable[[Attacker, Any], User], said: str
) -> None:
    second_manager(universe.ours)
    attacker = Attacker(universe.ours)
    assert said in _outcome(way, attacker, {"by": universe.ours.manager, "at": attacker.now})


def _outcome(way: Callable[[Attacker, Any], User], attacker: Attacker, stamp: Any) -> str:
    try:
        user = way(attacker, stamp)
    except actions.CannotEditUser as refusal:
        return str(refusal)
    return str(why_not_sign(User.objects.get(pk=user.pk), attacker.now))


def test_with_a_second_manager_a_role_never_comes_into_force_by_waiting(universe: Universe) -> None:
    second_manager(universe.ours)
    user = _themself(Attacker(universe.ours), {"by": universe.ours.manager, "at": NOW})
    late: datetime = NOW + timedelta(days=400)
    assert "second manager has confirmed" in str(why_not_sign(User.objects.get(pk=user.pk), late))


def test_a_clinic_of_one_manager_waits_a_day_or_asks_an_operator(universe: Universe) -> None:
    actions.note_sign_in(user=universe.ours.manager, by=universe.ours.manager, at=NOW - timedelta(days=1))
    manager = _themself(Attacker(universe.ours), {"by": universe.ours.manager, "at": NOW})
    ask = partial(why_not_sign, User.objects.get(pk=manager.pk))
    assert "operator" in str(ask(NOW + timedelta(hours=23, minutes=59)))
    assert ask(NOW + timedelta(hours=24)) is None
    confirm(manager, NOW + timedelta(minutes=2))
    assert ask(NOW + timedelta(minutes=3)) is None
