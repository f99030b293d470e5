"""The request as every view behind the sign-in gets it."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .models import Clinic, User


class ClinicRequest(HttpRequest):
    user: User
    clinic: Clinic
    htmx: HtmxDetails
