"""The dose as needed on the draft page: its cells with what was typed, and what that comes to."""

from __future__ import annotations

from dataclasses import dataclass

from ..schedule.schedule import full_names
from .as_needed import CELLS
from .checking import CheckedDraft
from .needed_typed import PREFIX, TypedNeeded


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class NeededCell:
    name: str
    value: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class NeededRow:
    """`comes_to`: the arithmetic beside the cells. `carried`: the version that it was carried over from, or 0."""

    products: tuple[Choice, ...]
    product: NeededCell
    quantity: NeededCell
    dose: NeededCell
    times: NeededCell
    when: NeededCell
    confirmed: NeededCell
    comes_to: str
    carried: int
    is_confirmed: bool
    is_removed: bool
    is_open: bool


def needed_row(checked: CheckedDraft) -> NeededRow:
    typed = checked.typed.as_needed
    wrong = {cell for problem in checked.problems for cell in problem.marked_cells.split()}
    cells = {
        name: NeededCell(PREFIX + name, value, PREFIX + name in wrong)
        for name, value in {**typed.texts, "confirmed": "yes"}.items()
    }
    return NeededRow(
        products=_choices(checked),
        product=cells["product"],
        quantity=cells["quantity"],
        dose=cells["dose"],
        times=cells["times"],
        when=cells["when"],
        confirmed=cells["confirmed"],
        comes_to=comes_to(checked),
        carried=typed.carried,
        is_confirmed=typed.confirmed,
        is_removed=typed.is_removed,
        is_open=not typed.is_blank,
    )


def comes_to(checked: CheckedDraft) -> str:
    """Empty while what was typed cannot be parsed."""
    parsed = checked.parsed.as_needed
    if parsed is None or parsed.comes_to is None:
        return ""
    said = f"One time comes to {parsed.comes_to}."
    needed = parsed.as_data
    if needed and needed.dose == parsed.comes_to:
        times = "time" if needed.times_a_day == 1 else "times"
        said += f" At most {needed.times_a_day} {times} on one day: {needed.most_a_day} in all."
    return said


def texts_of_needed(typed: TypedNeeded) -> list[tuple[str, str]]:
    """Each cell as typed, to compare with another draft's."""
    used = typed if typed.is_used else TypedNeeded()
    confirmed = "yes" if used.confirmed else "no" if used.carried else ""
    cells = {**used.texts, "product": f"product {used.product}" if used.product.strip() else ""}
    return [
        *((f"As needed, {label}", cells[name]) for name, label in CELLS.items()),
        ("As needed, confirmed", confirmed),
    ]


def _choices(checked: CheckedDraft) -> tuple[Choice, ...]:
    """What was typed, where no product of the plan has it, stays and is refused by its sentence."""
    chosen = checked.typed.as_needed.product.strip()
    names = full_names(checked.shown)
    found = [Choice(str(number), name, str(number) == chosen) for number, name in names.items()]
    if chosen and chosen not in {choice.value for choice in found}:
        found.append(Choice(chosen, "a product that this plan does not have", is_chosen=True))
    return tuple(found)
