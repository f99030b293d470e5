"""The worklist as a browser prints it: whom to call, about what, and a line to write on."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader

from taperplanner.patients.models import Patient
from tests.browser.checks import check_page
from tests.browser.fixtures import SignedIn

from ..world.flags import SENTENCE, flag_to
from ..world.people import build_patient
from ..world.universe import Universe

LINE = "row => getComputedStyle(row, '::after').borderBottomWidth"


def test_a_call_list_has_who_their_phone_and_what_to_do_and_nothing_to_press(
    universe: Universe, signed_in: SignedIn
) -> None:
    house = universe.ours
    patient = build_patient(house)
    Patient.objects.filter(pk=patient.pk).update(phone="555-0142")
    flag_to(house.provider, patient, house)
    page = signed_in(house.provider)
    page.goto("/")
    check_page(page, "worklist-with-a-flag")
    assert page.locator(".worklist-row").evaluate(LINE) == "0px"
    assert not page.get_by_text("Call list,").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".worklist-row").evaluate(LINE) != "0px"
    for hidden in ("header.site-header", ".worklist-beside", ".worklist-acts", ".worklist-whose"):
        assert not page.locator(hidden).is_visible(), hidden
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    text = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in sheets))
    for said in ("Call list", "Plans of every provider", patient.list_name, "555-0142", SENTENCE):
        assert said in text
    for button in ("Seen", "Done", "Open the patient", "Sign out"):
        assert button not in text
