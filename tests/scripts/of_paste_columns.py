"""paste_columns.js: which column a heading names, and which tables cannot go in as they stand."""

from __future__ import annotations

from typing import Any, Final

from .stage import Behaviours, Stage
from .table import draft

BEHAVIOURS: Final = Behaviours("paste_columns.js")
KEYS: Final = ["days", "dose", "note"]
LEAVE: Final = "leave-out"


def call(stage: Stage, name: str, *given: Any) -> Any:
    stage.show(body=draft())
    asked = "async ([name, given]) => (await import('/static/js/paste_columns.js'))[name](...given)"
    return stage.page.evaluate(asked, [name, given])


def said_by(stage: Stage, *heading: str) -> Any:
    return call(stage, "saidBy", heading)


def stands(stage: Stage, rows: list[list[str]], heading: list[str] | None = None) -> Any:
    return call(stage, "standsAsHere", {"rows": rows, "heading": heading}, KEYS)


@BEHAVIOURS.kept_by("plain(label) === said", "plain(label).startsWith(said)")
def a_heading_is_a_column_when_it_says_exactly_that(stage: Stage) -> None:
    assert said_by(stage, "DAYS", "Daily dose (mg)", "Note to the patient", "Start date", "to") == [
        "days", "dose", "note", "sheet_first", "sheet_last",
    ]  # fmt: skip
    assert said_by(stage, "First", "Daily", "", "Days until review", "<b>Days</b>") == [""] * 5


@BEHAVIOURS.kept_by("said.indexOf(key) === said.lastIndexOf(key)", "true")
def of_two_headings_that_say_the_same_neither_is_chosen(stage: Stage) -> None:
    assert said_by(stage, "Dose", "Days", "Daily dose") == ["", "days", ""]
    assert said_by(stage, "Step", "Step") == [LEAVE, LEAVE]


@BEHAVIOURS.kept_by("columnOf(text) === (keys[across] ??", "true || (keys[across] ??")
def headings_in_the_order_of_the_table_stand_as_here(stage: Stage) -> None:
    assert stands(stage, [["14", "2"]], ["Days", "Dose"])
    assert stands(stage, [["14", "2", "", "x"]], ["Days", "Dose", "Notes", "Reviewed by"])
    assert not stands(stage, [["2", "14"]], ["Dose", "Days"])
    assert not stands(stage, [["14", "2"]], ["Days", "Amount"])


@BEHAVIOURS.kept_by("STEP.test(text) ||")
def a_leading_column_of_steps_is_not_days(stage: Stage) -> None:
    assert not stands(stage, [["Step 1", "14", "2"]])


@BEHAVIOURS.kept_by("DATE_IN_DIGITS.test(text) ||")
def a_date_is_not_days(stage: Stage) -> None:
    for text in ("3/2/2026", "2026-03-02", "2.3.26"):
        assert not stands(stage, [["7", "1"], [text, "2"]]), text
    assert stands(stage, [["14", "1/2"], ["7", "3/4"], ["1½", "0.5"]])


@BEHAVIOURS.kept_by("&& MONTH.test(text)")
def a_date_in_words_is_not_days_but_an_amount_in_words_may_be(stage: Stage) -> None:
    for text in ("Mar 2, 2026", "2-Mar-26", "Mon, Mar 2, 2026", "2 March"):
        assert not stands(stage, [[text, "2"]]), text
    assert stands(stage, [["14 days", "2 mg"]])


@BEHAVIOURS.kept_by('keys[across] !== "note" &&')
def a_date_in_a_note_is_prose(stage: Stage) -> None:
    assert stands(stage, [["14", "2", "3/2/2026"]])
