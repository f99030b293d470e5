"""guarded.js: a form with something typed in it asks before it is left."""

from __future__ import annotations

from typing import Final

from .stage import Behaviours, Stage

BEHAVIOURS: Final = Behaviours("guarded.js")
FORM: Final = (
    '<form><button hidden disabled data-guard {}>Save</button><input id="note"><select id="kind">'
    "<option>a</option><option>b</option></select><button>Save</button></form>"
)


def show(stage: Stage, typed: str = "") -> None:
    stage.show("guarded.js", body=FORM.format(typed))


@BEHAVIOURS.kept_by('"input", "change"', '"reset"')
def typing_asks(stage: Stage) -> None:
    show(stage)
    assert stage.may_leave()
    stage.page.locator("#note").fill("dizzy")
    assert not stage.may_leave()


@BEHAVIOURS.kept_by('"input", "change"', '"reset"')
def choosing_asks(stage: Stage) -> None:
    show(stage)
    stage.page.locator("#kind").select_option("b")
    assert not stage.may_leave()


@BEHAVIOURS.kept_by('guard.hasAttribute("data-typed")', "false")
def what_came_back_with_errors_asks(stage: Stage) -> None:
    show(stage, typed="data-typed")
    assert not stage.may_leave()


@BEHAVIOURS.kept_by("isSent = true")
def sending_does_not_ask(stage: Stage) -> None:
    show(stage, typed="data-typed")
    stage.dispatch("document.forms[0]", "new Event('submit', {cancelable: true})")
    assert stage.may_leave()


@BEHAVIOURS.kept_by('"pageshow", () => { isSent = false; }', '"pageshow", () => {}')
def coming_back_asks_again(stage: Stage) -> None:
    sending_does_not_ask(stage)
    stage.dispatch("window", "new Event('pageshow')")
    assert not stage.may_leave()


@BEHAVIOURS.kept_by(" && !document.body.dataset.idleOver")
def the_idle_limit_does_not_wait(stage: Stage) -> None:
    show(stage, typed="data-typed")
    stage.page.evaluate("document.body.dataset.idleOver = 'yes'")
    assert stage.may_leave()


@BEHAVIOURS.kept_by("if (guard) {", "{")
def a_page_without_a_guarded_form_is_let_be(stage: Stage) -> None:
    stage.show("guarded.js", body="<form><input></form>").locator("input").fill("a")
    assert stage.may_leave()
    assert stage.faults() == []


@BEHAVIOURS.kept_by('form.addEventListener("draft-kept", () => { isTyped = false; });')
def what_is_kept_as_a_draft_may_be_left(stage: Stage) -> None:
    show(stage, typed="data-typed")
    stage.dispatch("document.forms[0]", "new CustomEvent('draft-kept')")
    assert stage.may_leave()
    stage.page.locator("#note").fill("dizzy")
    assert not stage.may_leave()
