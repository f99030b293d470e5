"""What a page says of a record before and after it is marked as entered in error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from taperplanner.days import in_words

from ..models import CheckIn, Dispensing, EntryKind, FollowUp, HomeCount, PatientNote, PlanReview, Status

STAYS = "It stays readable, marked as entered in error with your reason. It is left out of every total, chart and list."


@dataclass(frozen=True, slots=True)
class About:
    """`what`: the record in words. `then`: what follows from the mark."""

    what: str
    then: tuple[str, ...]


def about(row: CheckIn | Dispensing | FollowUp | HomeCount | PlanReview) -> About:
    """`plan.patient` at hand."""
    says = {
        CheckIn: _check_in,
        Dispensing: _dispensing,
        FollowUp: _follow_up,
        HomeCount: _count,
        PlanReview: _review,
    }
    what, *then = says[type(row)](row)  # type: ignore[operator]
    return About(what, (STAYS, *then))


def error_in_words(row: CheckIn | Dispensing | FollowUp | HomeCount | PatientNote | PlanReview) -> str:
    """Why it was marked as entered in error, and by whom; empty where it was not. `error` selected."""
    error = getattr(row, "error", None)
    return f"{error.reason} ({error.marked_by_name})" if error else ""


def settled_by_it_alone(check_in: CheckIn) -> bool:
    """Whether the follow-up is done because of this contact and of no other valid one."""
    follow_up = check_in.follow_up
    if follow_up is None or follow_up.status != Status.DONE or hasattr(follow_up, "error"):
        return False
    return not follow_up.check_ins.valid().exclude(pk=check_in.pk).exists()


def has_open_emergency(check_in: CheckIn) -> bool:
    """Of this check-in, or of what it corrects."""
    row: CheckIn | None = check_in
    while row is not None:
        emergency = getattr(row, "emergency", None)
        if emergency is not None and not emergency.entries.filter(kind=EntryKind.CLOSED).exists():
            return True
        row = row.corrects
    return False


def _check_in(row: CheckIn) -> Iterator[str]:
    day = in_words(row.happened_on)
    yield f"Check-in {row.number} of {day}, recorded by {row.recorded_by_name}"
    if settled_by_it_alone(row) and row.follow_up is not None:
        yield (
            f"The follow-up “{row.follow_up.purpose}”, due {in_words(row.follow_up.due_on)}, is open again:"
            " only this check-in had answered it."
        )
    if has_open_emergency(row):
        yield (
            "The emergency stays open and marked on every page of this patient. Only a provider takes the mark"
            " away, with a note, after what was done is recorded."
        )
    yield (
        "If it was about another patient, record it there now, a danger sign first: nothing is carried over, and"
        " that patient has no mark."
    )


def _dispensing(row: Dispensing) -> Iterator[str]:
    amount = row.product.as_data().amount_and_ml(row.quantity)
    day = in_words(row.dispensed_on)
    yield f"{amount} of {row.product} dispensed on {day}, recorded by {row.recorded_by_name}"
    yield "The supply is counted without it, at once. The first day without enough may come earlier."


def _follow_up(row: FollowUp) -> Iterator[str]:
    yield f"Follow-up due {in_words(row.due_on)}: {row.purpose}, {row.assigned_to.name}"
    yield (
        "It no longer appears on any list, and it is not counted as missed or cancelled. If a contact is still"
        " due, add a follow-up for it."
    )


def _count(row: HomeCount) -> Iterator[str]:
    amount = row.product.as_data().amount_and_ml(row.left)
    yield f"{amount} of {row.product} counted on {in_words(row.counted_on)}, recorded by {row.recorded_by_name}"
    yield "The supply is counted on from what was dispensed and counted before it, at once."


def _review(row: PlanReview) -> Iterator[str]:
    yield f"Review {row.number} of {in_words(row.reviewed_on)}, recorded by {row.recorded_by_name}"
    yield (
        "What it recorded is not recorded any more, unless another review did too, and the date that it gave for the"
        " next review no longer stands."
    )
