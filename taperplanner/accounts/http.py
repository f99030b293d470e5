"""The request as every view behind the sign-in gets it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .models import Clinic, User


class Stamp(TypedDict):
    """By whom and when: what every action takes."""

    by: User
    at: datetime


class ClinicRequest(HttpRequest):
    """`now`: when it came in; `today`: the clinic's day then. One answer has one moment, however long it takes."""

    user: User
    clinic: Clinic
    now: datetime
    today: date
    stamp: Stamp
    htmx: HtmxDetails
