"""What a clinic still lacks stands on its manager's first page, with who can do it, until it is there."""

from __future__ import annotations

from dataclasses import asdict

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from taperplanner.accounts import actions
from taperplanner.accounts.details import ClinicDetails
from taperplanner.accounts.models import Clinic, User
from taperplanner.accounts.permissions import Role
from taperplanner.accounts.signing_rights import waiting_of
from taperplanner.accounts.still_missing import Missing, still_missing

from ..world.plans import TODAY
from ..world.universe import NOW, PASSWORD, Universe, confirm, second_manager

PHONES = {"phone": "555-0100", "after_hours_phone": "555-0199"}


@pytest.fixture
def lakeside(db: None) -> Clinic:
    """Just made: its one manager, and nobody else."""
    details = ClinicDetails(name="Lakeside Clinic", time_zone="America/Chicago", requires_second_factor=False)
    clinic, manager = actions.create_clinic(
        details=details, manager_name="Lena Lead", manager_email="lena@lakeside.example", at=NOW
    )
    manager.set_password(PASSWORD)
    manager.save(update_fields=["password"])
    return clinic


def missing(clinic: Clinic) -> list[Missing]:
    clinic.refresh_from_db()
    return still_missing(clinic, clinic.users.by_name(), waiting_of(clinic, NOW), TODAY)


def what(clinic: Clinic, *, blocks: bool) -> str:
    return "; ".join(one.what for one in missing(clinic) if one.blocks is blocks)


def fill_in(clinic: Clinic, **values: object) -> None:
    clinic.refresh_from_db()
    details = ClinicDetails(**(asdict(ClinicDetails.of(clinic)) | values))
    actions.edit_clinic(
        clinic=clinic, details=details, revision=clinic.revision, by=clinic.users.managers()[0], at=NOW
    )


def add(clinic: Clinic, name: str, *roles: Role) -> User:
    email = f"{name.split(maxsplit=1)[0].lower()}@lakeside.example"
    manager = clinic.users.managers()[0]
    return actions.add_user(
        clinic=clinic, email=email, name=name, credentials="", roles=set(roles), by=manager, at=NOW
    )


def test_a_new_clinic_lacks_its_phones_and_a_provider_before_anything_is_printed(lakeside: Clinic) -> None:
    found = what(lakeside, blocks=True)
    assert "The clinic’s phone number" in found
    assert "The phone number for nights and weekends" in found
    assert "A provider, who plans tapers and signs them" in found
    assert "The clinic’s address" in what(lakeside, blocks=False)
    assert "A second manager" in what(lakeside, blocks=False)


def test_what_is_filled_in_is_missing_no_more(lakeside: Clinic) -> None:
    fill_in(lakeside, **PHONES, address="12 Example Street")
    provider = add(lakeside, "Paul Prescriber", Role.PROVIDER)
    assert "A password of Paul Prescriber’s own" in what(lakeside, blocks=True)
    assert "word that Paul Prescriber may sign" in what(lakeside, blocks=True)
    confirm(provider)
    assert [one.what for one in missing(lakeside)] == [
        "A second manager: without one, nobody here can confirm who may sign, or reset a password"
    ]


def test_another_provider_who_waits_keeps_nobody_from_signing(lakeside: Clinic) -> None:
    fill_in(lakeside, **PHONES)
    confirm(add(lakeside, "Paul Prescriber", Role.PROVIDER))
    add(lakeside, "Nora New", Role.PROVIDER)
    assert what(lakeside, blocks=True) == ""
    assert "Nora New" in what(lakeside, blocks=False)


def test_where_a_second_person_checks_there_must_be_two(lakeside: Clinic) -> None:
    fill_in(lakeside, **PHONES, requires_check=True)
    confirm(add(lakeside, "Paul Prescriber", Role.PROVIDER))
    assert "Somebody who checks what another signed" in what(lakeside, blocks=True)
    confirm(add(lakeside, "Cora Checker", Role.STAFF, Role.CHECKER))
    assert what(lakeside, blocks=True) == ""


def test_texts_that_await_a_review_are_named_where_the_clinic_prints_none_of_them(lakeside: Clinic) -> None:
    assert "A review of the texts on paper" not in what(lakeside, blocks=True)
    fill_in(lakeside, requires_reviewed_texts=True)
    assert "A review of the texts on paper" in what(lakeside, blocks=True)


def test_whoever_left_is_not_waited_for(lakeside: Clinic) -> None:
    gone = add(lakeside, "Nora New", Role.STAFF)
    actions.deactivate_user(user=gone, by=lakeside.users.managers()[0], at=NOW)
    assert "Nora New" not in "".join(one.what for one in missing(lakeside))


def test_it_stands_on_a_managers_first_page_with_who_can_do_it(lakeside: Clinic) -> None:
    client = Client()
    with time_machine.travel(NOW):
        client.force_login(lakeside.users.managers()[0])
        page = client.get("/", follow=True).content.decode()
    assert "Still missing at this clinic" in page
    assert f'<a href="{reverse("accounts:clinic")}">The clinic’s phone number' in page
    assert "No handout before." in page


def test_it_stands_on_the_first_page_of_a_manager_who_sees_patients_and_of_nobody_else(
    universe: Universe,
) -> None:
    house = universe.ours
    both = second_manager(house)
    User.objects.filter(pk=both.pk).update(is_provider=True)
    Clinic.objects.filter(pk=house.clinic.pk).update(phone="")
    with time_machine.travel(NOW):
        for user, is_told in ((both, True), (house.provider, False), (house.staff, False)):
            page = universe.client_of(user).get("/").content.decode()
            assert ("Still missing at this clinic" in page) is is_told


def test_a_clinic_that_lacks_nothing_is_told_nothing(universe: Universe) -> None:
    second_manager(universe.ours)
    fill_in(universe.ours.clinic, **PHONES, address="12 Example Street")
    assert missing(universe.ours.clinic) == []
