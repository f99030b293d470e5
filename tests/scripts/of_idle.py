"""idle.js: the clinic's idle limit, as the person meets it. The clock is the test's."""

from __future__ import annotations

from typing import Final

from .stage import Behaviours, Stage

BEHAVIOURS: Final = Behaviours("idle.js")
BODY: Final = "<main><p>A patient</p><input></main>"
CLINIC: Final = 'data-idle-minutes="10" data-idle-url="/still-here/" data-idle-leave="/account/login/"'
WARNING: Final = "You will be signed out in a minute"


def show(stage: Stage) -> None:
    stage.answers["/still-here/"] = (204, "")
    stage.answers["/account/login/"] = (200, "Sign in")
    stage.page.clock.install()
    stage.show("idle.js", body=BODY, attributes=CLINIC)


def wait(stage: Stage, seconds: int) -> None:
    stage.page.clock.run_for(seconds * 1000)


@BEHAVIOURS.kept_by("idle > LIMIT - WARN_BEFORE && !warning", "false")
def a_minute_before_the_limit_it_warns(stage: Stage) -> None:
    show(stage)
    wait(stage, 530)
    assert stage.page.get_by_role("alert").count() == 0
    wait(stage, 15)
    assert WARNING in stage.page.get_by_role("alert").inner_text()


@BEHAVIOURS.kept_by("warning?.remove();")
def work_takes_the_warning_away(stage: Stage) -> None:
    a_minute_before_the_limit_it_warns(stage)
    stage.page.keyboard.press("a")
    assert stage.page.get_by_role("alert").count() == 0


@BEHAVIOURS.kept_by("idle <= LIMIT - WARN_BEFORE && warning", "false")
def work_in_another_tab_takes_the_warning_away(stage: Stage) -> None:
    a_minute_before_the_limit_it_warns(stage)
    stage.page.evaluate("localStorage.setItem('active-at', Date.now())")
    wait(stage, 2)
    assert stage.page.get_by_role("alert").count() == 0


@BEHAVIOURS.kept_by("location.assign(", "void (")
def at_the_limit_the_patient_leaves_the_screen(stage: Stage) -> None:
    show(stage)
    wait(stage, 625)
    assert stage.page.url == "http://localhost/"
    wait(stage, 10)
    stage.page.wait_for_url("http://localhost/account/login/?next=%2F")


@BEHAVIOURS.kept_by('document.body.dataset.idleOver = "yes";')
def no_page_holds_the_limit_up_by_asking(stage: Stage) -> None:
    show(stage)
    stage.page.evaluate(
        "addEventListener('pagehide', () => sessionStorage.setItem('over', document.body.dataset.idleOver ?? ''))"
    )
    wait(stage, 635)
    stage.page.wait_for_url("**/account/login/**")
    assert stage.page.evaluate("sessionStorage.getItem('over')") == "yes"


@BEHAVIOURS.kept_by("  tell();\n")
def work_is_told_to_the_server(stage: Stage) -> None:
    show(stage)
    wait(stage, 20)
    with stage.page.expect_request("**/still-here/"):
        stage.page.keyboard.press("a")


@BEHAVIOURS.kept_by("Date.now() - told > TELL_EVERY", "true")
def not_at_every_key(stage: Stage) -> None:
    show(stage)
    wait(stage, 20)
    for key in "abc":
        stage.page.keyboard.press(key)
    stage.page.wait_for_timeout(100)
    assert stage.asked.count("/still-here/") == 1
