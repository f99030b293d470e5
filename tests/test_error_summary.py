"""A page that comes back says at its top what is wrong with it, and leads to each fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final

import pytest
import time_machine
from django import forms
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client

from taperplanner.error_summary import Fault, faults_in

from .access.extra import Page as FormPage
from .house.posts import WITHOUT_A_KEY
from .house.views import our_addresses
from .world.makings import MAKINGS
from .world.places import OWNED, SHARED, Places
from .world.universe import NOW, Universe

FAULT_DRAWN: Final = re.compile(r'class="[^"]*(?:invalid-feedback|is-invalid)')
# Buttons without a field that can be wrong.
CANNOT_BE_WRONG: Final = {
    "patients:allergies_review",
    "patients:medication_review",
    "tapers:draft_start",
    "tapers:plan_hold",
    "handouts:copy_outcome",
}
TOO_LONG: Final = "x" * 30_000
FORMS: Final = [
    address
    for address in our_addresses()
    if address.name in WITHOUT_A_KEY and not set(address.kwargs) - set(OWNED) - set(SHARED)
]


class Name(forms.Form):
    name = forms.CharField(label="Full name", error_messages={"required": "Type the name."})
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("Nobody has it.")


class Ids(HTMLParser):
    """Of a page: its ids, where its summary leads, and its title."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.title = ""
        self._is_summary = self._is_title = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        self._is_title = tag == "title"
        self._is_summary = self._is_summary or given.get("aria-labelledby") == "faults-title"
        if self._is_summary and tag == "a":
            self.links.append(given["href"].removeprefix("#"))

    def handle_endtag(self, tag: str) -> None:
        self._is_title = False
        self._is_summary = self._is_summary and tag != "ul"

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self.title += data


def judged(answer: HttpResponse) -> bool:
    """Whether the answer is a page with faults; it then has them at its top."""
    if "text/html" not in answer["Content-Type"] or answer.status_code >= 400:
        return False
    page = answer.content.decode()
    found = Ids(page)
    if not FAULT_DRAWN.search(page):
        return "faults-title" in found.ids
    assert "faults-title" in found.ids, page[:9000]
    assert found.title.strip().startswith("Error:")
    assert found.ids.issuperset(found.links)
    return True


@pytest.fixture(autouse=True)
def _time_stands_still() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("name", list(MAKINGS))
def test_a_form_that_makes_something_comes_back_with_its_faults_at_its_top(
    universe: Universe, name: str
) -> None:
    form = MAKINGS[name].fill(universe.ours)
    client = universe.client_of(form.by)
    is_empty_judged = judged(client.post(form.url, {"once": "a" * 32}))
    is_long_judged = judged(client.post(form.url, {"once": "b" * 32, **dict.fromkeys(form.sent, TOO_LONG)}))
    assert (is_empty_judged or is_long_judged) is (name not in CANNOT_BE_WRONG)


def test_every_form_that_changes_something_comes_back_with_its_faults_at_its_top(universe: Universe) -> None:
    seen = set()
    places = Places(universe.ours)
    for address in FORMS:
        url = address.url(places.values(address.kwargs))
        for user in universe.ours.people.values():
            client = universe.client_of(user)
            for sent in ({}, dict.fromkeys(_asked(client, url), TOO_LONG)):
                if judged(client.post(url, sent)):
                    seen.add(address.name)
    assert len(seen) > 5


def _asked(client: Client, url: str) -> set[str]:
    page = FormPage(url)
    answer = client.get(url)
    if answer.status_code == 200:
        page.feed(answer.content.decode())
    return page.names - {""}


def test_each_fault_leads_to_its_field_and_is_said_once() -> None:
    form = Name({"name": ""})
    held = {"form": form, "again": [form], "rows": [("x", {"inner": form})]}
    assert faults_in(held) == [
        Fault("Nobody has it."),
        Fault("Type the name.", "Full name", "id_name"),
        Fault("This field is required.", "Kind", "id_kind_0"),
        Fault("This field is required."),
    ]


def test_a_form_that_was_not_sent_has_no_fault() -> None:
    assert faults_in({"form": Name()}) == []


def test_what_is_wrong_with_the_whole_form_is_said_where_it_is_drawn_unless_the_top_says_it() -> None:
    form = Name({"name": ""})
    drawn = Template("{% load crispy_forms_filters %}{{ form|as_crispy_errors }}")
    assert "Nobody has it." in drawn.render(Context({"form": form}))
    faults_in({"form": form})
    assert "Nobody has it." not in drawn.render(Context({"form": form}))


def test_a_fault_is_text_and_never_markup() -> None:
    form = Name({"name": ""})
    form.add_error("name", "<b>bold</b>")
    drawn = Template("{% error_summary %}").render(Context({"form": form}))
    assert "&lt;b&gt;bold&lt;/b&gt;" in drawn
    assert "<b>bold" not in drawn


def test_a_page_with_a_fault_and_no_summary_is_found() -> None:
    with pytest.raises(AssertionError):
        judged(HttpResponse('<title>Add</title><p class="invalid-feedback">Type the name.</p>'))
