"""A clinic that was made a minute ago prints its first signed handout: each page, field, press and letter is counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Final

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from taperplanner.accounts.models import Clinic
from taperplanner.handouts.models import PrintedHandout

from ..browser.fixtures import NewContext
from ..browser.test_passkeys import plug_in
from .steps import Steps

PASSWORDS: Final = ("four quiet words here", "five other quiet words here")
STEPS: Final = (("14", "0.5", "1"), ("14", "0.25", "½"))
# Of the manager, the operator and the provider together. A figure is lowered when the way has become shorter.
MOST: Final = {"pages": 28, "fields": 28, "presses": 33}


@pytest.fixture
def someone(new_context: NewContext, live_server: LiveServer) -> Callable[[Steps], Page]:
    """Somebody at a machine of their own, with a passkey in it, which needs a name and not an address."""
    named = live_server.url.replace("127.0.0.1", "localhost")

    def sits_down(steps: Steps) -> Page:
        page = new_context(base_url=named).new_page()
        plug_in(page)
        steps.watch(page)
        return page

    return sits_down


def test_the_first_signed_handout_of_an_empty_clinic(someone: Callable[[Steps], Page]) -> None:
    steps = Steps()
    manager = someone(steps)
    steps.at("The manager gets in")
    sets_a_password(steps, manager, link_of_new_clinic(), PASSWORDS[0])
    sets_up_a_passkey(steps, manager)
    steps.at("… types the clinic's phones")
    types_the_phones(steps, manager)
    steps.at("… adds the provider")
    link = adds_the_provider(steps, manager)

    provider = someone(steps)
    steps.at("The provider gets in")
    sets_a_password(steps, provider, link, PASSWORDS[1])
    sets_up_a_passkey(steps, provider)
    # A clinic of one manager: the account waits for another's word, and its first page says so.
    expect(provider.get_by_text("You cannot sign or check before")).to_be_visible()
    confirms_the_account()
    provider.reload()
    expect(provider.get_by_text("You cannot sign or check before")).to_be_hidden()

    steps.at("… adds the patient")
    adds_the_patient(steps, provider)
    steps.at("… opens the plan")
    opens_the_plan(steps, provider)
    steps.at("… types the schedule")
    types_the_schedule(steps, provider)
    steps.at("… signs")
    signs(steps, provider)
    steps.at("… prints")
    prints(steps, provider)
    copy = PrintedHandout.objects.get()
    assert copy.version.plan.patient.clinic == Clinic.objects.get()
    counted = {what: steps.total(what) for what in MOST}
    assert all(counted[what] <= most for what, most in MOST.items()), f"{counted}\n{steps.told()}"


def link_of_new_clinic() -> str:
    said = StringIO()
    call_command(
        "create_clinic",
        name="Lakeside Clinic",
        time_zone="America/Chicago",
        manager_name="Lena Lead",
        manager_email="lena@lakeside.example",
        stdout=said,
    )
    found = re.search(r"^/account/password/set/\S+/$", said.getvalue(), re.MULTILINE)
    assert found, said.getvalue()
    return found[0]


def confirms_the_account() -> None:
    call_command(
        "reset_access",
        "confirm",
        "dora@lakeside.example",
        operator="Olga Operator",
        reason="one_manager",
        stdout=StringIO(),
    )


def sets_a_password(steps: Steps, page: Page, link: str, password: str) -> None:
    page.goto(link)
    steps.fill(page, "#id_password1", password)
    steps.fill(page, "#id_password2", password)
    steps.press(page, "Set password")


def sets_up_a_passkey(steps: Steps, page: Page) -> None:
    expect(page.get_by_role("heading", name="Two-step sign-in")).to_be_visible()
    steps.follow(page, "Add a passkey")
    steps.fill(page, "#id_name", "This machine")
    steps.press(page, "Make the passkey")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    steps.follow(page, "Done")


def types_the_phones(steps: Steps, page: Page) -> None:
    steps.follow(page, "The clinic’s phone number, which stands on every handout")
    steps.fill(page, "#id_phone", "555-0100")
    steps.fill(page, "#id_after_hours_phone", "555-0199")
    steps.fill(page, "#id_address", "12 Example Street")
    steps.save(page)
    expect(page.get_by_text("The clinic’s settings were saved.")).to_be_visible()


def adds_the_provider(steps: Steps, page: Page) -> str:
    steps.follow(page, "A provider, who plans tapers and signs them")
    steps.fill(page, "#id_name", "Dora Dale")
    steps.fill(page, "#id_credentials", "MD")
    steps.fill(page, "#id_email", "dora@lakeside.example")
    steps.tick(page, "Provider: writes and signs plans")
    steps.save(page)
    steps.press(page, "Make the link")
    link = page.get_by_label("Give them this link.").input_value()
    steps.press(page, "Copy the link")
    return re.sub(r"^https?://[^/]+", "", link)


def adds_the_patient(steps: Steps, page: Page) -> None:
    steps.follow(page, "Add the first patient")
    steps.fill(page, "#id_given_name", "Ada")
    steps.fill(page, "#id_family_name", "Sample")
    steps.fill(page, "#id_date_of_birth", "3/2/1980")
    steps.fill(page, "#id_mrn", "S-1")
    steps.save(page)
    expect(page.get_by_text("The safety facts come next.")).to_be_visible()
    steps.save(page)


def opens_the_plan(steps: Steps, page: Page) -> None:
    steps.follow(page, "Add to the list")
    steps.fill(page, "#id_name", "Klonopin")
    steps.fill(page, "#id_strength", "0.5 mg tablets")
    steps.tick(page, "Regularly")
    steps.save(page)
    steps.follow(page, "Open a plan")
    page.get_by_label("Medicine of this plan").select_option(index=1)
    steps.now.presses += 1
    steps.tick(page, "Discontinue")
    steps.fill(page, "#id_reason", "Taken for years")
    steps.press(page, "Open the plan")


def types_the_schedule(steps: Steps, page: Page) -> None:
    steps.tick(page, "0.5 mg tablet", "Halves")
    steps.press(page, "Add and go to the draft")
    start = Clinic.objects.get().day_of(timezone.now()) + timedelta(days=3)
    steps.fill(page, "#first_day", f"{start:%m/%d/%Y}")
    for index, row in enumerate(STEPS):
        for column, text in zip(("days", "dose", "bedtime-1"), row, strict=True):
            steps.fill(page, f"#steps-{index}-{column}", text)
    steps.tick(page, "Stop after the last step")
    expect(page.get_by_text("Saved at")).to_be_visible()
    steps.press(page, "Read back and sign")


def signs(steps: Steps, page: Page) -> None:
    steps.fill(page, "[id^=id_reason-]", "First visit; will be asked at the next")
    steps.fill(page, "#id_date_of_birth", "3/2/1980")
    steps.press(page, "Sign with your passkey")
    expect(page.get_by_text("Signed as version 1.")).to_be_visible()


def prints(steps: Steps, page: Page) -> None:
    steps.follow(page, "Print the handout")
    with page.expect_response(lambda answer: answer.headers.get("content-type") == "application/pdf"):
        steps.press(page, "Make a copy to print")
