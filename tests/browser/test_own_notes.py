"""Guidance with a clinic's own notes and with what applies to a patient, in a real browser."""

from __future__ import annotations

from taperplanner.patients.models import Answer, Kind

from ..world.notes import add_note
from ..world.people import answer_all, build_patient, medication_record
from ..world.plans import signed_version
from ..world.universe import Universe
from .checks import check_page
from .fixtures import SignedIn


def test_a_patient_to_whom_everything_applies_is_readable(universe: Universe, signed_in: SignedIn) -> None:
    house = universe.ours
    patient = build_patient(house)
    answer_all(patient, by=house.staff, answer=Answer.YES)
    for name in ("Percocet", "Beer", "Wonder" + "root" * 20):
        medication_record(patient, house.staff, name=name, kind=Kind.SUPPLEMENT, sedates=Answer.UNKNOWN)
    page = signed_in(house.staff)
    page.goto(patient.get_absolute_url())
    check_page(page, "applies")
    page.locator(".applies summary").first.click()
    check_page(page, "applies-open")


def test_a_clinics_notes_are_readable_beside_topic_search_and_schedule(
    universe: Universe, signed_in: SignedIn
) -> None:
    house = universe.ours
    add_note(house)
    add_note(house, title="Wolfeschlegelsteinhausen" * 3, text="Never below 0.25 mg " * 20)
    version = signed_version(house)
    page = signed_in(house.provider)
    for name, address in (
        ("notes-topic", "/guidance/withdrawal/"),
        ("notes-search", "/guidance/?q=nurse"),
        ("notes-schedule", version.plan.get_absolute_url()),
        ("notes-index", "/clinic/protocols/"),
    ):
        page.goto(address)
        check_page(page, name)
