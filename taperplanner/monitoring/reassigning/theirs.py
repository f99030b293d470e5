"""What is open and belongs to some people: plans, by who answers for each, and follow-ups, by who should do them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from taperplanner.accounts.models import User
from taperplanner.patients.restricted.rule import open_to
from taperplanner.tapers.models import Plan, PlanAssignment, PlanQuerySet, Version
from taperplanner.tapers.on_patient_list import provider_of

from ..models import Emergency, FollowUp
from ..models.follow_ups import FollowUpQuerySet


def plans_of_people(people: Collection[UUID], user: User) -> PlanQuerySet:
    """Open plans at the user's clinic whose provider is one of these people: `provider` says who. Those with an open
    emergency first: it goes with its plan.

    Read from what these people signed, opened or were given, by an index, and not from every plan of the clinic.
    """
    theirs = (
        Q(opened_by__in=people)
        | Q(pk__in=Version.objects.filter(signed_by__in=people).values("plan"))
        | Q(pk__in=PlanAssignment.objects.filter(to__in=people).values("plan"))
    )
    rows = Plan.objects.open().filter(theirs, patient__clinic=user.clinic_id, patient__archived_at=None)
    emergencies = Emergency.objects.filter(Q(plan=OuterRef("pk")) | Q(check_in__plan=OuterRef("pk"))).open()
    found = rows.annotate(provider=provider_of(), has_emergency=Exists(emergencies)).filter(
        provider__in=people
    )
    listed = open_to(found, user, patient="patient").select_related("patient")
    return listed.order_by("-has_emergency", "patient__sort_key", "patient_id", "number")


def follow_ups_of_people(people: Collection[UUID], user: User) -> FollowUpQuerySet:
    """Open ones that one of these people should do."""
    rows = FollowUp.objects.filter(
        assigned_to__in=people, plan__patient__clinic=user.clinic_id, plan__patient__archived_at=None
    ).open()
    return open_to(rows, user, patient="plan__patient").select_related("plan__patient").by_day()
