"""What a page shows of the emergency that a check-in raised, and the mark on the patient's pages."""

from __future__ import annotations

from typing import Any

from taperplanner.guidance.library import library
from taperplanner.patients.marks import Mark
from taperplanner.patients.models import Patient

from .danger import sign_in_words
from .forms.emergencies import AnswerForm
from .models import CheckIn, EntryKind


def emergency_context(check_in: CheckIn, form: AnswerForm | None = None) -> dict[str, Any]:
    """Nothing where the check-in raised none."""
    emergency = getattr(check_in, "emergency", None)
    if emergency is None:
        return {}
    entries = list(emergency.entries.order_by("written_at", "id"))
    kinds = {entry.kind for entry in entries}
    is_open = EntryKind.CLOSED not in kinds
    return {
        "emergency": emergency,
        "signs": [sign_in_words(sign) for sign in emergency.signs],
        "entries": entries,
        "is_open": is_open,
        "is_answered": EntryKind.DONE in kinds,
        "answer_form": form or AnswerForm(),
        "emergency_guidance": library().topic("emergency") if is_open else (),
    }


def emergency_mark(patient: Patient) -> Mark | None:
    """On every page of the patient, while an emergency of theirs is open."""
    rows = patient.emergencies.open().oldest_first().select_related("check_in__plan", "check_in__error")
    unanswered = set(patient.emergencies.open().unanswered().values_list("pk", flat=True)) if rows else set()
    marks = [
        {
            "check_in": row.check_in,
            "signs": [sign_in_words(sign) for sign in row.signs],
            "is_unanswered": row.pk in unanswered,
            "in_error": hasattr(row.check_in, "error"),
        }
        for row in rows
    ]
    return Mark("monitoring/_emergency_mark.html", {"emergencies": marks}) if marks else None
