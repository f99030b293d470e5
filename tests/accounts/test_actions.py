from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from taperplanner.accounts import actions
from taperplanner.accounts.access_changes import Kind
from taperplanner.accounts.actions import users
from taperplanner.accounts.details import ClinicDetails
from taperplanner.accounts.models import Clinic, Session, User
from taperplanner.accounts.permissions import Role
from taperplanner.audit.models import Event
from taperplanner.saving import Conflict

from ..world.universe import NOW, PASSWORD, House, Universe, build_house, confirm


def add(house: House, **given: Any) -> User:
    values: dict[str, Any] = {
        "email": "nora@riverside.example",
        "name": "Nora New",
        "credentials": "NP",
        "roles": {Role.STAFF},
    }
    return actions.add_user(clinic=house.clinic, **(values | given), by=house.manager, at=NOW)


def edit(user: User, by: User, **given: Any) -> User:
    values: dict[str, Any] = {
        "revision": user.revision,
        "email": user.email,
        "name": user.name,
        "credentials": user.credentials,
        "roles": frozenset(user.roles),
    }
    return actions.edit_user(user=user, **(values | given), by=by, at=NOW)


def actions_done(*names: str) -> list[Event]:
    return [event for event in Event.objects.all() if event.action in names]


def test_create_clinic_makes_a_clinic_with_a_manager_who_has_no_password_yet(universe: Universe) -> None:
    clinic, manager = actions.create_clinic(
        details=ClinicDetails(name="Lakeside Clinic", time_zone="America/Chicago"),
        manager_email=" Lena@Lakeside.EXAMPLE ",
        manager_name="Lena Lead",
        at=NOW,
    )
    assert (clinic.time_zone, clinic.idle_limit_minutes, clinic.revision) == ("America/Chicago", 15, 1)
    assert (manager.email, manager.roles, manager.clinic) == (
        "lena@lakeside.example",
        (Role.MANAGER,),
        clinic,
    )
    assert not manager.has_usable_password()
    assert manager.password_link_at == NOW
    (event,) = Event.objects.of_clinic(clinic.pk)
    assert (event.action, event.user_id, event.subject) == ("clinic.created", None, str(manager.pk))


def test_create_clinic_refuses_an_address_in_use_and_leaves_no_clinic_behind(universe: Universe) -> None:
    with pytest.raises(actions.CannotAddUser, match="already in use"):
        actions.create_clinic(
            details=ClinicDetails(name="Copy"),
            manager_email=universe.theirs.staff.email,
            manager_name="Carl Copy",
            at=NOW,
        )
    assert not Clinic.objects.filter(name="Copy").exists()


def test_add_user_makes_somebody_who_cannot_sign_in_yet(universe: Universe) -> None:
    user = add(universe.ours, roles={Role.STAFF, Role.PROVIDER})
    assert user.roles == (Role.PROVIDER, Role.STAFF)
    assert (user.is_active, user.has_usable_password(), user.password_link_at) == (True, False, None)
    (event,) = [event for event in actions_done("user.added") if event.subject == str(user.pk)]
    assert (event.user_id, event.clinic_id) == (universe.ours.manager.pk, universe.ours.clinic.pk)
    assert event.details == {"roles": ["provider", "staff"]}


@pytest.mark.parametrize(
    "typed", ["staff@hilltop.example", "STAFF@Hilltop.example", " staff@hilltop.example"]
)
def test_an_address_is_one_persons_in_every_clinic_however_it_is_typed(
    universe: Universe, typed: str
) -> None:
    with pytest.raises(actions.CannotAddUser) as refused:
        add(universe.ours, email=typed)
    sentence = str(refused.value)
    assert "Hilltop" not in sentence
    with pytest.raises(actions.CannotAddUser) as own:
        add(universe.ours, email=universe.ours.staff.email)
    assert str(own.value) == sentence, "the answer must not tell which clinic has the address"


