"""Signing: the only writer of versions, steps and doses, and only from the draft that was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Max

from taperplanner.accounts.actions import use_confirmation
from taperplanner.accounts.models import User
from taperplanner.accounts.proofs import Proof
from taperplanner.accounts.signing_rights import why_not_sign
from taperplanner.audit.log import audited_transaction, record
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
    if held := why_not_sign(by, at):
        raise CannotSign([Problem(HELD, held)])
    current = locked_draft(draft, revision)
    plan = Plan.objects.select_related("patient__clinic").get(pk=current.plan_id)
    typed = from_json(current.content)
    if not plan.is_open or typed.base != (plan.versions.aggregate(last=Max("number"))["last"] or 0):
        raise Conflict(current)
    checked = check_draft(plan, typed, today=today)
    unanswered = [problem for problem in checked.warnings if not reasons.get(problem.key, "").strip()]
    if checked.blockers or unanswered:
        raise CannotSign([*checked.blockers, *unanswered])
    schedule = checked.parsed.schedule()
    assert schedule is not None  # noqa: S101 - a draft without blockers can be read
    acknowledgements = [
        {
            "code": problem.code,
            "step": problem.step,
            "said": problem.sentence,
            "reason": reasons[problem.key].strip(),
        }
        for problem in checked.warnings
    ]
    content = _content(plan, typed, schedule, acknowledgements, by=by, at=at)
    confirmed = what_is_signed(current, revision, reasons)
    how = use_confirmation(
        proof=proof, confirmed=confirmed, content_hash=content.content_hash(), by=by, at=at
    )
    version = _write(content, plan, current)
    current.delete()
    record(
        "draft.signed",
        by=by,
        at=at,
        patient_id=plan.patient_id,
        subject=f"{plan}, {version}",
        details={"hash": version.content_hash, **how},
    )
    return version


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


def _content(
    plan: Plan,
    typed: TypedDraft,
    schedule: Schedule,
    acknowledgements: list[dict[str, Any]],
    *,
    by: User,
    at: datetime,
) -> SignedContent:
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


def _write(content: SignedContent, plan: Plan, draft: Draft) -> Version:
    """Children first, the version last: once it is there, triggers let no child in."""
    schedule = content.schedule
    version = Version(**content.as_columns(), typed_by=draft.typed_by)
    version.plan = plan
    steps = [
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
    Step.objects.bulk_create(steps)
    Dose.objects.bulk_create(
        Dose(
            version=version,
            step=row,
            position=step.position,
            time=dose.time,
            product_number=dose.product,
            quantity_thousandths=dose.quantity.thousandths,
        )
        for row, step in zip(steps, schedule.steps, strict=True)
        for dose in step.regimens[0].doses
    )
    _write_patterns(version, steps, schedule)
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
        for product in plan.products.by_number()
        if product.number in schedule.products
    )
    if needed := schedule.as_needed:
        AsNeededDose.objects.create(
            version=version,
            product_number=needed.product,
            quantity_thousandths=needed.quantity.thousandths,
            dose_nanograms=needed.dose.nanograms,
            times_a_day=needed.times_a_day,
            taken_when=needed.when,
        )
    version.save()
    return version


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
