"""pasting.js: a block of cells lands as text where it belongs, and one press takes it back."""

from __future__ import annotations

from typing import Final

from .stage import Behaviours, Stage
from .table import draft

BEHAVIOURS: Final = Behaviours("pasting.js")
PASTE: Final = """([cell, text]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    return document.getElementById(cell).dispatchEvent(event);
}"""


def show(stage: Stage, rows: int = 2, pattern: int | None = None, most: int = 400) -> None:
    stage.show("pasting.js", body=draft(rows=rows, pattern=pattern, most=most))


def paste(stage: Stage, cell: str, text: str) -> bool:
    """Returns whether the browser pastes it by itself."""
    by_itself: bool = stage.page.evaluate(PASTE, [cell, text])
    return by_itself


def cells(stage: Stage) -> list[list[str]]:
    rows = stage.page.locator("#step-rows tr").all()
    return [[cell.input_value() for cell in row.locator("input.cell").all()] for row in rows]


def said(stage: Stage) -> str:
    return stage.page.locator("#paste-status").inner_text()


def undo(stage: Stage) -> None:
    stage.page.get_by_role("button", name="Undo the paste").click()


@BEHAVIOURS.kept_by("row = addRow();")
def a_block_lands_from_its_cell_on_with_rows_added(stage: Stage) -> None:
    show(stage)
    told = stage.count("document", "draft-typed")
    assert not paste(stage, "steps-1-days", "14\t2\n7\t1½\n7\t1")
    assert cells(stage) == [["", "", ""], ["14", "2", ""], ["7", "1½", ""], ["7", "1", ""]]
    assert said(stage) == "6 cells were pasted. Check each against your spreadsheet."
    assert told() == 1


REFUSED: Final = "Nothing was pasted: step 2 repeats a pattern of days"


@BEHAVIOURS.kept_by("if (!isNote && isPattern(start, 1)) {", "if (false) {")
def rows_of_a_spreadsheet_go_into_no_pattern(stage: Stage) -> None:
    show(stage, rows=2, pattern=1)
    for cell in ("steps-1-days", "steps-1-day2-dose"):
        assert not paste(stage, cell, SHEET)
        assert REFUSED in said(stage)
        assert stage.page.get_by_role("dialog").is_hidden()
    assert not any(text for row in cells(stage) for text in row)


@BEHAVIOURS.kept_by(
    'if (keys.some((key) => key !== "note") && isPattern(start, pasted.length)) {', "if (false) {"
)
def a_block_that_would_reach_a_pattern_goes_in_nowhere(stage: Stage) -> None:
    show(stage, rows=2, pattern=1)
    paste(stage, "steps-0-days", "14\t2\n7\t1")
    assert REFUSED in said(stage)
    assert not any(text for row in cells(stage) for text in row)
    paste(stage, "steps-0-days", "14\t2")
    assert cells(stage)[0] == ["14", "2", ""]


@BEHAVIOURS.kept_by('keys.some((key) => key !== "note") &&', "")
def notes_go_beside_a_pattern_as_beside_any_step(stage: Stage) -> None:
    show(stage, rows=2, pattern=0)
    paste(stage, "steps-0-note", "Call us\nRest")
    assert [row[-1] for row in cells(stage) if len(row) == 3] == ["Call us", "Rest"]


@BEHAVIOURS.kept_by("over += 1;")
def what_does_not_fit_is_said(stage: Stage) -> None:
    show(stage)
    paste(stage, "steps-0-dose", "2\tslowly\tleft")
    assert cells(stage)[0] == ["", "2", "slowly"]
    assert "1 did not fit beside the last column and were left out." in said(stage)


@BEHAVIOURS.kept_by("heading ? ` The first row", "false ? ` The first row")
def headings_that_were_left_out_are_said(stage: Stage) -> None:
    show(stage)
    paste(stage, "steps-0-days", "Days\tDose\n14\t2")
    assert cells(stage)[0] == ["14", "2", ""]
    assert "The first row was taken for headings and left out: “Days, Dose”." in said(stage)


@BEHAVIOURS.kept_by("if (pasted.isOneCell) {", "if (false) {")
def one_cell_is_the_browsers_to_paste(stage: Stage) -> None:
    show(stage)
    assert paste(stage, "steps-0-note", "Call us")
    assert said(stage) == ""


