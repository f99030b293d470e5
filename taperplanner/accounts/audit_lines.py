"""Events of the audit log in words, for the manager's page and file: people by name, patients by MRN, no id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from taperplanner.audit.models import Event
from taperplanner.audit.order import how_far_back
from taperplanner.audit.sentences import SAID, about

from .models import User
from .patients_named import patients_named

HEAD: Final = ("When", "Who", "What", "About", "Patient", "From", "More")
# The detail that each event has which happened in one. Its value is an id.
EMERGENCY: Final = "emergency_access"
GONE: Final = "a patient who is not here"


@dataclass(frozen=True)
class Line:
    """One event. `patient`: what its patient is called; empty where it is about none."""

    at: datetime
    by: str
    what: str
    about: str
    more: list[str]
    patient_id: UUID | None
    patient: str
    address: str

    def texts(self) -> list[str]:
        """As the columns of `HEAD`, the moment with its offset."""
        by, more = self.by or "Not signed in", "; ".join(self.more)
        return [
            self.at.isoformat(timespec="seconds"),
            by,
            self.what,
            self.about,
            self.patient,
            self.address,
            more,
        ]


def lines_of(reader: User, events: Sequence[Event]) -> list[Line]:
    """However many events, people and patients are asked for once."""
    named = {str(user.pk): user.name for user in User.objects.filter(clinic=reader.clinic_id)}
    ids = {one for event in events for one in _patient_ids(event)}
    patients = patients_named(reader, ids)
    words = {**named, **{name: text for pk, text in patients.items() for name in (str(pk), pk.hex)}}
    return [_line(event, words, patients) for event in events]


def _patient_ids(event: Event) -> set[UUID]:
    """Those that it is about, and those that its page showed."""
    listed = event.details.get("patients", [])
    found = {pk for one in (listed if isinstance(listed, list) else []) if (pk := _id(one))}
    return found | ({event.patient_id} if event.patient_id else set())


def _line(event: Event, words: Mapping[str, str], patients: Mapping[UUID, str]) -> Line:
    more = [
        f"{name.replace('_', ' ')}: {said}"
        for name, value in event.details.items()
        if value and name not in SAID and (said := _joined(value, words))
    ]
    if EMERGENCY in event.details:
        more.append("in an emergency access")
    if back := how_far_back(event.at, getattr(event, "at_before", None)):
        more.append(f"written after an event that is dated {back} later")
    return Line(
        at=event.at,
        by=event.user_name,
        what=event.sentence,
        about=_word(about(event.action, event.subject, event.details), words),
        more=more,
        patient_id=event.patient_id,
        patient=patients.get(event.patient_id, GONE) if event.patient_id else "",
        address=event.details.get("from", ""),
    )


def _joined(value: object, words: Mapping[str, str]) -> str:
    many = value if isinstance(value, list) else [value]
    return ", ".join(text for one in many if (text := _word(str(one), words)))


def _word(text: str, words: Mapping[str, str]) -> str:
    """An id that is nobody's is none for a reader: the row that it names has no name."""
    return words.get(text) or ("" if _id(text) else text.replace("_", " "))


def _id(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
