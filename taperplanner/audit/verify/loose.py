"""Rows that no event names. Where a clinic's chain began with the clinic there are none; elsewhere they are what was
there before it, of which its first event holds one digest for each table."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from taperplanner.append_only import InsertedOnce
from taperplanner.row_digests import Key

from ..chain import chain_of
from ..genesis import Count, Tally, models_before
from ..models import Event
from ..rows import digests, path_to_clinic
from .chains import said
from .finding import Finding
from .known import Known


def findings(known: Known, geneses: dict[UUID, Tally]) -> Iterator[Finding]:
    for model in models_before():
        counts: dict[UUID, Count] = {}
        label = model._meta.label_lower
        for some in known.unnamed(label):
            clinics = _clinics(model, some)
            for key, digest in digests(some):
                chain_id = chain_of(clinics.get(key))
                if digest is None:  # gone since it was seen: nothing names it, and nothing misses it
                    continue
                if chain_id in geneses:
                    counts.setdefault(chain_id, Count()).add(key, digest)
                else:
                    yield Finding(chain_id, f"{said(key)} is told of by no event{_of(model)}.")
        for chain_id, tally in geneses.items():
            yield from _compared(chain_id, model, tally.get(label), counts.get(chain_id))


def _compared(
    chain_id: UUID, model: type[InsertedOnce], then: list[object] | None, count: Count | None
) -> Iterator[Finding]:
    before, now = then or Count().said, (count or Count()).said
    if before == now:
        return
    names = model._meta.verbose_name_plural
    what = f"{before[0]} {names} were there when its chain began"
    if before[0] == now[0]:
        yield Finding(chain_id, f"{what}, and one of them is not what it was.")
    else:
        yield Finding(chain_id, f"{what}, and {now[0]} are there now that no event tells of.")


def _of(model: type[InsertedOnce]) -> str:
    return " that is in the chain" if model is Event else ""


def _clinics(model: type[InsertedOnce], keys: list[Key]) -> dict[Key, UUID | None]:
    path = path_to_clinic(model)
    if not path:
        return {}
    own = model._meta.pk
    by_pk = {own.to_python(key): (label, key) for label, key in keys}
    rows = model._base_manager.filter(pk__in=by_pk).values_list("pk", path)
    return {by_pk[pk]: clinic for pk, clinic in rows}
