"""Follow-ups, which are worked on until they are settled; check-ins, emergencies and
what was dispensed, which never change."""

from .check_ins import CheckIn, Contact, CountedLeft, Decision, ReportedRun, SymptomRating, TakenQuantity
from .emergencies import Emergency, EmergencyEntry, EntryKind, RaisedEarlier
from .follow_ups import FollowUp, Status
from .supply import Dispensing

__all__ = [
    "CheckIn",
    "Contact",
    "CountedLeft",
    "Decision",
    "Dispensing",
    "Emergency",
    "EmergencyEntry",
    "EntryKind",
    "FollowUp",
    "RaisedEarlier",
    "ReportedRun",
    "Status",
    "SymptomRating",
    "TakenQuantity",
]
