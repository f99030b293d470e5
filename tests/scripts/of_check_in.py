"""check_in.js: today at one press, the rest of a group of symptoms, and which follow-up is closed, in the server's words."""

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


GROUP: Final = f"""
<form><fieldset class="ratings"><div>{_answers("tremor")}</div><div>{_answers("fall")}</div>
<div class="asks-danger">{_answers("seizure")}</div>
<div><button type="submit" data-rest="Set to none: ">The rest was asked: none</button><span role="status"></span></div>
</fieldset></form>
"""


def _chosen(stage: Stage, name: str) -> str:
    return str(stage.page.evaluate(f"document.querySelector('input[name={name}]:checked').value"))


@BEHAVIOURS.kept_by('.filter((answer) => !answer.closest(".asks-danger"))', "")
def the_rest_of_a_group_is_none_and_a_sign_of_danger_never(stage: Stage) -> None:
    page = stage.show("check_in.js", body=f'<input id="id_happened_on">{GROUP}')
    page.locator("input[name=fall][value='1']").check()
    page.get_by_text("The rest was asked").click()
    assert [_chosen(stage, name) for name in ("tremor", "fall", "seizure")] == ["0", "1", ""]
    assert page.locator("[role=status]").inner_text() == "Set to none: 1"
    assert page.url == "http://localhost/"
