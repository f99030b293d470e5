"""step_undo.js: what was typed or pasted in the step table is undone with a key."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

from .stage import Behaviours, Stage
from .table import draft

BEHAVIOURS: Final = Behaviours("step_undo.js")


def show(stage: Stage) -> Page:
    return stage.show("step_undo.js", "pasting.js", body=draft(columns=True))


def type_in(page: Page, cell: str, text: str) -> None:
    page.locator(f"#{cell}").focus()
    page.locator(f"#{cell}").select_text()
    page.keyboard.type(text)


def values(page: Page, *cells: str) -> list[str]:
    return [page.locator(f"#{cell}").input_value() for cell in cells]


def paste(page: Page, cell: str, text: str) -> None:
    page.locator(f"#{cell}").focus()
    page.evaluate(
        "text => { const data = new DataTransfer(); data.setData('text/plain', text);"
        " document.activeElement.dispatchEvent("
        "new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }",
        text,
    )


@BEHAVIOURS.kept_by("(isAgain ? doAgain : takeBack)(act);")
def what_was_typed_in_one_cell_is_undone_at_once_whichever_cell_one_is_in(stage: Stage) -> None:
    page = show(stage)
    type_in(page, "steps-0-days", "14")
    type_in(page, "steps-0-dose", "1.5")
    page.locator("#steps-1-days").focus()
    page.keyboard.press("Control+z")
    assert values(page, "steps-0-days", "steps-0-dose") == ["14", ""]
    page.keyboard.press("Control+z")
    assert values(page, "steps-0-days", "steps-0-dose") == ["", ""]
    assert page.evaluate("document.activeElement.id") == "steps-0-days"


@BEHAVIOURS.kept_by("known.set(target, target.value);")
def what_a_cell_said_before_comes_back(stage: Stage) -> None:
    page = show(stage)
    type_in(page, "steps-0-days", "14")
    page.locator("#steps-1-days").focus()
    type_in(page, "steps-0-days", "7")
    page.keyboard.press("Control+z")
    assert values(page, "steps-0-days") == ["14"]


@BEHAVIOURS.kept_by("(isAgain ? doAgain : takeBack)(act);", "takeBack(act);")
def what_was_undone_is_done_again(stage: Stage) -> None:
    page = show(stage)
    type_in(page, "steps-0-dose", "1.5")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+y")
    assert values(page, "steps-0-dose") == ["1.5"]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+Shift+z")
    assert values(page, "steps-0-dose") == ["1.5"]


@BEHAVIOURS.kept_by("undone.length = 0;")
def after_something_new_nothing_old_is_done_again(stage: Stage) -> None:
    page = show(stage)
    type_in(page, "steps-0-dose", "1.5")
    page.keyboard.press("Control+z")
    type_in(page, "steps-0-days", "7")
    page.keyboard.press("Control+y")
    assert values(page, "steps-0-days", "steps-0-dose") == ["7", ""]


@BEHAVIOURS.kept_by("act.added.toReversed()", "act.added")
def a_paste_is_undone_with_the_rows_that_it_added(stage: Stage) -> None:
    page = show(stage)
    type_in(page, "steps-1-days", "7")
    paste(page, "steps-1-days", "14\t2\n14\t1\n7\t0.5")
    assert values(page, "steps-1-days", "steps-2-days", "steps-3-days") == ["14", "14", "7"]
    page.keyboard.press("Control+z")
    assert page.locator("#step-rows tr").count() == 2
    assert values(page, "steps-1-days") == ["7"]
    assert not page.locator("#paste-undo").is_visible()
    page.keyboard.press("Control+z")
    assert values(page, "steps-1-days") == [""]


@BEHAVIOURS.kept_by("rows.append(...act.added.filter((row) => !row.isConnected));")
def a_paste_is_done_again_with_its_rows(stage: Stage) -> None:
    page = show(stage)
    paste(page, "steps-1-days", "14\t2\n14\t1")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+y")
    assert values(page, "steps-1-days", "steps-2-days", "steps-2-dose") == ["14", "14", "1"]
    assert page.locator("#paste-undo").is_visible()


@BEHAVIOURS.kept_by("cell.value === after);", "true);")
def what_was_typed_over_a_paste_stays_when_the_paste_is_undone(stage: Stage) -> None:
    page = show(stage)
    paste(page, "steps-0-days", "14\t2\n14\t1")
    type_in(page, "steps-1-dose", "1.25")
    page.locator("#paste-undo").click()
    assert values(page, "steps-0-dose", "steps-1-dose") == ["", "1.25"]


@BEHAVIOURS.kept_by("event.preventDefault();")
def the_browser_does_not_undo_it_once_more(stage: Stage) -> None:
    page = show(stage)
    type_in(page, "steps-0-dose", "1.5")
    went_on = page.locator("#steps-0-dose").evaluate(
        "cell => cell.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'z', ctrlKey: true, bubbles: true, cancelable: true}))"
    )
    assert not went_on


@BEHAVIOURS.kept_by("  showColumns();\n")
def a_column_that_was_pasted_into_is_left_as_it_was_typed(stage: Stage) -> None:
    page = show(stage)
    page.locator("#column-bedtime-1").check()
    paste(page, "steps-0-days", "Days\tDose\tMorning\n14\t2\t1\n")
    page.get_by_role("button", name="Put into the table").click()
    assert page.locator("#steps-0-morning-1").is_visible()
    page.locator("#steps-0-days").focus()
    page.keyboard.press("Control+z")
    page.locator("#column-morning-1").uncheck()
    assert not page.locator("#steps-0-morning-1").is_visible()
    page.locator("#steps-0-days").focus()
    page.keyboard.press("Control+y")
    assert page.locator("#steps-0-morning-1").is_visible()


@BEHAVIOURS.kept_by("  tellTyped();\n")
def what_is_undone_is_saved_too(stage: Stage) -> None:
    page = show(stage)
    type_in(page, "steps-0-dose", "1.5")
    told = stage.count("document", "draft-typed")
    page.keyboard.press("Control+z")
    assert told() == 1
