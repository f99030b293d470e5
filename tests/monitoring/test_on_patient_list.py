"""The patient list is narrowed by plans and contacts and sorted by them, page by page, and says what it leaves out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.accounts.permissions import Role
from taperplanner.patients.actions import edit_patient
from taperplanner.patients.details import PatientDetails
from taperplanner.patients.listing import PAGE_SIZE, Page, Search, page_of
from taperplanner.patients.models import Patient
from taperplanner.patients.narrowing import NarrowingForm
from taperplanner.tapers.actions import discard_draft, end_plan
from taperplanner.tapers.models import State

from ..world.course import add_follow_up
from ..world.patient_pages import text_of
from ..world.people import another_provider, answer_all, build_patient
from ..world.plans import TODAY, open_plan, sign_plan
from ..world.restricted import another, restrict
from ..world.universe import NOW, House, Universe

DAY = timedelta(days=1)


def page(house: House, query: str, *, after: str = "", before: str = "", q: str = "") -> Page:
    narrowing = NarrowingForm(QueryDict(query), clinic=house.clinic).narrowing
    return page_of(
        house.clinic,
        Search.of(q),
        user=house.staff,
        archived=False,
        before=before,
        after=after,
        today=TODAY,
        narrowing=narrowing,
    )


def given_names(house: House, query: str, q: str = "") -> list[str]:
    return [row.name.split(", ")[1] for row in page(house, query, q=q).rows]


@pytest.fixture
def house(universe: Universe) -> House:
    """Ada's contact is overdue, Bea's is today, Cy's in 6 days, Di's in 7; Eve's plan has none, Flo has no plan."""
    for number, (name, days) in enumerate({"Ada": -1, "Bea": 0, "Cy": 6, "Di": 7, "Eve": None}.items()):
        patient = build_patient(universe.ours, given_name=name, family_name=f"Z{9 - number}")
        plan = open_plan(universe.ours, patient)
        if days is not None:
            add_follow_up(plan, universe.ours, TODAY + days * DAY)
    build_patient(universe.ours, given_name="Flo", family_name="Aa")
    stranger = build_patient(universe.theirs, given_name="Stranger", family_name="Ab")
    add_follow_up(open_plan(universe.theirs, stranger), universe.theirs, TODAY)
    return universe.ours


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Flo", "Eve", "Di", "Cy", "Bea", "Ada"]),
        ("plan=open", ["Eve", "Di", "Cy", "Bea", "Ada"]),
        ("plan=none", ["Flo"]),
        ("contact=overdue", ["Ada"]),
        ("contact=week", ["Cy", "Bea"]),
        ("contact=week&plan=none", []),
        ("sort=contact", ["Ada", "Bea", "Cy", "Di", "Flo", "Eve"]),
        ("plan=open&sort=contact", ["Ada", "Bea", "Cy", "Di", "Eve"]),
        ("plan=maybe&contact=%00&sort=doses&provider=x", ["Flo", "Eve", "Di", "Cy", "Bea", "Ada"]),
    ],
)
def test_the_list_is_narrowed_and_sorted(house: House, query: str, names: list[str]) -> None:
    assert given_names(house, query) == names


def test_a_filter_and_a_search_hold_together(house: House) -> None:
    assert given_names(house, "plan=open", q="ada") == ["Ada"]
    assert given_names(house, "plan=none", q="ada") == []


def test_a_plan_that_ended_is_no_open_plan(house: House) -> None:
    plan = Patient.objects.get(given_name="Eve").plans.get()
    discard_draft(draft=plan.draft, revision=plan.draft.revision, by=house.provider, at=NOW)
    end_plan(
        plan=plan, state=State.WITHDRAWN, reason="Opened by mistake", revision=1, by=house.provider, at=NOW
    )
    assert given_names(house, "plan=none") == ["Flo", "Eve"]


def test_the_provider_is_who_signed_last_or_opened_what_nobody_signed(house: House) -> None:
    other = another_provider(house)
    assert given_names(house, f"provider={other.pk}") == []
    assert given_names(house, f"provider={house.provider.pk}") == ["Eve", "Di", "Cy", "Bea", "Ada"]
    assert given_names(house, f"provider={house.staff.pk}") == given_names(house, "")  # nobody to choose


