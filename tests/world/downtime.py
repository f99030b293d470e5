"""Down-time forms and holds that were asked for on them, for any room's tests, by the pages' own actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from taperplanner.monitoring.downtime.actions import (
    answer_hold,
    ask_for_hold,
    set_aside,
    set_rest_aside,
    write_forms,
)
from taperplanner.monitoring.downtime.contents import Contents
from taperplanner.monitoring.downtime.details import FromPaper
from taperplanner.monitoring.downtime.waiting import waiting_in
from taperplanner.monitoring.models import FormKind, FormRun, HoldRequest, NotEntered
from taperplanner.tapers.models import Plan

from .making import Filled, address_of
from .plans import signed_version
from .universe import NOW, House


def new_run(house: House, plans: Sequence[Plan] = (), *, spare: int = 2, at: datetime = NOW) -> FormRun:
    """Blank forms as `keep_papers` writes them, without their paper."""
    contents = Contents.new(house.clinic, [plan.pk for plan in plans], spare=spare)
    return write_forms(clinic=house.clinic, contents=contents, restricted=False, by=None, at=at)


def code_of(run: FormRun, kind: FormKind, plan: Plan | None = None) -> str:
    """Of the first such form of the run that waits, as it is printed."""
    wanted = plan.pk if plan else None
    return next(form.written_code for form in waiting_in(run) if (form.kind, form.plan_id) == (kind, wanted))


def hold_asked_for(plan: Plan, house: House, *, at: datetime = NOW) -> HoldRequest:
    code = code_of(new_run(house, [plan], at=at), FormKind.HOLD, plan)
    return ask_for_hold(
        plan=plan,
        asked_on=house.clinic.day_of(at),
        asked_by="Nora Nurse",
        why="Cannot sleep",
        paper=FromPaper(code),
        by=house.staff,
        at=at,
    )


def write_everything_of_down_time(plan: Plan, house: House) -> None:
    """A row in each table of down time."""
    hold = hold_asked_for(plan, house)
    answer_hold(request=hold, version=None, reason="Better today", by=house.provider, at=NOW)
    run = hold.entered_later.form.run
    set_aside(run=run, form=waiting_in(run)[0], why=NotEntered.LOST, by=house.staff, at=NOW)
    set_rest_aside(run=run, closed_plans=(), by=house.staff, at=NOW)


def hold_request_add(house: House) -> Filled:
    plan = signed_version(house).plan
    code = code_of(new_run(house, [plan]), FormKind.HOLD, plan)
    sent = {"form_code": code, "asked_on": "03/02/2026", "asked_by": "Nora Nurse", "why": "Cannot sleep"}
    return Filled(address_of("monitoring:hold_request_add", plan), sent, house.staff)


def hold_answer(house: House) -> Filled:
    plan = signed_version(house).plan
    url = address_of("monitoring:hold_answer", plan, hold_asked_for(plan, house).number)
    return Filled(url, {"answer": "set_aside", "reason": "Better today"}, house.provider)
