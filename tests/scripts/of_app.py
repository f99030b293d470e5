"""app.js: the menu, forms that are sent once, printing, and copying a link."""

from __future__ import annotations

from typing import Final

from .stage import Behaviours, Stage

BEHAVIOURS: Final = Behaviours("app.js")
BODY: Final = """
<details class="site-menu"><summary>Menu</summary><a href="#x">Inside</a></details>
<main><p>Elsewhere</p>
<form data-send-once id="once"><button>Sign</button></form>
<form id="often"><button>Look</button></form>
<button data-print>Print</button>
<input id="link" value="https://clinic.example/set/abc"><button data-copy="link">Copy the link</button></main>
"""
SUBMIT: Final = "new Event('submit', {cancelable: true, bubbles: true})"


def show(stage: Stage) -> None:
    stage.page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    stage.page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.copied = text; }}})"
    )
    stage.show("app.js", body=BODY)


def is_open(stage: Stage) -> bool:
    return bool(stage.page.evaluate("document.querySelector('details').open"))


@BEHAVIOURS.kept_by("if (!menu.contains(event.target)) {", "if (false) {")
def a_press_elsewhere_closes_the_menu(stage: Stage) -> None:
    show(stage)
    stage.page.get_by_text("Menu").click()
    stage.page.get_by_text("Inside").click()
    assert is_open(stage)
    stage.page.get_by_text("Elsewhere").click()
    assert not is_open(stage)


@BEHAVIOURS.kept_by('menu.querySelector("summary").focus();')
def escape_closes_the_menu_and_goes_back_to_it(stage: Stage) -> None:
    show(stage)
    stage.page.get_by_text("Menu").click()
    stage.page.get_by_text("Inside").focus()
    stage.page.keyboard.press("Escape")
    assert not is_open(stage)
    assert stage.page.evaluate("document.activeElement.textContent") == "Menu"


@BEHAVIOURS.kept_by('form.dataset.sent = "yes";')
def a_form_is_sent_once(stage: Stage) -> None:
    show(stage)
    assert stage.dispatch("once", SUBMIT)
    assert not stage.dispatch("once", SUBMIT)


@BEHAVIOURS.kept_by('!form.matches("[data-send-once]")', "false")
def another_form_is_sent_as_often_as_wanted(stage: Stage) -> None:
    show(stage)
    assert stage.dispatch("often", SUBMIT)
    assert stage.dispatch("often", SUBMIT)


@BEHAVIOURS.kept_by("delete form.dataset.sent;")
def coming_back_a_form_can_be_sent_again(stage: Stage) -> None:
    a_form_is_sent_once(stage)
    stage.dispatch("window", "new Event('pageshow')")
    assert stage.dispatch("once", SUBMIT)


@BEHAVIOURS.kept_by("window.print();")
def a_button_prints(stage: Stage) -> None:
    show(stage)
    stage.page.get_by_text("Print").click()
    assert stage.page.evaluate("window.printed") == 1


@BEHAVIOURS.kept_by("field.select();")
def a_button_copies_a_link_and_leaves_it_selected(stage: Stage) -> None:
    show(stage)
    stage.page.get_by_text("Copy the link").click()
    stage.page.get_by_text("Copied").wait_for()
    assert stage.page.evaluate("window.copied") == "https://clinic.example/set/abc"
    assert stage.page.evaluate("link.selectionEnd - link.selectionStart") == len(
        "https://clinic.example/set/abc"
    )


@BEHAVIOURS.kept_by('?.setAttribute("open", "");', ";")
def what_a_choice_asks_for_is_opened_with_it(stage: Stage) -> None:
    page = stage.show(
        "app.js",
        body='<form><input type="radio" name="kind" value="1" id="one"><input type="radio" name="kind" value="typed" id="typed">'
        '<details data-opened-by="kind=typed"><summary>Another</summary><p>Type it</p></details></form>',
    )
    page.locator("#one").check()
    assert not page.get_by_text("Type it").is_visible()
    page.locator("#typed").check()
    assert page.get_by_text("Type it").is_visible()