def test_the_latest_change_of_the_details_is_first(house: House) -> None:
    cy = Patient.objects.get(given_name="Cy")
    details = PatientDetails(
        mrn=cy.mrn, given_name="Cy", family_name=cy.family_name, date_of_birth=date(1970, 1, 31), phone="1"
    )
    later = datetime(2026, 3, 9, 17, tzinfo=UTC)
    edit_patient(patient=cy, details=details, revision=1, by=house.staff, at=later)
    rows = page(house, "sort=changed").rows
    assert rows[0].name.endswith("Cy")
    assert rows[0].ordered_by == "Mon, Mar 9, 2026"
    assert [row.name for row in rows[1:]] == sorted(row.name for row in rows[1:])


@pytest.mark.parametrize("sort", ["contact", "changed"])
def test_walking_forth_and_back_in_another_order_shows_each_patient_once(
    universe: Universe, sort: str
) -> None:
    house = universe.ours
    for number in range(2 * PAGE_SIZE + 3):
        at = NOW + timedelta(days=number % 4)
        patient = build_patient(house, given_name=f"G{number}", family_name="Name", at=at)
        if number % 10 == 0:
            add_follow_up(open_plan(house, patient), house, TODAY + number * DAY)
    pages = [page(house, f"sort={sort}")]
    while pages[-1].after:
        pages.append(page(house, f"sort={sort}", after=pages[-1].after))
    ids = [row.id for one in pages for row in one.rows]
    assert len(ids) == len(set(ids)) == 2 * PAGE_SIZE + 3
    assert pages[0].before == ""
    back = pages[-1]
    for expected in reversed(pages[:-1]):
        back = page(house, f"sort={sort}", before=back.before)
        assert back.rows == expected.rows
    assert back.before == ""


def test_the_page_says_what_is_filtered_keeps_the_search_and_clears_the_filters_alone(
    house: House, staff: Client
) -> None:
    shown = text_of(staff.get("/patients/", {"q": "z", "plan": "open", "sort": "contact"}))
    assert "Plans: Has an open plan." in shown
    assert "Next contact: Sun, Mar 1, 2026" in shown
    assert 'value="z"' in shown
    assert 'href="/patients/?q=z&sort=contact">Clear the filters</a>' in shown
    plain = text_of(staff.get("/patients/", {"q": "z"}))
    assert "Clear the filters" not in plain
    assert "Next contact:" not in plain


def test_the_next_page_keeps_what_is_filtered_and_how_it_is_sorted(universe: Universe, staff: Client) -> None:
    for _ in range(PAGE_SIZE + 1):
        build_patient(universe.ours)
    shown = text_of(staff.get("/patients/", {"plan": "none", "sort": "contact"}))
    assert "&plan=none&sort=contact&after=" in shown


def test_a_filter_that_finds_nobody_says_so_and_calls_no_name_near(house: House, staff: Client) -> None:
    shown = text_of(staff.get("/patients/", {"q": "ada", "plan": "none"}))
    assert "No patient of this list was found with these filters." in shown
    assert "come near" not in shown


def test_a_restricted_record_is_in_no_filter_of_whom_it_is_closed_to(
    house: House, universe: Universe
) -> None:
    restrict(Patient.objects.get(given_name="Ada"), house)
    outside = universe.client_of(another(house, Role.PROVIDER, name="Otto Outside"))
    mine = universe.client_of(house.provider)
    for query in ({"plan": "open"}, {"contact": "overdue"}, {"sort": "contact"}, {"sort": "changed"}):
        assert "Ada" not in text_of(outside.get("/patients/", query))
        assert "Ada" in text_of(mine.get("/patients/", query))


def test_every_way_costs_as_many_queries_for_6_patients_and_for_30(house: House, staff: Client) -> None:
    def costs() -> list[int]:
        found = []
        for query in ({}, {"plan": "open", "contact": "week"}, {"sort": "contact"}, {"sort": "changed"}):
            staff.get("/patients/", query)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                staff.get("/patients/", query)
            found.append(len(queries))
        return found

    before = costs()
    assert max(before) <= 6  # session, user, clinic, providers to choose from, patients, event
    for number in range(24):
        add_follow_up(open_plan(house, build_patient(house, given_name=f"N{number}")), house, TODAY)
    assert costs() == before


def test_a_signature_makes_the_signer_the_plans_provider(house: House) -> None:
    other = another_provider(house)
    plan = Patient.objects.get(given_name="Eve").plans.get()
    answer_all(plan.patient, by=house.provider)
    sign_plan(plan, House(house.clinic, other, house.staff, house.manager))
    assert given_names(house, f"provider={other.pk}") == ["Eve"]
    assert "Eve" not in given_names(house, f"provider={house.provider.pk}")
