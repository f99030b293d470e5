"""How a signature and a second check are confirmed on their pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from taperplanner.accounts.models import User
from taperplanner.tapers.models import Plan

from .people import answer_all, build_patient
from .plan_pages import plan_url, posted_signature
from .plans import open_plan, save_draft, typed_schedule
from .universe import NOW, House

OPTIONS = {"passkey-options": "yes"}
TODAY = NOW.date()


def plan_of_another(house: House) -> Plan:
    """Of a second patient with the same date of birth, ready to be signed."""
    patient = build_patient(
        house,
        mrn="B-2",
        given_name="Berta",
        family_name="Berg",
        date_of_birth=date(1980, 3, 2),
        phone="555-0113",
    )
    answer_all(patient, by=house.provider)
    plan = open_plan(house, patient)
    save_draft(plan, typed_schedule(), house)
    return plan


def with_app(user: User) -> str:
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code(secret: str, later: timedelta = timedelta()) -> str:
    return str(format_hotp_value(hotp_value(secret, int((NOW + later).timestamp()) // 30)))


def sign(client: Client, plan: Plan, **changed: str) -> str:
    answer = client.post(plan_url(plan, "draft/sign/"), posted_signature(plan, **changed), follow=True)
    return str(answer.content.decode())


def options(client: Client, plan: Plan, **changed: str) -> dict[str, Any]:
    sent = posted_signature(plan, password="", **changed) | OPTIONS
    return dict(client.post(plan_url(plan, "draft/sign/"), sent).json())
