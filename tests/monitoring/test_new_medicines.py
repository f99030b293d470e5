"""What the sources say to a medicine that a check-in names: while it is typed, once it is saved, and in the list."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from taperplanner.monitoring.check_ins.new_medicines import level_changers_in, medicines_named
from taperplanner.patients.vocabulary.levels import Level
from taperplanner.tapers.models import Plan

from ..browser.fixtures import SignedIn
from ..world.course import check_in, words_of
from ..world.plan_pages import plan_url
from ..world.universe import Universe

RAISES = "fluconazole: Can raise clonazePAM’s level."


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("fluconazole 150 mg, once", ["fluconazole"]),
        ("Started PAXLOVID on Friday", ["Paxlovid (nirmatrelvir and ritonavir)"]),
        ("nirmatrelvir/ritonavir", ["nirmatrelvir and ritonavir"]),
        ("tegretol up, st johns wort new", ["Tegretol (carBAMazepine)", "st. john's wort"]),
        ("St. John’s wort and a grapefruit a day", ["grapefruit (grapefruit juice)", "st. john's wort"]),
        ("Depakote; oxycodone after the dentist", ["oxyCODONE", "Depakote (valproic acid)"]),
        ("ibuprofen, a new pair of glasses", []),
        ("Klonopin as before", []),
        ("", []),
    ],
)
def test_each_medicine_with_something_to_say_is_found_in_what_was_typed(note: str, named: list[str]) -> None:
    assert [one.name for one in medicines_named(note, "clonazepam")] == named
    assert all(one.entries for one in medicines_named(note, "clonazepam"))


def test_beside_another_drug_the_sources_say_nothing() -> None:
    assert medicines_named("fluconazole", "lorazepam") == ()


def test_what_changes_the_level_is_told_from_what_only_sedates() -> None:
    assert list(level_changers_in("Tegretol and oxycodone")) == [("Tegretol (carBAMazepine)", Level.LOWERS)]


def test_while_it_is_typed_the_entries_are_sent_and_nothing_is_saved(plan: Plan, staff: Client) -> None:
    answer = staff.post(reverse("monitoring:new_medicines"), {"new_medicines_note": "fluconazole"})
    page = words_of(answer)
    assert RAISES in page
    assert "Started or stopped during a taper" in page
    assert not plan.check_ins.exists()
    nothing = staff.post(reverse("monitoring:new_medicines"), {"new_medicines_note": "ibu"})
    assert words_of(nothing).strip() == ""


def test_the_field_asks_with_its_own_text_alone_and_without_a_script_the_page_says_it(
    plan: Plan, staff: Client
) -> None:
    page = staff.get(plan_url(plan, "check-ins/add/")).content.decode()
    assert f'hx-post="{reverse("monitoring:new_medicines")}"' in page
    assert 'hx-params="new_medicines_note,csrfmiddlewaretoken"' in page
    assert "Can raise" not in page
    again = staff.post(
        plan_url(plan, "check-ins/add/"), {"more": "add", "rows": "3", "new_medicines_note": "fluconazole"}
    )
    assert RAISES in words_of(again)


def test_a_name_is_answered_while_it_is_typed(universe: Universe, plan: Plan, signed_in: SignedIn) -> None:
    page = signed_in(universe.ours.staff)
    page.goto(plan_url(plan, "check-ins/add/"))
    page.get_by_text("Alcohol, opioids, other substances and new medicines").click()
    field = page.get_by_label("New or changed medicines since the last contact: what, and how much")
    field.press_sequentially("Paxlovid")
    said = page.locator("#new-medicines")
    expect(said).to_contain_text("Can raise clonazePAM’s level")
    said.get_by_text("what the sources say").click()
    expect(said.get_by_text("an unplanned change of dose")).to_be_visible()
    assert not plan.check_ins.exists()


def test_once_saved_it_stands_on_the_check_ins_page_and_in_the_progress(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    check_in(plan, universe.ours, new_medicines="yes", new_medicines_note="Fluconazole, 3 days")
    for address in (plan_url(plan, "check-ins/1/"), plan_url(plan, "progress/")):
        page = words_of(staff.get(address))
        assert RAISES in page, address
        assert "Started or stopped during a taper" in page, address
        assert "Awaiting clinical review" in page, address


def test_nothing_named_shows_nothing(universe: Universe, plan: Plan, staff: Client) -> None:
    check_in(plan, universe.ours, new_medicines="no")
    for address in (plan_url(plan, "check-ins/1/"), plan_url(plan, "progress/")):
        assert "what the sources say" not in words_of(staff.get(address)), address
