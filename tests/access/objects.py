"""What is asked for. A new kind of object is one line of `OBJECTS`: how it is made, and whose it is.

What the objects are made of stands in `tests/world/places.py`; here is only in which state they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import models

from taperplanner.patients.actions import archive_patient
from taperplanner.patients.models import EmergencyAccess, Patient
from taperplanner.tapers.models import Plan, Version

from ..world.allergies import allergic_to
from ..world.at_home import helped_by
from ..world.flags import flag_to
from ..world.people import answer_all, build_patient
from ..world.places import OWNED, SHARED, Places, invented
from ..world.plans import open_plan, save_draft, sign_plan, sign_revision, start_revision, typed_schedule
from ..world.restricted import restrict
from ..world.stays import stays_in_error
from ..world.tampering import again, signed_with_a_row_in_every_table
from ..world.two_plans import open_bridge
from ..world.universe import NOW, House, Universe

PATIENT: Final = "patient_id"
RESTRICTED: Final = "restricted"
PLAN: Final = "plan_number"
# What only a signed version has.
OF_A_VERSION: Final = frozenset({"version_number", "copy_number"})
# What is a clinic's and no patient's: no state of a patient changes it.
OF_NO_PATIENT: Final = frozenset({"user_id", "change_id", "leave_id", "protocol_id", "access_id"})
# No patient of ours has so many plans.
A_NUMBER_OF_THEIRS: Final = 77
Make = Callable[[House], Places]


@dataclass(frozen=True)
class Object:
    """`needs`: the kwarg without which an address cannot tell it from the others. `lacks`: rows that it has not."""

    make: Make
    needs: str = ""
    lacks: frozenset[str] = frozenset()


def _at(house: House, plan: Plan) -> Places:
    return Places(house, {"plan": plan, PLAN: plan.number})


def _patient(house: House, name: str) -> Patient:
    patient = build_patient(house, given_name=name, family_name="Ofours")
    answer_all(patient, by=house.provider)
    return Patient.objects.select_related("clinic").get(pk=patient.pk)


def draft(house: House) -> Places:
    plan = open_plan(house, _patient(house, "Dora"))
    save_draft(plan, typed_schedule(), house)
    return _at(house, plan)


def _signed(house: House, name: str) -> Version:
    return sign_plan(open_plan(house, _patient(house, name)), house)


def signed(house: House) -> Places:
    """The second plan of its patient, the second flag, allergy and helper, the third stay: the patient of `own` has none of
    those numbers."""
    patient = _patient(house, "Sig")
    open_bridge(house, patient)
    flag_to(None, patient, house)
    allergic_to("Latex", patient, house)
    helped_by("Luis Rivera", patient, house)
    stays_in_error(patient, house, 2)
    return _at(house, sign_plan(open_plan(house, patient), house).plan)


def replaced(house: House) -> Places:
    """Its first version is asked for, and is in force no more."""
    version = _signed(house, "Rep")
    places = _at(house, version.plan)
    all(places[kwarg] for kwarg in OWNED if kwarg not in OF_NO_PATIENT)
    sign_revision(start_revision(version, house), house)
    return places


def archived(house: House) -> Places:
    """Archived with all that was written before."""
    places = _at(house, _signed(house, "Arch").plan)
    fill(places, OF_NO_PATIENT)
    patient = Patient.objects.get(pk=places[PATIENT])
    archive_patient(patient=patient, reason="Moved", revision=patient.revision, by=house.staff, at=NOW)
    return places


def restricted(house: House) -> Places:
    """Restricted to the provider with all that was written before."""
    places = _at(house, _signed(house, "Rest").plan)
    fill(places, OF_NO_PATIENT)
    restrict(Patient.objects.get(pk=places[PATIENT]), house)
    return places


OBJECTS: Final[Mapping[str, Object]] = {
    "own": Object(Places),
    "draft": Object(draft, needs=PLAN, lacks=OF_A_VERSION),
    "signed": Object(signed, needs=PLAN),
    "replaced": Object(replaced, needs=PLAN),
    "archived": Object(archived, needs=PATIENT),
    RESTRICTED: Object(restricted, needs=PATIENT),
}
ABSENT: Final = "absent"
OTHERS: Final = "another clinic's"
MIXED: Final = "own above, another clinic's below"
CROSSED: Final = "own above, own of another patient below"
NOT_THERE: Final = "absent: "


def kinds_for(kwargs: tuple[str, ...]) -> list[str]:
    """The objects that an address with these kwargs can tell apart."""
    owned = [kwarg for kwarg in kwargs if kwarg in OWNED]
    if not owned:
        return ["own"]
    kinds = [kind for kind, one in OBJECTS.items() if not one.needs or one.needs in owned]
    kinds += [OTHERS, ABSENT]
    if len(owned) > 1:
        crossed = [CROSSED] if PATIENT in owned else []
        kinds += [MIXED, *crossed, *(f"{NOT_THERE}{kwarg}" for kwarg in owned)]
    return kinds


@dataclass
class Objects:
    """Of every kind, as values of an address: `ours` asks, and `others` is the other clinic."""

    ours: Mapping[str, Places]
    others: Places

    def values(self, kind: str, kwargs: tuple[str, ...]) -> dict[str, Any]:
        owned = [kwarg for kwarg in kwargs if kwarg in OWNED]
        own = self.ours["own"].values(kwargs)
        if kind in self.ours:
            lacks = OBJECTS[kind].lacks
            there = self.ours[kind].values(tuple(kwarg for kwarg in owned if kwarg not in lacks))
            return own | there | {kwarg: 1 for kwarg in owned if kwarg in lacks}
        if kind == OTHERS:
            return own | self.others.values(tuple(owned))
        if kind == MIXED:
            return own | self.others.values(tuple(owned[1:]))
        if kind == CROSSED:
            return own | self.ours["signed"].values(tuple(owned[1:]))
        gone = owned if kind == ABSENT else [kind.removeprefix(NOT_THERE)]
        return own | {kwarg: invented(own[kwarg]) for kwarg in gone}


def made_by(house: House) -> dict[str, Places]:
    """Each kind, with all that any address may take of it."""
    made = {kind: one.make(house) for kind, one in OBJECTS.items()}
    for kind, places in made.items():
        fill(places, OBJECTS[kind].lacks | (frozenset() if kind == "own" else OF_NO_PATIENT))
    for kwarg in SHARED:
        made["own"][kwarg]
    return made


def a_row_of_everything(house: House) -> Places:
    """Of another clinic: a row in every table, some of which no address names."""
    version = signed_with_a_row_in_every_table(Universe(ours=house, theirs=house))
    places = _at(house, again(version).plan)
    places.made["access_id"] = EmergencyAccess.objects.get(patient__clinic=house.clinic).pk
    fill(places)
    start_revision(again(version), house)
    TOTP.activate(house.staff, generate_totp_secret())
    models.QuerySet(Plan).filter(pk=version.plan_id).update(number=A_NUMBER_OF_THEIRS)
    places.made[PLAN] = A_NUMBER_OF_THEIRS
    return places


def fill(places: Places, lacks: frozenset[str] = frozenset()) -> None:
    for kwarg in OWNED:
        if kwarg not in lacks:
            places[kwarg]


def is_there(kind: str, kwargs: tuple[str, ...]) -> bool:
    """Whether the asker's clinic has all that the address names."""
    owned = [kwarg for kwarg in kwargs if kwarg in OWNED]
    return not owned or (kind in OBJECTS and not OBJECTS[kind].lacks & set(owned))
