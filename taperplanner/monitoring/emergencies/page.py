"""What a page shows of an emergency: guidance for its signs, whom to call, what was done; and the banner of the patient."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from taperplanner.accounts.models import Clinic
from taperplanner.guidance.library import Entry, library
from taperplanner.guidance.patient_texts import CALL_911, CALL_988
from taperplanner.patients.models import Patient
from taperplanner.phones import dial_address
from taperplanner.places import Section
from taperplanner.rows_within import has_any
from taperplanner.tapers.models import Plan
from taperplanner.tapers.who_treats import provider_named

from ..danger import DECIDED, answers_to, sign_in_words
from ..models import CheckIn, Emergency, EntryKind
from .forms import AnswerForm

NOT_RECORDED: Final = "no phone number recorded"


@dataclass(frozen=True, slots=True)
class Number:
    """`address`: "tel:5550100", empty where nothing can be dialled."""

    who: str
    shown: str
    address: str


@dataclass(frozen=True, slots=True)
class Help:
    """`entries`: those that answer the signs, the one to read first on top; `others`: the rest."""

    entries: tuple[Entry, ...]
    others: tuple[Entry, ...]
    numbers: tuple[Number, ...]


def help_for(signs: Sequence[str], plan: Plan, today: date) -> Help:
    """`plan.patient.clinic` must be at hand."""
    slugs = answers_to(signs)
    topic = {entry.slug: entry for entry in library().topic("emergency")}
    lines = {CALL_911: number_of("Emergency services", "911"), CALL_988: number_of("Crisis line", "988")}
    first = [lines[slug] for slug in slugs]
    return Help(
        entries=tuple(topic[slug] for slug in slugs),
        others=tuple(entry for slug, entry in topic.items() if slug not in slugs),
        numbers=(*first, *(line for line in lines.values() if line not in first), *_people(plan, today)),
    )


def help_by_kind(plan: Plan, today: date) -> dict[str, Help]:
    """For each kind of sign that a form can hold, ready before anything is ticked."""
    kinds = {"danger": ("seizure",), "crisis": ("suicidal_thoughts",), "decided": (DECIDED,)}
    return {kind: help_for(signs, plan, today) for kind, signs in kinds.items()}


def number_of(who: str, shown: str) -> Number:
    return Number(who, shown or NOT_RECORDED, dial_address(shown))


def emergency_context(emergency: Emergency, today: date, form: AnswerForm | None = None) -> dict[str, Any]:
    """Fetch the emergency `with_plan` before."""
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
        "help": help_for(emergency.signs, emergency.of_plan, today) if is_open else None,
    }


def emergencies_of(check_in: CheckIn, today: date) -> list[dict[str, Any]]:
    """What it raised, and what its form had raised before it."""
    ours = Emergency.objects.of_check_in(check_in).oldest_first().with_plan().select_related("raised_by")
    found = []
    for emergency in ours:
        emergency.place_in(check_in.plan)
        found.append(emergency_context(emergency, today))
    return found


def emergency_mark(patient: Patient) -> Section | None:
    """On every page of the patient, while an emergency of theirs is open."""
    if not has_any(patient, Emergency):
        return None
    rows: Iterable[Any] = patient.emergencies.open().oldest_first().with_plan().with_answered()
    marks = [
        {
            "address": row.get_absolute_url(),
            "signs": [sign_in_words(sign) for sign in row.signs],
            "is_unanswered": not row.is_answered,
            "in_error": row.is_in_error,
        }
        for row in rows
    ]
    return Section("monitoring/_emergency_mark.html", {"emergencies": marks}) if marks else None


def _people(plan: Plan, today: date) -> list[Number]:
    patient, clinic = plan.patient, plan.patient.clinic
    named = ", ".join(filter(None, (patient.emergency_contact_name, patient.emergency_contact_relation)))
    numbers = [number_of(f"Patient, {patient.full_name}", patient.phone)]
    if named or patient.emergency_contact_phone:
        contact = f"Contact person, {named}" if named else "Contact person"
        numbers.append(number_of(contact, patient.emergency_contact_phone))
    return [*numbers, *_clinic(clinic, f"Provider {provider_named(plan, today)}, at the clinic")]


def _clinic(clinic: Clinic, provider: str) -> list[Number]:
    after = (
        [number_of("The clinic after hours", clinic.after_hours_phone)] if clinic.after_hours_phone else []
    )
    return [number_of(provider, clinic.phone), *after]
