"""People who are away: on leave, past their last day of work here, or deactivated."""

from __future__ import annotations

from datetime import date, timedelta

from taperplanner.accounts import actions as accounts
from taperplanner.accounts.details import WorkTyped
from taperplanner.accounts.models import Leave, User, WorkDetails
from taperplanner.accounts.permissions import Role

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
