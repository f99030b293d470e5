"""The step table of a draft, as small as the scripts of it need."""

from __future__ import annotations

from typing import Final

CELLS: Final = (
    '<th scope="row">{position}{ticks}<button type="button" class="row-open" aria-expanded="true" hidden>Cells</button>'
    '<span class="row-says"></span></th>'
    '<td data-label="Days"><input class="cell" id="steps-{index}-days" name="steps-{index}-days" aria-label="Step {position}, days"></td>'
    '<td data-label="Dose"><input class="cell" id="steps-{index}-dose" name="steps-{index}-dose" aria-label="Step {position}, daily dose in mg"></td>'
    "{quantities}"
    '<td data-label="Note" data-column="note"><input class="cell cell-note" id="steps-{index}-note" name="steps-{index}-note" aria-label="Step {position}, note to the patient"></td>'
    '<td class="sheet"><input class="sheet-date" name="steps-{index}-sheet_first" id="steps-{index}-sheet_first" aria-label="Step {position}, start date in the sheet">'
    '<input class="sheet-date" name="steps-{index}-sheet_last" id="steps-{index}-sheet_last" aria-label="Step {position}, end date in the sheet"></td>'
    '<td class="live" id="live-{index}"></td>'
    '<td class="row-buttons"><button type="submit" name="do" value="insert-{index}" id="insert-{index}">Insert</button>'
    '<button type="submit" name="do" value="remove-{index}" id="remove-{index}">Remove</button></td>'
)
QUANTITY: Final = (
    '<td data-label="{label}" data-column="{key}"><input class="cell" id="steps-{index}-{key}" name="steps-{index}-{key}"'
    ' aria-label="Step {position}, {label}"></td>'
)
# Two columns beside the note, each with its tick.
COLUMNS: Final = {"morning-1": "Morning", "bedtime-1": "Bedtime"}
TICK: Final = (
    '<label class="confirm"><input type="checkbox" name="steps-{index}-confirmed"'
    ' id="steps-{index}-confirmed" checked> confirm</label>'
)


DAY_2: Final = (
    '<tr class="pattern-day"><th scope="row" colspan="2">Day 2 of the pattern</th>'
    '<td><input class="cell" id="steps-{index}-day2-dose" name="steps-{index}-day2-dose"></td></tr>'
    '<tr class="pattern-tools"><td><button type="submit" name="do" value="alike-{index}">Every day alike again</button>'
    '<select class="starts-on" id="steps-{index}-starts_on" name="steps-{index}-starts_on"><option value="">as signed</option></select></td></tr>'
)


def with_pattern(index: str, position: str) -> str:
    return row(index, position).replace("<tr", '<tr class="has-pattern"') + DAY_2.format(index=index)


def row(index: str, position: str, ticks: str = "", *, columns: bool = False) -> str:
    quantities = "".join(
        QUANTITY.format(index=index, position=position, key=key, label=label)
        for key, label in (COLUMNS.items() if columns else ())
    )
    cells = CELLS.format(
        index=index, position=position, ticks=ticks.format(index=index), quantities=quantities
    )
    return f'<tr data-row="{index}">{cells}</tr>'


def draft(
    *,
    rows: int = 2,
    most: int = 400,
    attributes: str = 'hx-post="/draft/"',
    ticks: bool = False,
    pattern: int | None = None,
    columns: bool = False,
) -> str:
    """The page's form, which saves while somebody types unless `attributes` say otherwise. `pattern`: the row that has one.
    `columns`: with two more, and the ticks of all three that can be left out."""
    shown = "".join(
        with_pattern(str(i), str(i + 1))
        if i == pattern
        else row(str(i), str(i + 1), TICK if ticks else "", columns=columns)
        for i in range(rows)
    )
    ticks_of_columns = "".join(
        f'<input type="checkbox" name="column-{key}" id="column-{key}" aria-label="{label}">'
        for key, label in (COLUMNS | {"note": "Note"}).items()
    )
    return f"""
<form id="draft" method="post" action="/draft/" data-user="3" {attributes}>
<input type="hidden" name="csrfmiddlewaretoken" value="old">
<button type="submit" name="do" value="save">Save</button>
<button type="submit" name="do" value="sign">Sign</button>
<input id="first_day" name="first_day">
{f'<fieldset id="step-columns">{ticks_of_columns}</fieldset>' if columns else ""}
<table id="step-table"><tbody id="step-rows" data-most="{most}">{shown}</tbody></table>
<button type="submit" name="do" value="add" id="add-row">Add a step</button>
<span id="paste-status"></span><button type="button" id="paste-undo" hidden>Undo the paste</button>
<button type="button" id="paste-choose" hidden>Choose the columns</button>
<details id="step-keys"><summary>Keys</summary><p>Tab</p></details>
<section id="draft-check"></section>
<p><a href="#steps-1-dose">Step 2 has no dose</a></p>
<p><a href="#steps-1-starts_on">Step 2 begins with no day</a></p>
</form>
<dialog id="paste-preview"><input type="checkbox" id="paste-heading" aria-label="The first row is headings">
<table><thead></thead><tbody></tbody></table><p id="paste-shown"></p><p id="paste-refused"></p>
<button type="button" id="paste-put">Put into the table</button><button type="button" id="paste-cancel">Cancel</button></dialog>
<div id="save-state">Last saved</div>
<template id="blank-row">{row("__index__", "__position__", columns=columns)}</template>
"""
