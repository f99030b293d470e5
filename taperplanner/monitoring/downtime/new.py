"""Which forms a file holds: three for each plan, and spare ones for whoever else comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from taperplanner.tapers.models import Plan
from taperplanner.typed_codes import random_code

from ..models import FormKind
from ..models.downtime import CODE_LENGTH
from .details import NewForm


def new_forms(plans: Iterable[Plan], *, spare: int) -> Iterator[NewForm]:
    """`spare`: how many of each kind belong to no plan yet."""
    for plan in plans:
        for kind in FormKind:
            yield NewForm(kind, random_code(CODE_LENGTH), plan.pk)
    for kind in FormKind:
        for _ in range(spare):
            yield NewForm(kind, random_code(CODE_LENGTH))
