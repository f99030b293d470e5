"""Plans for any room's tests, typed and signed through the same actions as the pages use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from taperplanner.accounts.models import User
from taperplanner.doses import Quantity, parse_dose, parse_quantity
from taperplanner.patients.models import Patient
from taperplanner.tapers import actions
from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.draft.problem import OTHER_PLAN
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep, from_json, from_post
from taperplanner.tapers.models import Draft, Goal, Plan, Version
from taperplanner.tapers.schedule.reasons import Reason
from taperplanner.tapers.schedule.schedule import Form, ScheduleProduct

from .people import ana, clonazepam_record
from .remembered import remembered
from .universe import NOW, House

TODAY = date(2026, 3, 2)
MARCH_20 = date(2026, 3, 20)  # day 5 of step 2 of the published schedule
DETAILS = actions.PlanDetails(Goal.DISCONTINUE, "Years of use", "Risks and what to expect", "Ana Rivera")
ONE_MG, HALF_MG = 1, 2

# Nardi and others, J Clin Psychopharmacol 2010;30:290, for a patient on 2 mg a day:
# 0.5 mg less every 2 weeks down to 1 mg a day, then 0.25 mg less every week.
# Days, daily dose, then morning and bedtime of the 1 mg tablet, then of the 0.5 mg tablet.
NARDI = (
    ("14", "2", "1", "1", "", ""),
    ("14", "1.5", "", "1", "1", ""),
    ("14", "1", "", "", "1", "1"),
    ("7", "0.75", "", "", "½", "1"),
    ("7", "0.5", "", "", "½", "½"),
    ("7", "0.25", "", "", "", "½"),
)


def tablet(number: int, strength: str, part: int = 500, form: Form = Form.TABLET) -> ScheduleProduct:
    return ScheduleProduct(number, "clonazepam", form, parse_dose(strength), Quantity(part))


def posted_schedule(first_day: str = "03/02/2026", ending: str = "stop") -> dict[str, str]:
    """The published schedule as the browser sends it."""
    sent = {"first_day": first_day, "ending": ending}
    for index, (days, dose, morning_1, bedtime_1, morning_2, bedtime_2) in enumerate(NARDI):
        sent |= {
            f"steps-{index}-days": days,
            f"steps-{index}-dose": dose,
            f"steps-{index}-morning-1": morning_1,
            f"steps-{index}-bedtime-1": bedtime_1,
            f"steps-{index}-morning-2": morning_2,
            f"steps-{index}-bedtime-2": bedtime_2,
            f"steps-{index}-note": "",
        }
    return sent


def typed_schedule(first_day: str = "03/02/2026", ending: str = "stop") -> TypedDraft:
    return from_post(posted_schedule(first_day, ending))


def long_schedule(count: int) -> TypedDraft:
    """So many steps of a week, the dose typed down and up again so that any number fits."""
    steps = tuple(
        TypedStep(
            "7", "1" if index % 2 else "1.5", "", {"morning-2": "1", "bedtime-2": "1" if index % 2 else "2"}
        )
        for index in range(count)
    )
    return TypedDraft("03/02/2026", "stop", steps)


@remembered
def open_plan(house: House, patient: Patient | None = None, at: datetime = NOW) -> Plan:
    """Ana's plan for clonazepam, with the 1 mg tablet whole and the 0.5 mg tablet in halves."""
    patient = patient or ana(house)
    record = clonazepam_record(patient, house.provider)
    plan = actions.open_plan(patient=patient, medication=record, details=DETAILS, by=house.provider, at=at)
    for strength, part in (("1", "1"), ("0.5", "½")):
        product = actions.ProductDetails(
            Form.TABLET, parse_dose(strength), parse_quantity(part), maker="Made Up Labs"
        )
        actions.add_product(plan=plan, details=product, by=house.provider, at=at)
    return plan


@remembered
def save_draft(
    plan: Plan, draft: TypedDraft, house: House, at: datetime = NOW, *, by: User | None = None
) -> Draft:
    row = Draft.objects.get(plan=plan)
    return actions.save_draft(draft=row, revision=row.revision, typed=draft, by=by or house.provider, at=at)


@remembered
def sign_plan(
    plan: Plan,
    house: House,
    draft: TypedDraft | None = None,
    *,
    reasons: Mapping[str, str] | None = None,
    at: datetime = NOW,
) -> Version:
    row = save_draft(plan, draft or typed_schedule(), house, at)
    every = {f"rise-{step}": "Meant, for this test." for step in range(1, 401)} | {"far": "Meant."}
    every[OTHER_PLAN] = "Read, for this test."
    answers = reasons_by_key(plan, draft or typed_schedule(), reasons or every)
    return actions.sign_draft(
        draft=row, revision=row.revision, reasons=answers, today=TODAY, by=house.provider, at=at
    )


def reasons_by_key(plan: Plan, draft: TypedDraft, reasons: Mapping[str, str]) -> dict[str, str]:
    """Reasons by place ("rise-2"), under the keys of the warnings that stand there now."""
    warnings = check_draft(plan, draft, today=TODAY).warnings
    return {problem.key: reasons[problem.place] for problem in warnings if problem.place in reasons}


def signed_version(house: House) -> Version:
    return sign_plan(open_plan(house), house)


@remembered
def start_revision(
    version: Version, house: House, first_day: date = MARCH_20, reason: Reason = Reason.SYMPTOMS
) -> Draft:
    return actions.start_revision(
        plan=version.plan,
        first_day=first_day,
        typed_day=f"{first_day:%m/%d/%Y}",
        reason=reason,
        explanation="",
        by=house.provider,
        at=NOW,
    )


def confirmed_draft(draft: TypedDraft, days: str = "10") -> TypedDraft:
    """Every step ticked, and these days typed where they were left to type."""
    steps = tuple(replace(step, confirmed=True, days=step.days or days) for step in draft.steps)
    return replace(draft, steps=steps, ending="stop")


def sign_revision(
    draft: Draft, house: House, typed_draft: TypedDraft | None = None, *, at: datetime = NOW
) -> Version:
    plan = Plan.objects.get(pk=draft.plan_id)
    version = sign_plan(plan, house, typed_draft or confirmed_draft(from_json(draft.content)), at=at)
    return Version.objects.select_related("plan").get(pk=version.pk)
