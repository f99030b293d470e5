"""The paper as a browser shows and prints it: nothing is cut off, whatever stands on it."""

from __future__ import annotations

import io
import re
from http import HTTPStatus

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from taperplanner.accounts.models import Clinic
from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.models import PrintedHandout
from taperplanner.handouts.paper.labels import labels_of
from taperplanner.handouts.paper.language import Translator
from taperplanner.handouts.paper.layouts import Choice
from taperplanner.tapers import actions
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep, from_json
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.schedule.schedule import Form

from ..world.people import answer_all, build_patient, clonazepam_record
from ..world.plans import DETAILS, confirmed_draft, long_schedule, open_plan, sign_plan, start_revision
from ..world.printing import print_handout
from ..world.universe import NOW, House, Universe
from .checks import check_page
from .fixtures import SignedIn
from .watch import Watch

FIRST_NAME = "Wolfeschlegelsteinhausenbergerdorf-Kallikrates"
LAST_NAME = "Featherstonehaugh-Llanfairpwllgwyngyllgogerychwyrndrobwll"
MAKERS = (
    "Accord Healthcare Pharmaceutical Manufacturing Limited",
    "Aktiengesellschaftzweigniederlassungsarzneimittelwerke",
)
# Letter and A4 less the margins that handout.css gives, in CSS pixels.
SHEETS = {"letter": 739, "a4": 717}


def with_two_alike(house: House) -> Version:
    """Two tablets of one strength, each told by its maker, at all four times of day."""
    patient = build_patient(house, given_name=FIRST_NAME, family_name=LAST_NAME)
    answer_all(patient, by=house.provider)
    medication = clonazepam_record(patient, house.provider)
    plan = actions.open_plan(
        patient=patient, medication=medication, details=DETAILS, by=house.provider, at=NOW
    )
    for maker in MAKERS:
        product = actions.ProductDetails(Form.TABLET, parse_dose("0.5"), parse_quantity("½"), maker=maker)
        actions.add_product(plan=plan, details=product, by=house.provider, at=NOW)
    each = {
        f"{time}-{number}": "1½" for time in ("morning", "noon", "evening", "bedtime") for number in (1, 2)
    }
    return sign_plan(plan, house, TypedDraft("03/02/2026", "stop", (TypedStep("14", "6", "", each),)))


def copy_of(version: Version, house: House, language: Language = Language.ENGLISH) -> PrintedHandout:
    version.plan = Plan.objects.select_related("patient__clinic").get(pk=version.plan_id)
    return print_handout(version=version, choice=Choice(language=language), by=house.staff, at=NOW)


def address_of(copy: PrintedHandout) -> str:
    return f"{copy.version.get_absolute_url()}handout/copies/{copy.number}/"


def printed(page: Page) -> list[str]:
    """The text of each sheet, a line's breaks left out."""
    page.emulate_media(media="print")
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in sheets]


