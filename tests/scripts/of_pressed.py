"""pressed.js: a press is seen at once, and what takes long says so."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

from .stage import Behaviours, Stage

BEHAVIOURS: Final = Behaviours("pressed.js")
FORM: Final = """
<form action="/sent/"><button id="send">Send</button><button id="other">Other</button></form>
<form action="/sent/" target="_blank"><button id="paper">Paper</button></form>
<form id="own" action="/sent/"><button id="kept">Kept</button></form>
"""


def show(stage: Stage) -> Page:
    """Nothing is sent in the end, so that the page stays as while one waits for the next."""
    stage.page.clock.install()
    page = stage.show("pressed.js", body=FORM)
    page.evaluate(
        "() => { for (const at of [document.getElementById('own'), window]) {"
        " at.addEventListener('submit', (event) => event.preventDefault()); } }"
    )
    return page


def is_busy(page: Page, button: str) -> bool:
    return page.locator(f"#{button}").get_attribute("aria-busy") == "true"


def press(page: Page, button: str) -> None:
    page.evaluate("id => document.getElementById(id).click()", button)


@BEHAVIOURS.kept_by('button.setAttribute("aria-busy", "true");')
def a_press_is_seen_at_once(stage: Stage) -> None:
    page = show(stage)
    busy = page.evaluate(
        "() => { const button = document.getElementById('send'); button.click(); return button.ariaBusy; }"
    )
    assert busy == "true"
    assert page.locator(".working").inner_text() == ""


@BEHAVIOURS.kept_by('word.textContent = "Working…";')
def what_takes_longer_than_a_second_says_so(stage: Stage) -> None:
    page = show(stage)
    press(page, "send")
    page.clock.run_for(1_100)
    assert page.get_by_role("status").inner_text() == "Working…"


@BEHAVIOURS.kept_by('  pressed?.removeAttribute("aria-busy");\n')
def another_press_takes_the_place_of_the_first(stage: Stage) -> None:
    page = show(stage)
    press(page, "send")
    press(page, "other")
    assert (is_busy(page, "send"), is_busy(page, "other")) == (False, True)


@BEHAVIOURS.kept_by("setTimeout(release, LONGEST)", "0")
def a_file_that_was_saved_leaves_no_button_busy(stage: Stage) -> None:
    page = show(stage)
    press(page, "send")
    page.clock.run_for(31_000)
    assert not is_busy(page, "send")
    assert page.locator(".working").count() == 0


@BEHAVIOURS.kept_by('window.addEventListener("pageshow", release);')
def coming_back_finds_no_button_busy(stage: Stage) -> None:
    page = show(stage)
    press(page, "send")
    stage.dispatch("window", "new Event('pageshow')")
    assert not is_busy(page, "send")


@BEHAVIOURS.kept_by("event.defaultPrevented || ")
def what_was_kept_from_being_sent_is_not_busy(stage: Stage) -> None:
    page = show(stage)
    press(page, "kept")
    assert not is_busy(page, "kept")


@BEHAVIOURS.kept_by(' || (button.formTarget || event.target.target) === "_blank"')
def what_opens_in_another_tab_leaves_this_one_as_it_is(stage: Stage) -> None:
    page = show(stage)
    press(page, "paper")
    assert not is_busy(page, "paper")


@BEHAVIOURS.kept_by("clearTimeout(timer);")
def a_second_after_a_press_that_is_over_nothing_is_said(stage: Stage) -> None:
    page = show(stage)
    press(page, "send")
    page.clock.run_for(900)
    press(page, "other")
    page.clock.run_for(200)
    assert page.locator(".working").inner_text() == ""
