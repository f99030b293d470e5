"""draft_saving.js: whether what stands on the page is saved, said in a line, and asked before leaving.

htmx is not here: the test sends the events of it that the script listens for, and counts the saves asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from .stage import Behaviours, Stage
from .table import draft

BEHAVIOURS: Final = Behaviours("draft_saving.js")
FORM: Final = 'document.getElementById("draft")'
LEAVE: Final = 'data-idle-leave="/account/login/"'


def show(stage: Stage, attributes: str = 'hx-post="/draft/"') -> None:
    stage.page.clock.install()
    stage.show("draft_saving.js", body=draft(attributes=attributes), attributes=LEAVE)


def type_something(stage: Stage) -> None:
    stage.dispatch(FORM, "new CustomEvent('draft-typed', {bubbles: true})")


def begin(stage: Stage) -> bool:
    """htmx is about to send. Returns whether it may."""
    return stage.dispatch(FORM, "new CustomEvent('htmx:beforeRequest', {cancelable: true})")


def answered(stage: Stage, status: int, text: str = "", kind: str = "text/html") -> None:
    answer = json.dumps({"status": status, "responseText": text})
    xhr = f"{{...{answer}, getResponseHeader: () => {json.dumps(kind)}}}"
    stage.dispatch(FORM, f"new CustomEvent('htmx:afterRequest', {{detail: {{xhr: {xhr}}}}})")


def save(stage: Stage, status: int, text: str = "") -> None:
    type_something(stage)
    begin(stage)
    answered(stage, status, text)


def state(stage: Stage) -> tuple[str, bool]:
    """What the line says, and whether it says it as a warning."""
    place = stage.page.locator("#save-state")
    return place.inner_text(), "is-not-saved" in (place.get_attribute("class") or "")


def submit(stage: Stage, button: str) -> bool:
    """Returns whether the form goes."""
    return stage.dispatch(
        FORM,
        "new SubmitEvent('submit', {cancelable: true, bubbles: true,"
        f" submitter: document.querySelector('[value={button}]')}})",
    )


@BEHAVIOURS.kept_by('say("Not saved yet");\n  }\n});', "}\n});")
def what_is_typed_is_not_saved_yet(stage: Stage) -> None:
    show(stage)
    assert stage.may_leave()
    type_something(stage)
    assert state(stage) == ("Not saved yet", False)
    assert not stage.may_leave()


@BEHAVIOURS.kept_by("saved = sent;")
def what_the_server_has_saved_may_be_left(stage: Stage) -> None:
    show(stage)
    type_something(stage)
    begin(stage)
    assert state(stage) == ("Saving…", False)
    answered(stage, 200)
    assert stage.may_leave()


@BEHAVIOURS.kept_by("saved = sent;", "saved = typed;")
def what_was_typed_during_a_save_is_not_taken_for_saved(stage: Stage) -> None:
    show(stage)
    type_something(stage)
    begin(stage)
    type_something(stage)
    answered(stage, 200)
    assert state(stage) == ("Not saved yet", False)
    assert not stage.may_leave()


@BEHAVIOURS.kept_by("isConflict = true;\n")
def after_a_conflict_nothing_more_is_sent(stage: Stage) -> None:
    show(stage)
    save(stage, 409)
    assert state(stage)[1]
    type_something(stage)
    assert not begin(stage)
    assert not stage.may_leave()


@BEHAVIOURS.kept_by("SAVES_WHILE_TYPING ? 0 : 1", "0")
def after_a_conflict_the_page_holds_what_was_never_saved(stage: Stage) -> None:
    show(stage, attributes="")
    assert not stage.may_leave()
    type_something(stage)
    assert state(stage) == ("Not saved yet. Save puts yours in the place of theirs.", True)


@BEHAVIOURS.kept_by("place.append(signInElsewhere()", 'place.append(""')
def whoever_was_signed_out_signs_in_elsewhere(stage: Stage) -> None:
    show(stage)
    save(stage, 401)
    assert state(stage) == ("Not saved: you were signed out. Sign in in another tab, then go on here.", True)
    link = stage.page.get_by_role("link", name="Sign in in another tab")
    assert (link.get_attribute("href"), link.get_attribute("target")) == ("/account/login/", "_blank")


@BEHAVIOURS.kept_by("if (isSignedOut) {", "if (false) {")
def coming_back_from_signing_in_saves(stage: Stage) -> None:
    show(stage)
    save(stage, 401)
    saves = stage.count(FORM, "draft-save")
    stage.dispatch("window", "new Event('focus')")
    assert saves() == 1


def wait_for_one(stage: Stage, saves: Callable[[], int]) -> None:
    """Asked from outside: a page under our policy lets nothing wait for a function inside it."""
    for _ in range(40):
        if saves():
            return
        stage.page.wait_for_timeout(50)


@BEHAVIOURS.kept_by("} else if (isClosed(xhr)) {", "} else if (false) {")
def a_record_that_was_restricted_meanwhile_is_said(stage: Stage) -> None:
    show(stage)
    type_something(stage)
    begin(stage)
    answered(stage, 403, "This record is restricted.", "text/plain; charset=utf-8")
    assert state(stage) == ("This record is restricted.", True)
    assert not stage.may_leave()


@BEHAVIOURS.kept_by("fresh.elements.csrfmiddlewaretoken.value;", '"";')
def a_new_sign_in_brings_a_new_token(stage: Stage) -> None:
    show(stage)
    stage.answers["/draft/"] = (200, draft().replace('value="old"', 'value="new"'))
    saves = stage.count(FORM, "draft-save")
    save(stage, 403)
    wait_for_one(stage, saves)
    assert stage.page.locator("[name=csrfmiddlewaretoken]").input_value() == "new"
    assert saves() == 1


@BEHAVIOURS.kept_by("isConflict || isTakingToken", "isConflict")
def nothing_is_sent_with_the_old_token_while_the_new_one_is_on_its_way(stage: Stage) -> None:
    show(stage)
    stage.answers["/draft/"] = (200, draft().replace('value="old"', 'value="new"'))
    goes = "dispatchEvent(new CustomEvent('htmx:beforeRequest', {cancelable: true}))"
    fails = "dispatchEvent(new CustomEvent('htmx:afterRequest', {detail: {xhr: {status: 403, getResponseHeader: () => null}}}))"
    type_something(stage)
    begin(stage)
    assert not stage.page.evaluate(f"(() => {{ const form = {FORM}; form.{fails}; return form.{goes}; }})()")


@BEHAVIOURS.kept_by("fresh && fresh.dataset.user === form.dataset.user", "fresh")
def somebody_else_who_signed_in_does_not_save_this(stage: Stage) -> None:
    show(stage)
    stage.answers["/draft/"] = (200, draft().replace('data-user="3"', 'data-user="4"'))
    save(stage, 403)
    stage.page.get_by_text("you may not change this draft as you are signed in now").wait_for(timeout=2000)
    assert stage.page.locator("[name=csrfmiddlewaretoken]").input_value() == "old"


@BEHAVIOURS.kept_by("hasNewToken = false; // Who", "// Who")
def whoever_then_signs_in_as_themselves_saves_it(stage: Stage) -> None:
    somebody_else_who_signed_in_does_not_save_this(stage)
    stage.answers["/draft/"] = (200, draft().replace('value="old"', 'value="new"'))
    saves = stage.count(FORM, "draft-save")
    save(stage, 403)
    wait_for_one(stage, saves)
    assert stage.page.locator("[name=csrfmiddlewaretoken]").input_value() == "new"
    assert saves() == 1


@BEHAVIOURS.kept_by("xhr.status === 410", "false")
def that_the_draft_is_gone_is_said_in_the_servers_words(stage: Stage) -> None:
    show(stage)
    save(stage, 410, "Not saved: this draft was signed.")
    assert state(stage) == ("Not saved: this draft was signed.", True)


@BEHAVIOURS.kept_by("xhr.status === 0", "false")
def a_server_out_of_reach_is_tried_again_and_later_each_time(stage: Stage) -> None:
    show(stage)
    saves = stage.count(FORM, "draft-save")
    save(stage, 0)
    assert state(stage)[0].startswith("Not saved: the server cannot be reached.")
    stage.page.clock.run_for(2_100)
    assert saves() == 1
    begin(stage)
    answered(stage, 0)
    stage.page.clock.run_for(2_100)
    assert saves() == 1
    stage.page.clock.run_for(2_000)
    assert saves() == 2


@BEHAVIOURS.kept_by("xhr.status >= 500", "false")
def a_fault_of_the_server_is_tried_again(stage: Stage) -> None:
    show(stage)
    saves = stage.count(FORM, "draft-save")
    save(stage, 500)
    stage.page.clock.run_for(2_100)
    assert (state(stage), saves()) == (("Not saved: something went wrong. Keep this page open.", True), 1)


@BEHAVIOURS.kept_by('window.addEventListener("online", save);')
def once_the_network_is_back_it_saves(stage: Stage) -> None:
    show(stage)
    saves = stage.count(FORM, "draft-save")
    save(stage, 0)
    stage.dispatch("window", "new Event('online')")
    assert saves() == 1


@BEHAVIOURS.kept_by("(isDirty() || isSaving)", "false")
def a_button_waits_for_the_save_before_it(stage: Stage) -> None:
    show(stage)
    type_something(stage)
    saves = stage.count(FORM, "draft-save")
    sent = stage.count("document", "submit")
    stage.page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    assert not submit(stage, "sign")
    assert saves() == 1
    begin(stage)
    answered(stage, 200)
    assert sent() == 2
    assert stage.may_leave()


@BEHAVIOURS.kept_by("  pressed = null;\n  if (xhr.status === 409)", "  if (xhr.status === 409)")
def a_button_is_forgotten_when_the_save_fails(stage: Stage) -> None:
    show(stage)
    type_something(stage)
    submit(stage, "sign")
    begin(stage)
    answered(stage, 507, "Not saved: no room.")
    sent = stage.count("document", "submit")
    begin(stage)
    answered(stage, 200)
    assert sent() == 0


@BEHAVIOURS.kept_by("isLeaving = false;\n})", "})")
def coming_back_it_asks_again(stage: Stage) -> None:
    show(stage, attributes="")
    submit(stage, "save")
    assert stage.may_leave()
    stage.dispatch("window", "new Event('pageshow')")
    assert not stage.may_leave()


@BEHAVIOURS.kept_by(" && !document.body.dataset.idleOver")
def the_idle_limit_does_not_wait(stage: Stage) -> None:
    show(stage)
    type_something(stage)
    stage.page.evaluate("document.body.dataset.idleOver = 'yes'")
    assert stage.may_leave()


@BEHAVIOURS.kept_by("} else if (xhr.status === 422) {", "} else if (false) {")
def what_is_too_long_is_said_and_not_sent_again_by_itself(stage: Stage) -> None:
    show(stage)
    asked = stage.count(FORM, "draft-save")
    save(stage, 422, "Not saved: too many.")
    stage.page.clock.run_for(120_000)
    assert state(stage) == ("Not saved: too many.", True)
    assert asked() == 0


@BEHAVIOURS.kept_by("|| isAway(xhr)", "")
def while_the_database_is_away_its_sentence_is_said_and_it_tries_again(stage: Stage) -> None:
    show(stage)
    asked = stage.count(FORM, "draft-save")
    type_something(stage)
    begin(stage)
    answered(stage, 503, "Not saved: away.", "text/plain; charset=utf-8")
    assert state(stage) == ("Not saved: away.", True)
    stage.page.clock.run_for(2_000)
    assert asked() == 1


@BEHAVIOURS.kept_by("xhr.status === 503 && isSentence(xhr)", "xhr.status === 503")
def a_page_of_a_proxy_is_no_sentence(stage: Stage) -> None:
    show(stage)
    save(stage, 503, "<h1>Bad gateway</h1>")
    assert state(stage) == ("Not saved: something went wrong. Keep this page open.", True)
