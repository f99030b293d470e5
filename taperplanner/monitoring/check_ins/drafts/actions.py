"""What is typed of a check-in is kept, and let go of: neither is a check-in, and no danger sign in it is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.patients.models import Patient
from taperplanner.patients.rows import lock_open
from taperplanner.saving import Conflict, Refused
from taperplanner.tapers.models import Plan

from ...models import CheckInDraft
from .typed import is_blank


class CannotKeepDraft(Refused):
    pass


class RecordedMeanwhile(Refused):
    def __init__(self) -> None:
        super().__init__("This check-in was recorded meanwhile. Nothing of this page is kept as a draft.")


@dataclass(frozen=True, slots=True)
class FromPage:
    """Which page sends it. `key`: of its form. `page`: its own name. `revision`: of the draft that it went on with; 0 if it
    began with none."""

    key: str
    page: str
    revision: int


@audited_transaction()
def keep_draft(
    *, plan: Plan, content: Mapping[str, str], sent: FromPage, by: User, at: datetime
) -> CheckInDraft | None:
    """Over what the same page kept, or what it went on with. None: nothing is typed yet.

    Of a sitting the first save is the event. Raises: Conflict, if another page of the same person kept something since;
    RecordedMeanwhile; CannotKeepDraft.
    """
    lock_open(plan.patient, CannotKeepDraft)
    if by.sent_forms.sent(sent.key, reverse("monitoring:check_in_add", args=[plan.patient_id, plan.number])):
        raise RecordedMeanwhile
    draft = _own(plan, by)
    if draft is None:
        return None if is_blank(content) else _begin(plan, content, sent, by=by, at=at)
    if draft.content == content:
        return draft
    if sent.page != draft.page and sent.revision != draft.revision:
        raise Conflict(draft)
    goes_on = draft.is_of_sitting(at)
    draft.content, draft.form_key, draft.page = dict(content), sent.key, sent.page
    draft.saved_at = at
    draft.revision += 1
    draft.save()
    if not goes_on:
        _record("check_in.draft_kept", plan, by=by, at=at)
    return draft


@audited_transaction()
def discard_draft(*, plan: Plan, revision: int, by: User, at: datetime) -> None:
    """Of an archived patient too. Raises: Conflict, if it is not the text that was read. Nothing to discard is no event."""
    Patient.objects.select_for_update().get(pk=plan.patient_id)
    draft = _own(plan, by)
    if draft is None:
        return
    if draft.revision != revision:
        raise Conflict(draft)
    draft.delete()
    _record("check_in.draft_discarded", plan, by=by, at=at)


def _begin(plan: Plan, content: Mapping[str, str], sent: FromPage, *, by: User, at: datetime) -> CheckInDraft:
    draft = CheckInDraft.objects.create(
        plan=plan,
        typed_by=by,
        content=dict(content),
        form_key=sent.key,
        page=sent.page,
        begun_at=at,
        saved_at=at,
    )
    _record("check_in.draft_kept", plan, by=by, at=at)
    return draft


def _own(plan: Plan, by: User) -> CheckInDraft | None:
    return CheckInDraft.objects.filter(plan=plan).typed_by(by).first()


def _record(action: str, plan: Plan, *, by: User, at: datetime) -> None:
    record(action, by=by, at=at, patient_id=plan.patient_id, subject=str(plan))
