"""Guidance pages: open to every role, closed to nobody's, and unable to write."""

from __future__ import annotations

import itertools
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from taperplanner.accounts.permissions import Role
from taperplanner.guidance.library import library
from tests.world.universe import Universe

ADDRESSES = [
    "/guidance/",
    "/guidance/?q=opioid",
    "/guidance/about/",
    "/guidance/paper/",
    "/guidance/withdrawal/",
    "/guidance/withdrawal/protracted/",
]


@pytest.fixture
def client(universe: Universe) -> Client:
    return universe.client_of(universe.ours.provider)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", [Role.PROVIDER, Role.STAFF, Role.MANAGER])
def test_every_role_may_read_guidance(universe: Universe, role: Role, address: str) -> None:
    response = universe.client_of(universe.ours.people[role]).get(address)

    assert response.status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.django_db
def test_nobody_is_sent_to_the_login_page(address: str) -> None:
    response = Client().get(address)

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_guidance_address_ever_writes(client: Client, address: str, method: str) -> None:
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize(
    "address", ["/guidance/nothing/", "/guidance/withdrawal/nothing/", "/guidance/x/protracted/"]
)
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_index_lists_every_topic(client: Client) -> None:
    html = client.get("/guidance/").content.decode()

    for topic in library().topics("clonazepam"):
        assert f'href="/guidance/{topic.slug}/"' in html


def test_index_finds_entries_and_keeps_what_was_typed(client: Client) -> None:
    html = client.get("/guidance/", {"q": "  NALOXONE  offered "}).content.decode()

    assert "Naloxone for everyone who takes both" in html
    assert 'value="NALOXONE offered"' in html


@pytest.mark.parametrize("query", ["zzzz", "<script>alert(1)</script>", "\x00", "'; --", "x" * 5000, "٣"])
def test_index_answers_a_search_for_anything(client: Client, query: str) -> None:
    response = client.get("/guidance/", {"q": query})

    assert response.status_code == 200
    assert "0 entries found." in response.content.decode()
    assert "<script>alert" not in response.content.decode()


def test_index_says_one_entry_in_the_singular(client: Client) -> None:
    assert "1 entry found." in client.get("/guidance/", {"q": "protracted memory ringing"}).content.decode()


def test_topic_shows_each_entry_with_its_source(client: Client) -> None:
    for topic in library().topics("clonazepam"):
        html = client.get(f"/guidance/{topic.slug}/").content.decode()
        entries = library().topic(topic.slug, "clonazepam")

        assert html.count('<article class="guidance-entry">') == len(entries)
        assert html.count("Source: ") == len(entries) + sum(bool(entry.note) for entry in entries)
        assert "Reference, not an order." in html


def test_each_entry_has_an_address_of_its_own(client: Client) -> None:
    for entry in library().entries:
        html = client.get(entry.get_absolute_url()).content.decode()

        assert f'<h1 class="guidance-title">{escape(entry.title)}</h1>' in html
        assert html.count('<article class="guidance-entry">') == 1


def test_about_lists_what_was_left_out_corrected_and_added(client: Client) -> None:
    html = client.get("/guidance/about/").content.decode()

    assert html.index("without significant risk") < html.index("sleep disturbances")
    assert html.index("What was left out") < html.index("What was corrected") < html.index("What is missing")
    for entry in library().entries:
        if entry.status != "kept":
            assert f'href="{entry.get_absolute_url()}"' in html


@pytest.mark.parametrize("address", ADDRESSES)
def test_headings_never_skip_a_level(client: Client, address: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", client.get(address).content.decode())]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_texts_for_patients_stand_in_each_language_with_their_review(client: Client) -> None:
    html = client.get("/guidance/paper/").content.decode()

    for language in library().languages:
        for text in library().patient_texts(language):
            assert f'<h2 class="guidance-title" lang="{language}">{escape(text.title)}</h2>' in html
    assert html.count("Awaiting clinical review") == html.count('<article class="guidance-entry">') == 22
    assert html.count("Printed on every handout") == 10
    assert html.count("Printed only where") == 12


def test_about_says_of_each_line_of_the_document_where_it_stands(client: Client) -> None:
    page = " ".join(client.get("/guidance/about/").content.decode().split())
    table = page[page.index("Line by line") : page.index("What is missing")]

    rows = re.findall(r'<th scope="row">([^<]*)</th>', table)
    assert rows[0] == "Lines 1 and 2"
    assert rows[-1] == "Lines 69 and 70"
    assert (
        'Kept: <a href="/guidance/stopping/never-abruptly/">Never suddenly, always supervised</a>. Shown '
        in table
    )
    assert "Left out: That short courses bring relief without significant risk. Unsafe." in table
