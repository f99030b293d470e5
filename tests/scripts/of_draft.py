"""draft.js: moving about in the step table, and the cells that the server says are wrong."""

from __future__ import annotations

from typing import Final

from .stage import Behaviours, Stage
from .table import draft

BEHAVIOURS: Final = Behaviours("draft.js")
SETTLED: Final = "new Event('htmx:afterSettle')"


def show(
    stage: Stage, *, rows: int = 2, most: int = 400, ticks: bool = False, pattern: int | None = None
) -> None:
    stage.show("draft.js", body=draft(rows=rows, most=most, ticks=ticks, pattern=pattern))


def focused(stage: Stage) -> str:
    return str(stage.page.evaluate("document.activeElement.id"))


def press(stage: Stage, cell: str, *keys: str) -> str:
    """Where the cursor is then."""
    stage.page.locator(f"#{cell}").focus()
    for key in keys:
        stage.page.keyboard.press(key)
    return focused(stage)


@BEHAVIOURS.kept_by("keyOf(cell) === keyOf(input)", "true")
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


@BEHAVIOURS.kept_by('event.key === "ArrowDown"', "false")
def arrows_move_up_and_down(stage: Stage) -> None:
    show(stage)
    assert press(stage, "steps-0-dose", "ArrowDown") == "steps-1-dose"
    assert press(stage, "steps-1-dose", "ArrowUp") == "steps-0-dose"
    assert press(stage, "steps-1-dose", "ArrowDown") == "steps-1-dose"


@BEHAVIOURS.kept_by('"ArrowRight" && (atEnd || isWhole)', '"ArrowRight"')
def an_arrow_leaves_a_cell_only_at_its_end(stage: Stage) -> None:
    show(stage)
    stage.page.locator("#steps-0-days").fill("14")
    assert press(stage, "steps-0-days", "Home", "ArrowRight") == "steps-0-days"
    assert press(stage, "steps-0-days", "End", "ArrowRight") == "steps-0-dose"
    assert press(stage, "steps-0-dose", "ArrowLeft") == "steps-0-days"


@BEHAVIOURS.kept_by("if (!moved && addOne()) {", "if (false) {")
def enter_in_the_last_row_adds_one(stage: Stage) -> None:
    show(stage)
    told = stage.count("document", "draft-typed")
    assert press(stage, "steps-1-dose", "Enter") == "steps-2-dose"
    assert told() == 1


@BEHAVIOURS.kept_by('moved || event.key === "Enter"', "moved && false")
def enter_sends_nothing(stage: Stage) -> None:
    show(stage)
    sent = stage.count("document", "submit")
    press(stage, "steps-0-days", "Enter")
    assert sent() == 0


@BEHAVIOURS.kept_by("event.altKey || event.ctrlKey || event.metaKey", "false")
def a_shortcut_of_the_browser_is_let_be(stage: Stage) -> None:
    show(stage)
    assert press(stage, "steps-0-days", "Control+ArrowDown") == "steps-0-days"


@BEHAVIOURS.kept_by("cellsOf(added)[0].focus();")
def a_step_is_added_without_the_server(stage: Stage) -> None:
    show(stage)
    sent = stage.count("document", "submit")
    stage.page.get_by_role("button", name="Add a step").click()
    assert (focused(stage), sent()) == ("steps-2-days", 0)


@BEHAVIOURS.kept_by('event.target.id === "first_day"', "false")
def another_first_day_confirms_nothing(stage: Stage) -> None:
    show(stage, ticks=True)
    stage.page.locator("#steps-0-days").fill("14")
    assert stage.page.locator("#steps-0-confirmed").is_checked()
    stage.page.locator("#first_day").fill("10/05/2026")
    assert not stage.page.locator("#steps-0-confirmed").is_checked()


@BEHAVIOURS.kept_by('"#draft-check [data-cleared]"', '"#nothing"')
def the_server_too_can_say_that_nothing_is_confirmed(stage: Stage) -> None:
    show(stage, ticks=True)
    stage.page.evaluate(
        "() => { const word = document.createElement('p'); word.dataset.cleared = '';"
        " document.getElementById('draft-check').append(word); }"
    )
    stage.dispatch("document.body", SETTLED)
    assert not stage.page.locator("#steps-1-confirmed").is_checked()


def settle_with_wrong(stage: Stage, cells: str) -> list[str]:
    """The cells that are marked once the server has named these."""
    stage.page.evaluate(
        """cells => {
            const item = document.createElement("p");
            item.dataset.cell = cells;
            document.getElementById("draft-check").replaceChildren(item);
        }""",
        cells,
    )
    stage.dispatch("document.body", SETTLED)
    marked = stage.page.locator("[aria-invalid=true], label.is-wrong > input").all()
    return [cell.get_attribute("id") or "" for cell in marked]


@BEHAVIOURS.kept_by('item.dataset.cell.split(" ")', "[item.dataset.cell]")
def the_cells_that_the_server_names_are_marked_and_no_others(stage: Stage) -> None:
    show(stage)
    assert settle_with_wrong(stage, "steps-0-days steps-0-dose") == ["steps-0-days", "steps-0-dose"]
    assert settle_with_wrong(stage, "first_day") == ["first_day"]


@BEHAVIOURS.kept_by('input.removeAttribute("aria-invalid");')
def a_cell_that_is_right_again_is_unmarked(stage: Stage) -> None:
    show(stage)
    settle_with_wrong(stage, "steps-0-days")
    assert settle_with_wrong(stage, "steps-1-dose") == ["steps-1-dose"]


@BEHAVIOURS.kept_by('label.classList.toggle("is-wrong"', 'label.classList.toggle("nothing"')
def a_step_that_is_not_confirmed_is_marked(stage: Stage) -> None:
    show(stage, ticks=True)
    assert settle_with_wrong(stage, "steps-1-confirmed") == ["steps-1-confirmed"]


@BEHAVIOURS.kept_by("goTo(link.hash);")
def a_link_leads_into_its_cell(stage: Stage) -> None:
    show(stage)
    stage.page.get_by_text("Step 2 has no dose").click()
    assert focused(stage) == "steps-1-dose"


@BEHAVIOURS.kept_by('cell.matches("input, select")', 'cell.matches("input")')
def a_link_leads_to_the_day_that_a_pattern_begins_with(stage: Stage) -> None:
    show(stage, pattern=1)
    stage.page.get_by_text("Step 2 begins with no day").click()
    assert focused(stage) == "steps-1-starts_on"
    assert stage.faults() == []


@BEHAVIOURS.kept_by("select.starts-on, ", "")
def a_day_to_begin_with_that_is_to_be_chosen_is_marked(stage: Stage) -> None:
    show(stage, pattern=1)
    assert settle_with_wrong(stage, "steps-1-starts_on steps-1-day2-dose") == [
        "steps-1-day2-dose",
        "steps-1-starts_on",
    ]


@BEHAVIOURS.kept_by("return why ? null : addRow();", "return addRow();")
def no_row_is_added_beyond_what_a_schedule_may_have(stage: Stage) -> None:
    show(stage, rows=2, most=2)
    assert press(stage, "steps-1-days", "Enter") == "steps-1-days"
    stage.page.locator("#add-row").click()
    assert stage.page.locator("#step-rows tr").count() == 2
    words = stage.page.locator("#paste-status").inner_text()
    assert words == "No step was added: a schedule has at most 2 steps, and this would make it 3."
