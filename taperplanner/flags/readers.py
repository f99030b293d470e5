"""Who may be asked to read a flag, and who is to read which. The one rule, for the form, the pages and the actions.

A flag for a colleague who does not read it now is for any provider: one who is on leave, has left or was deactivated, whose
role sees no patients any more, or to whom the record was closed. So no open flag is on nobody's list.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from taperplanner.accounts.models import User, UserQuerySet
from taperplanner.patients.models import MayOpen, Patient

from .models import Flag, FlagQuerySet


def colleagues_of(patient: Patient, by: User, today: date) -> UserQuerySet:
    """Who else is here today, sees patients and may open this record; by name."""
    here: UserQuerySet = patient.clinic.users.knowing_away(today).filter(is_away=False)
    people = here.filter(Q(is_provider=True) | Q(is_staff=True))
    if patient.restriction_id is not None:
        named = MayOpen.objects.filter(restriction=patient.restriction_id, user=OuterRef("pk"))
        people = people.filter(Exists(named))
    return people.exclude(pk=by.pk).by_name()


def to_be_read_by(flags: FlagQuerySet, user: User, today: date) -> FlagQuerySet:
    """Those of the flags that are for this user. Whoever lists them asks `open_to` too."""
    if not user.is_provider:
        return flags.filter(for_user=user)
    named = MayOpen.objects.filter(restriction=OuterRef("patient__restriction"), user=OuterRef("for_user"))
    is_away = Q(for_user__in=User.objects.filter(clinic=user.clinic_id).away_on(today).values("pk"))
    sees_none = Q(for_user__is_provider=False, for_user__is_staff=False)
    is_closed = Q(patient__restriction__isnull=False) & ~Exists(named)
    return flags.filter(Q(for_user=user) | Q(for_user=None) | is_away | sees_none | is_closed)


def is_to_read(flag: Flag, user: User, today: date) -> bool:
    return to_be_read_by(Flag.objects.filter(pk=flag.pk), user, today).exists()