@BEHAVIOURS.kept_by('!input.matches("input.cell")', "false")
def what_is_no_cell_is_the_browsers_to_paste(stage: Stage) -> None:
    stage.show("pasting.js", body=draft().replace("</tbody>", '<tr><td><input id="other"></td></tr></tbody>'))
    assert paste(stage, "other", "14\t2")
    assert stage.faults() == []


@BEHAVIOURS.kept_by("takeBack(lastPaste);")
def one_press_takes_the_paste_back(stage: Stage) -> None:
    show(stage)
    stage.page.locator("#steps-0-days").fill("21")
    paste(stage, "steps-0-days", "14\t2\n7\t1\n7\t0.5")
    undo(stage)
    assert cells(stage) == [["21", "", ""], ["", "", ""]]
    assert stage.page.get_by_role("button", name="Undo the paste").is_hidden()


@BEHAVIOURS.kept_by('isAll ? "" : SINCE', '""')
def what_was_typed_over_it_stays(stage: Stage) -> None:
    show(stage)
    paste(stage, "steps-0-days", "14\t2\n7\t1\n7\t0.5")
    stage.page.locator("#steps-2-dose").fill("0.75")
    undo(stage)
    assert cells(stage) == [["", "", ""], ["", "", ""], ["", "0.75", ""]]
    assert "What you typed over it since then stays." in said(stage)


@BEHAVIOURS.kept_by('document.getElementById("add-row").focus();')
def whoever_took_it_back_is_not_left_on_a_hidden_button(stage: Stage) -> None:
    show(stage)
    paste(stage, "steps-0-days", "14\t2")
    undo(stage)
    assert stage.page.evaluate("document.activeElement.id") == "add-row"


SHEET: Final = "Step\tStart\tEnd\tDose\n1\t3/2/2026\t3/15/2026\t2\n2\t3/16/2026\t3/22/2026\t1"


def dates(stage: Stage) -> list[list[str]]:
    rows = stage.page.locator("#step-rows tr").all()
    return [[cell.input_value() for cell in row.locator("input.sheet-date").all()] for row in rows]


def press(stage: Stage, name: str) -> None:
    stage.page.get_by_role("button", name=name).click()


@BEHAVIOURS.kept_by("isNote || standsAsHere(pasted, inPlace)", "true")
def columns_in_another_order_are_shown_before_anything_goes_in(stage: Stage) -> None:
    show(stage)
    assert not paste(stage, "steps-0-days", SHEET)
    assert cells(stage) == [["", "", ""], ["", "", ""]]
    assert stage.page.get_by_role("dialog").is_visible()


@BEHAVIOURS.kept_by("pasted.heading ? saidBy(pasted.heading) :", "")
def dates_go_beside_the_rows_and_fill_in_no_days(stage: Stage) -> None:
    show(stage, rows=1)
    paste(stage, "steps-0-days", SHEET)
    press(stage, "Put into the table")
    assert cells(stage) == [["", "2", ""], ["", "1", ""]]
    assert dates(stage) == [["3/2/2026", "3/15/2026"], ["3/16/2026", "3/22/2026"]]
    assert "Dates fill in no days: type them." in said(stage)


@BEHAVIOURS.kept_by("keys[across] !== LEAVE_OUT", "true")
def a_column_left_out_by_choice_is_not_one_that_did_not_fit(stage: Stage) -> None:
    show(stage)
    paste(stage, "steps-0-days", SHEET)
    press(stage, "Put into the table")
    assert "Columns were left out as you chose." in said(stage)
    assert "did not fit" not in said(stage)


@BEHAVIOURS.kept_by(
    "cell.value = value;\n      } else if", "cell.value = value;\n        changes.pop();\n      } else if"
)
def one_press_takes_the_dates_back_too(stage: Stage) -> None:
    show(stage, rows=1)
    paste(stage, "steps-0-days", SHEET)
    press(stage, "Put into the table")
    assert stage.page.locator("table.has-sheet").count() == 1
    undo(stage)
    assert (cells(stage), dates(stage)) == ([["", "", ""]], [["", ""]])
    assert stage.page.locator("table.has-sheet").count() == 0


