"""One design: on a dark screen, where the system gives the colours, and when the browser prints a page."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from ..world.course import check_in
from ..world.plans import open_plan, save_draft, sign_plan, typed_schedule
from ..world.universe import House, Universe
from .checks import check_page
from .fixtures import NewContext, SignedIn
from .test_paper import printed

DARK_PAGE = "rgb(17, 24, 28)"
OF_A_PLAN = ("tapers:plan", "monitoring:check_in_add", "monitoring:progress", "handouts:handout_print")
OURS = {"the worklist": "worklist:worklist", "the list": "patients:index", "the guidance": "guidance:index"}


def with_an_emergency(house: House) -> dict[str, object]:
    """Of a signed plan whose patient is marked with what has its meaning by colour."""
    plan = open_plan(house)
    version = sign_plan(plan, house)
    check_in(plan, house, ratings={"seizure": 3})
    return {"patient_id": plan.patient_id, "plan_number": plan.number, "version_number": version.number}


def address(name: str, of: dict[str, object]) -> str:
    """With the version's number only where it asks for one."""
    asked = set(of) if name.startswith("handouts:") else set(of) - {"version_number"}
    return reverse(name, kwargs={key: of[key] for key in asked})


def ground(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("one => getComputedStyle(one).backgroundColor"))


def test_sign_in_is_whole_on_a_dark_screen(new_context: NewContext, universe: Universe) -> None:
    page = new_context(color_scheme="dark").new_page()
    page.goto(reverse("account_login"))
    assert ground(page, "body") == DARK_PAGE
    check_page(page, "dark-sign-in")


@pytest.mark.parametrize("name", OURS.values(), ids=OURS)
def test_a_page_of_the_clinic_is_whole_on_a_dark_screen(
    signed_in: SignedIn, universe: Universe, name: str
) -> None:
    with_an_emergency(universe.ours)
    page = signed_in(universe.ours.provider, color_scheme="dark")
    page.goto(reverse(name))
    assert ground(page, "body") == DARK_PAGE
    check_page(page, f"dark-{name.replace(':', '-')}")


@pytest.mark.parametrize("name", OF_A_PLAN)
def test_a_page_of_a_patient_is_whole_on_a_dark_screen_and_an_emergency_is_red(
    signed_in: SignedIn, universe: Universe, name: str
) -> None:
    of = with_an_emergency(universe.ours)
    page = signed_in(universe.ours.provider, color_scheme="dark")
    page.goto(address(name, of))
    assert ground(page, "body") == DARK_PAGE
    assert ground(page, ".emergency-mark") == "rgb(87, 18, 25)"
    check_page(page, f"dark-{name.replace(':', '-')}")


def test_an_open_emergency_is_red_on_a_phone_too(signed_in: SignedIn, universe: Universe) -> None:
    """Where what stands under the name goes with the page, and has a ground of its own."""
    page = signed_in(universe.ours.staff, viewport={"width": 390, "height": 844})
    page.goto(address("tapers:plan", with_an_emergency(universe.ours)))
    assert ground(page, ".emergency-mark") == "rgb(255, 225, 227)"


def test_a_draft_is_whole_on_a_dark_screen(signed_in: SignedIn, universe: Universe) -> None:
    plan = open_plan(universe.ours)
    save_draft(plan, typed_schedule(), universe.ours)
    page = signed_in(universe.ours.provider, color_scheme="dark")
    page.goto(address("tapers:draft_edit", {"patient_id": plan.patient_id, "plan_number": plan.number}))
    check_page(page, "dark-draft")


def test_a_paper_is_white_on_a_dark_screen(signed_in: SignedIn, universe: Universe) -> None:
    page = signed_in(universe.ours.staff, color_scheme="dark")
    page.goto(address("handouts:handout", with_an_emergency(universe.ours)))
    assert ground(page, ".paper") == "rgb(255, 255, 255)"
    check_page(page, "dark-paper")


def test_a_page_that_is_printed_from_a_dark_screen_is_light(signed_in: SignedIn, universe: Universe) -> None:
    page = signed_in(universe.ours.staff, color_scheme="dark")
    page.goto(address("tapers:plan", with_an_emergency(universe.ours)))
    assert ground(page, ".panel") != "rgb(255, 255, 255)"
    page.emulate_media(media="print", color_scheme="dark")
    assert ground(page, "body") == "rgb(255, 255, 255)"
    assert ground(page, ".panel") == "rgb(255, 255, 255)"


def test_where_the_system_gives_the_colours_what_a_ground_said_has_an_edge(
    signed_in: SignedIn, universe: Universe
) -> None:
    page = signed_in(universe.ours.staff, forced_colors="active")
    page.goto(address("tapers:plan", with_an_emergency(universe.ours)))
    for selector in (".emergency-mark", ".btn", ".panel"):
        edge = page.locator(selector).first.evaluate("one => getComputedStyle(one).borderTopStyle")
        assert edge != "none", selector


def test_a_ticked_box_has_the_products_own_colour(signed_in: SignedIn, universe: Universe) -> None:
    page = signed_in(universe.ours.provider)
    page.goto(address("monitoring:check_in_add", with_an_emergency(universe.ours)))
    assert ground(page, ".form-check-input:checked") == "rgb(31, 78, 95)"


@pytest.mark.parametrize("name", ["tapers:plan", "monitoring:progress", "monitoring:check_in_add"])
def test_a_printed_page_says_who_it_is_about_and_has_no_navigation(
    signed_in: SignedIn, universe: Universe, name: str
) -> None:
    of = with_an_emergency(universe.ours)
    patient = universe.ours.clinic.patients.get(pk=of["patient_id"])
    page = signed_in(universe.ours.provider)
    page.goto(address(name, of))
    heading = page.get_by_role("heading", level=1).inner_text()
    navigation = page.locator(".site-nav > a").all_text_contents()
    buttons = [words.strip() for words in page.locator("main .btn:visible").all_text_contents()]
    assert {"Today", "Patients", "Guidance"} <= set(navigation)
    assert buttons
    sheets = printed(page)
    for words in (patient.list_name, patient.mrn, "Open emergency:", heading):
        assert words in sheets[0]
    assert sheets[0].index(patient.mrn) < sheets[0].index(heading)
    assert "Priya Provider Change password" not in " ".join(sheets)
    assert not page.locator(":is(nav, .site-header, .btn, footer):visible").count()
    links = page.locator("main a:visible")
    assert all(
        "none" in line
        for line in links.evaluate_all("all => all.map(a => getComputedStyle(a).textDecorationLine)")
    )
    assert "http" not in " ".join(sheets)


def test_a_schedule_that_is_printed_is_a_table_whose_rows_are_not_cut(
    signed_in: SignedIn, universe: Universe
) -> None:
    page = signed_in(universe.ours.provider)
    page.goto(address("tapers:plan", with_an_emergency(universe.ours)))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 900})  # a letter's sheet
    row = page.locator(".schedule tbody tr").first
    assert row.evaluate("one => getComputedStyle(one).display") == "table-row"
    assert row.evaluate("one => getComputedStyle(one).breakInside") == "avoid"
    assert page.locator(".schedule").evaluate("one => one.scrollWidth <= one.parentElement.clientWidth")
