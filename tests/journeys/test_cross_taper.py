"""Clonazepam goes down while diazepam, started to bridge, goes up: two plans typed and signed in a real browser."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from taperplanner.days import in_words
from taperplanner.patients.models import Patient
from taperplanner.tapers.forms.signature import READ, UNREAD
from taperplanner.tapers.models import Goal, Version

from ..browser.checks import check_page
from ..browser.fixtures import SignedIn
from ..world.people import ana, clonazepam_record, medication_record
from ..world.two_plans import WHAT_FOR
from ..world.universe import PASSWORD, Universe
from .test_main_job import sign

DOWN = (("14", "1", "2"), ("14", "0.75", "1½"), ("14", "0.5", "1"))
UP = (("7", "2.5", "½"), ("7", "5", "1"), ("7", "7.5", "1½"))
MISSING = "Write what the medicine is started for, or what it bridges."


def test_a_cross_taper_is_typed_and_each_signature_reads_the_other_plan(
    signed_in: SignedIn, universe: Universe
) -> None:
    patient = ana(universe.ours)
    clonazepam_record(patient, universe.ours.provider)
    medication_record(patient, universe.ours.provider, name="Valium", strength="5 mg", form="Tablet")
    today = universe.ours.clinic.day_of(timezone.now())
    start = today + timedelta(days=7)
    page = signed_in(universe.ours.provider)

    begin_plan(page, patient, "Klonopin", "Discontinue")
    page.get_by_label("0.5 mg tablet", exact=True).check()
    page.get_by_label("Halves").check()
    page.get_by_role("button", name="Add and go to the draft").click()
    type_steps(page, start, DOWN, "Stop after the last step")
    sign(page)

    begin_plan(page, patient, "Valium", "Start or bridge")
    expect(page.get_by_text(MISSING).first).to_be_visible()
    check_page(page, "plan_add-without-what-for")
    page.get_by_label("What it is started for, or what it bridges").fill(WHAT_FOR)
    page.get_by_role("button", name="Open the plan").click()
    page.get_by_label("Another product, typed below").check()
    page.get_by_label("Form, if typed").select_option(label="tablet")
    page.get_by_label("Strength in mg, if typed").fill("5")
    page.get_by_label("Halves").check()
    page.get_by_role("button", name="Add and go to the draft").click()
    type_steps(page, start + timedelta(days=7), UP, "Stay on the last step")
    expect(page.get_by_text(WHAT_FOR)).to_be_visible()
    check_page(page, "draft_edit-bridge")

    page.get_by_role("button", name="Read back and sign").click()
    first_day = f"On the first day of this schedule, {in_words(start + timedelta(days=7))}:"
    read = page.locator(".read-back")
    for says in (
        "I have read what plan 1, clonazePAM, says",
        f"Today, {in_words(today)}: no version of it is in force. The first begins on {in_words(start)}.",
        f"{first_day} 1 mg a day (one milligram), by step 1 of 3 of version 1.",
        "Bedtime: 2 tablets (two tablets) of clonazePAM 0.5 mg tablet.",
    ):
        expect(read).to_contain_text(says)
    check_page(page, "draft_sign-bridge")
    for rise in page.locator("[name^=shares-rise]").all():
        rise.check()
    page.get_by_label("One reason for each warning that is ticked above").fill("The bridge is built up")
    sign_unread(page)
    expect(page.get_by_text(UNREAD, exact=True)).to_be_visible()
    assert Version.objects.count() == 1
    page.locator("[name^=read-other-plan]").check()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign this schedule").click()
    expect(page.get_by_text("Signed as version 1.")).to_be_visible()
    expect(page.get_by_role("link", name="Plan 1: clonazePAM")).to_be_visible()
    check_page(page, "plan-bridge")

    bridge = Version.objects.select_related("plan").get(plan__number=2)
    assert (bridge.plan.goal, bridge.plan.started_for) == (Goal.START, WHAT_FOR)
    assert [(one["code"], one["reason"]) for one in bridge.acknowledgements if one["code"] != "rise"] == [
        ("other-plan", READ)
    ]

    see_both(page, patient)


def see_both(page: Page, patient: Patient) -> None:
    page.goto(reverse("tapers:plan", args=[patient.pk, 1]))
    expect(page.get_by_role("link", name="Plan 2: diazepam")).to_be_visible()
    page.goto(patient.get_absolute_url())
    for drug in ("clonazepam", "diazepam"):
        expect(page.locator("svg:visible text", has_text=f"{drug}, mg a day")).to_be_visible()
    check_page(page, "patient-two-plans")
    page.goto(reverse("monitoring:progress", args=[patient.pk, 2]))
    check_page(page, "progress-two-plans")


def begin_plan(page: Page, patient: Patient, medicine: str, goal: str) -> None:
    page.goto(reverse("tapers:plan_add", args=[patient.pk]))
    field = page.get_by_label("Medicine of this plan")
    field.select_option(value=field.locator("option", has_text=medicine).get_attribute("value"))
    page.get_by_label(goal).check()
    page.get_by_label("Why the dose is changed").fill("Symptoms between the doses")
    page.get_by_role("button", name="Open the plan").click()


def type_steps(page: Page, start: date, rows: tuple[tuple[str, str, str], ...], ending: str) -> None:
    page.get_by_label("First day").fill(f"{start:%m/%d/%Y}")
    for index, row in enumerate(rows):
        for column, text in zip(("days", "dose", "bedtime-1"), row, strict=True):
            page.locator(f"#steps-{index}-{column}").fill(text)
    page.get_by_label(ending).check()
    expect(page.get_by_text("Ready to be read back and signed")).to_be_visible()
    expect(page.get_by_text("Saved at")).to_be_visible()


def sign_unread(page: Page) -> None:
    page.get_by_label("The patient's date of birth").fill("3/2/1980")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign this schedule").click()
