"""What is measured: a synthetic clinic for each size, and in the smallest one plans of 4, 40 and 400 steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone

from taperplanner.accounts.models import Clinic, User
from taperplanner.demo import many
from taperplanner.tapers.draft.typed import TypedDraft
from taperplanner.tapers.models import Plan

from ..demo.made_alone import planned_alone
from ..world.plans import long_schedule
from . import floor

DUE: Final = 30
BEGAN: Final = timedelta(days=10)  # before today


@dataclass(frozen=True)
class Size:
    patients: int
    plans: int

    @property
    def name(self) -> str:
        return f"{self.patients:,} patients, {self.plans:,} open plans"


class Asking:
    """Somebody of a clinic who is signed in, and asks for the product's pages and the floor's by the same server."""

    def __init__(self, user: User) -> None:
        self.client = Client(SERVER_NAME="localhost")
        self.client.force_login(user)

    def get(self, address: str, **sent: str) -> Callable[[], bytes]:
        def asked() -> bytes:
            with override_settings(ROOT_URLCONF=floor.URLCONF):
                answer = self.client.get(address, sent)
            assert answer.status_code == 200, (address, answer.status_code)
            return b"".join(answer) if answer.streaming else answer.content

        return asked


@dataclass(frozen=True)
class Measured:
    """A clinic, and who asks there."""

    size: Size
    clinic: Clinic
    provider: Asking
    manager: Asking


def filled(sizes: Sequence[Size], say: Callable[[str], None]) -> list[Measured]:
    found = []
    for number, size in enumerate(sizes):
        domain = f"bench-{number}"
        name = f"Clinic {number} (synthetic patients only)"
        wanted = many.Wanted(size.patients, size.plans, min(DUE, size.plans), name, domain)
        for made in many.make(wanted, at=timezone.now()):
            say(f"{name}: {made.patients:,} patients, {made.plans:,} plans")
        clinic = Clinic.objects.get(name=name)
        people = {user.email.split("@")[0]: user for user in clinic.users.all()}
        found.append(Measured(size, clinic, Asking(people["provider"]), Asking(people["manager"])))
    _known()
    return found


def stepped(clinic: Clinic, steps: Sequence[int]) -> dict[int, Plan]:
    """A signed plan of each length, of a patient of its own, made by the actions."""
    by, at = clinic.users.get(email__startswith="provider@"), timezone.now()
    first = clinic.patients.count() + 1
    return {
        count: planned_alone(clinic, by, at, number=first + place, typed=typed(count, clinic))
        for place, count in enumerate(steps)
    }


def typed(count: int, clinic: Clinic) -> TypedDraft:
    began = clinic.day_of(timezone.now()) - BEGAN
    return replace(long_schedule(count), first_day=f"{began:%m/%d/%Y}")


def _known() -> None:
    """What the database knows of its tables, as it does a minute after they were filled."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")


def rolled_back(act: Callable[[], object]) -> None:
    with transaction.atomic():
        act()
        transaction.set_rollback(True)
