"""The step table of a draft, as small as the scripts of it need."""

from __future__ import annotations

from typing import Final

CELLS: Final = (
    '<th scope="row">{position}{ticks}</th>'
    '<td><input class="cell" id="steps-{index}-days" name="steps-{index}-days" aria-label="Step {position}, days"></td>'
    '<td><input class="cell" id="steps-{index}-dose" name="steps-{index}-dose" aria-label="Step {position}, daily dose in mg"></td>'
    '<td><input class="cell cell-note" id="steps-{index}-note" name="steps-{index}-note" aria-label="Step {position}, note to the patient"></td>'
    '<td class="sheet"><input class="sheet-date" name="steps-{index}-sheet_first" id="steps-{index}-sheet_first" aria-label="Step {position}, start date in the sheet">'
    '<input class="sheet-date" name="steps-{index}-sheet_last" id="steps-{index}-sheet_last" aria-label="Step {position}, end date in the sheet"></td>'
    '<td class="live" id="live-{index}"></td>'
)
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


def row(index: str, position: str, ticks: str = "") -> str:
    cells = CELLS.format(index=index, position=position, ticks=ticks.format(index=index))
    return f'<tr data-row="{index}">{cells}</tr>'


def draft(
    *,
    rows: int = 2,
    most: int = 400,
    attributes: str = 'hx-post="/draft/"',
    ticks: bool = False,
    pattern: int | None = None,
) -> str:
    """The page's form, which saves while somebody types unless `attributes` say otherwise. `pattern`: the row that has one."""
    shown = "".join(
        with_pattern(str(i), str(i + 1)) if i == pattern else row(str(i), str(i + 1), TICK if ticks else "")
        for i in range(rows)
    )
    return f"""
<form id="draft" method="post" action="/draft/" data-user="3" {attributes}>
<input type="hidden" name="csrfmiddlewaretoken" value="old">
<button type="submit" name="do" value="save">Save</button>
<button type="submit" name="do" value="sign">Sign</button>
<input id="first_day" name="first_day">
<table><tbody id="step-rows" data-most="{most}">{shown}</tbody></table>
<button type="submit" name="do" value="add" id="add-row">Add a step</button>
<span id="paste-status"></span><button type="button" id="paste-undo" hidden>Undo the paste</button>
<button type="button" id="paste-choose" hidden>Choose the columns</button>
<section id="draft-check"></section>
<p><a href="#steps-1-dose">Step 2 has no dose</a></p>
<p><a href="#steps-1-starts_on">Step 2 begins with no day</a></p>
</form>
<dialog id="paste-preview"><input type="checkbox" id="paste-heading" aria-label="The first row is headings">
<table><thead></thead><tbody></tbody></table><p id="paste-shown"></p><p id="paste-refused"></p>
<button type="button" id="paste-put">Put into the table</button><button type="button" id="paste-cancel">Cancel</button></dialog>
<div id="save-state">Last saved</div>
<template id="blank-row">{row("__index__", "__position__")}</template>
"""
