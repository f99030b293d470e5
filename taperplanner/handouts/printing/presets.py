"""How a patient's paper is printed until somebody says otherwise: in the language and the letters that they read."""

from __future__ import annotations

from taperplanner.accounts.models import User
from taperplanner.guidance.patient_texts import Language
from taperplanner.tapers.models import Plan

from ..models import PrintChoice, PrintedHandout
from ..paper.layouts import Choice, Layout, Size


def preset(plan: Plan, layout: Layout) -> Choice:
    """Where nobody asked the patient: as the plan's last paper, and before there is one, English in regular print.

    What another patient reads says nothing about this one. `plan.patient` must be at hand.
    """
    patient = plan.patient
    last = None
    if not (patient.paper_language and patient.letter_size):
        last = last_paper_of(plan)
    language = patient.paper_language or (last.language if last else Language.ENGLISH)
    size = patient.letter_size or (last.size if last else Size.REGULAR)
    choice = Choice(layout, Size(size), Language(language))
    return Choice(choice.laid_out_as, choice.size, choice.language)


def last_paper_of(plan: Plan) -> PrintedHandout | None:
    """For the patient: the pharmacy's is always English."""
    copies = PrintedHandout.objects.of_plan(plan.pk).exclude(layout=Layout.PHARMACY.value)
    return copies.newest_first().first()


def remembered(user: User) -> Layout:
    """The layout in which the user printed last; the schedule table, the first time."""
    last = PrintChoice.objects.filter(user=user).first()
    return Layout(last.layout) if last else Layout.SCHEDULE


def first_values(user: User, plan: Plan) -> dict[str, str]:
    """The layout is the user's, the language and the letters are the patient's."""
    layout = remembered(user)
    choice = preset(plan, layout)
    return {"layout": choice.layout.value, "size": choice.size.value, "language": choice.language.value}
