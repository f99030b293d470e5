"""What a nurse sees when an earlier release printed something wrong: the page, and the worklist that leads to it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from taperplanner.handouts.paper.layouts import Choice, Layout
from tests.browser.checks import WIDTHS, check_page
from tests.browser.fixtures import SignedIn
from tests.world.universe import NOW, Universe

from ..world.notices import made_by, notice_text, with_notices
from ..world.people import answer_all, build_patient
from ..world.plans import open_plan, sign_plan
from ..world.printing import print_handout


def test_a_nurse_comes_from_the_worklist_and_says_what_was_done(
    universe: Universe, signed_in: SignedIn, tmp_path: Path
) -> None:
    house = universe.ours
    patient = build_patient(house, family_name="Recalled")
    answer_all(patient, by=house.provider)
    with made_by("0.3.0"):
        version = sign_plan(open_plan(house, patient), house)
        for layout in (Layout.CHECKLIST, Layout.CALENDAR):
            print_handout(version=version, choice=Choice(layout), by=house.staff, at=NOW)
    text = notice_text("2027-1", "0.3.0", layouts=("checklist", "calendar"), schedules=True)
    with with_notices(tmp_path, text):
        page = signed_in(house.staff)
        page.goto("/?only=notices")
        check_page(page, "worklist-with-a-notice")
        page.get_by_role("link", name="See what to do").first.click()
        check_page(page, "recall-notices-with-one", sizes=WIDTHS)
        for tick in page.get_by_role("checkbox").all():
            tick.check()
        page.get_by_label("What became of them").select_option("replaced")
        page.get_by_label("What was done").fill("Called her, she has the new papers")
        page.get_by_role("button", name="Record it").click()
        expect(page.get_by_text("What was done is recorded.")).to_be_visible()
        check_page(page, "recall-notices-answered", sizes=WIDTHS)
