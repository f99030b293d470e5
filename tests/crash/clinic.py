"""A clinic with synthetic patients, each with a plan that waits for its draft; and who is signed in there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone

from ..world.people import answer_all, build_patient
from ..world.plans import open_plan
from ..world.universe import build_house
from .ledger import Place

BORN = "01/31/1970"


@dataclass(frozen=True)
class Clinic:
    """`today`: as the clinic has it. Sessions of the provider and of staff."""

    places: list[Place]
    provider: str
    staff: str
    today: date


def prepare(count: int) -> Clinic:
    """Into the database of the settings, which is migrated first."""

    call_command("migrate", verbosity=0, interactive=False)
    at, places, sessions = timezone.now(), [], []
    with transaction.atomic():
        house = build_house("Riverside Clinic", "riverside")
        for number in range(count):
            patient = build_patient(house, mrn=f"C-{number:06}", family_name=f"Crash {number}", at=at)
            answer_all(patient, by=house.provider, at=at)
            plan = open_plan(house, patient, at)
            places.append(Place(number, str(patient.pk), str(plan.pk)))
        for user in (house.provider, house.staff):
            browser = Client()
            browser.force_login(user)
            sessions.append(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    connections.close_all()
    return Clinic(places, *sessions, today=house.clinic.day_of(at))


def first_day_of(clinic: Clinic) -> date:
    """Not before the day on which it is signed, whatever the hour."""
    return clinic.today + timedelta(days=2)
