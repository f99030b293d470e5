"""A clinic with synthetic patients, each with a plan that waits for its draft; and who is signed in there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone

from taperplanner.accounts.actions import add_user
from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Role

from ..world.people import answer_all, build_patient
from ..world.plans import open_plan
from ..world.universe import NOW, House, build_house, confirm
from .ledger import Place

BORN: Final = "01/31/1970"
NAME: Final = "Crashbourne"


@dataclass(frozen=True)
class Clinic:
    """`today`: as the clinic has it. Sessions of some providers, since one signs only so often in a minute, and of staff."""

    places: list[Place]
    providers: list[str]
    staff: str
    today: date


def prepare(patients: int, providers: int) -> Clinic:
    """Into the database of the settings, which is migrated first."""
    call_command("migrate", verbosity=0, interactive=False)
    places = []
    with transaction.atomic():
        house = build_house("Riverside Clinic", "riverside")
        for number in range(patients):
            patient = build_patient(house, mrn=f"C-{number:06}", family_name=NAME)
            answer_all(patient, by=house.provider)
            plan = open_plan(house, patient)
            places.append(Place(number, str(patient.pk), str(plan.pk)))
        who = [confirm(_provider(house, number)) for number in range(providers)]
        sessions = [_signed_in(user) for user in (*who, house.staff)]
    connections.close_all()
    return Clinic(places, sessions[:-1], sessions[-1], today=house.clinic.day_of(timezone.now()))


def _provider(house: House, number: int) -> User:
    return add_user(
        clinic=house.clinic,
        email=f"provider-{number}@riverside.example",
        name="Pat Provider",
        credentials="MD",
        roles={Role.PROVIDER},
        by=house.manager,
        at=NOW,
    )


def _signed_in(user: User) -> str:
    browser = Client()
    browser.force_login(user)
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def first_day_of(clinic: Clinic) -> date:
    """Not before the day on which it is signed, whatever the hour."""
    return clinic.today + timedelta(days=2)
