"""Everything that was signed, read back and compared with what the audit log says of it.

The hash of a version is stored twice: in its row, and in the event of its signature. If somebody rewrites the
rows together with their hash, the event shows it; it also shows a version that is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.db.models import Count

from taperplanner.audit.models import Event

from ..models import Dose, PatternDose, Plan, Version
from .content import verified_contents

AT_ONCE: Final = 200
Key = tuple[UUID | None, str]  # the patient, and "plan 1, version 2"


def findings() -> Iterator[str]:
    """A sentence for each difference; none if all is as it was signed. Names no patient."""
    signed: dict[Key, str] = {}
    for event in Event.objects.filter(action="draft.signed").order_by("at").iterator():
        key = (event.patient_id, event.subject)
        if key in signed:
            yield f"{_named(key)}: it was signed twice, so one of the two was removed."
        signed.setdefault(key, event.details["hash"])
    stored: set[Key] = set()
    for version, is_whole in _versions():
        key = (version.plan.patient_id, f"{version.plan}, {version}")
        stored.add(key)
        if not is_whole:
            yield f"{_named(key)}: what is stored is not what its hash was made of."
        if key not in signed:
            yield f"{_named(key)}: no event tells of its signature."
        elif signed[key] != version.content_hash:
            yield f"{_named(key)}: its hash is not the one that was written down at its signature."
    for key in signed.keys() - stored:
        yield f"{_named(key)}: it was signed and is not there any more."
    for plan in Plan.objects.prefetch_related("versions").iterator(AT_ONCE):
        numbers = sorted(version.number for version in plan.versions.all())
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"Patient {plan.patient_id}, {plan}: its versions are {numbers}, with a gap."


def _versions() -> Iterator[tuple[Version, bool]]:
    ids = list(Version.objects.order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        some = list(Version.objects.select_related("plan").filter(pk__in=ids[start : start + AT_ONCE]))
        contents = verified_contents(some)
        counts = Counter[UUID]()
        for model in (Dose, PatternDose):
            counts.update(
                dict(model.objects.filter(version__in=some).values_list("version").annotate(Count("id")))
            )
        for version in some:
            content = contents[version.pk]
            read = sum(len(list(step.all_doses)) for step in content.schedule.steps) if content else 0
            # A dose of no step is not read back: the count tells of it.
            yield version, content is not None and read == counts[version.pk]


def _named(key: Key) -> str:
    return f"Patient {key[0]}, {key[1]}"
