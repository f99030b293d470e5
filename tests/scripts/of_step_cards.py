"""step_cards.js: on a narrow page a step is a card that opens."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

from .stage import Behaviours, Stage
from .table import draft

BEHAVIOURS: Final = Behaviours("step_cards.js")


def show(stage: Stage, *, width: int = 390, wrong: bool = False, pattern: int | None = None) -> Page:
    """The first of two steps is typed."""
    stage.page.set_viewport_size({"width": width, "height": 800})
    body = draft(columns=pattern is None, pattern=pattern, ticks=True)
    for name, text in {"days": "14", "dose": "1.5"}.items():
        mark = "is-wrong" if wrong else "right"
        body = body.replace(
            f'class="cell" id="steps-0-{name}"', f'class="cell {mark}" value="{text}" id="steps-0-{name}"'
        )
    return stage.show("step_cards.js", body=body)


def closed(page: Page) -> list[str]:
    rows = page.locator("tr.is-closed[data-row]").all()
    return [str(row.get_attribute("data-row")) for row in rows]


@BEHAVIOURS.kept_by("show(row, !isTyped || isWrong);")
def a_step_that_is_typed_is_closed_and_says_so(stage: Stage) -> None:
    page = show(stage)
    assert closed(page) == ["0"]
    assert page.locator(".row-says > span").all_inner_texts() == ["Days: 14", "Dose: 1.5"]


@BEHAVIOURS.kept_by("!isTyped || isWrong", "!isTyped")
def what_is_wrong_stays_open(stage: Stage) -> None:
    assert closed(show(stage, wrong=True)) == []


@BEHAVIOURS.kept_by("if (!narrow.matches) {", "if (false) {")
def on_a_wide_page_there_are_no_cards(stage: Stage) -> None:
    page = show(stage, width=1280)
    assert (closed(page), page.locator(".row-open:not([hidden])").count()) == ([], 0)


@BEHAVIOURS.kept_by('narrow.addEventListener("change", makeCards);')
def a_page_that_becomes_narrow_has_them(stage: Stage) -> None:
    page = show(stage, width=1280)
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_function("document.querySelector('tr.is-closed')")


@BEHAVIOURS.kept_by("show(rowOf(button), isClosed(rowOf(button)));")
def a_card_opens_and_closes(stage: Stage) -> None:
    page = show(stage)
    button = page.locator(".row-open").first
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    assert (closed(page), button.get_attribute("aria-expanded")) == ([], "true")
    assert page.locator(".row-says > span").count() == 0
    button.click()
    assert closed(page) == ["0"]


@BEHAVIOURS.kept_by(
    'line.classList.toggle("is-closed", !isOpen);', 'row.classList.toggle("is-closed", !isOpen);'
)
def the_days_of_a_pattern_are_part_of_its_card(stage: Stage) -> None:
    page = show(stage, pattern=0)
    assert page.locator("tr.is-closed").count() == 3


@BEHAVIOURS.kept_by("sayWhatIsTyped(row);\n    }\n  });", "}\n  });")
def a_closed_card_says_what_is_typed_now(stage: Stage) -> None:
    page = show(stage)
    page.evaluate(
        "() => { document.getElementById('steps-0-dose').value = '1.25';"
        " document.getElementById('draft').dispatchEvent(new Event('draft-typed')); }"
    )
    assert page.locator(".row-says > span").all_inner_texts() == ["Days: 14", "Dose: 1.25"]


@BEHAVIOURS.kept_by("show(rowOf(cell), true);")
def somebody_who_goes_to_a_cell_finds_its_card_open(stage: Stage) -> None:
    page = show(stage)
    page.evaluate(
        "async () => (await import('/static/js/step_cards.js')).openCard(document.getElementById('steps-0-dose'))"
    )
    assert closed(page) == []
