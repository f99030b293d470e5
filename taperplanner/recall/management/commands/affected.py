"""Whom the releases of a range concern: who has a copy that they made and is still out, whose open plan they signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from taperplanner.accounts.models import Clinic
from taperplanner.handouts.paper.layouts import Layout
from taperplanner.releases import NoRelease, Releases

from ...affected import OF_PATIENT, MadeBy, releases_there


class Command(BaseCommand):
    help = (
        "List the copies that are still out and the schedules of open plans that some releases made, clinic by clinic."
        " No name is printed: each line has the addresses of the pages. Ends with 0 also where nothing is found."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--release",
            required=True,
            help="from one to another, as 0.1.0..0.2.0; without an end as ..0.2.0, and then also what was made before"
            " a release was recorded",
        )
        parser.add_argument(
            "--layout",
            action="append",
            choices=[layout.value for layout in Layout],
            help="only papers of this layout, and no schedules; can be given again",
        )

    def handle(self, *_: Any, release: str, layout: list[str] | None, **__: Any) -> None:
        made = _made_by(release, layout)
        patients, counted = set[UUID](), Counter[str]()
        for clinic in Clinic.objects.order_by("name", "pk"):
            self.stdout.write(f"{clinic.name}:")
            today = clinic.day_of(timezone.now())
            found = {"copies still out": _copies(clinic, made)}
            if layout is None:
                found["schedules of open plans"] = _schedules(clinic, made, today)
            for of, lines in found.items():
                for patient, line in lines:
                    self.stdout.write(f"  {line}")
                    patients.add(patient)
                    counted[of] += 1
        said = "".join(f", {count} {of}" for of, count in counted.items())
        self.stdout.write(f"{len(patients)} patients{said}.")


def _made_by(release: str, layouts: list[str] | None) -> MadeBy:
    try:
        asked = Releases.read(release)
    except NoRelease as problem:
        raise CommandError(str(problem)) from problem
    return MadeBy(asked.of(releases_there()), asked.has_those_before_it_was_recorded, layouts)


def _copies(clinic: Clinic, made: MadeBy) -> Iterator[tuple[UUID, str]]:
    """Of each the patient, and what it is."""
    copies = made.copies_out().of_clinic(clinic).with_version()
    for copy in copies.order_by(f"{OF_PATIENT}__pk", "printed_at", "number").iterator():
        plan = copy.version.plan
        said = f"copy {copy.written_code}, {copy.layout}, of {copy.printed_at:%Y-%m-%d}, release {_said(copy.release)}"
        yield plan.patient_id, f"{plan.get_absolute_url()} {said}"


def _schedules(clinic: Clinic, made: MadeBy, today: date) -> Iterator[tuple[UUID, str]]:
    versions = made.schedules(today).of_clinic(clinic).select_related("plan")
    for version in versions.order_by("plan__patient_id", "plan__number", "number").iterator():
        plan = version.plan
        said = (
            f"version {version.number}, signed {version.signed_at:%Y-%m-%d}, release {_said(version.release)}"
        )
        yield plan.patient_id, f"{plan.get_absolute_url()} {said}"


def _said(release: str | None) -> str:
    return release or "not recorded"
