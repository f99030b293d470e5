"""What keeps a clinic from signing now: differences at which none of its managers has looked, and a jump just now."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists, OuterRef

from taperplanner.accounts.models import User, UserQuerySet

from .models import ClockDifference
from .watch import WATCH

# Read with the user of each request, so that a page asks nothing more while all is well.
KNOWN: Final = "clock_differs"
NOT_RELIED_ON: Final = (
    "“Today” and signatures cannot be relied on. Nothing can be signed until a manager has looked."
)
JUST_NOW: Final = "The clock of this server has just jumped. Nothing can be signed until it was compared: try again in a minute."


def knowing_of_the_clock(users: UserQuerySet) -> UserQuerySet:
    standing = ClockDifference.objects.standing().filter(clinic_id=OuterRef("clinic_id"))
    return users.annotate(**{KNOWN: Exists(standing)})


def differences_for(user: User) -> list[ClockDifference]:
    """Those that stand at the user's clinic, as it was when the request began."""
    if not getattr(user, KNOWN, True):
        return []
    return list(ClockDifference.objects.standing().filter(clinic_id=user.clinic_id).by_number())


def why_nobody_signs(user: User) -> str:
    """A sentence for the page; empty while the clock can be relied on."""
    if found := differences_for(user):
        return " ".join([*dict.fromkeys(one.sentence for one in found), NOT_RELIED_ON])
    return JUST_NOW if WATCH.has_jumped() else ""
