"""Follow-ups, which are worked on until they are settled, and drafts of check-ins until they are recorded; check-ins,
emergencies, reviews, notes, what was dispensed and counted, that a record was entered in error, and what was typed in from
a down-time form, which never change."""

from .check_in_drafts import CheckInDraft
from .check_ins import (
    AsNeededAnswer,
    AsNeededCounted,
    CheckIn,
    Contact,
    CountedLeft,
    Decision,
    ReportedRun,
    SymptomRating,
    TakenQuantity,
)
from .downtime import (
    BlankForm,
    EnteredLater,
    FormKind,
    FormRun,
    FormSetAside,
    HoldAnswer,
    HoldRequest,
    NotEntered,
    RunSetAside,
)
from .emergencies import Emergency, EmergencyEntry, EntryKind, RaisedEarlier
from .errors import EnteredInError, NoteInError, ReviewInError
from .follow_ups import FollowUp, FollowUpAssignment, Status
from .notes import PatientNote
from .reviews import PlanReview, ReviewItem
from .supply import Dispensing, HomeCount, ShortfallNote

__all__ = [
    "AsNeededAnswer",
    "AsNeededCounted",
    "BlankForm",
    "CheckIn",
    "CheckInDraft",
    "Contact",
    "CountedLeft",
    "Decision",
    "Dispensing",
    "Emergency",
    "EmergencyEntry",
    "EnteredInError",
    "EnteredLater",
    "EntryKind",
    "FollowUp",
    "FollowUpAssignment",
    "FormKind",
    "FormRun",
    "FormSetAside",
    "HoldAnswer",
    "HoldRequest",
    "HomeCount",
    "NotEntered",
    "NoteInError",
    "PatientNote",
    "PlanReview",
    "RaisedEarlier",
    "ReportedRun",
    "ReviewInError",
    "ReviewItem",
    "RunSetAside",
    "ShortfallNote",
    "Status",
    "SymptomRating",
    "TakenQuantity",
]
