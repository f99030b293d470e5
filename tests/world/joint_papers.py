"""A patient with two open plans: clonazepam goes down while diazepam is added, each signed by itself."""

from __future__ import annotations

from datetime import datetime

from taperplanner.accounts.models import User
from taperplanner.doses import parse_dose, parse_quantity
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.copies import actions as copies
from taperplanner.handouts.models import PrintedHandout
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.printing.joint import JointJob, joint_paper, open_plans_of
from taperplanner.handouts.printing.render import set_paper
from taperplanner.patients.models import Kind, Patient, Use
from taperplanner.tapers import actions
from taperplanner.tapers.draft.typed import TypedDraft, from_post
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.schedule.schedule import Form

from .people import ana, medication_record
from .plans import DETAILS, open_plan, sign_plan
from .printing import address_of
from .remembered import remembered
from .universe import NOW, House

SCHEDULE = Choice()
EVERY_CHOICE = [
    Choice(layout, size, language)
    for layout in (Layout.SCHEDULE, Layout.CALENDAR, Layout.CHECKLIST)
    for size in Size
    for language in Language
]


def diazepam_schedule(first_day: str = "03/09/2026", ending: str = "stay") -> TypedDraft:
    """Half a tablet of 5 mg at bedtime for a week, then a whole one, from a week after the clonazepam on."""
    sent = {"first_day": first_day, "ending": ending}
    for index, (days, dose, bedtime) in enumerate((("7", "2.5", "½"), ("14", "5", "1"))):
        sent |= {
            f"steps-{index}-days": days,
            f"steps-{index}-dose": dose,
            f"steps-{index}-bedtime-1": bedtime,
            f"steps-{index}-note": "",
        }
    return from_post(sent)


@remembered
def open_diazepam(house: House, patient: Patient, name: str = "diazepam", at: datetime = NOW) -> Plan:
    """A plan for another drug, with a 5 mg tablet in halves."""
    record = medication_record(
        patient, house.provider, name=name, kind=Kind.PRESCRIPTION, strength="5 mg", form="Tablet",
        directions="As the plan says", use=Use.REGULAR, started="2026-02",
    )  # fmt: skip
    plan = actions.open_plan(patient=patient, medication=record, details=DETAILS, by=house.provider, at=at)
    product = actions.ProductDetails(Form.TABLET, parse_dose("5"), parse_quantity("½"), maker="Made Up Labs")
    actions.add_product(plan=plan, details=product, by=house.provider, at=at)
    return plan


def two_versions(house: House) -> tuple[Version, Version]:
    """Of Ana: clonazepam from today on, diazepam from a week later on."""
    patient = ana(house)
    clonazepam = sign_plan(open_plan(house, patient), house)
    diazepam = sign_plan(open_diazepam(house, patient), house, diazepam_schedule())
    return clonazepam, diazepam


def fresh(patient: Patient) -> Patient:
    return Patient.objects.select_related("clinic").get(pk=patient.pk)


def joint_job(patient: Patient, choice: Choice = SCHEDULE, at: datetime = NOW) -> JointJob:
    paper = joint_paper(open_plans_of(fresh(patient)), choice, at=at)
    assert paper.job is not None, paper.why_not
    return paper.job


def print_joint(
    patient: Patient, by: User, choice: Choice = SCHEDULE, at: datetime = NOW, *, with_file: bool = False
) -> PrintedHandout:
    """As the page makes one; without `with_file` no paper is set."""
    job = joint_job(patient, choice, at)
    paper = set_paper(job, address_of) if with_file else None
    return copies.print_handout(job=job, paper=paper, by=by, at=at)


def print_beside(version: Version, house: House) -> PrintedHandout:
    """One paper of this version and of a second plan, which is signed for it."""
    patient = version.plan.patient
    sign_plan(open_diazepam(house, patient), house, diazepam_schedule())
    return print_joint(patient, house.staff)
