"""show_password.js: what was typed can be looked at, by mouse and by keyboard, and is hidden again when it is sent."""

from __future__ import annotations

from typing import Final

from .stage import Behaviours, Stage

BEHAVIOURS: Final = Behaviours("show_password.js")
BODY: Final = (
    '<main><form method="dialog"><label for="u">Email</label><input id="u" autocomplete="username">'
    '<label for="p">Password</label>'
    '<input id="p" type="password" value="typed" autocomplete="current-password">'
    "<input type=submit></form></main>"
)


def show(stage: Stage) -> None:
    stage.show("show_password.js", body=BODY)


@BEHAVIOURS.kept_by('shown ? "text" : "password"', '"password"')
def the_button_shows_what_was_typed(stage: Stage) -> None:
    show(stage)
    stage.page.get_by_role("button", name="Show password").click()
    assert stage.page.locator("#p").get_attribute("type") == "text"


@BEHAVIOURS.kept_by('turn(field.type === "password")', "turn(true)")
def pressed_again_by_the_keyboard_it_hides_it(stage: Stage) -> None:
    show(stage)
    button = stage.page.locator("button")
    button.press("Enter")
    button.press("Space")
    assert stage.page.locator("#p").get_attribute("type") == "password"


@BEHAVIOURS.kept_by('shown ? "Hide password" : "Show password"', '"Show password"')
def it_says_what_it_does(stage: Stage) -> None:
    show(stage)
    button = stage.page.locator("button")
    assert button.text_content() == "Show password"
    button.click()
    assert button.text_content() == "Hide password"


@BEHAVIOURS.kept_by('field.form.addEventListener("submit", () => turn(false));')
def sent_it_is_hidden_again(stage: Stage) -> None:
    show(stage)
    stage.page.get_by_role("button", name="Show password").click()
    stage.page.evaluate(
        "document.querySelector('form').dispatchEvent(new Event('submit', {cancelable: true}))"
    )
    assert stage.page.locator("#p").get_attribute("type") == "password"


@BEHAVIOURS.kept_by('button.type = "button";')
def the_button_sends_nothing(stage: Stage) -> None:
    show(stage)
    stage.page.evaluate(
        "document.querySelector('form').addEventListener('submit', () => { window.sent = true; })"
    )
    stage.page.get_by_role("button", name="Show password").click()
    assert not stage.page.evaluate("window.sent")
