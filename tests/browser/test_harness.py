"""The harness itself: what it must catch, it catches."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from .checks import check_page, misread_doses
from .chromium import ARGUMENTS
from .watch import Watch

COMPLAINTS: dict[str, tuple[str, str]] = {
    "a script in the page": (
        "document.head.append(Object.assign(document.createElement('script'), {textContent: '1'}))",
        "Content-Security-Policy: script-src-elem",
    ),
    "a style in the page": (
        "document.body.setAttribute('style', 'color: red')",
        "Content-Security-Policy: style-src-attr",
    ),
    "a word in the console": ("console.log('here')", "console log: here"),
    "an error": ("setTimeout(() => { throw new Error('broken') })", "error: broken"),
    "a file that is not there": ("fetch('/static/nowhere.css')", "404: GET"),
    "another host": ("fetch('http://elsewhere.example/').catch(() => {})", "elsewhere.example"),
}


@pytest.mark.parametrize(("script", "complaint"), COMPLAINTS.values(), ids=COMPLAINTS)
def test_the_watch_catches(page: Page, watch: Watch, script: str, complaint: str) -> None:
    page.goto(reverse("account_login"))
    assert not watch.complaints
    page.evaluate(script)
    page.wait_for_timeout(200)
    caught, watch.complaints = watch.complaints, []
    assert any(complaint in words for words in caught), caught
    with pytest.raises(AssertionError):
        refuse(caught)


def refuse(complaints: list[str]) -> None:
    watch = Watch()
    watch.complaints = complaints
    watch.assert_clean()


SPOILED: dict[str, tuple[Callable[[Page], object], str]] = {
    "an image without words": (
        lambda page: page.evaluate("document.querySelector('main').append(document.createElement('img'))"),
        "axe image-alt",
    ),
    "a page wider than a phone": (
        lambda page: page.evaluate("document.querySelector('main').append('W'.repeat(200))"),
        "scrolls sideways: ",
    ),
    "a date box": (
        lambda page: page.evaluate("document.querySelector('#id_login').type = 'date'"),
        "a box that changes what is typed",
    ),
    "a dose that can be misread": (
        lambda page: page.evaluate("document.querySelector('main').append('Take 1.0 mg')"),
        "a trailing zero: “1.0 mg”",
    ),
}


@pytest.mark.parametrize(("spoil", "problem"), SPOILED.values(), ids=SPOILED)
def test_a_page_is_checked_for(page: Page, spoil: Callable[[Page], object], problem: str) -> None:
    page.goto(reverse("account_login"))
    check_page(page)
    spoil(page)
    with pytest.raises(AssertionError) as refused:
        check_page(page)
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    "text", ["1.0 mg", "0.50 mg", ".5 mg", "1,5 mg", "1,000 mcg", "5mg", "0.5mg", "12.5 µg", "7cc", "2 ml"]
)
def test_a_dose_that_can_be_misread_is_found(text: str) -> None:
    assert misread_doses(f"Take {text} now.")


@pytest.mark.parametrize(
    "text",
    ["0.5 mg", "10 mg", "0.125 mg", "12.5 mg", "0.1 mg/mL", "March 2, 2026", "555-0100", "82af7cc", "JB5MG"],
)
def test_a_dose_that_is_well_written_is_let_be(text: str) -> None:
    assert not misread_doses(f"Take {text} now.")


def test_the_browser_asks_no_other_host() -> None:
    assert any(argument.startswith("--host-resolver-rules=MAP * ~NOTFOUND") for argument in ARGUMENTS)