def unbroken(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("language", list(Language))
def test_all_times_of_day_and_the_whole_name_are_printed_however_long_the_makers_are(
    signed_in: SignedIn, universe: Universe, language: Language
) -> None:
    copy = copy_of(with_two_alike(universe.ours), universe.ours, language)
    page = signed_in(universe.ours.staff)
    page.goto(address_of(copy))
    check_page(page, f"copy-two-alike-{language}")
    page.set_viewport_size({"width": SHEETS["letter"], "height": 900})
    page.emulate_media(media="print")
    assert cut_off(page) == []
    sheets = printed(page)
    text = unbroken(" ".join(sheets))
    labels = labels_of(Translator(language))
    for time in ("morning", "noon", "evening", "bedtime"):
        assert unbroken(labels[time]) in text
    for sheet in sheets:
        assert f"{FIRST_NAME}{LAST_NAME}" in unbroken(sheet)
    for maker in MAKERS:
        assert text.count(f"0.5mg({unbroken(maker)})") == 4


def test_a_plans_page_that_the_browser_prints_says_that_it_is_not_to_hand_out_and_has_no_guidance(
    signed_in: SignedIn, universe: Universe
) -> None:
    version = sign_plan(open_plan(universe.ours), universe.ours)
    page = signed_in(universe.ours.staff)
    page.goto(version.plan.get_absolute_url())
    assert page.locator("#guidance").is_visible()
    assert not page.locator(".not-to-hand-out").is_visible()
    sheets = printed(page)
    assert "Not to hand out: printed from the screen of Taper Planner, for the clinic." in sheets[0]
    for sheet in sheets:
        assert "Not to hand out" in sheet
        assert "Withdrawal: " not in sheet
        assert "Guidance" not in sheet


def test_the_paper_that_the_browser_prints_has_the_phones_at_the_foot_of_each_page(
    signed_in: SignedIn, universe: Universe
) -> None:
    copy = copy_of(sign_plan(open_plan(universe.ours), universe.ours), universe.ours)
    page = signed_in(universe.ours.staff)
    page.goto(address_of(copy))
    for sheet in printed(page):
        assert f"Clinic phone: {universe.ours.clinic.phone}" in sheet
        assert f"After hours: {universe.ours.clinic.after_hours_phone}" in sheet


def test_the_button_of_a_paper_prints_it(signed_in: SignedIn, universe: Universe) -> None:
    copy = copy_of(sign_plan(open_plan(universe.ours), universe.ours), universe.ours)
    page = signed_in(universe.ours.staff)
    page.add_init_script("window.print = () => { document.title = 'It was printed'; };")
    page.goto(address_of(copy))
    page.locator("[data-print]").click()
    assert page.title() == "It was printed"


@pytest.mark.parametrize("code", ["", "?code=34679-DFHJK-NPRTV"])
def test_the_page_that_asks_for_a_code_is_for_everybody(
    page: Page, universe: Universe, watch: Watch, code: str
) -> None:
    if code:
        watch.expect(HTTPStatus.NOT_FOUND)
    page.goto(f"/handouts/{code}")
    check_page(page, f"code{'-unknown' if code else ''}")


def cut_off(page: Page) -> list[str]:
    """What is wider than its box, or stands beyond the sheet."""
    found: list[str] = page.evaluate("""() => {
        const width = document.documentElement.clientWidth;
        const beyond = (element) => element.getBoundingClientRect().right > width + 1;
        const wider = (element) => element.clientWidth && element.scrollWidth > element.clientWidth + 1;
        return [...document.querySelectorAll(".paper *")]
            .filter((element) => beyond(element) || wider(element))
            .map((element) => element.outerHTML.slice(0, 120));
    }""")
    return found


def test_an_amount_stays_with_its_unit(signed_in: SignedIn, universe: Universe) -> None:
    copy = copy_of(with_two_alike(universe.ours), universe.ours)
    page = signed_in(universe.ours.staff)
    page.goto(address_of(copy))
    strengths = page.locator(".paper-strength").all_text_contents()
    assert strengths
    for strength in strengths:
        assert "0.5\u00a0mg" in strength


@pytest.mark.parametrize("language", list(Language))
def test_each_sheet_has_its_code_and_the_foot_in_the_papers_language(
    signed_in: SignedIn, universe: Universe, language: Language
) -> None:
    copy = copy_of(
        sign_plan(open_plan(universe.ours), universe.ours, long_schedule(30)), universe.ours, language
    )
    page = signed_in(universe.ours.staff)
    page.goto(address_of(copy))
    sheets = printed(page)
    labels = labels_of(Translator(language))
    assert len(sheets) > 2
    for number, sheet in enumerate(sheets, 1):
        assert copy.written_code in sheet
        assert labels["foot"] in sheet
        assert f"{labels['page']} {number} {labels['pages']} {len(sheets)}" in sheet
        assert (labels_of(Translator(Language.ENGLISH))["foot"] in sheet) == (language is Language.ENGLISH)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_mark_of_a_replaced_paper_stands_whole_on_every_sheet(
    signed_in: SignedIn, universe: Universe, sheet: str, language: Language
) -> None:
    Clinic.objects.filter(pk=universe.ours.clinic.pk).update(paper_size=sheet)
    version = sign_plan(open_plan(universe.ours), universe.ours, long_schedule(30))
    copy = copy_of(version, universe.ours, language)
    sign_plan(
        version.plan,
        universe.ours,
        confirmed_draft(from_json(start_revision(version, universe.ours).content)),
    )
    page = signed_in(universe.ours.staff)
    page.goto(address_of(copy))
    word = page.locator(".paper-mark").get_attribute("data-word")
    assert word
    sheets = printed(page)
    assert all(word in text for text in sheets)
    assert len(sheets) > 2
    page.set_viewport_size({"width": SHEETS[sheet], "height": 960})
    box = page.locator(".paper-mark").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= SHEETS[sheet]
    assert box["width"] > SHEETS[sheet] / 2
