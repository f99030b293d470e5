"""From a signed version to its paper: who it is for, who signed it, and whether it may be followed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from taperplanner.accounts.models import Clinic
from taperplanner.guidance.patient_texts import Language
from taperplanner.patients.models import Patient
from taperplanner.tapers.chain import replaced_by
from taperplanner.tapers.models import Version, VersionCheck
from taperplanner.tapers.signed import SignedContent

from ..paper.content import Copy, Handout, Identity, Mark, Signature, make_handout
from ..paper.language import Say, in_words, moment_in_words, without_weekday


def agreeing_check(version: Version) -> VersionCheck | None:
    """The newest independent check of it, if it agreed."""
    check = version.checks.oldest_first().last()
    return check if check and check.agrees else None


def paper_of(
    version: Version,
    content: SignedContent,
    *,
    clinic: Clinic,
    at: datetime,
    language: Language = Language.ENGLISH,
    copy: Copy | None = None,
    today: date | None = None,
) -> Handout:
    """`version.plan.patient` must be at hand. Without a copy it is a preview, and says so on every page.

    `at`: when it was printed. `today`: the day on which it is looked at, which says whether it was replaced; the day
    of printing where none is given.
    """
    say = Say(language)
    mark = mark_of(version, say, today or clinic.day_of(at))
    if mark is None and copy is None:
        mark = Mark(
            say("PREVIEW"), say("Preview: not a copy to hand out. Copies are made on the page “Print”.")
        )
    return make_handout(
        schedule=content.schedule,
        identity=_as_signed(identity_of(version.plan.patient, clinic, say), content, say),
        drug_name=content.drug_name,
        signature=_signature(version, content, clinic, say),
        mark=mark,
        printed_at=at.astimezone(clinic.zone),
        language=language,
        copy=copy,
    )


def replaced_on(version: Version) -> tuple[int, date] | None:
    """The newer version's number, and the day from which it holds; a plan's newest has neither."""
    replaced = replaced_by(version, version.plan.versions.all())
    return (replaced[0].number, replaced[1]) if replaced else None


def mark_of(version: Version, say: Say, today: date) -> Mark | None:
    """A paper that must not be followed says so across every page, and one that is replaced soon says until when."""
    plan = version.plan
    if not plan.is_open:
        state = say.one_of(plan.get_state_display().lower())
        return Mark(
            say("ENDED"),
            say("This plan has ended ({state}). Do not follow this paper. Ask the clinic.", state=state),
        )
    replaced = replaced_on(version)
    if replaced is None:
        return None
    number, day = replaced
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


def _as_signed(identity: Identity, content: SignedContent, say: Say) -> Identity:
    """The paper is for whom it was signed, whoever the record names today."""
    return replace(
        identity,
        patient_name=content.patient_name,
        date_of_birth=without_weekday(content.patient_date_of_birth, say),
        mrn=content.patient_mrn,
    )


def _signature(version: Version, content: SignedContent, clinic: Clinic, say: Say) -> Signature:
    replaces = checked = ""
    if content.replaces:
        replaces = say(
            "Replaces version {number} and every older paper from {day} on. Keep older papers until that day. Then throw"
            " them out.",
            number=content.replaces,
            day=in_words(content.schedule.first_day, say),
        )
    check = agreeing_check(version)
    if check:
        checked = say(
            "Checked by {name} on {moment}.",
            name=check.checked_by_name,
            moment=moment_in_words(check.checked_at.astimezone(clinic.zone), say),
        )
    signed_on = without_weekday(clinic.day_of(content.signed_at), say)
    return Signature(content.number, content.signed_by_name, signed_on, replaces, checked)
