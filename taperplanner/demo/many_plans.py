"""What the synthetic plans say: one typed schedule, begun so long ago that something is due, or nothing for a week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from taperplanner.doses import Quantity, parse_dose
from taperplanner.patients.details import MedicationDetails
from taperplanner.patients.models import Patient
from taperplanner.tapers.actions import PlanDetails, ProductDetails
from taperplanner.tapers.models import Goal
from taperplanner.tapers.schedule.schedule import Form

from .actions.plans import PlanToMake, Said
from .clinic import MEANT, PUBLISHED, typed_schedule

STEP: Final = 28  # days
STEPS_BEGUN: Final = 4  # of six, so that the last day is far
# The rows of the demo's schedule, each for four weeks.
ROWS: Final = tuple((str(STEP), *row[1:]) for row in PUBLISHED)
QUIET: Final = range(2, STEP - 8)  # days into a step: none began yesterday, none begins this week
QUIET_FOLLOW_UP: Final = timedelta(days=21)
# What is due of a plan: the days from today to the day on which a step begins, or None; and to the follow-up.
DUE: Final = ((0, None), (None, 0), (None, -1), (3, None), (None, 3))


def plan_of(patient: Patient, number: int, today: date, *, is_due: bool) -> PlanToMake:
    """`number`: of the plan, which says how long ago it began and, where something is due, what."""
    step, follow_up = DUE[number % len(DUE)] if is_due else (None, None)
    into = QUIET[number % len(QUIET)] if step is None else -step
    first_day = today - timedelta(days=STEP * (1 + number % (STEPS_BEGUN - 1)) + into)
    follow_up_on = today + (QUIET_FOLLOW_UP if follow_up is None else timedelta(days=follow_up))
    typed = typed_schedule(f"{first_day:%m/%d/%Y}", "stay", ROWS)
    return PlanToMake(patient, typed, follow_up_on)


def said(today: date) -> Said:
    return Said(
        medication=MedicationDetails(
            name="Klonopin",
            strength="1 mg tablet",
            directions="1 tablet in the morning and 1 tablet at bedtime",
            indication="Panic disorder",
        ),
        products=[
            ProductDetails(
                form=Form.TABLET,
                strength=parse_dose(strength),
                smallest_part=Quantity(part),
                maker="Synthetic Pharma",
            )
            for strength, part in (("1", 1000), ("0.5", 500))
        ],
        details=PlanDetails(
            goal=Goal.DISCONTINUE,
            reason="Taken daily for years; the patient wants to come off it.",
            discussed="Why slowly, what withdrawal can feel like, whom to call, and that the plan can be held.",
            agreed_by="The patient",
        ),
        meant=MEANT,
        next_review_on=today + timedelta(days=60),
    )
