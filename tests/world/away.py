"""People who are away: on leave, past their last day of work here, or deactivated."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.urls import reverse

from taperplanner.accounts import actions as accounts
from taperplanner.accounts.details import WorkTyped
from taperplanner.accounts.models import Leave, User, WorkDetails
from taperplanner.accounts.permissions import Role
from taperplanner.monitoring.reassigning.actions import reassign
from taperplanner.tapers.models import Plan

from .course import add_follow_up
from .making import Filled
from .plans import signed_version
from .universe import NOW, House, confirm

TODAY: date = NOW.date()
YESTERDAY: date = TODAY - timedelta(days=1)
NPI = "1234567893"


def on_leave(user: User, house: House, first: date = TODAY, days: int = 7) -> Leave:
    last = first + timedelta(days=days - 1)
    return accounts.type_leave(
        user=user, first_day=first, last_day=last, why="Vacation", by=house.manager, at=NOW
    )


def works_until(user: User, house: House, day: date | None) -> WorkDetails:
    revision = User.objects.get(pk=user.pk).revision
    typed = WorkTyped(license="35.012345", license_state="Ohio", npi=NPI, works_until=day)
    return accounts.type_work_details(user=user, typed=typed, revision=revision, by=house.manager, at=NOW)


def second_provider(house: House, email: str = "second.provider@riverside.example") -> User:
    """Confirmed, so that they may sign."""
    user = accounts.add_user(
        clinic=house.clinic,
        email=email,
        name="Pablo Provider",
        credentials="NP",
        roles={Role.PROVIDER},
        by=house.manager,
        at=NOW,
    )
    return confirm(user)


def a_row_of_work_and_leave(house: House) -> None:
    """Of the staff, with a leave that is withdrawn."""
    works_until(house.staff, house, None)
    accounts.withdraw_leave(leave=on_leave(house.staff, house), by=house.manager, at=NOW)


def reassigned(plan: Plan, house: House) -> User:
    """The plan and a follow-up of the provider, who is on leave, given to another one."""
    follow_up = add_follow_up(plan, house)
    leaves = [on_leave(user, house) for user in (house.provider, house.staff)]
    to = second_provider(house)
    by = User.objects.select_related("clinic").get(pk=house.staff.pk)
    reassign(plans={plan.pk}, follow_ups={follow_up.pk}, to=to, why="On leave", by=by, at=NOW)
    for leave in leaves:
        accounts.withdraw_leave(leave=leave, by=house.manager, at=NOW)
    return to


LEAVE: Final = {"first_day": "03/02/2026", "last_day": "03/09/2026", "why": "Vacation"}


def own_leave(house: House) -> Filled:
    return Filled(reverse("accounts:own_leave"), LEAVE, house.staff)


def user_leave(house: House) -> Filled:
    return Filled(reverse("accounts:user_leave", args=[house.staff.pk]), LEAVE, house.manager)


def reassign_posted(house: House) -> Filled:
    """A plan of the provider, who left, to another one."""
    plan = signed_version(house).plan
    works_until(house.provider, house, YESTERDAY)
    sent = {"given": [f"plan:{plan.pk}"], "to": str(second_provider(house).pk), "why": "Left"}
    return Filled(reverse("worklist:reassign"), sent, house.staff)
