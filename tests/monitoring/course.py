"""Follow-ups and what else happens along a taper, for any room's tests, by the pages' own actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from taperplanner.accounts.models import User
from taperplanner.monitoring.actions import follow_ups as actions
from taperplanner.monitoring.due import with_each_step
from taperplanner.monitoring.models import FollowUp
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.signed import load

from ..tapers.plans import TODAY
from ..universe import NOW, House


def details(house: House, purpose: str = "Phone call: sleep and mood") -> actions.FollowUpDetails:
    return actions.FollowUpDetails(purpose, house.staff)


def add_follow_up(
    plan: Plan,
    house: House,
    due_on: date = TODAY + timedelta(days=3),
    *,
    by: User | None = None,
    at: datetime = NOW,
) -> FollowUp:
    return actions.add_follow_up(
        plan=plan, due_on=due_on, details=details(house), by=by or house.staff, at=at
    )


def add_with_steps(
    version: Version, house: House, offset_days: int, today: date = TODAY, at: datetime = NOW
) -> list[FollowUp]:
    steps = list(with_each_step(load(version).schedule, offset_days=offset_days, today=today))
    return actions.add_follow_ups_with_steps(
        version=version, steps=steps, details=details(house), by=house.provider, at=at
    )
