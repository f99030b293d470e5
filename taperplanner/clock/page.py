"""What stands on the manager's page."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse

from taperplanner.accounts.manager_tabs import Tab
from taperplanner.accounts.models import Clinic, User

from .comparing import what_is_compared
from .standing import differences_for

MOST_SHOWN: Final = 50


def page_of(clinic: Clinic) -> dict[str, Any]:
    """`revision`: the number of the newest that stands, which goes with the form: so far somebody has looked."""
    found = clinic.clock_differences.select_related("look")
    standing = list(found.standing().by_number())
    return {
        "standing": standing,
        "revision": standing[-1].number if standing else 0,
        "earlier": found.exclude(look=None).newest_first()[:MOST_SHOWN],
        "compared": list(what_is_compared()),
    }


def tab_of(user: User) -> Tab:
    address = reverse("clock:differences")
    return Tab("Clock", "differences", address, len(differences_for(user)))
