"""folds.js: what somebody folds is told to the server, and nothing else is."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs

from playwright.sync_api import Request

from .stage import Behaviours, Stage

BEHAVIOURS: Final = Behaviours("folds.js")
FOLDS: Final = "/account/folds/"
BODY: Final = (
    '<form><input type="hidden" name="csrfmiddlewaretoken" value="secret"></form>'
    "<details data-fold='notes' open><summary>Notes</summary>Words</details>"
    "<details data-fold='versions'><summary>Versions</summary>Words</details>"
    "<details><summary>Other</summary>Words</details>"
)


def show(stage: Stage) -> None:
    stage.answers[FOLDS] = (204, "")
    stage.show("folds.js", body=BODY, attributes=f'data-folds-url="{FOLDS}"')


def told(stage: Stage, panel: str) -> Request:
    """Its panel is pressed once."""
    with stage.page.expect_request(f"**{FOLDS}") as asked:
        stage.page.get_by_text(panel).click()
    return asked.value


def said(request: Request) -> dict[str, list[str]]:
    return parse_qs(request.post_data or "", keep_blank_values=True)


@BEHAVIOURS.kept_by('panel.open ? "" : "yes"', '""')
def a_panel_that_is_folded_is_told(stage: Stage) -> None:
    show(stage)
    assert said(told(stage, "Notes")) == {"panel": ["notes"], "is_folded": ["yes"]}


@BEHAVIOURS.kept_by('panel.open ? "" : "yes"', '"yes"')
def one_that_is_opened_too(stage: Stage) -> None:
    show(stage)
    assert said(told(stage, "Versions")) == {"panel": ["versions"], "is_folded": [""]}


@BEHAVIOURS.kept_by("    wasOpen = panel.open;\n")
def pressed_again_it_is_told_again(stage: Stage) -> None:
    show(stage)
    for _ in range(2):
        stage.page.get_by_text("Notes").click()
        stage.page.wait_for_timeout(200)
    assert stage.asked.count(FOLDS) == 2


@BEHAVIOURS.kept_by('"X-CSRFToken": token')
def it_is_sent_with_the_token_of_the_page(stage: Stage) -> None:
    show(stage)
    assert told(stage, "Notes").headers.get("x-csrftoken") == "secret"


@BEHAVIOURS.kept_by("    if (panel.open === wasOpen) {\n      return;\n    }\n")
def an_open_one_that_is_drawn_tells_nothing(stage: Stage) -> None:
    """A browser says of one that is open when it is drawn that it was opened."""
    show(stage)
    stage.dispatch("document.querySelector('details')", "new Event('toggle')")
    stage.page.wait_for_timeout(200)
    assert FOLDS not in stage.asked


@BEHAVIOURS.kept_by('"details[data-fold]"', '"details"')
def what_folds_by_itself_tells_nothing(stage: Stage) -> None:
    show(stage)
    stage.page.get_by_text("Other").click()
    stage.page.wait_for_timeout(200)
    assert FOLDS not in stage.asked
