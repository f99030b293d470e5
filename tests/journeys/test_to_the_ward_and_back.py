"""To the ward and back, in a real browser: the stay, the record that goes along, what is said meanwhile, the way back, and the
decision without which nothing is printed."""

from __future__ import annotations

from http import HTTPStatus

from django.utils import timezone
from playwright.sync_api import Page, expect

from taperplanner.days import in_words, without_weekday
from taperplanner.handouts.models import PrintedHandout
from taperplanner.stays.models import GoesOn
from taperplanner.tapers.models import Version

from ..browser.checks import check_page
from ..browser.fixtures import NewContext, SignedIn
from ..browser.watch import Watch
from ..world.papers import pages_of
from ..world.plans import open_plan, sign_plan, typed_schedule
from ..world.stays import FACILITY, REASON, TAKEN_THERE
from ..world.universe import House, Universe

PREVIEW = "Preview of page 1 of"


def test_to_the_ward_and_back(
    signed_in: SignedIn, new_context: NewContext, universe: Universe, watch: Watch
) -> None:
    watch.expect(HTTPStatus.CONFLICT)  # of the page that says why nothing is printed
    house = universe.ours
    version = signed_today(house)
    nurse, to_print = signed_in(house.staff), f"{version.get_absolute_url()}handout/print/"
    nurse.goto(to_print)
    with nurse.expect_navigation():
        nurse.locator("main form button.btn-primary").last.click()
    copy = PrintedHandout.objects.get()

    to_the_ward(nurse, version)
    takes_the_record_along(nurse, version)
    nurse.goto(to_print)
    expect(nurse.get_by_text("A paper for home is printed when the patient has left")).to_be_visible()
    phone = new_context(viewport={"width": 390, "height": 844}).new_page()
    phone.goto(f"/handouts/{copy.written_code}/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ask the clinic about this paper")
    expect(phone.get_by_text("Do not stop your medicine suddenly.")).to_be_visible()
    nurse.goto("/")
    expect(nurse.get_by_text("In a hospital or another facility (1)").first).to_be_visible()
    check_page(nurse, "worklist-away")

    back_home(nurse, version)
    nurse.goto(to_print)
    expect(nurse.get_by_text("no provider has decided what is taken now").first).to_be_visible()
    check_page(nurse, "not_printable-after_stay")
    decides(signed_in(house.provider))
    assert GoesOn.objects.get().decided_by == house.provider
    nurse.goto(to_print)
    expect(nurse.get_by_alt_text(PREVIEW)).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("This paper is current")


def signed_today(house: House) -> Version:
    today = house.clinic.day_of(timezone.now())
    return sign_plan(open_plan(house), house, typed_schedule(f"{today:%m/%d/%Y}"))


def to_the_ward(nurse: Page, version: Version) -> None:
    nurse.goto(version.plan.patient.get_absolute_url())
    nurse.get_by_role("link", name="Record a stay").click()
    check_page(nurse, "stay_add")
    nurse.get_by_label("Hospital or other facility").fill(FACILITY)
    nurse.get_by_label("There since").fill(f"{version.first_day:%m/%d/%Y}")
    nurse.get_by_label("Expected until").fill("about two weeks")
    nurse.get_by_label("The facility gives it").check()
    nurse.get_by_label("Who told you").fill("His sister")
    nurse.get_by_role("button", name="Record the stay").click()
    is_there = f"In {FACILITY} since {without_weekday(version.first_day)}"
    expect(nurse.get_by_text(is_there).first).to_be_visible()


def takes_the_record_along(nurse: Page, version: Version) -> None:
    nurse.get_by_role("link", name="Record for the ward").click()
    expect(nurse.get_by_text("It is no order and no prescription").first).to_be_visible()
    check_page(nurse, "ward_paper")
    link = nurse.get_by_role("link", name="Open as PDF, to print").get_attribute("href") or ""
    words = " ".join(" ".join(pages_of(nurse.request.get(link).body())).split())
    today = in_words(version.first_day)
    assert f"Today, {today}: 2 mg a day (two milligrams), by step 1 of 6 of version 1." in words
    assert "Stopping clonazepam suddenly can cause seizures." in words
    assert f"In {FACILITY} since" in words


def back_home(nurse: Page, version: Version) -> None:
    nurse.goto(f"{version.plan.patient.get_absolute_url()}stays/")
    check_page(nurse, "stays-away")
    nurse.get_by_role("link", name="Record that they have left").click()
    nurse.get_by_label("Left it on").fill(f"{version.first_day:%m/%d/%Y}")
    nurse.get_by_label("What was taken there").fill(TAKEN_THERE)
    nurse.get_by_label("Who told you").fill("The ward’s nurse")
    check_page(nurse, "stay_end")
    nurse.get_by_role("button", name="Record that they have left").click()
    expect(nurse.get_by_text("nothing goes on by itself").first).to_be_visible()


def decides(provider: Page) -> None:
    provider.goto("/")
    provider.get_by_role("link", name="Read and decide").click()
    expect(provider.get_by_text(TAKEN_THERE)).to_be_visible()
    check_page(provider, "after_stay")
    provider.get_by_label("Why the schedule goes on as signed").fill(REASON)
    provider.get_by_role("button", name="Record that the schedule goes on as signed").click()
    expect(provider.get_by_text("The decision was recorded")).to_be_visible()
