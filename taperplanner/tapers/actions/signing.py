"""Signing: the only writer of versions, steps and doses, and only from the draft that was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Final

from django.db.models import Max

from taperplanner.accounts.actions import use_confirmation
from taperplanner.accounts.models import User
from taperplanner.accounts.proofs import Proof
from taperplanner.accounts.signing_rights import why_not_sign
from taperplanner.audit.log import audited_transaction, record
from taperplanner.releases import THIS_RELEASE
from taperplanner.saving import Conflict

from ..confirmed import what_is_signed
from ..draft.checking import check_draft
from ..draft.problem import Problem
from ..draft.typed import TypedDraft, from_json
from ..drug_names import printed_name
from ..locking import locked_draft
from ..models import AsNeededDose, Dose, Draft, PatternDay, PatternDose, Plan, SignedProduct, Step, Version
from ..schedule.schedule import Schedule
from ..signed.content import SignedContent

HELD: Final = "access-held"


class CannotSign(Exception):
    """`problems`: the blockers, and the warnings that have no reason yet."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.sentence for problem in problems))
        self.problems = problems


@audited_transaction()
def sign_draft(
    *,
    draft: Draft,
    revision: int,
    reasons: Mapping[str, str],
    today: date,
    by: User,
    at: datetime,
    proof: Proof | None = None,
) -> Version:
    """Make the draft a version, whole, and end the draft.

    `reasons`: for each warning, by its key, why it is meant. `proof`: how the signer confirmed it; None for a command.
    Raises: CannotSign, Conflict, AlreadySigned, NotConfirmed.
    """
    _refuse_if_held(by, at)
    current = locked_draft(draft, revision)
    plan = Plan.objects.select_related("patient__clinic").get(pk=current.plan_id)
    typed = from_json(current.content)
    if not plan.is_open or typed.base != (plan.versions.aggregate(last=Max("number"))["last"] or 0):
        raise Conflict(current)
    content = _checked(plan, typed, lambda one: reasons.get(one.key, ""), today=today, by=by, at=at)
    confirmed = what_is_signed(current, revision, reasons)
    how = use_confirmation(
        proof=proof, confirmed=confirmed, content_hash=content.content_hash(), by=by, at=at
    )
    [version] = _write([ToWrite(content, plan, current.typed_by)])
    current.delete()
    _record(version, how, by=by, at=at)
    return version


@audited_transaction()
def sign_first_versions(
    *, drafts: Sequence[Draft], meant: str, today: date, by: User, at: datetime
) -> list[Version]:
    """Version 1 of many new plans, each checked, built and told of as by `sign_draft`, and written together.

    For a command, which confirms nothing. `drafts`: never stored; with the plan, its patient and its clinic at hand.
    `meant`: why each warning is meant. Raises: CannotSign, NotConfirmed.
    """
    _refuse_if_held(by, at)
    use_confirmation(proof=None, confirmed="", content_hash="", by=by, at=at)
    signed = []
    for draft in drafts:
        content = _checked(draft.plan, from_json(draft.content), lambda _: meant, today=today, by=by, at=at)
        signed.append(ToWrite(content, draft.plan, draft.typed_by))
    versions = _write(signed)
    for version in versions:
        _record(version, {}, by=by, at=at)
    return versions


@audited_transaction()
def refuse_to_sign(*, plan: Plan, why: str, address: str, by: User, at: datetime) -> None:
    """Record that somebody tried to sign with a wrong password, code, passkey, birth date or MRN, and from where."""
    record(
        "draft.signing_refused",
        by=by,
        at=at,
        patient_id=plan.patient_id,
        subject=str(plan),
        details={"why": why, "from": address},
    )


@audited_transaction()
def report_tampering(*, version: Version, by: User, at: datetime) -> None:
    plan = version.plan
    record("version.hash_mismatch", by=by, at=at, patient_id=plan.patient_id, subject=f"{plan}, {version}")


def _refuse_if_held(by: User, at: datetime) -> None:
    if held := why_not_sign(by, at):
        raise CannotSign([Problem(HELD, held)])


@dataclass(frozen=True, slots=True)
class ToWrite:
    """What becomes a version, its plan, and who typed it."""

    content: SignedContent
    plan: Plan
    typed_by: list[str]


