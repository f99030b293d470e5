"""paste_preview.js: the first rows with a choice over each column; nothing goes in that nobody chose."""

from __future__ import annotations

from typing import Any, Final

from .stage import Behaviours, Stage
from .table import draft

BEHAVIOURS: Final = Behaviours("paste_preview.js")
OPEN: Final = """async ([pasted, presets]) => {
    window.done = null;
    const { preview } = await import("/static/js/paste_preview.js");
    preview(pasted, presets, (...given) => { window.done = given; });
}"""


def show(stage: Stage, rows: list[list[str]], *presets: str, heading: list[str] | None = None) -> None:
    stage.show(body=draft())
    stage.page.evaluate(OPEN, [{"rows": rows, "heading": heading}, presets])


def chosen(stage: Stage) -> list[str]:
    return [select.input_value() for select in stage.page.locator("dialog select").all()]


def put(stage: Stage) -> Any:
    stage.page.get_by_role("button", name="Put into the table").click()
    return stage.page.evaluate("window.done")


def refused(stage: Stage) -> str:
    return stage.page.locator("#paste-refused").inner_text()


@BEHAVIOURS.kept_by("select.value = chosen;")
def nothing_is_chosen_but_what_was_said(stage: Stage) -> None:
    show(stage, [["1", "2", "3"]], "", "dose")
    assert chosen(stage) == ["", "dose", ""]
    choices = stage.page.locator("dialog select").first.locator("option").all_inner_texts()
    assert choices == [
        "Choose", "Days", "Daily dose in mg", "Note to the patient", "Start date in the sheet", "End date in the sheet",
        "Leave out",
    ]  # fmt: skip


@BEHAVIOURS.kept_by("if (open >= 0) {", "if (false) {")
def a_column_that_nobody_chose_keeps_it_from_going_in(stage: Stage) -> None:
    show(stage, [["1", "2"]], "days")
    assert put(stage) is None
    assert refused(stage) == "Choose what column 2 is, or leave it out."
    assert stage.page.evaluate("document.activeElement.ariaLabel") == "Column 2"


@BEHAVIOURS.kept_by("if (twice >= 0) {", "if (false) {")
def two_columns_do_not_go_into_one(stage: Stage) -> None:
    show(stage, [["1", "2"]], "days", "days")
    assert put(stage) is None
    assert "Two columns are “Days”." in refused(stage)


@BEHAVIOURS.kept_by("chosen.every((key) => key === LEAVE_OUT)", "false")
def a_table_of_which_all_is_left_out_does_not_go_in(stage: Stage) -> None:
    show(stage, [["1", "2"]], "leave-out", "leave-out")
    assert put(stage) is None


@BEHAVIOURS.kept_by("lines.slice(0, SHOWN)", "lines")
def the_first_rows_are_shown(stage: Stage) -> None:
    show(stage, [[str(row)] for row in range(400)], "days")
    assert stage.page.locator("dialog tbody tr").count() == 5
    assert stage.page.locator("#paste-shown").inner_text() == "The first 5 of 400 rows are shown."
    assert len(put(stage)[0]["rows"]) == 400


@BEHAVIOURS.kept_by("hasHeading.checked ? { rows: rest, heading: first } :")
def whether_the_first_row_is_headings_is_theirs_to_say(stage: Stage) -> None:
    show(stage, [["14"]], "days", heading=["Week 1"])
    assert stage.page.get_by_label("The first row is headings").is_checked()
    assert put(stage) == [{"rows": [["14"]], "heading": ["Week 1"]}, ["days"]]
    show(stage, [["14"]], "days", heading=["Week 1"])
    stage.page.get_by_label("The first row is headings").uncheck()
    assert put(stage) == [{"rows": [["Week 1"], ["14"]], "heading": None}, ["days"]]


@BEHAVIOURS.kept_by("dialog.close());", "{});")
def cancelling_puts_nothing_in(stage: Stage) -> None:
    show(stage, [["1"]], "days")
    stage.page.get_by_role("button", name="Cancel").click()
    assert stage.page.get_by_role("dialog").count() == 0
    assert stage.page.evaluate("window.done") is None


@BEHAVIOURS.kept_by("made.textContent = text;", "made.innerHTML = text;")
def markup_in_a_cell_is_text(stage: Stage) -> None:
    show(stage, [["<img src=x onerror=alert(1)>", "=1+1"]])
    assert stage.page.locator("dialog td").nth(2).inner_text() == "<img src=x onerror=alert(1)>"
    assert stage.page.locator("dialog img").count() == 0
