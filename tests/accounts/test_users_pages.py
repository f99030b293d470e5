"""The manager's pages about people. Who may ask for them: tests/test_access.py."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.accounts import actions
from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Role

from ..world.universe import NOW, Universe

USERS, ADD = "/clinic/users/", "/clinic/users/add/"
PERSON = {"name": "Nora New", "credentials": "NP", "email": "nora@riverside.example", "roles": ["provider"]}


@pytest.fixture
def client(universe: Universe) -> Client:
    return universe.client_of(universe.ours.manager)


@pytest.fixture
def staff(universe: Universe) -> User:
    return universe.ours.staff


def address(user: User, page: str) -> str:
    return f"{USERS}{user.pk}/{page}/"


def person(user: User, **given: Any) -> dict[str, Any]:
    """What the form sends if nothing but `given` is changed."""
    values = {"revision": user.revision, "name": user.name, "credentials": user.credentials}
    return {**values, "email": user.email, "roles": [str(role) for role in user.roles], **given}


def body(answer: HttpResponse) -> str:
    return answer.content.decode()


def flash(answer: HttpResponse) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))  # type: ignore[attr-defined]


def test_the_list_shows_our_people_active_first_with_roles_and_last_sign_in(
    universe: Universe, client: Client
) -> None:
    actions.deactivate_user(user=universe.ours.provider, by=universe.ours.manager, at=NOW)
    User.objects.filter(pk=universe.ours.staff.pk).update(last_login=NOW)
    page = body(client.get(USERS))
    assert re.findall(r"<bdi>([^<]+)</bdi></a>", page) == [
        "Mina Manager",
        "Sam Staff, RN",
        "Priya Provider, MD",
    ]
    assert "Mar 2, 2026, 10:00 AM EST" in page
    assert page.count("Deactivated") == 1
    assert "hilltop" not in page


def test_the_list_asks_as_many_questions_for_fifty_people_as_for_three(
    universe: Universe, client: Client
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(USERS)
        return len(asked)

    client.get(USERS)
    before = questions()
    for number in range(47):
        actions.add_user(
            clinic=universe.ours.clinic, email=f"{number}@riverside.example", name="N", credentials="",
            roles={Role.STAFF}, by=universe.ours.manager, at=NOW,
        )  # fmt: skip
    assert (
        questions() == before <= 8
    )  # one links the event to the one before it, one counts emergencies to review


def test_a_person_is_added_and_then_needs_a_link(universe: Universe, client: Client) -> None:
    assert "Add this person" in body(client.get(ADD))
    answer = client.post(ADD, PERSON | {"email": " Nora@Riverside.example "})
    user = User.objects.get(email="nora@riverside.example")
    assert answer["Location"] == address(user, "password-link")
    assert (user.clinic, user.full_title, user.roles) == (
        universe.ours.clinic,
        "Nora New, NP",
        (Role.PROVIDER,),
    )
    assert "Nora New was added" in flash(answer)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": "  "}, "Enter the person&#x27;s name."),
        ({"email": ""}, "Enter their e-mail address."),
        ({"email": "nora"}, "Enter a whole e-mail address"),
        ({"email": "nora@@riverside.example"}, "Enter a whole e-mail address"),
        ({"email": "nöra@riverside.example"}, "in plain letters"),
        ({"email": "nora@riverſide.example"}, "in plain letters"),
        ({"email": "staff@hilltop.example"}, "already in use"),
        ({"email": "STAFF@Riverside.example"}, "already in use"),
        ({"roles": []}, "Choose at least one role."),
        ({"roles": ["owner"]}, "Select a valid choice"),
        ({"name": "N" * 121}, "Keep this to 120 characters"),
        ({"credentials": "M" * 41}, "Keep this to 40 characters"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_entry_is_shown_again_with_a_sentence_and_as_typed(
    client: Client, given: dict[str, Any], sentence: str
) -> None:
    typed = PERSON | given
    before = User.objects.count()
    page = body(client.post(ADD, typed))
    assert sentence in page
    for name in ("name", "credentials", "email"):
        assert f'value="{typed[name]}"' in page or not typed[name].strip()
    assert User.objects.count() == before


def test_what_cannot_be_seen_is_not_stored_in_a_name(universe: Universe, client: Client) -> None:
    client.post(ADD, PERSON | {"name": " No\u00adra\u200e\t New\u200b ", "credentials": "N\ufeffP"})
    user = User.objects.get(email="nora@riverside.example")
    assert (user.name, user.credentials) == ("Nora New", "NP")


def test_a_persons_entry_is_saved(client: Client, staff: User) -> None:
    assert 'value="Sam Staff"' in body(client.get(address(staff, "edit")))
    answer = client.post(
        address(staff, "edit"), person(staff, name="Samira Staff", roles=["staff", "provider"])
    )
    assert answer["Location"] == USERS
    assert "The details of Samira Staff were saved" in flash(answer)
    staff.refresh_from_db()
    assert (staff.name, staff.roles, staff.revision) == ("Samira Staff", (Role.PROVIDER, Role.STAFF), 2)


def test_a_change_that_is_refused_keeps_what_was_typed(universe: Universe, client: Client) -> None:
    manager = universe.ours.manager
    answer = client.post(address(manager, "edit"), person(manager, name="Mina Moved", roles=["staff"]))
    assert answer.status_code == 200
    assert "A clinic needs a manager who can sign in" in body(answer)
    assert 'value="Mina Moved"' in body(answer)
    manager.refresh_from_db()
    assert manager.name == "Mina Manager"


def test_the_second_to_save_is_told_and_loses_nothing(client: Client, staff: User) -> None:
    client.post(address(staff, "edit"), person(staff, name="Samuel Staff"))
    late = person(staff, name="Samantha Staff", roles=["staff", "provider"])
    answer = client.post(address(staff, "edit"), late)
    page = body(answer)
    assert answer.status_code == 409
    assert "Somebody else saved this while you were typing" in page
    assert "Samuel Staff" in page
    assert 'value="Samantha Staff"' in page
    assert "Provider: writes and signs plans, Staff: records patients, prints handouts" in page
    assert 'name="revision" value="2"' in page
    assert client.post(address(staff, "edit"), late | {"revision": "2"}).status_code == 302


@pytest.mark.parametrize("revision", ["", "0", "two", "9" * 5000, "１", "\x00"])
def test_a_form_without_its_revision_is_out_of_date(client: Client, staff: User, revision: str) -> None:
    answer = client.post(address(staff, "edit"), person(staff, revision=revision))
    assert answer.status_code == 409


def test_a_manager_who_steps_down_goes_on_to_their_other_work(universe: Universe, client: Client) -> None:
    manager = universe.ours.manager
    actions.add_user(
        clinic=universe.ours.clinic, email="second@riverside.example", name="Second", credentials="",
        roles={Role.MANAGER}, by=manager, at=NOW,
    )  # fmt: skip
    answer = client.post(address(manager, "edit"), person(manager, roles=["staff"]))
    assert answer["Location"] == "/"
    assert client.get("/").status_code == 200
    assert client.get(USERS).status_code == 403


def test_deactivating_asks_first_and_then_says_what_was_done(client: Client, staff: User) -> None:
    page = address(staff, "deactivate")
    assert "signed out everywhere" in body(client.get(page))
    staff.refresh_from_db()
    assert staff.is_active
    answer = client.post(page)
    assert (answer["Location"], flash(answer)) == (
        USERS,
        "Sam Staff was deactivated and can no longer sign in.",
    )
    staff.refresh_from_db()
    assert not staff.is_active
    assert "already deactivated" in flash(client.post(page))
    assert "Reactivate them first" in body(client.post(address(staff, "password-link")))


def test_reactivating_asks_first_and_then_leads_to_a_link(client: Client, staff: User) -> None:
    client.post(address(staff, "deactivate"))
    page = address(staff, "reactivate")
    assert "staff" in body(client.get(page))
    answer = client.post(page)
    assert answer["Location"] == address(staff, "password-link")
    staff.refresh_from_db()
    assert staff.is_active
    assert "already active" in body(client.post(page))


def test_a_manager_is_not_offered_to_deactivate_themselves(universe: Universe, client: Client) -> None:
    manager = universe.ours.manager
    assert "deactivate" not in body(client.get(address(manager, "edit")))
    assert "cannot deactivate yourself" in flash(client.post(address(manager, "deactivate")))


def test_the_page_says_whether_a_link_is_out_and_whether_a_password_is_set(client: Client) -> None:
    client.post(ADD, PERSON)
    user = User.objects.get(email="nora@riverside.example")
    assert "not set a password yet" in body(client.get(address(user, "edit")))
    client.post(address(user, "password-link"))
    assert "has not been used" in body(client.get(address(user, "edit")))
    assert "stops working when you make a new one" in body(client.get(address(user, "password-link")))


@pytest.mark.parametrize("name", ["<b>Nora</b>", '"><script>alert(1)</script>', "{{ 7|add:7 }}"])
def test_a_name_is_shown_as_typed_and_never_as_markup(universe: Universe, client: Client, name: str) -> None:
    user = actions.add_user(
        clinic=universe.ours.clinic, email="nora@riverside.example", name=name, credentials="",
        roles={Role.STAFF}, by=universe.ours.manager, at=NOW,
    )  # fmt: skip
    for page in (
        USERS,
        *(address(user, page) for page in ("edit", "deactivate", "password-link", "reset", "access")),
    ):
        shown = body(client.get(page))
        assert "<b>Nora" not in shown
        assert "<script>alert" not in shown
    assert (
        "14" not in body(client.get(address(user, "deactivate"))).partition("<h1>")[2].partition("</h1>")[0]
    )
