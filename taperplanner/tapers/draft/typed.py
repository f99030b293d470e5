"""A draft as it was typed, character for character, valid or not.

Shape of the JSON column: {"first_day", "ending", "steps": [{"days", "dose", "note",
"quantities": {"morning-1": "½"}, "carried", "confirmed"}], "removed": null | {"position", "step"},
"base", "reason", "explanation"}. Every value is the text that was typed, but for three: `carried`
names the signed step a row was carried over from, as "2-1" (version 2, step 1) or "", `confirmed` whether
the provider confirmed such a row, `base` the number of the newest version, which this one will replace
(0: none). A quantity's key is a time of day and a product's number.

A step has "sheet_first" and "sheet_last" as well where a spreadsheet's dates were put beside it: to check its days
against, and no part of what is signed. It has "pattern" where its days repeat one: see `typed_pattern`.

"as_needed" stands in it where a dose as needed was typed: see `needed_typed`. "columns" stands in it where columns of
the step table were ticked, and holds their keys: which are shown is no part of what is signed.

In drafts from before `carried` named a version it is a step's position, as a number, of the version `base`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from taperplanner.days import NotADay, parse_day
from taperplanner.safe_spelling import with_one_meaning

from ..schedule.steps import TimeOfDay
from .needed_typed import NOTHING, TypedNeeded, needed_from_json, needed_from_post
from .typed_pattern import NO_PATTERN, TypedDay, TypedPattern, pattern_from_cells, pattern_from_json

BLANK_STEPS_TO_START: Final = 3
_ORIGIN = re.compile(r"(?:([1-9][0-9]{0,3})-)?([1-9][0-9]{0,3})")
_CELL = re.compile(
    r"steps-(0|[1-9][0-9]{0,3})-(days|note|sheet_first|sheet_last|carried|confirmed|pattern|weekdays|starts_on"
    r"|(?:day[2-7]-)?(?:dose|(?:morning|noon|evening|bedtime)-[1-9][0-9]{0,3}))"
)
_COLUMN = re.compile(r"column-(note|(?:morning|noon|evening|bedtime)-[1-9][0-9]{0,3})")
_QUANTITY = re.compile("[a-z]+-[0-9]+")
# NUL and half a character cannot be stored, and the others cannot be seen. Tab and newline come with
# pasting.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Origin:
    """The signed step that a row was carried over from, which may be of any version."""

    version: int
    position: int

    def __str__(self) -> str:
        return f"{self.version}-{self.position}"


@dataclass(frozen=True, slots=True)
class TypedStep:
    days: str = ""
    dose: str = ""
    note: str = ""
    quantities: Mapping[str, str] = field(default_factory=dict)
    carried: Origin | None = None
    confirmed: bool = False
    sheet_first: str = ""
    sheet_last: str = ""
    pattern: TypedPattern = NO_PATTERN

    @property
    def each_day(self) -> tuple[TypedDay, ...]:
        """What is taken on each day of its pattern, the first first; one day where every day is alike."""
        return TypedDay(self.dose, self.quantities), *self.pattern.in_use

    @property
    def is_blank(self) -> bool:
        texts = (
            self.days,
            self.note,
            self.sheet_first,
            self.sheet_last,
            *(text for day in self.each_day for text in day.texts),
        )
        return not any(text.strip() for text in texts)

    def takes(self, product: int) -> bool:
        """Whether something is typed for this product on any of its days."""
        cells = (cell for day in self.each_day for cell in day.quantities.items())
        return any(product_of(key) == product and text.strip() for key, text in cells)

    def unconfirmed_of(self, product: int) -> TypedStep:
        takes = self.takes(product)
        return replace(self, confirmed=False) if takes else self


@dataclass(frozen=True, slots=True)
class TypedDraft:
    first_day: str = ""
    ending: str = ""
    steps: tuple[TypedStep, ...] = ()
    removed: tuple[int, TypedStep] | None = None
    base: int = 0
    reason: str = ""
    explanation: str = ""
    as_needed: TypedNeeded = NOTHING
    columns: tuple[str, ...] = ()

    @property
    def filled(self) -> tuple[TypedStep, ...]:
        """The steps up to the last one that is not blank."""
        count = max((index + 1 for index, step in enumerate(self.steps) if not step.is_blank), default=0)
        return self.steps[:count]

    def with_blank(self, position: int) -> TypedDraft:
        """A blank row at this index; what follows moves down."""
        return replace(self, steps=(*self.steps[:position], TypedStep(), *self.steps[position:]))

    def without(self, position: int) -> TypedDraft:
        """The row at this index removed, and stored so that it can be put back."""
        if position >= len(self.steps):
            return self
        steps = (*self.steps[:position], *self.steps[position + 1 :])
        return replace(self, steps=steps, removed=(position, self.steps[position]))

    def with_safe_note(self, position: int) -> TypedDraft:
        """The note of this row in the safe spelling of the same values, as its author accepted it.

        What has more than one meaning stays: only its author knows which.
        """
        return self._with(position, lambda step: replace(step, note=with_one_meaning(step.note)))

    def with_pattern(self, position: int, change: Callable[[TypedPattern], TypedPattern]) -> TypedDraft:
        """The pattern of this row changed; every text stays as typed, and what was confirmed is asked for again."""
        return self._with(position, lambda step: replace(step, pattern=change(step.pattern), confirmed=False))

    def _with(self, position: int, change: Callable[[TypedStep], TypedStep]) -> TypedDraft:
        if position >= len(self.steps):
            return self
        changed = change(self.steps[position])
        return replace(self, steps=(*self.steps[:position], changed, *self.steps[position + 1 :]))

    def with_product_corrected(self, number: int) -> TypedDraft:
        """Every cell as it was typed; a row that takes this product is no longer confirmed."""
        removed = self.removed and (self.removed[0], self.removed[1].unconfirmed_of(number))
        return replace(
            self,
            steps=tuple(step.unconfirmed_of(number) for step in self.steps),
            removed=removed,
            as_needed=self.as_needed.unconfirmed_of(number),
        )

    def with_needed_removed(self, is_removed: bool) -> TypedDraft:  # noqa: FBT001 - one state or the other
        """What was typed of the dose as needed stays, to be put back as it was; then it is confirmed again."""
        return replace(self, as_needed=replace(self.as_needed, is_removed=is_removed, confirmed=False))

    def with_removed_back(self) -> TypedDraft:
        if self.removed is None:
            return self
        position, step = self.removed
        return replace(self, steps=(*self.steps[:position], step, *self.steps[position:]), removed=None)

    def as_json(self) -> dict[str, Any]:
        removed = self.removed and {"position": self.removed[0], "step": _step_as_json(self.removed[1])}
        return {
            "first_day": self.first_day,
            "ending": self.ending,
            "steps": [_step_as_json(step) for step in self.steps],
            "removed": removed,
            "base": self.base,
            "reason": self.reason,
            "explanation": self.explanation,
            **({} if self.as_needed == NOTHING else {"as_needed": self.as_needed.as_json()}),
            **({"columns": list(self.columns)} if self.columns else {}),
        }


def from_json(content: Mapping[str, Any]) -> TypedDraft:
    removed, base = content.get("removed"), content.get("base", 0)
    return TypedDraft(
        first_day=content.get("first_day", ""),
        ending=content.get("ending", ""),
        steps=tuple(_step_from_json(step, base) for step in content.get("steps", ())),
        removed=(removed["position"], _step_from_json(removed["step"], base)) if removed else None,
        base=base,
        reason=content.get("reason", ""),
        explanation=content.get("explanation", ""),
        as_needed=needed_from_json(content.get("as_needed")),
        columns=tuple(content.get("columns", ())),
    )


EMPTY: Final = TypedDraft()


def from_post(post: Mapping[str, str], stored: TypedDraft = EMPTY) -> TypedDraft:
    """The cells of the step table as the browser sent them, in the order of their numbers.

    `stored`: the draft as stored, for what the browser does not send: the base and the removed row.
    """
    rows: dict[int, dict[str, str]] = {}
    for name, value in post.items():
        if match := _CELL.fullmatch(name):
            rows.setdefault(int(match[1]), {})[match[2]] = storable(value)
    first_day = storable(post.get("first_day", ""))
    steps = tuple(_step_from_cells(rows[number], stored.base) for number in sorted(rows))
    needed = needed_from_post(post, stored.as_needed, storable)
    if stored.base and stored.first_day and not _is_same_day(first_day, stored.first_day):
        # The steps were confirmed for other dates: each step's dates follow from the first day.
        steps = tuple(replace(step, confirmed=False) for step in steps)
        needed = needed.unconfirmed()
    return TypedDraft(
        first_day=first_day,
        ending=storable(post.get("ending", "")),
        steps=steps,
        removed=stored.removed,
        base=stored.base,
        reason=storable(post.get("reason", "")),
        explanation=storable(post.get("explanation", "")),
        as_needed=needed,
        columns=tuple(sorted(match[1] for match in map(_COLUMN.fullmatch, post) if match)),
    )


def _is_same_day(text: str, other: str) -> bool:
    """Whether two texts are one date, however each is written."""
    try:
        return parse_day(text) == parse_day(other)
    except NotADay:
        return text.strip() == other.strip()


def blank() -> TypedDraft:
    return TypedDraft(steps=(TypedStep(),) * BLANK_STEPS_TO_START)


def storable(text: str) -> str:
    return _UNSTORABLE.sub("", text)


def quantity_keys(product_numbers: Iterable[int]) -> list[tuple[TimeOfDay, int, str]]:
    """Every quantity cell of a row, in the order of the columns."""
    numbers = list(product_numbers)
    return [(time, number, f"{time}-{number}") for time in TimeOfDay for number in numbers]


def product_of(key: str) -> int:
    """The product's number in the key of a quantity: 2 of "morning-2"."""
    return int(key.rpartition("-")[2])


