"""What only a browser shows: a name completed while it is typed, and the pages after a refusal."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check_page
from tests.browser.fixtures import SignedIn
from tests.browser.watch import Watch
from tests.world.universe import Universe

from ..world.patient_pages import ADD, patient_url
from ..world.people import ana, answer_all, build_patient, edit_meanwhile, medication_record


@pytest.fixture
def page(universe: Universe, signed_in: SignedIn) -> Page:
    return signed_in(universe.ours.staff)


def test_a_name_is_completed_and_filed_while_it_is_typed(universe: Universe, page: Page) -> None:
    patient = ana(universe.ours)
    page.goto(patient_url("medication_add", patient))
    name = page.get_by_label("Name")

    name.press_sequentially("klon")
    expect(page.locator("#medication-names option")).to_have_attribute("value", "Klonopin")
    name.fill("Klonopin")
    expect(page.get_by_text("clonazePAM, benzodiazepine, sedating.")).to_be_visible()
    expect(page.get_by_text("Does it sedate?")).to_have_count(0)

    page.get_by_label("As needed").check()
    page.get_by_role("button", name="Add to the list").click()
    expect(page.get_by_text("The medication was added to the list.")).to_be_visible()
    assert patient.medications.get().drug == "clonazepam"


def test_an_unknown_name_is_asked_about_and_keeps_its_answer_while_it_is_changed(
    universe: Universe, page: Page
) -> None:
    page.goto(patient_url("medication_add", ana(universe.ours)))
    name = page.get_by_label("Name")

    name.fill("Wonder root")
    page.get_by_label("Unknown").check()
    with page.expect_response("**/patients/vocabulary/**"):
        name.fill("Wonder roots")
    expect(page.get_by_label("Unknown")).to_be_checked()

    page.get_by_label("Started").fill("13/2014")
    page.get_by_role("button", name="Add to the list").click()
    expect(page.get_by_text("There is no month 13.").last).to_be_visible()
    expect(page.get_by_label("Unknown")).to_be_checked()
    expect(page.get_by_label("Started")).to_have_value("13/2014")
    check_page(page, "patients_medication_add-refused")


def test_without_script_a_medication_is_added_all_the_same(universe: Universe, signed_in: SignedIn) -> None:
    patient = ana(universe.ours)
    page = signed_in(universe.ours.staff, java_script_enabled=False)
    page.goto(patient_url("medication_add", patient))
    expect(page.locator('#medication-names option[value="Klonopin"]')).to_have_count(1)

    page.get_by_label("Name").fill("Wonder root")
    page.get_by_label("Kind").select_option("Supplement")
    page.get_by_label("Regularly").check()
    page.get_by_role("button", name="Add to the list").click()
    page.get_by_label("Unknown").check()
    page.get_by_role("button", name="Add to the list").click()

    expect(page.get_by_text("The medication was added to the list.")).to_be_visible()


def test_someone_alike_is_told_apart_by_a_tick(universe: Universe, page: Page) -> None:
    ana(universe.ours)
    page.goto(ADD)
    page.get_by_label("Given name").fill("Ána")
    page.get_by_label("Family name").fill("RIVERA")
    page.get_by_label("Date of birth").fill("3/2/1980")
    page.get_by_label("MRN").fill("B-2")
    page.get_by_role("button", name="Add the patient").click()
    expect(page.get_by_text("Is it the same person? Nothing is saved yet.")).to_be_visible()
    check_page(page, "patients_patient_add-alike")

    page.get_by_label("Rivera, Ana, MRN A-1001").check()
    page.get_by_role("button", name="Add the patient").click()

    expect(page.get_by_text("The patient was added.")).to_be_visible()
    expect(page.get_by_text("Another patient here has the same name.")).to_be_visible()


def test_a_conflict_shows_both_and_saving_again_is_deliberate(
    universe: Universe, page: Page, watch: Watch
) -> None:
    watch.expect(HTTPStatus.CONFLICT)
    patient = ana(universe.ours)
    page.goto(patient_url("patient_edit", patient))
    edit_meanwhile(universe.ours, patient)

    page.get_by_label("Phone", exact=True).fill("555-0999")
    page.get_by_role("button", name="Save the details").click()
    expect(page.get_by_role("cell", name="555-0777")).to_be_visible()
    check_page(page, "patients_patient_edit-conflict")
    page.get_by_role("button", name="Save the details").click()

    expect(page.get_by_text("The patient’s details were saved.")).to_be_visible()
    patient.refresh_from_db()
    assert patient.phone == "555-0999"


def test_guidance_folds_out_beside_what_it_concerns(universe: Universe, page: Page) -> None:
    patient = build_patient(universe.ours)
    answer_all(patient, by=universe.ours.staff)
    for name in ("Percocet", "Beer", "Xanax", "Klonopin"):
        medication_record(patient, universe.ours.staff, name=name)
    page.goto(patient.get_absolute_url())

    beside = page.locator(".medications").get_by_text("Reference, not an order.")
    expect(beside.first).to_be_hidden()
    for summary in page.locator(".medications summary").all():
        summary.click()

    expect(beside).to_have_count(3)
    expect(beside.first).to_be_visible()
    check_page(page, "patients_patient-guidance")


def test_the_safety_facts_are_answered_with_the_keyboard_alone(universe: Universe, page: Page) -> None:
    patient = build_patient(universe.ours)
    page.goto(patient_url("safety_facts", patient))
    note = page.get_by_label("Note on a fall in the last year")
    expect(note).to_be_hidden()

    group = page.get_by_role("group", name="A fall in the last year")
    group.get_by_label("Not asked yet").focus()
    page.keyboard.press("ArrowDown")  # around to the first
    expect(group.get_by_label("Yes")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # opens the note
    expect(note).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("Twice, at night")
    page.keyboard.press("Enter")

    expect(page.get_by_text("The safety facts were saved.")).to_be_visible()
    fact = patient.safety_facts.get()
    assert (fact.fact, fact.answer, fact.note) == ("falls", "yes", "Twice, at night")


def test_what_is_wrong_with_an_answer_is_seen_below_it(universe: Universe, page: Page) -> None:
    page.goto(patient_url("safety_facts", build_patient(universe.ours)))

    page.locator("summary", has_text="Note on glaucoma").click()
    page.get_by_label("Note on glaucoma").fill("open-angle")
    page.get_by_role("button", name="Save the answers").click()

    expect(page.get_by_text("Choose yes, no or unknown to go with the note.", exact=True)).to_be_visible()
    expect(page.get_by_label("Note on glaucoma")).to_have_value("open-angle")
    check_page(page, "patients_safety_facts-refused")
