"""draft.js: the cells that the server says are wrong, and the way into them."""

from __future__ import annotations

from typing import Final

from .stage import Behaviours, Stage
from .table import draft

BEHAVIOURS: Final = Behaviours("draft.js")
SETTLED: Final = "new Event('htmx:afterSettle')"


def show(stage: Stage, *, ticks: bool = False, pattern: int | None = None) -> None:
    stage.show("draft.js", body=draft(ticks=ticks, pattern=pattern))


def focused(stage: Stage) -> str:
    return str(stage.page.evaluate("document.activeElement.id"))


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


@BEHAVIOURS.kept_by("openCard(cell);")
def a_link_opens_the_card_of_its_cell(stage: Stage) -> None:
    stage.page.set_viewport_size({"width": 390, "height": 800})
    body = draft(columns=True).replace('name="steps-1-dose"', 'name="steps-1-dose" value="1"')
    page = stage.show("draft.js", body=body)
    assert page.locator("tr.is-closed").count() == 1
    page.get_by_text("Step 2 has no dose").click()
    assert (focused(stage), page.locator("tr.is-closed").count()) == ("steps-1-dose", 0)
