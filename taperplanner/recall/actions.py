"""What became of each copy and each schedule that a notice concerns."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.patients.models import Patient
from taperplanner.saving import Refused, next_number

from .items import answered_items, waiting_items
from .models import NoticeAnswer, Outcome

NO_WORDS: Final = "Write what was done, and who was spoken to."
NO_ITEM: Final = "Tick what this is about."


class CannotAnswerNotice(Refused):
    """The message says why, for the page."""


@audited_transaction()
def answer_notices(
    *, patient: Patient, items: Collection[str], outcome: Outcome, words: str, by: User, at: datetime
) -> list[NoticeAnswer]:
    """One row for each of the items: those of `waiting_items`, or of `answered_items` where they are to wait again. Of an
    archived patient too: a paper may still be out. All of them or none. Raises: CannotAnswerNotice."""
    Patient.objects.select_for_update().get(pk=patient.pk)
    if not words:
        raise CannotAnswerNotice(NO_WORDS)
    if not items:
        raise CannotAnswerNotice(NO_ITEM)
    is_again = outcome is Outcome.OPEN_AGAIN
    there = answered_items(patient) if is_again else waiting_items(patient, patient.clinic.day_of(at))
    if set(items) - set(there):
        raise CannotAnswerNotice(
            "Only what was dealt with can be taken back. Tick nothing else."
            if is_again
            else "Some of this is dealt with already. Read the list again, and tick what is not."
        )
    first = next_number(patient.notice_answers.all())
    answers = [
        NoticeAnswer(
            patient=patient,
            number=number,
            outcome=outcome,
            words=words,
            said_by=by,
            said_by_name=by.full_title,
            said_at=at,
            **item.columns,
        )
        for number, item in enumerate((item for key, item in there.items() if key in items), first)
    ]
    NoticeAnswer.objects.bulk_create(answers)
    details = {
        "notices": sorted({one.notice for one in answers}),
        "outcome": outcome.value,
        "items": len(answers),
    }
    record("notice.answered", by=by, at=at, patient_id=patient.pk, subject=str(answers[0]), details=details)
    return answers
