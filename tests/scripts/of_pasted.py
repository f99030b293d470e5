"""pasted.js: where a cell ends, and which row is headings."""

from __future__ import annotations

from typing import Any, Final

from .stage import Behaviours, Stage

BEHAVIOURS: Final = Behaviours("pasted.js")
NOTE = True
READ: list[tuple[str, bool, list[list[str]], list[str] | None]] = [
    ("14\t2\t1", False, [["14", "2", "1"]], None),
    ("14\t2\r\n7\t1\r\n", False, [["14", "2"], ["7", "1"]], None),
    ('7\t1\t"Call us.\nThen rest."\n7\t2\tb', False, [["7", "1", "Call us. Then rest."], ["7", "2", "b"]], None),
    ('"a ""quoted"" word"\tb', False, [['a "quoted" word', "b"]], None),
    ('"a\tb"\tc', False, [["a\tb", "c"]], None),
    ('"one cell\nof two lines"\n', NOTE, [["one cell of two lines"]], None),
    ('he said "no"\tb', False, [['he said "no"', "b"]], None),
    ('"not closed\tb', False, [['"not closed', "b"]], None),
    ("Days\tDaily dose\tMorning, 1 mg\n14\t2\t1", False, [["14", "2", "1"]], ["Days", "Daily dose", "Morning, 1 mg"]),
    ("dose (mg)\n2\n1.5", False, [["2"], ["1.5"]], ["dose (mg)"]),
    ("14 days\t0.5 mg\tmorning\n7\t1\t", False, [["14 days", "0.5 mg", "morning"], ["7", "1", ""]], None),
    ("Step 1\t14\t2\nStep 2\t7\t1", False, [["Step 1", "14", "2"], ["Step 2", "7", "1"]], None),
    ("Morning only\nBedtime only", NOTE, [["Morning only"], ["Bedtime only"]], None),
    ("14,2,1\n7,1.5,½", False, [["14", "2", "1"], ["7", "1.5", "½"]], None),
    ('7,1,"Slowly, please"', False, [["7", "1", "Slowly, please"]], None),
    ("days,dose\n14,2", False, [["14", "2"]], ["days", "dose"]),
    ("0,5\n0,25", False, [["0,5"], ["0,25"]], None),
    ("1,5", False, [["1,5"]], None),
    ("14,2,1\n7,1", False, [["14,2,1"], ["7,1"]], None),
    ("Slowly, if dizzy, or worse", NOTE, [["Slowly, if dizzy, or worse"]], None),
    ("7\t1\u00a0½\t0,5", False, [["7", "1 ½", "0,5"]], None),
    ("\t\t1", False, [["", "", "1"]], None),
    ("", False, [[""]], None),
]  # fmt: skip


def read(stage: Stage, text: str, is_note: bool) -> dict[str, Any]:
    found: dict[str, Any] = stage.page.evaluate(
        "async (pasted) => (await import('/static/js/pasted.js')).readPasted(...pasted)", [text, is_note]
    )
    return found


@BEHAVIOURS.kept_by("quoted.exec(rest)", "null")
def cells_and_headings_are_told_apart(stage: Stage) -> None:
    stage.show(body="")
    for text, is_note, rows, heading in READ:
        found = read(stage, text, is_note)
        assert (found["rows"], found["heading"]) == (rows, heading), text


@BEHAVIOURS.kept_by("FEWEST_WITH_COMMAS = 3", "FEWEST_WITH_COMMAS = 2")
def a_decimal_comma_parts_no_cells(stage: Stage) -> None:
    stage.show(body="")
    assert read(stage, "1,5", is_note=False)["rows"] == [["1,5"]]


@BEHAVIOURS.kept_by("&& !row.some((cell) => AMOUNT.test(cell))")
def a_row_with_a_number_alone_is_no_heading(stage: Stage) -> None:
    stage.show(body="")
    assert read(stage, "Step 1\t14\nStep 2\t7", is_note=False)["heading"] is None


@BEHAVIOURS.kept_by('isOneCell && !lines.includes("\\n")', "false")
def one_cell_is_known(stage: Stage) -> None:
    stage.show(body="")
    assert read(stage, "Call us, if dizzy", is_note=True)["isOneCell"]
    assert not read(stage, "14\t2", is_note=False)["isOneCell"]