def test_an_address_taken_between_the_look_and_the_save_is_refused_with_the_same_sentence(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = add(universe.ours)
    monkeypatch.setattr(users, "set_email", lambda user, email, _: bool(setattr(user, "email", email)))
    with pytest.raises(actions.CannotEditUser, match="already in use"):
        edit(user, universe.ours.manager, email=universe.theirs.staff.email)


def test_add_user_refuses_somebody_without_a_role(universe: Universe) -> None:
    with pytest.raises(actions.CannotAddUser, match="at least one role"):
        add(universe.ours, roles=())


def test_edit_user_tells_which_fields_changed_and_not_to_what(universe: Universe) -> None:
    user = edit(
        universe.ours.staff,
        universe.ours.manager,
        email="sam.new@riverside.example",
        roles={Role.STAFF, Role.PROVIDER},
    )
    (event,) = actions_done("user.edited")
    assert event.details == {"fields": ["email", "roles"], "roles": ["provider", "staff"]}
    assert (user.revision, user.email) == (2, "sam.new@riverside.example")


def test_edit_user_refuses_when_somebody_saved_meanwhile(universe: Universe) -> None:
    edit(universe.ours.staff, universe.ours.manager, name="Samuel Staff")
    with pytest.raises(Conflict) as refused:
        edit(universe.ours.staff, universe.ours.manager, revision=1, name="Samantha Staff")
    assert refused.value.current.name == "Samuel Staff"


def test_a_clinic_never_loses_its_last_active_manager(universe: Universe) -> None:
    ours = universe.ours
    with pytest.raises(actions.CannotEditUser, match="needs a manager"):
        edit(ours.manager, ours.manager, roles={Role.STAFF})
    second = confirm(add(ours, roles={Role.MANAGER}))
    actions.deactivate_user(user=ours.manager, by=second, at=NOW)
    with pytest.raises(actions.CannotEditUser, match="needs a manager"):
        edit(second, second, roles={Role.STAFF})
    # The manager who is left is of another clinic, or deactivated: neither counts.
    with pytest.raises(actions.CannotEditUser, match="needs a manager"):
        actions.deactivate_user(user=second, by=universe.theirs.manager, at=NOW)


def test_a_second_manager_may_step_down(universe: Universe) -> None:
    second = confirm(add(universe.ours, roles={Role.MANAGER, Role.STAFF}))
    assert edit(second, second, roles={Role.STAFF}).roles == (Role.STAFF,)


def test_a_deactivated_manager_may_lose_the_role(universe: Universe) -> None:
    second = add(universe.ours, roles={Role.MANAGER})
    second = actions.deactivate_user(user=second, by=universe.ours.manager, at=NOW)
    assert edit(second, universe.ours.manager, roles={Role.STAFF}).roles == (Role.STAFF,)


def test_a_manager_cannot_deactivate_themselves(universe: Universe) -> None:
    add(universe.ours, roles={Role.MANAGER})
    with pytest.raises(actions.CannotEditUser, match="cannot deactivate yourself"):
        actions.deactivate_user(user=universe.ours.manager, by=universe.ours.manager, at=NOW)


def test_deactivating_ends_access_on_the_very_next_request_and_for_good(universe: Universe) -> None:
    staff, manager = universe.ours.staff, universe.ours.manager
    client = universe.client_of(staff)
    assert client.get("/guidance/").status_code == 200
    actions.deactivate_user(user=staff, by=manager, at=NOW)
    assert client.get("/guidance/").status_code == 302
    # Neither the old session nor the old password comes back with them.
    user = actions.reactivate_user(user=staff, by=manager, at=NOW)
    assert Session.objects.exists()
    assert client.get("/guidance/").status_code == 302
    assert not user.check_password(PASSWORD)
    assert [event.action for event in actions_done("user.deactivated", "user.reactivated")]


def test_what_is_done_already_is_refused_and_not_quietly_passed_over(universe: Universe) -> None:
    staff, manager = universe.ours.staff, universe.ours.manager
    with pytest.raises(actions.CannotEditUser, match="already active"):
        actions.reactivate_user(user=staff, by=manager, at=NOW)
    actions.deactivate_user(user=staff, by=manager, at=NOW)
    with pytest.raises(actions.CannotEditUser, match="already deactivated"):
        actions.deactivate_user(user=staff, by=manager, at=NOW)
    with pytest.raises(actions.CannotEditUser, match="Reactivate them first"):
        actions.make_password_link(user=staff, by=manager, at=NOW)
    with pytest.raises(actions.CannotEditUser, match="access has ended"):
        actions.set_password(user=staff, password=PASSWORD, by=staff, at=NOW)
    with pytest.raises(actions.CannotEditUser, match="does not use two-step"):
        actions.ask_reset(user=universe.ours.provider, kind=Kind.SECOND_FACTOR, by=manager, at=NOW)


def test_edit_clinic_saves_every_setting_and_tells_which_changed(universe: Universe) -> None:
    clinic = universe.ours.clinic
    edited = actions.edit_clinic(
        clinic=clinic,
        revision=1,
        details=replace(
            ClinicDetails.of(clinic),
            address="1 River Road",
            time_zone="America/Denver",
            paper_size="a4",
            requires_check=True,
            requires_reviewed_texts=True,
            idle_limit_minutes=30,
        ),
        by=universe.ours.manager,
        at=NOW,
    )
    edited.refresh_from_db()
    assert (edited.address, edited.time_zone, edited.paper_size) == ("1 River Road", "America/Denver", "a4")
    assert (edited.idle_limit_minutes, edited.requires_check, edited.revision) == (30, True, 2)
    (event,) = actions_done("clinic.edited")
    assert event.details == {
        "fields": [
            "address",
            "time_zone",
            "paper_size",
            "requires_check",
            "requires_reviewed_texts",
            "idle_limit_minutes",
        ]
    }
    with pytest.raises(Conflict):
        actions.edit_clinic(
            clinic=clinic,
            revision=1,
            details=ClinicDetails.of(clinic),
            by=universe.ours.manager,
            at=NOW,
        )


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_deactivate_each_other_at_once_leave_one() -> None:
    house = build_house("Riverside Clinic", "riverside")
    second = add(house, roles={Role.MANAGER})
    ready, refused = threading.Barrier(2), []

    def deactivate(user: User, by: User) -> None:
        ready.wait()
        try:
            actions.deactivate_user(user=user, by=by, at=NOW)
        except actions.CannotEditUser as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    pairs = [(second, house.manager), (house.manager, second)]
    threads = [threading.Thread(target=deactivate, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert User.objects.active().managers().count() == 1
