"""Fills an empty database with two synthetic clinics, through the same actions as the pages use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from taperplanner.accounts import actions as accounts
from taperplanner.accounts.access_changes import ReasonCode
from taperplanner.accounts.details import ClinicDetails
from taperplanner.accounts.models import Clinic, User
from taperplanner.accounts.permissions import Role
from taperplanner.accounts.vouching import Operator
from taperplanner.doses import Quantity, parse_dose
from taperplanner.patients.actions import add_patient, answer_safety_facts
from taperplanner.patients.allergies.actions import AllergyDetails, note_allergy, review_allergies
from taperplanner.patients.allergies.listing import list_revision_of as allergies_revision_of
from taperplanner.patients.details import MedicationDetails, PatientDetails
from taperplanner.patients.medications.actions import add_medication, review_medications
from taperplanner.patients.medications.reviews import list_revision_of
from taperplanner.patients.models import AllergyKind, Answer, Patient
from taperplanner.protocols.actions import add_protocol
from taperplanner.tapers import actions as tapers
from taperplanner.tapers.draft.checking import check_draft
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep, from_post
from taperplanner.tapers.models import Draft, Goal, Plan
from taperplanner.tapers.schedule.schedule import Form

from .monitoring import follow_an_emergency, follow_from_the_start, follow_two_weeks
from .people import PEOPLE, Person

NAME: Final = "Riverside Clinic (synthetic patients only)"
OTHER_NAME: Final = "Hilltop Clinic (synthetic patients only)"
PASSWORD: Final = "synthetic-clinic-2026"  # noqa: S105 - of a clinic without patients; refused in production
OPERATOR: Final = Operator("Synthetic Operator", ReasonCode.SET_UP)
MEANT: Final = "Synthetic example."

# Days, daily dose, then morning and bedtime of the 1 mg tablet, then of the 0.5 mg tablet.
# After Nardi and others, J Clin Psychopharmacol 2010;30:290, for somebody on 2 mg a day.
PUBLISHED: Final = (
    ("14", "2", "1", "1", "", ""),
    ("14", "1.5", "", "1", "1", ""),
    ("14", "1", "", "", "1", "1"),
    ("7", "0.75", "", "", "½", "1"),
    ("7", "0.5", "", "", "½", "½"),
    ("7", "0.25", "", "", "", "½"),
)


@dataclass(frozen=True, slots=True)
class Login:
    role: str
    email: str


LOGINS: Final = (
    Login("Provider", "provider@riverside.example"),
    Login("Staff", "staff@riverside.example"),
    Login("Manager", "manager@riverside.example"),
    Login("Provider of the other clinic", "provider@hilltop.example"),
)


def is_there() -> bool:
    return Clinic.objects.filter(name=NAME).exists()


def fill(*, at: datetime) -> None:
    """Make both clinics. Call it once, in one transaction."""
    clinic, provider = make_clinic(NAME, "riverside", at)
    patients = [_patient(clinic, person, provider, at) for person in PEOPLE]
    begun = _signed_plan(patients[0], provider, at, days_ago=16)
    new = _signed_plan(patients[1], provider, at, days_ago=2)
    liquid = _liquid_plan(patients[2], provider, at)
    staff = clinic.users.get(is_staff=True)
    follow_two_weeks(begun, provider=provider, staff=staff, at=at)
    follow_an_emergency(new, provider=provider, staff=staff, at=at)
    follow_from_the_start(liquid, provider=provider, at=at)
    _unfinished_draft(patients[3], provider, at)
    other_clinic, other_provider = make_clinic(OTHER_NAME, "hilltop", at)
    _patient(other_clinic, PEOPLE[0], other_provider, at)


def make_clinic(name: str, domain: str, at: datetime) -> tuple[Clinic, User]:
    """And its provider."""
    details = ClinicDetails(
        name=name,
        address="12 Example Street\nSpringfield",
        phone="555-0100",
        after_hours_phone="555-0199",
        requires_second_factor=False,
    )
    clinic, manager = accounts.create_clinic(
        details=details, manager_name="Mina Manager", manager_email=f"manager@{domain}.example", at=at
    )
    accounts.set_password(user=manager, password=PASSWORD, by=manager, at=at)
    people = {}
    for role, name_of_user, credentials in (
        (Role.PROVIDER, "Priya Provider", "MD"),
        (Role.STAFF, "Sam Staff", "RN"),
    ):
        people[role] = accounts.add_user(
            clinic=clinic,
            email=f"{role}@{domain}.example",
            name=name_of_user,
            credentials=credentials,
            roles={role},
            by=manager,
            at=at,
        )
        accounts.set_password(user=people[role], password=PASSWORD, by=people[role], at=at)
    accounts.confirm_access(user=people[Role.PROVIDER], by=OPERATOR, at=at)
    add_protocol(
        clinic=clinic,
        topic="emergency",
        title="Who answers after hours",
        text="The phone after hours reaches the nurse on call. The nurse reaches the provider on call.",
        by=manager,
        at=at,
    )
    return clinic, people[Role.PROVIDER]


def _patient(clinic: Clinic, person: Person, by: User, at: datetime) -> Patient:
    details = PatientDetails(
        mrn=person.mrn,
        given_name=person.given_name,
        family_name=person.family_name,
        preferred_name=person.preferred_name,
        date_of_birth=person.born,
        birth_year=person.birth_year,
    )
    patient = add_patient(clinic=clinic, details=details, by=by, at=at)
    if person.answers:
        answer_safety_facts(
            patient=patient, answers=person.answers, revision=patient.safety_facts_revision, by=by, at=at
        )
    _allergies(patient, person, by, at)
    records = []
    for taken in person.takes:
        medication = MedicationDetails(
            name=taken.name,
            kind=taken.kind,
            sedates=Answer.NO,
            strength=taken.strength,
            directions=taken.directions,
            indication=taken.indication,
            started=taken.started,
        )
        records.append(add_medication(patient=patient, details=medication, by=by, at=at))
    if person.is_reviewed:
        shown = list_revision_of([record.revision for record in records])
        review_medications(patient=patient, list_revision=shown, by=by, at=at)
    return patient


def _allergies(patient: Patient, person: Person, by: User, at: datetime) -> None:
    for substance, reaction in person.allergies:
        details = AllergyDetails(substance=substance, kind=AllergyKind.UNKNOWN, reaction=reaction)
        note_allergy(patient=patient, details=details, by=by, at=at)
    if person.is_asked_about_allergies:
        revision = allergies_revision_of(len(person.allergies), 0)
        review_allergies(patient=patient, list_revision=revision, by=by, at=at)


def _plan(patient: Patient, by: User, at: datetime, goal: Goal = Goal.DISCONTINUE) -> Plan:
    details = tapers.PlanDetails(
        goal=goal,
        reason="Taken daily for years; the patient wants to come off it.",
        discussed="Why slowly, what withdrawal can feel like, whom to call, and that the plan can be held.",
        agreed_by=patient.full_name,
    )
    medication = patient.medications.taken().get(drug="clonazepam")
    return tapers.open_plan(patient=patient, medication=medication, details=details, by=by, at=at)


def _tablets(plan: Plan, by: User, at: datetime) -> None:
    for strength, part in (("1", 1000), ("0.5", 500)):
        product = tapers.ProductDetails(
            form=Form.TABLET,
            strength=parse_dose(strength),
            smallest_part=Quantity(part),
            maker="Synthetic Pharma",
        )
        tapers.add_product(plan=plan, details=product, by=by, at=at)


def _type_and_sign(plan: Plan, typed: TypedDraft, by: User, at: datetime) -> None:
    draft = Draft.objects.get(plan=plan)
    saved = tapers.save_draft(draft=draft, revision=draft.revision, typed=typed, by=by, at=at)
    today = plan.patient.clinic.day_of(at)
    tapers.sign_draft(
        draft=saved,
        revision=saved.revision,
        reasons={problem.key: MEANT for problem in check_draft(plan, typed, today=today).warnings},
        today=today,
        by=by,
        at=at,
    )


def _signed_plan(patient: Patient, by: User, at: datetime, days_ago: int) -> Plan:
    plan = _plan(patient, by, at)
    _tablets(plan, by, at)
    typed = typed_schedule(f"{patient.clinic.day_of(at) - timedelta(days=days_ago):%m/%d/%Y}", ending="stop")
    _type_and_sign(plan, typed, by, at)
    return plan


def _liquid_plan(patient: Patient, by: User, at: datetime) -> Plan:
    plan = _plan(patient, by, at, Goal.REDUCE)
    product = tapers.ProductDetails(
        form=Form.LIQUID,
        strength=parse_dose("0.1"),
        smallest_part=Quantity(100),
        maker="Synthetic compounding",
    )
    tapers.add_product(plan=plan, details=product, by=by, at=at)
    steps = (
        TypedStep("28", "1", "", {"morning-1": "5", "bedtime-1": "5"}),
        TypedStep("28", "0.9", "Shake the bottle well.", {"morning-1": "4", "bedtime-1": "5"}),
        TypedStep("28", "0.75", "", {"morning-1": "3.5", "bedtime-1": "4"}),
    )
    day = patient.clinic.day_of(at) + timedelta(days=3)
    _type_and_sign(plan, TypedDraft(f"{day:%m/%d/%Y}", "stay", steps), by, at)
    return plan


def _unfinished_draft(patient: Patient, by: User, at: datetime) -> None:
    """As it is left in the middle of typing: one row does not add up, and the ending is not chosen."""
    plan = _plan(patient, by, at)
    _tablets(plan, by, at)
    draft = Draft.objects.get(plan=plan)
    typed = typed_schedule(f"{patient.clinic.day_of(at) + timedelta(days=7):%m/%d/%Y}", ending="")
    tapers.save_draft(
        draft=draft,
        revision=draft.revision,
        typed=TypedDraft(
            typed.first_day,
            typed.ending,
            (
                *typed.steps[:2],
                TypedStep("14", "1.25", "", {"morning-2": "1", "bedtime-2": "1"}),
                TypedStep("7", ".75"),
            ),
        ),
        by=by,
        at=at,
    )


def typed_schedule(first_day: str, ending: str, rows: Sequence[tuple[str, ...]] = PUBLISHED) -> TypedDraft:
    cells = {"first_day": first_day, "ending": ending}
    for index, (days, dose, morning_1, bedtime_1, morning_2, bedtime_2) in enumerate(rows):
        cells |= {
            f"steps-{index}-days": days,
            f"steps-{index}-dose": dose,
            f"steps-{index}-morning-1": morning_1,
            f"steps-{index}-bedtime-1": bedtime_1,
            f"steps-{index}-morning-2": morning_2,
            f"steps-{index}-bedtime-2": bedtime_2,
        }
    return from_post(cells)
