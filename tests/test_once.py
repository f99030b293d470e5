"""A form that makes something is taken once: which ones those are, and what the second post is told."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from taperplanner.accounts.models import SentForm
from taperplanner.accounts.once import SAVED_ALREADY
from taperplanner.audit.models import Event
from taperplanner.monitoring.models import Dispensing
from taperplanner.patients.models import Patient

from .addresses import Address
from .house import posts
from .house.views import function_of, our_addresses
from .world.course import words_of
from .world.makings import DISPENSED, MAKINGS, Filled, dispensing_add, patient_add
from .world.plan_pages import inputs_of
from .world.universe import NOW, Universe

OURS = our_addresses()
KEY = uuid4().hex


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def form(universe: Universe) -> Filled:
    return dispensing_add(universe.ours)


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


def send(client: Client, form: Filled, **changed: str) -> HttpResponse:
    return client.post(form.url, {**form.sent, "once": KEY} | changed)


# --- The law ----------------------------------------------------------------------------------


def test_every_address_that_makes_something_is_taken_once() -> None:
    assert set(posts.unkept(OURS)) == set(posts.WITHOUT_A_KEY)


def test_an_address_without_a_key_is_caught() -> None:
    def make() -> None: ...

    address = next(one for one in OURS if one.name == "monitoring:dispensing_add")
    bare = Address("patients:patient_add", (), lambda: None)
    assert not list(posts.unkept([address]))
    assert posts.takes_posts(function_of(address))
    assert not posts.is_taken_once(bare)
    for source, takes in [
        ("@require_safe\ndef view(): ...", False),
        ("@require_POST\ndef view(): ...", True),
        ("@require_http_methods(['GET', 'POST'])\ndef view(): ...", True),
        ("@require_http_methods(['GET'])\ndef view(): ...", False),
        ("def view(): ...", True),
    ]:
        function = ast.parse(source).body[0]
        assert isinstance(function, ast.FunctionDef)
        assert posts.takes_posts(function) is takes, source


def test_every_form_that_is_taken_once_is_tried() -> None:
    """A new one needs a line in `makings.py`, so that it is sent fifty times at once on both databases."""
    assert {one.name for one in OURS if posts.is_taken_once(one)} == set(MAKINGS)


# --- What the second post is told -------------------------------------------------------------


def test_the_second_post_is_led_to_what_the_first_made(
    universe: Universe, form: Filled, staff: Client
) -> None:
    first = send(staff, form)
    second = send(staff, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Dispensing.objects.count() == 1
    page = words_of(staff.get(second["Location"]))
    assert SAVED_ALREADY in page
    assert "The dispensing was recorded." in page


def test_twenty_equal_posts_are_one_dispensing(form: Filled, staff: Client) -> None:
    """They made 20, so that 628 tablets were on the books and "lasts to the end" was said."""
    for _ in range(20):
        send(staff, form)
    assert [str(one.quantity_thousandths) for one in Dispensing.objects.all()] == ["28000"]


def test_a_form_that_was_refused_keeps_its_key_and_is_saved_once_it_is_right(
    form: Filled, staff: Client
) -> None:
    refused = send(staff, form, quantity="twenty")
    assert refused.status_code == 200
    assert inputs_of(refused.content.decode())["once"] == KEY
    assert not SentForm.objects.exists()
    assert send(staff, form).status_code == 302
    assert Dispensing.objects.count() == 1


def test_a_refused_form_leaves_its_events(form: Filled, staff: Client) -> None:
    send(staff, form, quantity="twenty")
    shown = Event.objects.filter(action="patient.page_shown").latest("at")
    assert shown.subject == "monitoring:dispensing_add"


def test_each_page_gives_its_form_a_key_of_its_own(form: Filled, staff: Client) -> None:
    keys = {inputs_of(staff.get(form.url).content.decode())["once"] for _ in range(2)}
    assert len(keys) == 2
    assert all(re.fullmatch("[0-9a-f]{32}", key) for key in keys)


def test_a_new_page_is_another_dispensing(form: Filled, staff: Client) -> None:
    """The same bottle again is asked about by its own form; a key is about one form, not about what it says."""
    for count in ("28", "30"):
        key = inputs_of(staff.get(form.url).content.decode())["once"]
        assert send(staff, form, once=key, quantity=count).status_code == 302
    assert Dispensing.objects.count() == 2


def test_another_users_key_is_another_form(universe: Universe, form: Filled, staff: Client) -> None:
    send(staff, form)
    answer = send(universe.client_of(universe.ours.provider), form, quantity="30")
    assert answer.status_code == 302
    assert Dispensing.objects.count() == 2


def test_the_key_of_another_page_is_another_form(universe: Universe, form: Filled, staff: Client) -> None:
    send(staff, form)
    other = patient_add(universe.ours)
    answer = send(staff, other, family_name="Lee", date_of_birth="01/02/1950", mrn="A-2002")
    assert answer.status_code == 302
    assert Patient.objects.filter(mrn="A-2002").exists()


@pytest.mark.parametrize(
    "key", ["", "1", "g" * 32, "a" * 33, "A" * 32], ids=["none", "short", "no hex", "long", "capitals"]
)
def test_without_a_key_nothing_is_saved_and_nothing_typed_is_lost(
    form: Filled, staff: Client, key: str
) -> None:
    answer = send(staff, form, once=key)
    assert answer.status_code == 409
    assert "was not saved" in words_of(answer)
    assert not Dispensing.objects.exists()
    again = inputs_of(answer.content.decode())
    assert {name: again[name] for name in DISPENSED} == DISPENSED
    assert staff.post(form.url, again).status_code == 302
    assert Dispensing.objects.count() == 1


def test_a_form_gone_back_to_and_changed_is_not_taken_for_the_one_before(form: Filled, staff: Client) -> None:
    """Told "saved already", its sender would take the new words for saved, and they are not."""
    send(staff, form)
    answer = send(staff, form, quantity="14")
    assert answer.status_code == 409
    page = words_of(answer)
    assert "This form was already saved, with something else in it." in page
    assert SAVED_ALREADY not in page
    assert Dispensing.objects.count() == 1
    again = inputs_of(answer.content.decode())
    assert (again["quantity"], again["once"] == KEY) == ("14", False)
    staff.post(form.url, again)
    assert Dispensing.objects.count() == 2


def test_a_refusal_that_leads_on_made_nothing_and_is_not_called_saved(
    universe: Universe, form: Filled
) -> None:
    """A plan that has a draft starts no other: the press says so each time."""
    provider = universe.client_of(universe.ours.provider)
    plan = form.url.partition("supply/")[0]
    provider.post(f"{plan}hold/")
    for _ in range(2):
        answer = provider.post(f"{plan}hold/", {"once": KEY}, follow=True)
        assert SAVED_ALREADY not in words_of(answer)
    assert not SentForm.objects.filter(key=KEY).exists()


def test_what_fails_half_way_gives_its_key_back(
    form: Filled, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("taperplanner.monitoring.supply.views.saved", lambda *_: 1 / 0)
        assert send(staff, form).status_code == 500
    assert not Dispensing.objects.exists()
    assert send(staff, form).status_code == 302
    assert Dispensing.objects.count() == 1


def test_a_password_is_never_sent_back(universe: Universe) -> None:
    form = MAKINGS["tapers:draft_sign"].fill(universe.ours)
    page = send(universe.client_of(form.by), form, once="").content.decode()
    assert form.sent["password"] not in page
    assert "date_of_birth" in page


def test_keys_are_forgotten_after_thirty_days(form: Filled, staff: Client) -> None:
    send(staff, form)
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        call_command("clear_sent_forms", verbosity=0)
    assert SentForm.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        call_command("clear_sent_forms", verbosity=0)
    assert not SentForm.objects.exists()
    assert Dispensing.objects.count() == 1
