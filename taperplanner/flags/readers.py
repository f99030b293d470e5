"""Who may be asked to read a flag, and who is to read which. The one rule, for the form, the pages and the actions.

A flag for a colleague who can no longer read it is for any provider: one who was deactivated, whose role sees no
patients any more, or to whom the record was closed. So no open flag is on nobody's list.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from taperplanner.accounts.models import User, UserQuerySet
from taperplanner.patients.models import MayOpen, Patient

from .models import Flag, FlagQuerySet


def colleagues_of(patient: Patient, by: User) -> UserQuerySet:
    """Who else works here now, sees patients and may open this record; by name."""
    people: UserQuerySet = patient.clinic.users.active().filter(Q(is_provider=True) | Q(is_staff=True))
    if patient.restriction_id is not None:
        named = MayOpen.objects.filter(restriction=patient.restriction_id, user=OuterRef("pk"))
        people = people.filter(Exists(named))
    return people.exclude(pk=by.pk).by_name()


def to_be_read_by(flags: FlagQuerySet, user: User) -> FlagQuerySet:
    """Those of the flags that are for this user. Whoever lists them asks `open_to` too."""
    if not user.is_provider:
        return flags.filter(for_user=user)
    named = MayOpen.objects.filter(restriction=OuterRef("patient__restriction"), user=OuterRef("for_user"))
    is_left = Q(for_user__is_active=False)
    sees_none = Q(for_user__is_provider=False, for_user__is_staff=False)
    is_closed = Q(patient__restriction__isnull=False) & ~Exists(named)
    return flags.filter(Q(for_user=user) | Q(for_user=None) | is_left | sees_none | is_closed)


def is_to_read(flag: Flag, user: User) -> bool:
    return to_be_read_by(Flag.objects.filter(pk=flag.pk), user).exists()
