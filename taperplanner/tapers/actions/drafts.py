"""What can be done to a draft, short of signing it."""

from __future__ import annotations

from datetime import date, datetime

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.days import in_words
from taperplanner.patients.actions import record_far_day
from taperplanner.saving import Conflict, Refused

from ..draft.revising import draft_of_hold, draft_of_revision
from ..draft.too_many import refuse_too_many
from ..draft.typed import TypedDraft, blank
from ..locking import locked_draft, locked_plan
from ..models import Draft, Plan, Version
from ..schedule.course import Course
from ..schedule.reasons import Reason
from ..signed.content import verified_course


class CannotDraft(Refused):
    """The message says why, for the page."""


@audited_transaction()
def save_draft(*, draft: Draft, revision: int, typed: TypedDraft, by: User, at: datetime) -> Draft:
    """Store what was typed, valid or not. Raises: TooManySteps, Conflict, AlreadySigned.

    Re-sending identical content with a stale revision is not a conflict. The page saves by itself while somebody
    types: of a sitting the first save is the event, and who typed stands in the draft.
    """
    refuse_too_many(typed, draft.content)
    content = typed.as_json()
    try:
        current = locked_draft(draft, revision)
    except Conflict as edited:
        if edited.current.content != content:
            raise
        return edited.current  # type: ignore[no-any-return]
    if content == current.content:
        current.revision = revision
        return current
    goes_on = current.is_being_typed(by, at)
    current.content = content
    current.edited_by, current.edited_at = by, at
    current.add_typist(by)
    current.save()
    if not goes_on:
        record(
            "draft.saved",
            by=by,
            at=at,
            patient_id=draft.plan.patient_id,
            subject=str(draft.plan),
            details={"revision": current.revision},
        )
    return current


@audited_transaction()
def discard_draft(*, draft: Draft, revision: int, by: User, at: datetime) -> Plan:
    """Raises: Conflict, AlreadySigned."""
    current = locked_draft(draft, revision)
    current.delete()
    record("draft.discarded", by=by, at=at, patient_id=draft.plan.patient_id, subject=str(draft.plan))
    return draft.plan


@audited_transaction()
def start_draft(*, plan: Plan, by: User, at: datetime) -> Draft:
    """An empty draft for an open plan that has neither a draft nor a version. Raises: CannotDraft."""
    _lock_open(plan)
    if plan.versions.exists():
        raise CannotDraft("A version is signed. Revise it.")
    return _start(plan, blank(), "draft.started", by=by, at=at)


@audited_transaction()
def start_revision(
    *,
    plan: Plan,
    first_day: date,
    typed_day: str,
    reason: Reason,
    explanation: str,
    by: User,
    at: datetime,
    far_reason: str = "",
) -> Draft:
    """A draft of the steps that remain on the day the provider typed. `far_reason`: why one far from today is meant.

    Raises: CannotDraft, Tampered.
    """
    _lock_open(plan)
    typed = draft_of_revision(
        _signed_course(plan),
        first_day=first_day,
        typed_day=typed_day,
        reason=reason,
        explanation=explanation,
    )
    of = f"{plan}, first day of a revision"
    record_far_day(patient=plan.patient, of=of, day=first_day, reason=far_reason, by=by, at=at)
    return _start(plan, typed, "draft.revision_started", by=by, at=at)


@audited_transaction()
def start_hold(*, plan: Plan, today: date, by: User, at: datetime) -> Draft:
    """A draft whose running step has its days left to type. Raises: CannotDraft, Tampered."""
    _lock_open(plan)
    course = _signed_course(plan)
    typed = draft_of_hold(course, today=today)
    if typed is None:
        raise CannotDraft(_nothing_to_hold(course, today))
    return _start(plan, typed, "draft.hold_started", by=by, at=at)


def _signed_course(plan: Plan) -> Course[Version]:
    course = verified_course(plan)
    if course is None:
        raise CannotDraft("No version of this plan is signed yet, so there is nothing to revise.")
    return course


def _nothing_to_hold(course: Course[Version], today: date) -> str:
    said = "Nothing is taken today, so there is no step to hold."
    if waiting := course.waiting(today):
        said += f" Version {waiting[0].version.number} begins on {in_words(waiting[0].first_day)}."
    return f"{said} Revise the plan instead."


def _lock_open(plan: Plan) -> None:
    locked_plan(plan, CannotDraft)
    if Draft.objects.filter(plan=plan).exists():
        raise CannotDraft("A draft of this plan is open already. Go on with that one.")


def _start(plan: Plan, typed: TypedDraft, action: str, *, by: User, at: datetime) -> Draft:
    draft = Draft.objects.create(plan=plan, content=typed.as_json(), edited_by=by, edited_at=at)
    record(action, by=by, at=at, patient_id=plan.patient_id, subject=str(plan))
    return draft
