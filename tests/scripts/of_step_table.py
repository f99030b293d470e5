"""step_table.js: a new row is the server's own, with its number put in as text."""

from __future__ import annotations

from typing import Final

from .stage import Behaviours, Stage
from .table import draft

BEHAVIOURS: Final = Behaviours("step_table.js")
ADD: Final = "async () => (await import('/static/js/step_table.js')).addRow().outerHTML"


@BEHAVIOURS.kept_by("attribute.value = fill(attribute.value);")
def a_new_row_has_names_of_its_own(stage: Stage) -> None:
    page = stage.show(body=draft(rows=2))
    page.evaluate(ADD)
    added = page.locator("#step-rows tr").last
    assert added.get_attribute("data-row") == "2"
    assert added.locator("input").first.get_attribute("name") == "steps-2-days"
    assert added.locator("input").first.get_attribute("aria-label") == "Step 3, days"


@BEHAVIOURS.kept_by("node.data = fill(node.data);")
def a_new_row_says_which_step_it_is(stage: Stage) -> None:
    page = stage.show(body=draft(rows=2))
    assert "__" not in page.evaluate(ADD)
    assert page.locator("#step-rows th").all_inner_texts() == ["1", "2", "3"]


@BEHAVIOURS.kept_by(
    "Math.max(-1, ...allRows().map((row) => Number(row.dataset.row))) + 1", "allRows().length"
)
def no_two_rows_have_one_name(stage: Stage) -> None:
    page = stage.show(body=draft(rows=3))
    page.evaluate("document.querySelector('tr').remove()")
    page.evaluate(ADD)
    names = [cell.get_attribute("name") for cell in page.locator("input.cell").all()]
    assert len(set(names)) == len(names)


@BEHAVIOURS.kept_by("document.importNode(blank, true)", "blank")
def the_blank_row_stays_blank(stage: Stage) -> None:
    page = stage.show(body=draft(rows=0))
    page.evaluate(ADD)
    page.evaluate(ADD)
    assert page.locator("#step-rows th").all_inner_texts() == ["1", "2"]


@BEHAVIOURS.kept_by('new CustomEvent("draft-typed", { bubbles: true })', 'new CustomEvent("draft-typed")')
def that_something_was_typed_is_told_to_the_page(stage: Stage) -> None:
    page = stage.show(body=draft())
    told = stage.count("document", "draft-typed")
    page.evaluate("async () => { (await import('/static/js/step_table.js')).tellTyped(); }")
    assert told() == 1


@BEHAVIOURS.kept_by('classList.toggle("has-sheet", isUsed)', 'classList.add("has-sheet")')
def the_column_of_a_sheets_dates_is_there_while_one_has_them(stage: Stage) -> None:
    page = stage.show(body=draft())
    look = "async () => { (await import('/static/js/step_table.js')).showSheetDates(); }"
    page.evaluate(look)
    assert page.locator("table.has-sheet").count() == 0
    page.locator("#steps-1-sheet_last").fill("3/2/2026")
    page.evaluate(look)
    assert page.locator("table.has-sheet").count() == 1


@BEHAVIOURS.kept_by('querySelectorAll("tr[data-row]")', 'querySelectorAll("tr")')
def the_days_of_a_pattern_are_no_steps_of_their_own(stage: Stage) -> None:
    page = stage.show(body=draft(rows=2, pattern=0))
    page.evaluate(ADD)
    added = page.locator("#step-rows tr").last
    assert (added.get_attribute("data-row"), added.locator("th").inner_text()) == ("2", "3")


KEY: Final = """async () => {
    const { keyOf } = await import('/static/js/step_table.js');
    return ["steps-0-day2-dose", "steps-0-dose", "steps-0-days"].map((id) => keyOf(document.getElementById(id)));
}"""


@BEHAVIOURS.kept_by("(?:day\\d-)?", "")
def a_cell_of_any_day_has_the_key_of_its_column(stage: Stage) -> None:
    page = stage.show(body=draft(rows=1, pattern=0))
    assert page.evaluate(KEY) == ["dose", "dose", "days"]


@BEHAVIOURS.kept_by(":not([hidden]) > input.cell", "input.cell")
def a_cell_of_a_column_that_is_left_out_is_no_cell_to_go_to_or_paste_into(stage: Stage) -> None:
    page = stage.show("step_table.js", body=draft(columns=True))
    names = page.evaluate(
        """async () => {
            const row = document.querySelector("#step-rows tr");
            row.querySelector("[data-column=morning-1]").hidden = true;
            return (await import('/static/js/step_table.js')).cellsOf(row).map((cell) => cell.name);
        }"""
    )
    assert names == ["steps-0-days", "steps-0-dose", "steps-0-bedtime-1", "steps-0-note"]