@BEHAVIOURS.kept_by("undo(); // Only one of the two is in the table.")
def what_went_in_as_it_stood_is_taken_back_when_columns_are_chosen(stage: Stage) -> None:
    show(stage)
    paste(stage, "steps-0-days", "2\t14\n1\t7")
    assert cells(stage) == [["2", "14", ""], ["1", "7", ""]]
    press(stage, "Choose the columns")
    stage.page.get_by_label("Column 1").select_option("Daily dose in mg")
    stage.page.get_by_label("Column 2").select_option("Note to the patient")
    press(stage, "Put into the table")
    assert cells(stage) == [["", "2", "14"], ["", "1", "7"]]


@BEHAVIOURS.kept_by("choose = null;\n  undo();", "undo();\n  lastPaste = {};\n  say('');")
def after_taking_it_back_there_is_nothing_to_choose(stage: Stage) -> None:
    show(stage)
    paste(stage, "steps-0-days", "14\t2")
    undo(stage)
    assert stage.page.locator("#paste-choose").is_hidden()


@BEHAVIOURS.kept_by("if (isTooLong(start + pasted.length)) {", "if (false) {")
def a_block_of_too_many_rows_is_refused_whole(stage: Stage) -> None:
    show(stage, most=4)
    paste(stage, "steps-1-days", "14\t2\n7\t1\n7\t1\n7\t0.5")
    assert cells(stage) == [["", "", ""], ["", "", ""]]
    said_so = "Nothing was pasted: a schedule has at most 4 steps, and this would make it 5. Copy fewer rows."
    assert said(stage) == said_so
    paste(stage, "steps-1-days", "14\t2\n7\t1\n7\t1")
    assert len(cells(stage)) == 4


@BEHAVIOURS.kept_by("if (isTooLong(start + pasted.rows.length - 1)) {", "if (false) {")
def no_columns_are_chosen_for_what_cannot_go_in(stage: Stage) -> None:
    show(stage, most=4)
    paste(stage, "steps-0-days", "3/1/2026\t2\n" * 6)
    assert not stage.page.locator("#paste-preview").is_visible()
    assert said(stage).startswith("Nothing was pasted: a schedule has at most 4 steps")


@BEHAVIOURS.kept_by(
    'const why = count > allRows().length ? tooMany(count) : "";', "const why = tooMany(count);"
)
def a_table_that_is_too_long_already_can_still_be_pasted_into(stage: Stage) -> None:
    show(stage, rows=6, most=4)
    paste(stage, "steps-4-days", "14\t2\n7\t1")
    assert cells(stage)[5] == ["7", "1", ""]


@BEHAVIOURS.kept_by("remember(lastPaste);")
def a_paste_is_undone_by_the_key_too_and_done_again(stage: Stage) -> None:
    show(stage)
    paste(stage, "steps-0-days", "14\t2")
    stage.page.locator("#steps-1-days").focus()
    stage.page.keyboard.press("Control+z")
    assert cells(stage)[0] == ["", "", ""]
    assert stage.page.get_by_role("button", name="Undo the paste").is_hidden()


@BEHAVIOURS.kept_by("lastPaste = act;")
def a_paste_that_is_done_again_can_be_undone_with_the_button(stage: Stage) -> None:
    show(stage)
    paste(stage, "steps-0-days", "14\t2")
    stage.page.locator("#steps-1-days").focus()
    stage.page.keyboard.press("Control+z")
    stage.page.keyboard.press("Control+y")
    assert said(stage) == "The paste is in the table again. Check each cell against your spreadsheet."
    undo(stage)
    assert cells(stage)[0] == ["", "", ""]


@BEHAVIOURS.kept_by("  showColumns();\n")
def a_column_that_something_is_pasted_into_is_shown(stage: Stage) -> None:
    page = stage.show("pasting.js", body=draft(columns=True))
    page.locator("#column-bedtime-1").check()
    paste(stage, "steps-0-days", "Days\tDose\tMorning\n14\t2\t1\n")
    press(stage, "Put into the table")
    assert page.locator("#steps-0-morning-1").is_visible()
