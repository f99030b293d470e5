"""step_keys.js: moving about in the step table without the mouse."""

from __future__ import annotations

from typing import Final

from .stage import Behaviours, Stage
from .table import draft

BEHAVIOURS: Final = Behaviours("step_keys.js")


def show(
    stage: Stage, *, rows: int = 2, most: int = 400, ticks: bool = False, pattern: int | None = None
) -> None:
    stage.show("step_keys.js", body=draft(rows=rows, most=most, ticks=ticks, pattern=pattern))


def focused(stage: Stage) -> str:
    return str(stage.page.evaluate("document.activeElement.id"))


def press(stage: Stage, cell: str, *keys: str) -> str:
    """Where the cursor is then."""
    stage.page.locator(f"#{cell}").focus()
    for key in keys:
        stage.page.keyboard.press(key)
    return focused(stage)


@BEHAVIOURS.kept_by("keyOf(cell) === key)", "true)")
def in_a_pattern_arrows_stay_in_their_column(stage: Stage) -> None:
    show(stage, rows=2, pattern=0)
    assert press(stage, "steps-0-dose", "ArrowDown") == "steps-0-day2-dose"
    assert press(stage, "steps-0-dose", "ArrowDown", "ArrowDown") == "steps-1-dose"
    assert press(stage, "steps-1-dose", "ArrowUp", "ArrowUp") == "steps-0-dose"
    assert press(stage, "steps-0-days", "ArrowDown") == "steps-1-days"
    assert press(stage, "steps-1-note", "ArrowUp") == "steps-0-note"


@BEHAVIOURS.kept_by("lines.slice(at + 1)", "lines.slice(at + 1, at + 2)")
def enter_on_the_days_of_a_last_pattern_adds_a_row(stage: Stage) -> None:
    show(stage, rows=1, pattern=0)
    assert press(stage, "steps-0-dose", "Enter") == "steps-0-day2-dose"
    assert press(stage, "steps-0-day2-dose", "Enter") == "steps-1-dose"
    assert press(stage, "steps-0-days", "Enter") == "steps-1-days"
    assert stage.page.locator("#step-rows tr[data-row]").count() == 2


@BEHAVIOURS.kept_by("  ArrowDown: (input) => moveDown(input, 1),\n")
def arrows_move_up_and_down(stage: Stage) -> None:
    show(stage)
    assert press(stage, "steps-0-dose", "ArrowDown") == "steps-1-dose"
    assert press(stage, "steps-1-dose", "ArrowUp") == "steps-0-dose"
    assert press(stage, "steps-1-dose", "ArrowDown") == "steps-1-dose"


@BEHAVIOURS.kept_by("isLeaving(input, 1) && ")
def an_arrow_leaves_a_cell_only_at_its_end(stage: Stage) -> None:
    show(stage)
    stage.page.locator("#steps-0-days").fill("14")
    assert press(stage, "steps-0-days", "Home", "ArrowRight") == "steps-0-days"
    assert press(stage, "steps-0-days", "End", "ArrowRight") == "steps-0-dose"
    assert press(stage, "steps-0-dose", "ArrowLeft") == "steps-0-days"


@BEHAVIOURS.kept_by("  if (addOne()) {", "  if (false) {")
def enter_in_the_last_row_adds_one(stage: Stage) -> None:
    show(stage)
    told = stage.count("document", "draft-typed")
    assert press(stage, "steps-1-dose", "Enter") == "steps-2-dose"
    assert told() == 1


@BEHAVIOURS.kept_by("enter(from);\n    event.preventDefault();", "enter(from);")
def enter_sends_nothing(stage: Stage) -> None:
    show(stage)
    sent = stage.count("document", "submit")
    press(stage, "steps-0-days", "Enter")
    assert sent() == 0


@BEHAVIOURS.kept_by("event.altKey || event.ctrlKey || event.metaKey || ")
def a_shortcut_of_the_browser_is_let_be(stage: Stage) -> None:
    show(stage)
    assert press(stage, "steps-0-days", "Control+ArrowDown") == "steps-0-days"


