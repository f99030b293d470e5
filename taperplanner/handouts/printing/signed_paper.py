"""What stands on a paper beside the schedule: who it is for, who signed it, and whether it may be followed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from taperplanner.accounts.models import Clinic
from taperplanner.patients.models import Patient
from taperplanner.tapers.chain import replaced_by
from taperplanner.tapers.models import Version, VersionCheck
from taperplanner.tapers.signed import SignedContent

from ..paper.content import Identity, Mark, Signature
from ..paper.language import Say, in_words, moment_in_words, without_weekday


def preview_mark(say: Say) -> Mark:
    return Mark(say("PREVIEW"), say("Preview: not a copy to hand out. Copies are made on the page “Print”."))


def mark_of(version: Version, versions: Iterable[Version], say: Say, today: date) -> Mark | None:
    """A paper that must not be followed says so across every page, and one that is replaced soon says until when.

    `versions`: all of the plan.
    """
    plan = version.plan
    if not plan.is_open:
        state = say.one_of(plan.get_state_display().lower())
        return Mark(
            say("ENDED"),
            say("This plan has ended ({state}). Do not follow this paper. Ask the clinic.", state=state),
        )
    replaced = replaced_by(version, versions)
    if replaced is None:
        return None
    number, day = replaced[0].number, replaced[1]
    if day <= version.first_day:
        sentence = say(
            "Replaced by version {number} before it began. Do not follow this paper. Ask the clinic for the"
            " new one.",
            number=number,
        )
    elif today < day:
        return Mark(
            say("CHANGES SOON"),
            say(
                "Follow this paper up to the day before {day}. From that day on follow the paper of version {number}. Ask"
                " the clinic for it now.",
                number=number,
                day=in_words(day, say),
            ),
        )
    else:
        sentence = say(
            "Replaced by version {number} from {day} on. Do not follow this paper from that day. Ask the"
            " clinic for the new one.",
            number=number,
            day=in_words(day, say),
        )
    return Mark(say("REPLACED"), sentence)


def identity_of(patient: Patient, clinic: Clinic, say: Say) -> Identity:
    return Identity(
        patient_name=patient.full_name,
        preferred_name=patient.preferred_name,
        date_of_birth=without_weekday(patient.date_of_birth, say),
        mrn=patient.mrn,
        clinic_name=clinic.name,
        clinic_address=clinic.address,
        clinic_phone=clinic.phone,
        after_hours_phone=clinic.after_hours_phone,
    )


def as_signed(identity: Identity, content: SignedContent, say: Say) -> Identity:
    """The paper is for whom it was signed, whoever the record names today."""
    return replace(
        identity,
        patient_name=content.patient_name,
        date_of_birth=without_weekday(content.patient_date_of_birth, say),
        mrn=content.patient_mrn,
    )


def signature_of(content: SignedContent, check: VersionCheck | None, clinic: Clinic, say: Say) -> Signature:
    """`check`: the newest independent one, if it agreed."""
    replaces = checked = ""
    if content.replaces:
        replaces = say(
            "Replaces version {number} and every older paper from {day} on. Keep older papers until that day. Then throw"
            " them out.",
            number=content.replaces,
            day=in_words(content.schedule.first_day, say),
        )
    if check:
        checked = say(
            "Checked by {name} on {moment}.",
            name=check.checked_by_name,
            moment=moment_in_words(check.checked_at.astimezone(clinic.zone), say),
        )
    signed_on = without_weekday(clinic.day_of(content.signed_at), say)
    return Signature(content.number, content.signed_by_name, signed_on, replaces, checked)
