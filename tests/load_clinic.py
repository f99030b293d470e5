"""The clinic that `tests/load.py` loads: some patients are made by actions, the rest are copies of those."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .world.universe import House

MADE_BY_ACTIONS: Final = 50
ROOMS: Final = {"patients", "tapers", "monitoring"}  # all that such a patient has; no event tells of a copy
READ_AT_ONCE: Final = 500
# Each copied patient has an MRN of their own, and nothing is printed for whoever was signed with another.
SIGNED_AS_COPIED: Final = """
    UPDATE tapers_version SET patient_mrn = (
        SELECT patient.mrn FROM patients_patient AS patient JOIN tapers_plan AS plan ON plan.patient_id = patient.id
        WHERE plan.id = tapers_version.plan_id
    )
"""


@dataclass(frozen=True)
class Plan:
    """The addresses of one patient."""

    pages: tuple[str, ...]
    dispensing: str
    preview: str


def fill(house: House, patients: int, by_actions: int = MADE_BY_ACTIONS) -> list[Plan]:
    """Patients with a signed plan each."""
    from django.db import transaction

    from taperplanner.day_book.rebuilding import rebuild

    from .world.people import answer_all, build_patient
    from .world.plans import open_plan, sign_plan, typed_schedule

    with transaction.atomic():
        for number in range(min(patients, by_actions)):
            patient = build_patient(house, mrn=f"L-{number:06}", family_name=f"Load {number}")
            answer_all(patient, by=house.provider)
            sign_plan(open_plan(house, patient), house, typed_schedule(ending="stay"))
    if patients > by_actions:
        _copy(times=-(-patients // by_actions) - 1)
        for _ in rebuild():
            pass
    return list(_plans())


def _copy(times: int) -> None:
    """What is signed has the hash of its own content; nothing else is signed of those who are copied."""
    from django.apps import apps
    from django.db import connection

    from taperplanner.append_only import drop_triggers, install_triggers

    from .multiplied import multiply
    from .upgrade.locks import is_big

    drop_triggers(connection)
    kinds = [model for model in apps.get_models() if model._meta.app_label in ROOMS and is_big(model)]
    multiply(kinds, times)
    with connection.cursor() as cursor:
        cursor.execute(SIGNED_AS_COPIED)
        for hashes in _hashes():
            cursor.executemany("UPDATE tapers_version SET content_hash = %s WHERE id = %s", hashes)
        if connection.vendor == "postgresql":  # no trigger is made while a key still waits to be checked
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    install_triggers(connection)


def _hashes() -> Iterator[list[tuple[str, str]]]:
    from django.db import connection

    from taperplanner.tapers.models import Version
    from taperplanner.tapers.signed.content import SignedContent
    from taperplanner.tapers.signed.rows import SignedRows

    versions = iter(list(Version.objects.select_related("plan")))
    while some := list(islice(versions, READ_AT_ONCE)):
        rows = SignedRows(some)
        yield [
            (
                SignedContent.of(version, rows.schedule(version)).content_hash(),
                version.pk.hex if connection.vendor == "sqlite" else str(version.pk),
            )
            for version in some
        ]


def _plans() -> Iterator[Plan]:
    from taperplanner.tapers.models import Plan as Row

    for patient_id, number in Row.objects.order_by("patient__mrn", "pk").values_list("patient_id", "number"):
        own, at = f"/patients/{patient_id}/", f"/patients/{patient_id}/plans/{number}/"
        pages = ("/", "/patients/?q=Load", own, at, f"{at}progress/", "/guidance/")
        yield Plan(pages, f"{at}supply/add/", f"{at}versions/1/handout/print/preview/")
