"""check_in_draft.js: whether what is typed in a check-in is kept as a draft, said in a line.

htmx is not here: the test sends the events of it that the script listens for, and counts the saves asked for.
"""

from __future__ import annotations

import json
from typing import Final

from .stage import Behaviours, Stage

BEHAVIOURS: Final = Behaviours("check_in_draft.js")
BODY: Final = '<form><input id="note"><p id="draft-state" {}></p><button>Save the check-in</button></form>'
PLACE: Final = 'document.getElementById("draft-state")'
AWAY: Final = (
    "Not kept as a draft: the server cannot be reached. Keep this page open; it tries again by itself."
)


def show(stage: Stage, attributes: str = 'hx-post="/draft/"') -> None:
    stage.page.clock.install()
    stage.show("check_in_draft.js", body=BODY.format(attributes))


def begin(stage: Stage) -> bool:
    """htmx is about to send what is typed. Returns whether it may."""
    return stage.dispatch(PLACE, "new CustomEvent('htmx:beforeRequest', {cancelable: true})")


def answered(stage: Stage, status: int, text: str = "", kind: str = "text/html") -> None:
    answer = json.dumps({"status": status, "responseText": text})
    xhr = f"{{...{answer}, getResponseHeader: () => {json.dumps(kind)}}}"
    stage.dispatch(PLACE, f"new CustomEvent('htmx:afterRequest', {{detail: {{xhr: {xhr}}}}})")


def keep(stage: Stage, status: int, text: str = "", kind: str = "text/html") -> None:
    stage.page.locator("#note").fill("dizzy")
    begin(stage)
    answered(stage, status, text, kind)


def state(stage: Stage) -> tuple[str, bool]:
    """What the line says, and whether it says it as a warning."""
    place = stage.page.locator("#draft-state")
    return place.inner_text(), "is-not-saved" in (place.get_attribute("class") or "")


@BEHAVIOURS.kept_by('say("Not kept as a draft yet.", false);')
def what_is_typed_is_not_kept_yet(stage: Stage) -> None:
    show(stage)
    stage.page.locator("#note").fill("dizzy")
    assert state(stage) == ("Not kept as a draft yet.", False)


@BEHAVIOURS.kept_by('form.dispatchEvent(new CustomEvent("draft-kept"));')
def what_is_kept_is_told(stage: Stage) -> None:
    show(stage)
    told = stage.count("document.forms[0]", "draft-kept")
    keep(stage, 200)
    assert told() == 1


@BEHAVIOURS.kept_by("if (sent === typed) {", "if (true) {")
def what_was_typed_during_a_save_is_not_taken_for_kept(stage: Stage) -> None:
    show(stage)
    told = stage.count("document.forms[0]", "draft-kept")
    stage.page.locator("#note").fill("dizzy")
    begin(stage)
    stage.page.locator("#note").fill("dizzy and tired")
    answered(stage, 200)
    assert told() == 0


@BEHAVIOURS.kept_by("if (isSentence(xhr) && xhr.responseText) {", "if (false) {")
def why_it_is_not_kept_is_said_in_the_servers_words(stage: Stage) -> None:
    show(stage)
    keep(stage, 409, "Another window.", "text/plain; charset=utf-8")
    assert state(stage) == ("Another window.", True)


@BEHAVIOURS.kept_by('.startsWith("text/plain")', '.startsWith("text/")')
def a_page_of_a_proxy_is_no_sentence(stage: Stage) -> None:
    show(stage)
    keep(stage, 403, "<h1>Forbidden</h1>")
    assert state(stage) == (
        "Not kept as a draft. Keep this page open, and save the check-in as always.",
        True,
    )


@BEHAVIOURS.kept_by("if (xhr.status === 0) {", "if (false) {")
def a_server_out_of_reach_is_said(stage: Stage) -> None:
    show(stage)
    keep(stage, 0)
    assert state(stage) == (AWAY, True)


@BEHAVIOURS.kept_by("if (xhr.status === 401) {", "if (false) {")
def whoever_was_signed_out_is_told(stage: Stage) -> None:
    show(stage)
    keep(stage, 401)
    assert state(stage)[0].startswith("Not kept as a draft: you were signed out.")


@BEHAVIOURS.kept_by("retry = setTimeout(keep, TRY_AGAIN);")
def what_failed_is_tried_again(stage: Stage) -> None:
    show(stage)
    asked = stage.count(PLACE, "keep-draft")
    keep(stage, 500)
    stage.page.clock.run_for(10_100)
    assert asked() == 1


@BEHAVIOURS.kept_by("clearTimeout(retry);")
def what_was_sent_meanwhile_is_not_tried_again(stage: Stage) -> None:
    show(stage)
    asked = stage.count(PLACE, "keep-draft")
    keep(stage, 500)
    begin(stage)
    stage.page.clock.run_for(10_100)
    assert asked() == 0


@BEHAVIOURS.kept_by('place.classList.remove("is-not-saved");')
def what_is_kept_is_no_warning_any_more(stage: Stage) -> None:
    show(stage)
    keep(stage, 500)
    begin(stage)
    answered(stage, 200)
    assert not state(stage)[1]


@BEHAVIOURS.kept_by("event.detail.shouldSwap = event.detail.xhr.status === 200;", "")
def only_what_is_kept_is_put_into_the_line(stage: Stage) -> None:
    show(stage)
    swaps = stage.page.evaluate(
        f"""() => [200, 409].map((status) => {{
            const detail = {{ shouldSwap: true, xhr: {{ status }} }};
            {PLACE}.dispatchEvent(new CustomEvent("htmx:beforeSwap", {{ detail }}));
            return detail.shouldSwap;
        }})"""
    )
    assert swaps == [True, False]


@BEHAVIOURS.kept_by("      keep();\n    }\n  });", "    }\n  });")
def once_the_network_is_back_it_is_kept(stage: Stage) -> None:
    show(stage)
    asked = stage.count(PLACE, "keep-draft")
    stage.dispatch("window", "new Event('online')")
    assert asked() == 0
    keep(stage, 0)
    stage.dispatch("window", "new Event('online')")
    assert asked() == 1


@BEHAVIOURS.kept_by('place?.hasAttribute("hx-post")', "place")
def after_a_conflict_only_the_button_keeps_it(stage: Stage) -> None:
    show(stage, attributes="")
    stage.page.locator("#note").fill("dizzy")
    assert state(stage) == ("", False)


@BEHAVIOURS.kept_by("place?.closest", "place.closest")
def a_page_that_keeps_no_draft_is_let_be(stage: Stage) -> None:
    stage.show("check_in_draft.js", body="<form></form>")
    assert stage.faults() == []


@BEHAVIOURS.kept_by("if (isLeaving) {", "if (false) {")
def no_draft_is_sent_after_the_check_in_itself(stage: Stage) -> None:
    show(stage)
    assert begin(stage)
    stage.dispatch("document.forms[0]", "new Event('submit', {cancelable: true})")
    assert not begin(stage)


@BEHAVIOURS.kept_by('window.addEventListener("pageshow", () => { isLeaving = false; });')
def coming_back_keeps_again(stage: Stage) -> None:
    no_draft_is_sent_after_the_check_in_itself(stage)
    stage.dispatch("window", "new Event('pageshow')")
    assert begin(stage)