def _origin(text: str, base: int) -> Origin | None:
    match = _ORIGIN.fullmatch(text)
    return Origin(int(match[1] or base), int(match[2])) if match else None


def _step_from_cells(cells: Mapping[str, str], base: int) -> TypedStep:
    return TypedStep(
        days=cells.get("days", ""),
        dose=cells.get("dose", ""),
        note=cells.get("note", ""),
        quantities={key: text for key, text in cells.items() if _QUANTITY.fullmatch(key) and text},
        carried=_origin(cells.get("carried", ""), base),
        confirmed="confirmed" in cells,
        sheet_first=cells.get("sheet_first", ""),
        sheet_last=cells.get("sheet_last", ""),
        pattern=pattern_from_cells(cells),
    )


def _step_as_json(step: TypedStep) -> dict[str, Any]:
    dates = {"sheet_first": step.sheet_first, "sheet_last": step.sheet_last}
    return {
        "days": step.days,
        "dose": step.dose,
        "note": step.note,
        "quantities": dict(step.quantities),
        "carried": str(step.carried or ""),
        "confirmed": step.confirmed,
        **(dates if any(dates.values()) else {}),
        **step.pattern.as_json(),
    }


def _step_from_json(step: Mapping[str, Any], base: int) -> TypedStep:
    return TypedStep(
        days=step["days"],
        dose=step["dose"],
        note=step["note"],
        quantities=dict(step["quantities"]),
        carried=_origin(str(step["carried"]), base),
        confirmed=step["confirmed"],
        sheet_first=step.get("sheet_first", ""),
        sheet_last=step.get("sheet_last", ""),
        pattern=pattern_from_json(step),
    )
