"""The day book of everybody, written anew: after an upgrade, every night, and whenever in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from taperplanner.tapers.models import Plan

from .models import Due
from .writing import Difference, rewrite

AT_ONCE: Final = 200  # patients


def rebuild() -> Iterator[tuple[int, Difference]]:
    """Of some patients after others: how many, and what was different. Each part is a transaction of its own."""
    after = UUID(int=0)
    while patients := _patients_after(after):
        yield len(patients), rewrite(patients)
        after = patients[-1]


def _patients_after(after: UUID) -> list[UUID]:
    """Of those who have an open plan, or lines."""
    open_plans = Plan.objects.open().filter(patient__gt=after).order_by("patient")
    lines = Due.objects.filter(plan__patient__gt=after).order_by("plan__patient")
    found = {
        *open_plans.values_list("patient", flat=True).distinct()[:AT_ONCE],
        *lines.values_list("plan__patient", flat=True).distinct()[:AT_ONCE],
    }
    return sorted(found)[:AT_ONCE]


def write_where_there_is_none(using: str) -> None:
    """A database of before there was a day book has none."""
    if not Due.objects.exists() and Plan.objects.open().exists():
        for _ in rebuild():
            pass
