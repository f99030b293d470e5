"""What can be done to a plan."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from taperplanner.accounts.models import User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.patients.models import MedicationRecord, Patient
from taperplanner.patients.rows import lock_open
from taperplanner.saving import Refused, next_number

from ..draft.typed import blank
from ..drug_names import drug_of, plan_of_same_drug, unconfirmed_drug
from ..locking import unchanged_plan
from ..models import Draft, EarlierDescription, Goal, Plan, State
from ..models.plans import ENDS


class CannotOpenPlan(Refused):
    """The message says why, for the page."""


class CannotEditPlan(Refused):
    """The message says why, for the page."""


class CannotEnd(Refused):
    """The message says why, for the page."""


@dataclass(frozen=True, slots=True)
class PlanDetails:
    goal: Goal
    reason: str
    discussed: str
    agreed_by: str
    started_for: str = ""


@audited_transaction()
def open_plan(
    *, patient: Patient, medication: MedicationRecord, details: PlanDetails, by: User, at: datetime
) -> Plan:
    """Raises: CannotOpenPlan. The plan starts with an empty draft."""
    lock_open(patient, CannotOpenPlan)
    drug = drug_of(medication)
    if not medication.is_taken:
        raise CannotOpenPlan(
            f"The list says that {medication.name} was stopped. Choose a medicine that is taken."
        )
    if near := unconfirmed_drug(medication):
        raise CannotOpenPlan(
            f"“{medication.name}” reads like {near}. Say in the medication list whether it is that, then open the plan."
        )
    plans = patient.plans.open().newest_first().select_related("medication")
    if other := plan_of_same_drug(medication, plans):
        also = (
            "" if other.drug.casefold() == medication.name.casefold() else f", and {medication.name} names it"
        )
        raise CannotOpenPlan(
            f"This patient has an open plan for {other.drug} already{also}. Work on plan {other.number}."
        )
    plan = Plan.objects.create(
        patient=patient,
        number=next_number(patient.plans.all()),
        medication=medication,
        drug=drug,
        opened_by=by,
        opened_at=at,
        **asdict(details),
    )
    Draft.objects.create(plan=plan, content=blank().as_json(), edited_by=by, edited_at=at)
    record("plan.opened", by=by, at=at, patient_id=patient.pk, subject=str(plan))
    return plan


@audited_transaction()
def edit_plan(*, plan: Plan, revision: int, details: PlanDetails, by: User, at: datetime) -> Plan:
    """The earlier description is stored. Raises: Conflict, CannotEditPlan."""
    current = unchanged_plan(plan, revision, CannotEditPlan)
    new = asdict(details)
    old = {name: getattr(current, name) for name in new}
    changed = [name for name in new if new[name] != old[name]]
    if changed:
        EarlierDescription.objects.create(
            plan=current, replaced_by=by, replaced_by_name=by.full_title, replaced_at=at, **old
        )
    for name, value in new.items():
        setattr(current, name, value)
    current.save()
    record(
        "plan.edited",
        by=by,
        at=at,
        patient_id=plan.patient_id,
        subject=str(plan),
        details={"changed": changed},
    )
    return current


@audited_transaction()
def end_plan(
    *,
    plan: Plan,
    revision: int,
    state: State,
    reason: str,
    stopped_on: date | None = None,
    far_reason: str = "",
    by: User,
    at: datetime,
) -> Plan:
    """Completed, discontinued early or withdrawn in error. What was signed stays readable.

    `stopped_on`: the last day on which the patient followed it; None: nobody knows. `far_reason`: why it is
    meant where it is far from today.

    Raises: Conflict, CannotEnd.
    """
    current = unchanged_plan(plan, revision, CannotEnd, ended="This plan has ended already.")
    if state not in ENDS or not reason.strip():
        raise CannotEnd("Say how the plan ended, and why.")
    if Draft.objects.select_for_update().filter(plan=plan).exists():
        raise CannotEnd("A draft is open. Sign it or discard it first.")
    if stopped_on and stopped_on > plan.patient.clinic.day_of(at):
        raise CannotEnd("The last day on which it was followed cannot lie ahead.")
    current.state, current.end_reason, current.ended_by, current.ended_at = state, reason.strip(), by, at
    current.stopped_on, current.far_reason = stopped_on, far_reason.strip()
    current.save()
    record(
        "plan.ended",
        by=by,
        at=at,
        patient_id=plan.patient_id,
        subject=str(plan),
        details={"state": state.value, "stopped_on": stopped_on.isoformat() if stopped_on else ""},
    )
    return current
