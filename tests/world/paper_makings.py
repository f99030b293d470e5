"""Each form that makes something of a paper, filled in."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from taperplanner.handouts.paper.layouts import Choice
from taperplanner.tapers.models import Version

from .joint_papers import two_versions
from .making import Filled, address_of
from .plans import sign_revision, signed_version, start_revision
from .printing import print_handout
from .universe import NOW, House

PRINTED: Final = {"layout": "schedule", "size": "regular", "language": "en"}


def handout_print(house: House) -> Filled:
    version = signed_version(house)
    return Filled(address_of("handouts:handout_print", version.plan, version.number), PRINTED, house.staff)


def patient_handout_print(house: House) -> Filled:
    clonazepam, _ = two_versions(house)
    url = reverse("handouts:patient_handout_print", args=[clonazepam.plan.patient_id])
    return Filled(url, PRINTED, house.staff)


def copy_outcome(house: House) -> Filled:
    """Of a copy that a newer version calls back."""
    version = Version.objects.select_related("plan__patient__clinic").get(pk=signed_version(house).pk)
    copy = print_handout(version=version, choice=Choice(), by=house.staff, at=NOW)
    sign_revision(start_revision(version, house), house)
    url = address_of("handouts:copy_outcome", version.plan, version.number, copy.number)
    return Filled(url, {"outcome": "still_out"}, house.staff)


def batch_add(house: House) -> Filled:
    plan = signed_version(house).plan
    return Filled(
        reverse("handouts:batch_add"),
        PRINTED | {"plan": [str(plan.pk)], "offered": [str(plan.pk)]},
        house.staff,
    )
