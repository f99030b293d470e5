"""passkeys.js: the button that asks for a passkey, and what stands in its place. The asking itself: tests/browser/test_passkeys.py."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import expect

from .stage import Behaviours, Stage

BEHAVIOURS: Final = Behaviours("passkeys.js")
FORM: Final = (
    '<form data-passkey="get" data-passkey-field="credential" data-passkey-options="options">'
    '<input type="hidden" name="credential"><p data-passkey-said></p><p data-passkey-none hidden>No passkeys here</p>'
    '<button type="button" data-passkey-button hidden>Use it</button></form>'
    '<script type="application/json" id="options">{"publicKey": {"challenge": "!"}}</script>'
)


@BEHAVIOURS.kept_by("button.hidden = false;")
def the_button_is_shown_where_there_are_passkeys(stage: Stage) -> None:
    stage.show("passkeys.js", body=FORM)
    expect(stage.page.get_by_role("button", name="Use it")).to_be_visible(timeout=1000)


@BEHAVIOURS.kept_by('form.querySelector("[data-passkey-none]").hidden = false;')
def a_browser_without_passkeys_is_told(stage: Stage) -> None:
    stage.page.add_init_script("delete window.PublicKeyCredential")
    stage.show("passkeys.js", body=FORM)
    expect(stage.page.get_by_text("No passkeys here")).to_be_visible(timeout=1000)


@BEHAVIOURS.kept_by("say(FAILED);")
def a_passkey_that_was_not_used_is_said(stage: Stage) -> None:
    stage.show("passkeys.js", body=FORM)
    stage.page.get_by_role("button", name="Use it").click()
    expect(stage.page.get_by_text("The passkey was not used.")).to_be_visible(timeout=1000)
