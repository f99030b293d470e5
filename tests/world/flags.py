"""Flags between colleagues, for any room's tests, by the pages' own actions."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from taperplanner.accounts.models import User
from taperplanner.flags.actions import finish_flag, see_flag, write_flag
from taperplanner.flags.models import Flag
from taperplanner.patients.models import Patient

from .making import Filled
from .people import build_patient
from .universe import NOW, House

SENTENCE = "She asks to be called about her sleep before Thursday"


def flag_to(
    to: User | None,
    patient: Patient,
    house: House,
    sentence: str = SENTENCE,
    *,
    by: User | None = None,
    at: datetime = NOW,
) -> Flag:
    """By the staff, unless told. `to`: None for any provider."""
    return write_flag(patient=patient, to=to, sentence=sentence, by=by or house.staff, at=at)


def done_flag(patient: Patient, house: House, *, at: datetime = NOW) -> Flag:
    flag = flag_to(house.provider, patient, house, at=at)
    see_flag(flag=flag, by=house.provider, at=at)
    finish_flag(flag=flag, by=house.provider, at=at)
    return flag


def flag_add(house: House) -> Filled:
    url = reverse("flags:flag_add", args=[build_patient(house).pk])
    return Filled(url, {"to": str(house.provider.pk), "sentence": SENTENCE}, house.staff)
