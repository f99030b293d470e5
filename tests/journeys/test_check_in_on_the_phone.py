"""A check-in by phone with nothing wrong: how many taps it is, what a thumb hits, and what a tick below a block answers."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from taperplanner.monitoring.check_ins.blocks import BLOCKS, DANGER, Block
from taperplanner.monitoring.models import CheckIn
from taperplanner.monitoring.symptoms import SYMPTOMS
from taperplanner.tapers.models import Plan

from ..browser.checks import PHONE, check_page
from ..browser.fixtures import SignedIn
from ..world.plan_pages import plan_url
from ..world.plans import signed_version
from ..world.universe import Universe

ONE_QUESTION: Final = [block for block in BLOCKS if block.is_one_question]
TAPS: Final = 1 + 1 + len(DANGER.symptoms) + len(ONE_QUESTION) + 1  # today, how, the symptoms, save
THUMB: Final = 44  # pixels
LONGEST_PAGE: Final = 3200  # pixels, on a phone, before anything is opened
SMALL_PHONE: Final[ViewportSize] = {"width": 320, "height": 640}
# Of each target that is shown and too small for a thumb: what it is, and how large.
TOO_SMALL: Final = f"""() => [...document.querySelectorAll(
    ".check-in-form :is(.form-check-inline, .none-of label, .btn, summary, .form-control, .form-select)")]
    .filter((one) => one.checkVisibility())
    .map((one) => [one.textContent.trim() || one.name, one.getBoundingClientRect()])
    .filter(([, box]) => box.width < {THUMB} || box.height < {THUMB})
    .map(([name, box]) => `${{name}}: ${{box.width}} x ${{box.height}}`)"""
# Of each answer that is shown: whether a tap near each corner of its segment is a tap on it.
MISSED: Final = """() => [...document.querySelectorAll(".check-in-form .form-check-inline")]
    .filter((one) => one.checkVisibility())
    .filter((one) => {
        one.scrollIntoView({block: "center"});
        const {left, right, top, bottom} = one.getBoundingClientRect();
        return ![[left + 3, top + 3], [right - 3, bottom - 3], [(left + right) / 2, (top + bottom) / 2]].every(
            ([x, y]) => document.elementFromPoint(x, y) === one.querySelector("input"));
    })
    .map((one) => one.textContent.trim())"""


def unfold(page: Page) -> None:
    page.locator("details.fold").evaluate_all("folds => folds.forEach((fold) => { fold.open = true; })")


class Thumb:
    """Taps and counts."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1


def open_form(signed_in: SignedIn, universe: Universe, *, has_script: bool = True) -> tuple[Page, Plan]:
    plan = signed_version(universe.ours).plan
    page = signed_in(universe.ours.staff, viewport=PHONE, has_touch=True, java_script_enabled=has_script)
    page.goto(plan_url(plan, "check-ins/add/"))
    return page, plan


def answer(page: Page, symptom: str, value: str) -> Locator:
    return page.locator(f'input[name="symptom_{symptom}"][value="{value}"]')


