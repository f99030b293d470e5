"""The blank forms of a clinic as a file: three for each patient's plan, and spare ones. None offers a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from taperplanner import typesetting
from taperplanner.accounts.models import Clinic
from taperplanner.guidance.patient_texts import Language
from taperplanner.monitoring.downtime.contents import Contents, PaperForm
from taperplanner.monitoring.models import Contact, Decision, FormKind
from taperplanner.monitoring.symptoms import SYMPTOMS, Severity
from taperplanner.tapers.drug_names import printed_name
from taperplanner.tapers.models import Plan, Version
from taperplanner.typesetting import CannotTypeset

from ..paper.language import Translator, moment_in_words

DESCRIPTION: Final = "handouts/blank_forms.typ"
SPARE: Final = 10
NOTICE: Final = (
    "Down-time form, written on {moment}. Type it in under “After down time” once the system is back."
)
RESTRICTED: Final = "Restricted record: for those who treat this patient, and nobody else."
DANGER: Final = (
    "(!) is a sign of danger. Act now, as the clinic’s emergency procedure says. Do not wait for the system."
)
NOT_ASKED: Final = "What is not ticked counts as not asked, never as no."
HOLD_IS: Final = "This form changes no schedule. A provider decides and tells the patient, and signs the hold once the system is back."


@dataclass(frozen=True, slots=True)
class BlankForms:
    """`content`: one PDF of these forms. `refused`: a sentence for each plan whose forms cannot be set."""

    forms: Contents
    content: bytes
    refused: tuple[str, ...]


def blank_forms(
    clinic: Clinic, versions: Iterable[Version], at: datetime, *, restricted: bool, spare: int
) -> BlankForms:
    """For the plans of these versions, in their order; the spare ones last."""
    of = {version.plan_id: version for version in versions}
    try:
        return _all_of(clinic, of, at, (), restricted=restricted, spare=spare)
    except CannotTypeset:
        # A name that cannot be set keeps no other form away.
        wrong = dict(_wrong(clinic, of.values(), at))
        right = {key: version for key, version in of.items() if key not in wrong}
        return _all_of(clinic, right, at, tuple(wrong.values()), restricted=restricted, spare=spare)


def _all_of(
    clinic: Clinic,
    of: Mapping[UUID, Version],
    at: datetime,
    refused: tuple[str, ...],
    *,
    restricted: bool,
    spare: int,
) -> BlankForms:
    forms = Contents.new(clinic, of, spare=spare)
    content = _set(clinic, forms, of, at, restricted=restricted) if forms else b""
    return BlankForms(forms, content, refused)


def _wrong(clinic: Clinic, versions: Iterable[Version], at: datetime) -> Iterator[tuple[UUID, str]]:
    for version in versions:
        try:
            _all_of(clinic, {version.plan_id: version}, at, (), restricted=False, spare=0)
        except CannotTypeset as problem:
            yield version.plan_id, f"{_name(version)}: {problem}"


def _set(
    clinic: Clinic,
    forms: Contents,
    of: Mapping[UUID, Version],
    at: datetime,
    *,
    restricted: bool,
) -> bytes:
    moment = moment_in_words(at.astimezone(clinic.zone), Translator(Language.ENGLISH))
    notice = NOTICE.format(moment=moment)
    if restricted:
        notice = f"{RESTRICTED} {notice}"
    data = {
        "title": "Down-time forms",
        "sheet": clinic.paper_size,
        "forms": [_form(one, of.get(one.plan_id) if one.plan_id else None, notice) for one in forms],
    }
    return typesetting.pdf(DESCRIPTION, data)


def _form(form: PaperForm, version: Version | None, notice: str) -> dict[str, Any]:
    kind = form.kind
    return {
        "kind": kind.value,
        "title": kind.label,
        "code": form.written_code,
        "who": _who(version.plan, version) if version else None,
        "notice": notice,
        **(_check_in() if kind is FormKind.CHECK_IN else {}),
        **({"hold_is": HOLD_IS} if kind is FormKind.HOLD else {}),
    }


def _who(plan: Plan, version: Version) -> dict[str, str]:
    patient = plan.patient
    return {
        "name": patient.full_name,
        "born": patient.birth.in_words,
        "mrn": patient.mrn,
        "plan": f"Plan {plan.number}, version {version.number}: {printed_name(plan.drug)}",
    }


def _check_in() -> dict[str, Any]:
    return {
        "contacts": list(Contact.labels),
        "severities": [severity.label for severity in Severity],
        "symptoms": [{"label": one.label, "is_danger": one.is_danger} for one in SYMPTOMS.values()],
        "danger": DANGER,
        "not_asked": NOT_ASKED,
        "decisions": list(Decision.labels),
    }


def _name(version: Version) -> str:
    """Without the patient's name: this goes into a log."""
    return f"patient {version.plan.patient_id}, {version.plan}, forms"
