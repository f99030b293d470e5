"""The columns of the step table: one for each product at each time of day, and the note. Those that are used are shown.

A column is used where somebody ticked it or something is typed in it. Nothing is ticked for anybody: while no column is
used, all are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ..schedule.schedule import ScheduleProduct, Unit, short_names
from ..wording.words import strength_unbroken
from .typed import TypedDraft, quantity_keys

NOTE: Final = "note"


@dataclass(frozen=True, slots=True)
class Column:
    """One product at one time of day, by the key of its cells: "morning-1". The note has no product."""

    key: str
    time: str
    product: str
    is_used: bool
    is_shown: bool


def columns(typed: TypedDraft, products: Sequence[ScheduleProduct]) -> list[Column]:
    names, by_number = short_names(products), {product.number: product for product in products}
    keys = quantity_keys(by_number)
    used = _used(typed, [*(key for *_, key in keys), NOTE])
    return [
        *(
            Column(
                key,
                time.value,
                strength_unbroken(by_number[number], names[number]) + unit_in_words(by_number[number]),
                is_used=key in used,
                is_shown=not used or key in used,
            )
            for time, number, key in keys
        ),
        Column(NOTE, "", "", is_used=NOTE in used, is_shown=not used or NOTE in used),
    ]


def unit_in_words(product: ScheduleProduct) -> str:
    """A liquid's cells hold mL, and those of drops are counted; the name of a tablet says what is counted."""
    unit = product.form.unit
    return "" if unit is Unit.TABLET else f", in\N{NO-BREAK SPACE}{unit.several}"


def _used(typed: TypedDraft, keys: Iterable[str]) -> set[str]:
    return {*typed.columns, *_typed_in(typed)}.intersection(keys)


def _typed_in(typed: TypedDraft) -> set[str]:
    days = (day for step in typed.steps for day in step.each_day)
    found = {key for day in days for key, text in day.quantities.items() if text.strip()}
    return found | ({NOTE} if any(step.note.strip() for step in typed.steps) else set())
