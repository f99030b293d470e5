"""What stands on a paper beside the schedule: who it is for, who signed it, and whether it may be followed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from taperplanner.accounts.models import Clinic
from taperplanner.patients.births import Birth
from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Version, VersionCheck
from taperplanner.tapers.schedule.chain import replaced_by
from taperplanner.tapers.signed.content import SignedContent

from ..paper.content import Identity, Mark, Signature
from ..paper.language import Translator, in_words, moment_in_words, without_weekday


def preview_mark(t: Translator) -> Mark:
    return Mark(
        t("PREVIEW"),
        t("Preview: not a copy to hand out. Copies are made on the page “Print”."),
        is_in_margin=True,
    )


def mark_of(version: Version, versions: Iterable[Version], t: Translator, today: date) -> Mark | None:
    """A paper that must not be followed says so across every page, and one that is replaced soon says until when.

    `versions`: all of the plan.
    """
    plan = version.plan
    if not plan.is_open:
        state = t.listed(plan.get_state_display().lower())
        return Mark(
            t("ENDED"),
            t("This plan has ended ({state}). Do not follow this paper. Ask the clinic.", state=state),
        )
    replaced = replaced_by(version, versions)
    if replaced is None:
        return None
    number, day = replaced[0].number, replaced[1]
    if day <= version.first_day:
        sentence = t(
            "Replaced by version {number} before it began. Do not follow this paper. Ask the clinic for the"
            " new one.",
            number=number,
        )
    elif today < day:
        return Mark(
            t("CHANGES SOON"),
            t(
                "Follow this paper up to the day before {day}. From that day on follow the paper of version {number}. Ask"
                " the clinic for it now.",
                number=number,
                day=in_words(day, t),
            ),
        )
    else:
        sentence = t(
            "Replaced by version {number} from {day} on. Do not follow this paper from that day. Ask the"
            " clinic for the new one.",
            number=number,
            day=in_words(day, t),
        )
    return Mark(t("REPLACED"), sentence)


def joint_mark(marks: Iterable[tuple[str, Mark | None]], t: Translator) -> Mark | None:
    """Of a paper of several plans, each with its drug: the worst word, and under each drug's name what holds of it."""
    found = [(drug, mark) for drug, mark in marks if mark]
    words = {mark.word for _, mark in found}
    worst = next((word for word in (t("ENDED"), t("REPLACED"), t("CHANGES SOON")) if word in words), None)
    return Mark(worst, " ".join(f"{drug}: {mark.sentence}" for drug, mark in found)) if worst else None


def identity_of(patient: Patient, clinic: Clinic, t: Translator) -> Identity:
    return Identity(
        patient_name=patient.full_name,
        preferred_name=patient.preferred_name,
        date_of_birth=_birth_in_words(patient.birth, t),
        is_born_in=patient.birth.day is None,
        mrn=patient.mrn,
        clinic_name=clinic.name,
        clinic_address=clinic.address,
        clinic_phone=clinic.phone,
        after_hours_phone=clinic.after_hours_phone,
        helper=patient.helper_on_paper.on_paper if patient.helper_on_paper else "",
    )


def as_signed(identity: Identity, content: SignedContent, t: Translator) -> Identity:
    """The paper is for whom it was signed, whoever the record names today."""
    return replace(
        identity,
        patient_name=content.patient_name,
        date_of_birth=_birth_in_words(content.patient_birth, t),
        is_born_in=content.patient_birth.day is None,
        mrn=content.patient_mrn,
    )


def _birth_in_words(birth: Birth, t: Translator) -> str:
    return without_weekday(birth.day, t) if birth.day else birth.in_words


def signature_of(
    content: SignedContent, check: VersionCheck | None, clinic: Clinic, t: Translator
) -> Signature:
    """`check`: the newest independent one, if it agreed."""
    replaces = checked = ""
    if content.replaces:
        replaces = t(
            "Replaces version {number} and every older paper from {day} on. Keep older papers until that day. Then throw"
            " them out.",
            number=content.replaces,
            day=in_words(content.schedule.first_day, t),
        )
    if check:
        checked = t(
            "Checked by {name} on {moment}.",
            name=check.checked_by_name,
            moment=moment_in_words(check.checked_at.astimezone(clinic.zone), t),
        )
    signed_on = without_weekday(clinic.day_of(content.signed_at), t)
    return Signature(content.number, content.signed_by_name, signed_on, replaces, checked)