def _checked(
    plan: Plan,
    typed: TypedDraft,
    reason_of: Callable[[Problem], str],
    *,
    today: date,
    by: User,
    at: datetime,
) -> SignedContent:
    """Raises: CannotSign."""
    checked = check_draft(plan, typed, today=today)
    unanswered = [problem for problem in checked.warnings if not reason_of(problem).strip()]
    if checked.blockers or unanswered:
        raise CannotSign([*checked.blockers, *unanswered])
    schedule = checked.parsed.schedule()
    assert schedule is not None  # noqa: S101 - a draft without blockers can be read
    acknowledgements = [
        {
            "code": problem.code,
            "step": problem.step,
            "said": problem.sentence,
            "reason": reason_of(problem).strip(),
        }
        for problem in checked.warnings
    ]
    patient = plan.patient
    return SignedContent(
        plan_id=plan.pk,
        number=typed.base + 1,
        patient_id=patient.pk,
        patient_name=patient.full_name,
        patient_date_of_birth=patient.date_of_birth,
        patient_birth_year=patient.birth_year,
        patient_mrn=patient.mrn,
        drug_name=printed_name(plan.drug),
        schedule=schedule,
        replaces=typed.base or None,
        reason=typed.reason if typed.base else "",
        explanation=typed.explanation.strip() if typed.base else "",
        acknowledgements=acknowledgements,
        signed_by_id=by.pk,
        signed_by_name=by.full_title,
        signed_at=at,
    )


def _write(signed: Sequence[ToWrite]) -> list[Version]:
    """Children first, the versions last: once one is there, triggers let no child of it in."""
    versions = [_row(one) for one in signed]
    schedules = [one.content.schedule for one in signed]
    steps = list(map(_steps, versions, schedules))
    Step.objects.bulk_create(chain.from_iterable(steps))
    Dose.objects.bulk_create(
        Dose(
            version=version,
            step=row,
            position=step.position,
            time=dose.time,
            product_number=dose.product,
            quantity_thousandths=dose.quantity.thousandths,
        )
        for version, rows, schedule in zip(versions, steps, schedules, strict=True)
        for row, step in zip(rows, schedule.steps, strict=True)
        for dose in step.regimens[0].doses
    )
    for version, rows, schedule in zip(versions, steps, schedules, strict=True):
        _write_patterns(version, rows, schedule)
        _write_as_needed(version, schedule)
    SignedProduct.objects.bulk_create(
        SignedProduct(
            version=version,
            product=product,
            number=product.number,
            drug=product.drug,
            form=product.form,
            strength_nanograms=product.strength_nanograms,
            smallest_part_thousandths=product.smallest_part_thousandths,
            maker=product.maker,
            label_nanograms=product.label_nanograms,
            label_thousandths=product.label_thousandths,
            drops_per_ml=product.drops_per_ml,
        )
        for version, schedule in zip(versions, schedules, strict=True)
        for product in version.plan.products.by_number()
        if product.number in schedule.products
    )
    return Version.objects.bulk_create(versions)


def _row(one: ToWrite) -> Version:
    version = Version(**one.content.as_columns(), typed_by=one.typed_by, release=THIS_RELEASE)
    version.plan = one.plan
    return version


def _steps(version: Version, schedule: Schedule) -> list[Step]:
    return [
        Step(
            version=version,
            position=step.position,
            days=step.days,
            dose_nanograms=step.regimens[0].dose.nanograms,
            note=step.note,
            pattern_starts_on=step.starts_on if step.is_pattern else None,
            pattern_by_weekday=step.by_weekday if step.is_pattern else None,
        )
        for step in schedule.steps
    ]


def _write_as_needed(version: Version, schedule: Schedule) -> None:
    if needed := schedule.as_needed:
        AsNeededDose.objects.create(
            version=version,
            product_number=needed.product,
            quantity_thousandths=needed.quantity.thousandths,
            dose_nanograms=needed.dose.nanograms,
            times_a_day=needed.times_a_day,
            taken_when=needed.when,
        )


def _write_patterns(version: Version, steps: Sequence[Step], schedule: Schedule) -> None:
    """Of each pattern the days after its first."""
    days = [
        (
            PatternDay(
                version=version,
                step=row,
                position=step.position,
                day=day,
                dose_nanograms=regimen.dose.nanograms,
            ),
            regimen,
        )
        for row, step in zip(steps, schedule.steps, strict=True)
        for day, regimen in enumerate(step.regimens[1:], 2)
    ]
    PatternDay.objects.bulk_create(day for day, _ in days)
    PatternDose.objects.bulk_create(
        PatternDose(
            version=version,
            pattern_day=row,
            position=row.position,
            day=row.day,
            time=dose.time,
            product_number=dose.product,
            quantity_thousandths=dose.quantity.thousandths,
        )
        for row, regimen in days
        for dose in regimen.doses
    )


def _record(version: Version, how: Mapping[str, str], *, by: User, at: datetime) -> None:
    plan = version.plan
    record(
        "draft.signed",
        by=by,
        at=at,
        patient_id=plan.patient_id,
        subject=f"{plan}, {version}",
        details={"hash": version.content_hash, **how},
        tells_of=[version],
    )
