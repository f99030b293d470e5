"""check_in.js: today at one press, what takes back a block's answer, how many are marked in it, and which follow-up is closed, in
the server's words."""

from __future__ import annotations

from typing import Final

from .stage import Behaviours, Stage

BEHAVIOURS: Final = Behaviours("check_in.js")
BODY: Final = """
<form><input id="id_happened_on" value=""><a href="#" data-today="10/05/2026">Today</a>
<select id="id_follow_up"><option value="">None</option><option value="7">Call, October 5</option></select>
<p data-closing data-closes="This closes: " data-closes-none="No follow-up is closed.">?</p></form>
"""


@BEHAVIOURS.kept_by("happenedOn.value = today.dataset.today;")
def one_press_types_the_servers_today(stage: Stage) -> None:
    page = stage.show("check_in.js", body=BODY)
    typed = stage.count("document", "input")
    page.get_by_text("Today").click()
    assert page.locator("#id_happened_on").input_value() == "10/05/2026"
    assert typed() == 1
    assert page.evaluate("document.activeElement.id") == "id_happened_on"
    assert page.url == "http://localhost/"


@BEHAVIOURS.kept_by("event.preventDefault();\n  happenedOn", "happenedOn")
def the_press_leads_nowhere(stage: Stage) -> None:
    page = stage.show("check_in.js", body=BODY)
    page.get_by_text("Today").click()
    assert page.url == "http://localhost/"


@BEHAVIOURS.kept_by("chosen.value ? `${closes}${chosen.textContent}.` : closesNone", "closesNone")
def the_follow_up_that_is_closed_is_named(stage: Stage) -> None:
    page = stage.show("check_in.js", body=BODY)
    page.locator("#id_follow_up").select_option("7")
    assert page.locator("[data-closing]").inner_text() == "This closes: Call, October 5."
    page.locator("#id_follow_up").select_option("")
    assert page.locator("[data-closing]").inner_text() == "No follow-up is closed."


@BEHAVIOURS.kept_by('followUp?.addEventListener("change"', 'followUp.addEventListener("change"')
def a_form_without_a_follow_up_is_let_be(stage: Stage) -> None:
    stage.show("check_in.js", body='<form><input id="id_happened_on"></form>')
    assert stage.faults() == []


def _answers(name: str) -> str:
    radios = "".join(f'<input type="radio" name="{name}" value="{value}">' for value in ("", "0", "1"))
    return radios.replace('value=""', 'value="" checked', 1)


BLOCKS: Final = f"""
<input id="id_happened_on"><form>
<fieldset class="ratings"><div>{_answers("tremor")}</div><div>{_answers("panic")}</div>
<div class="none-of"><input type="checkbox" name="none_of_withdrawal"></div></fieldset>
<fieldset class="ratings"><div>{_answers("fall")}</div>
<div class="none-of"><input type="checkbox" name="none_of_body"></div></fieldset></form>
"""


def _is_ticked(stage: Stage, name: str) -> bool:
    return stage.page.locator(f"input[name=none_of_{name}]").is_checked()


@BEHAVIOURS.kept_by("box.checked = false;")
def not_asked_takes_the_answer_of_its_block_back_and_of_no_other(stage: Stage) -> None:
    page = stage.show("check_in.js", body=BLOCKS)
    for name in ("withdrawal", "body"):
        page.locator(f"input[name=none_of_{name}]").check()
    page.locator("input[name=tremor][value='']").click()  # which it was: nothing changes by it
    assert [_is_ticked(stage, name) for name in ("withdrawal", "body")] == [False, True]


@BEHAVIOURS.kept_by("""if (event.target.matches('input[type="radio"][value=""]'))""", "if (event.target)")
def another_answer_leaves_the_answer_of_the_block(stage: Stage) -> None:
    page = stage.show("check_in.js", body=BLOCKS)
    page.locator("input[name=none_of_withdrawal]").check()
    page.locator("input[name=tremor][value='1']").check()
    assert _is_ticked(stage, "withdrawal")


def _marked(stage: Stage) -> str:
    return stage.page.locator("[data-marked]").inner_text()


def _show_marked(stage: Stage) -> None:
    block = f'<div class="ratings"><p data-marked>Marked</p>{_answers("tremor")}{_answers("panic")}</div>'
    stage.show("check_in.js", body=f'<form><input id="id_happened_on">{block}</form>')


@BEHAVIOURS.kept_by("  count();\n")
def how_many_are_marked_is_counted_when_the_page_opens(stage: Stage) -> None:
    _show_marked(stage)
    assert _marked(stage) == "0 marked"


@BEHAVIOURS.kept_by('block.addEventListener("input", count);')
def how_many_are_marked_is_counted_with_each_answer(stage: Stage) -> None:
    _show_marked(stage)
    stage.page.locator("input[name=tremor][value='1']").check()
    stage.page.locator("input[name=panic][value='0']").check()
    assert _marked(stage) == "1 marked"


@BEHAVIOURS.kept_by(""":not([value=""], [value="0"])')""", "')")
def none_and_not_asked_are_no_marks(stage: Stage) -> None:
    _show_marked(stage)
    stage.page.locator("input[name=panic][value='0']").check()
    assert _marked(stage) == "0 marked"
