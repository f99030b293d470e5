"""The request as views get it, and what an action takes from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from taperplanner.saving import revision_in

from .models import Clinic, User


class Stamp(TypedDict):
    """By whom and when: what every action takes."""

    by: User
    at: datetime


class EditStamp(Stamp):
    """The same for a record that somebody else may have changed since the page was opened."""

    revision: int


class TimedRequest(HttpRequest):
    """Any request, from nobody too. `now`: when it came in. One answer has one moment, however long it takes."""

    now: datetime


class ClinicRequest(TimedRequest):
    """The request of somebody who is signed in. `today`: the clinic's day of that moment."""

    user: User
    clinic: Clinic
    today: date
    stamp: Stamp
    seconds_left: int  # of the session, whatever is done in it
    htmx: HtmxDetails
    # Set where a record that is restricted is shown in an emergency: by which access (patients/restricted/opening.py).
    emergency_access: Any


def edit_stamp(request: ClinicRequest) -> EditStamp:
    return EditStamp(**request.stamp, revision=revision_in(request))
