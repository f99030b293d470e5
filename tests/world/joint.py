"""The world of one paper of two plans: who is in it, what is printed, and what becomes of the plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.test import Client

from taperplanner.handouts.copies.public_answer import answers_to
from taperplanner.handouts.copies.validity import Kind, validity_of
from taperplanner.handouts.models import PrintedHandout, stale_copies
from taperplanner.patients.models import Patient
from taperplanner.tapers.actions import end_plan
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.models import Plan, State, Version

from .joint_papers import (
    open_diazepam,
    print_joint,
)
from .plans import confirmed_draft, sign_plan, start_revision
from .universe import NOW, Universe

TODAY, MARCH_9, MARCH_20 = NOW.date(), date(2026, 3, 9), date(2026, 3, 20)
CHOICE = {"layout": "schedule", "size": "regular", "language": "en"}


@dataclass(frozen=True)
class World:
    universe: Universe
    clonazepam: Version
    diazepam: Version

    @property
    def patient(self) -> Patient:
        return self.clonazepam.plan.patient

    @property
    def staff(self) -> Client:
        return self.universe.client_of(self.universe.ours.staff)

    @property
    def address(self) -> str:
        return f"/patients/{self.patient.pk}/handout/"

    def printed(self) -> PrintedHandout:
        return self.fresh(print_joint(self.patient, self.universe.ours.staff))

    def fresh(self, copy: PrintedHandout) -> PrintedHandout:
        return PrintedHandout.objects.with_version().get(pk=copy.pk)

    def revised(self, version: Version, day: date = MARCH_20) -> Version:
        draft = start_revision(version, self.universe.ours, day)
        return sign_plan(
            Plan.objects.get(pk=version.plan_id),
            self.universe.ours,
            confirmed_draft(from_json(draft.content)),
        )

    def end(self, version: Version) -> None:
        plan = Plan.objects.get(pk=version.plan_id)
        end_plan(
            plan=plan, revision=plan.revision, state=State.DISCONTINUED, reason="Changed", stopped_on=TODAY,
            by=self.universe.ours.provider, at=NOW,
        )  # fmt: skip

    def third_plan(self) -> Plan:
        return open_diazepam(self.universe.ours, self.patient, name="lorazepam")

    def kind(self, copy: PrintedHandout, day: date = TODAY) -> Kind:
        return validity_of(self.fresh(copy), day).kind

    def is_called_back(self, copy: PrintedHandout) -> bool:
        return stale_copies(self.universe.ours.clinic).filter(pk=copy.pk).exists()


def said(copy: PrintedHandout, day: date = TODAY) -> str:
    at = datetime.combine(day, NOW.time(), NOW.tzinfo)
    (answer,) = answers_to(copy.written_code, at=at)
    return " ".join((answer.title, *answer.sentences))


def key_of(version: Version) -> str:
    return version.pk.hex if connection.vendor == "sqlite" else str(version.pk)
