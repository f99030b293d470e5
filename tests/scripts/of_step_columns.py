"""step_columns.js: which columns the step table shows."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

from .stage import Behaviours, Stage
from .table import draft

BEHAVIOURS: Final = Behaviours("step_columns.js")


def show(stage: Stage) -> Page:
    return stage.show("step_columns.js", body=draft(columns=True))


def shown(page: Page) -> list[str]:
    cells = page.locator("#step-rows tr").first.locator("td:not([hidden]) > input.cell").all()
    return [str(cell.get_attribute("name")).removeprefix("steps-0-") for cell in cells]


@BEHAVIOURS.kept_by("cell.hidden = isSaid && !tick.checked;")
def only_the_columns_that_are_ticked_are_shown(stage: Stage) -> None:
    page = show(stage)
    assert shown(page) == ["days", "dose", "morning-1", "bedtime-1", "note"]
    page.locator("#column-bedtime-1").check()
    assert shown(page) == ["days", "dose", "bedtime-1"]
    page.locator("#column-note").check()
    assert shown(page) == ["days", "dose", "bedtime-1", "note"]


@BEHAVIOURS.kept_by("isSaid && !tick.checked", "!tick.checked")
def while_none_is_ticked_all_are_shown(stage: Stage) -> None:
    page = show(stage)
    page.locator("#column-note").check()
    page.locator("#column-note").uncheck()
    assert shown(page) == ["days", "dose", "morning-1", "bedtime-1", "note"]


@BEHAVIOURS.kept_by("tick.checked ||= isSaid && typed.has(key);")
def what_something_is_typed_in_stays(stage: Stage) -> None:
    page = show(stage)
    page.locator("#steps-1-morning-1").fill("½")
    page.locator("#column-bedtime-1").check()
    assert shown(page) == ["days", "dose", "morning-1", "bedtime-1"]


@BEHAVIOURS.kept_by("event.target.checked ||= isTyped;")
def a_column_that_holds_something_is_not_left_out(stage: Stage) -> None:
    page = show(stage)
    page.locator("#column-morning-1").check()
    page.locator("#steps-1-morning-1").fill("½")
    page.locator("#column-morning-1").click()
    assert page.locator("#column-morning-1").is_checked()
    assert page.locator("#paste-status").inner_text() == "That column stays: something is typed in it."


@BEHAVIOURS.kept_by(", ...blankRow().querySelectorAll(selector)")
def a_row_that_is_added_has_the_same_columns(stage: Stage) -> None:
    page = show(stage)
    page.locator("#column-bedtime-1").check()
    page.evaluate("async () => (await import('/static/js/step_table.js')).addRow()")
    assert page.locator("#steps-2-bedtime-1").is_visible()
    assert not page.locator("#steps-2-morning-1").is_visible()