def box(page: Page, block: Block) -> Locator:
    return page.get_by_label(f"Asked: none of these ({block.title})", exact=True)


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_a_check_in_with_nothing_wrong_is_eighteen_taps(
    signed_in: SignedIn, universe: Universe, has_script: bool
) -> None:
    page, _ = open_form(signed_in, universe, has_script=has_script)
    thumb = Thumb()
    thumb.tap(page.get_by_role("button", name="Today, "))
    thumb.tap(page.get_by_label("Phone", exact=True))
    for symptom in DANGER.symptoms:
        thumb.tap(answer(page, symptom.key, "0"))
    for block in ONE_QUESTION:
        thumb.tap(box(page, block))
    assert not CheckIn.objects.exists()
    thumb.tap(page.get_by_role("button", name="Save the check-in"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check-in on")
    assert thumb.taps == TAPS == 18
    assert dict(CheckIn.objects.get().ratings.values_list("symptom", "severity")) == dict.fromkeys(
        SYMPTOMS, 0
    )


def test_each_answer_is_one_tap_on_a_segment_that_a_thumb_hits(
    signed_in: SignedIn, universe: Universe
) -> None:
    page, _ = open_form(signed_in, universe)
    unfold(page)
    for size in (PHONE, SMALL_PHONE):
        page.set_viewport_size(size)
        assert page.evaluate(TOO_SMALL) == []
        assert page.evaluate(MISSED) == []
    assert page.locator("input[type=radio]:checked:not([value=''])").count() == 0
    check_page(page, "check_in_add-unfolded")


def test_a_segment_that_is_small_or_covered_would_be_found(signed_in: SignedIn, universe: Universe) -> None:
    """The negative control of the one above."""
    page, _ = open_form(signed_in, universe)
    unfold(page)
    small = page.locator("#symptoms-body .form-check-inline").first
    small.evaluate("one => { Object.assign(one.style, {height: '20px', minHeight: '0', minWidth: '0'}); }")
    assert [found.partition(":")[0] for found in page.evaluate(TOO_SMALL)] == ["Not asked"]
    covered = page.locator("#symptoms-sleep .form-check-inline > .form-check-label").last
    covered.evaluate("one => { one.style.pointerEvents = 'auto'; }")
    assert page.evaluate(MISSED) == ["Severe"]


def test_a_tick_is_seen_at_each_symptom_that_it_answers_and_taken_back(
    signed_in: SignedIn, universe: Universe
) -> None:
    page, _ = open_form(signed_in, universe)
    [body] = [block for block in ONE_QUESTION if block.key == "body"]
    page.locator("#symptoms-body summary").tap()
    answer(page, "fall", "2").tap()
    box(page, body).tap()
    assert said_to(page, body) == ["", *["none"] * 5]
    check_page(page, "check_in_add-none-of-these")
    page.set_viewport_size(PHONE)
    box(page, body).tap()
    assert said_to(page, body) == [""] * 6
    box(page, body).tap()
    answer(page, "headache", "").tap()
    expect(box(page, body)).not_to_be_checked()
    assert said_to(page, body) == [""] * 6
    expect(answer(page, "fall", "2")).to_be_checked()


def said_to(page: Page, block: Block) -> list[str]:
    """What stands beside each symptom's name by the tick."""
    said: list[str] = page.locator(f"#symptoms-{block.key} fieldset > legend").evaluate_all(
        """legends => legends.map((legend) => getComputedStyle(legend, "::after").content)"""
    )
    return ["" if one == "none" else one.strip('"') for one in said]


def test_the_page_is_short_before_anything_is_opened(signed_in: SignedIn, universe: Universe) -> None:
    page, _ = open_form(signed_in, universe)
    assert page.evaluate("document.documentElement.scrollHeight") <= LONGEST_PAGE
    unfold(page)
    assert page.evaluate("document.documentElement.scrollHeight") > LONGEST_PAGE, "the folds keep it short"


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_a_folded_block_says_how_it_stands(signed_in: SignedIn, universe: Universe, has_script: bool) -> None:
    page, _ = open_form(signed_in, universe, has_script=has_script)
    [body] = [block for block in ONE_QUESTION if block.key == "body"]
    says = page.locator("#symptoms-body summary .stands:visible")
    expect(says).to_have_text("Not asked yet")
    box(page, body).tap()
    expect(says).to_have_text("Asked: none of these")
    page.locator("#symptoms-body summary").tap()
    answer(page, "fall", "2").tap()
    answer(page, "headache", "1").tap()
    page.locator("#symptoms-body summary").tap()
    expect(says).to_have_text("2 marked" if has_script else "Marked: open it to see")
    expect(page.locator("#symptoms-sleep summary .stands:visible")).to_have_text("Not asked yet")