@BEHAVIOURS.kept_by("cellsOf(added)[0].focus();")
def a_step_is_added_without_the_server(stage: Stage) -> None:
    show(stage)
    sent = stage.count("document", "submit")
    stage.page.get_by_role("button", name="Add a step").click()
    assert (focused(stage), sent()) == ("steps-2-days", 0)


@BEHAVIOURS.kept_by("return why ? null : addRow();", "return addRow();")
def no_row_is_added_beyond_what_a_schedule_may_have(stage: Stage) -> None:
    show(stage, rows=2, most=2)
    assert press(stage, "steps-1-days", "Enter") == "steps-1-days"
    stage.page.locator("#add-row").click()
    assert stage.page.locator("#step-rows tr").count() == 2
    words = stage.page.locator("#paste-status").inner_text()
    assert words == "No step was added: a schedule has at most 2 steps, and this would make it 3."


@BEHAVIOURS.kept_by('isAcross = event.key === "Tab";', "isAcross = false;")
def enter_comes_back_to_where_the_row_was_begun_with_tab(stage: Stage) -> None:
    show(stage, rows=3)
    assert press(stage, "steps-0-days", "Tab", "Tab", "Enter") == "steps-1-days"
    assert press(stage, "steps-1-dose", "Tab", "Enter") == "steps-2-dose"


@BEHAVIOURS.kept_by("began = isAcross ? began : keyOf(target);", 'began ||= "days";')
def without_tab_enter_stays_in_its_column(stage: Stage) -> None:
    show(stage, rows=3)
    assert press(stage, "steps-0-dose", "Enter", "Enter") == "steps-2-dose"


@BEHAVIOURS.kept_by("button.tabIndex = -1;")
def tab_goes_past_the_buttons_of_a_row_and_an_arrow_reaches_them(stage: Stage) -> None:
    show(stage)
    assert press(stage, "steps-0-sheet_last", "Tab") == "steps-1-days"
    assert press(stage, "steps-0-note", "ArrowRight") == "insert-0"
    assert press(stage, "steps-0-note", "ArrowRight", "ArrowRight") == "remove-0"
    assert press(stage, "steps-0-note", "ArrowRight", "ArrowLeft") == "steps-0-note"


@BEHAVIOURS.kept_by('passButtons(document.getElementById("blank-row").content);')
def tab_goes_past_the_buttons_of_a_row_that_was_added(stage: Stage) -> None:
    show(stage)
    stage.page.get_by_role("button", name="Add a step").click()
    assert press(stage, "steps-2-sheet_last", "Tab") == "add-row"


@BEHAVIOURS.kept_by("input.matches(TICK) ? line.querySelector(TICK) :")
def enter_goes_from_one_confirmation_to_the_next_and_confirms_nothing(stage: Stage) -> None:
    show(stage, ticks=True)
    stage.page.locator("#steps-0-confirmed").uncheck()
    assert press(stage, "steps-0-confirmed", "Enter") == "steps-1-confirmed"
    assert press(stage, "steps-1-confirmed", "ArrowUp") == "steps-0-confirmed"
    assert not stage.page.locator("#steps-0-confirmed").is_checked()
    assert press(stage, "steps-1-confirmed", "Enter") == "steps-1-confirmed"
    assert stage.page.locator("#step-rows tr").count() == 2


@BEHAVIOURS.kept_by("form.requestSubmit(")
def with_control_and_enter_the_draft_is_read_back(stage: Stage) -> None:
    show(stage)
    stage.page.evaluate(
        "document.addEventListener('submit', event => { event.preventDefault(); window.pressed = event.submitter.value; })"
    )
    press(stage, "steps-0-days", "Control+Enter")
    assert stage.page.evaluate("window.pressed") == "sign"


@BEHAVIOURS.kept_by('!event.target.matches("input, textarea, select")', "true")
def a_question_mark_shows_the_keys_and_in_a_cell_it_is_typed(stage: Stage) -> None:
    show(stage)
    press(stage, "steps-0-days", "?")
    assert stage.page.locator("#steps-0-days").input_value() == "?"
    assert not stage.page.locator("#step-keys p").is_visible()
    press(stage, "add-row", "?")
    assert stage.page.locator("#step-keys p").is_visible()
