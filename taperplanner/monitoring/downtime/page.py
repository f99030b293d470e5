"""Which forms were written and are not typed in yet, for the pages about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from taperplanner.accounts.models import Clinic, User
from taperplanner.patients.models import Patient
from taperplanner.patients.restricted.rule import closed_to, open_to
from taperplanner.typed_codes import read_code

from ..models import BlankForm, EnteredLater, FormKind, FormRun
from ..models.downtime import CODE_LENGTH, BlankFormQuerySet
from .forms import CODE

PAGE_SIZE: Final = 25
ADDRESSES: Final = {
    FormKind.CHECK_IN: "monitoring:check_in_add",
    FormKind.DISPENSING: "monitoring:dispensing_add",
    FormKind.HOLD: "monitoring:hold_request_add",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What is said to a code that was typed, and where its form is typed in; empty where nowhere yet.

    `patient`: whom the sentence names."""

    sentence: str
    address: str = ""
    patient: Patient | None = None


def runs_of(clinic: Clinic, page: str) -> Page[Any]:
    """The newest first, each with how many forms it has, `entered` and `waiting`."""
    waiting = Count("forms", filter=Q(forms__entered=None, forms__set_aside=None))
    counted = clinic.form_runs.annotate(
        total=Count("forms"), entered=Count("forms__entered"), waiting=waiting
    )
    return Paginator(counted.order_by("-number"), PAGE_SIZE).get_page(page)


def gaps_of(clinic: Clinic) -> QuerySet[FormRun]:
    """Runs whose forms were used, for some were typed in, and of which others wait: the oldest first."""
    waiting = Count("forms", filter=Q(forms__entered=None, forms__set_aside=None), distinct=True)
    used = clinic.form_runs.filter(pk__in=EnteredLater.objects.values("form__run"))
    return used.annotate(waiting=waiting).filter(waiting__gt=0).order_by("number")


def waiting_in(run: FormRun, user: User) -> BlankFormQuerySet:
    """Those that are open to who asks: a spare one is."""
    forms = run.forms.waiting().in_order().select_related("plan__patient")
    return open_to(forms, user, patient="plan__patient")


def closed_in(run: FormRun, user: User) -> int:
    """How many more wait, of records that are closed to who asks."""
    return run.forms.waiting().filter(plan__patient__in=closed_to(user).values("pk")).count()


def page_of(forms: BlankFormQuerySet, page: str) -> Page[BlankForm]:
    return Paginator(forms, PAGE_SIZE).get_page(page)


def address_of(form: BlankForm) -> str:
    """Where it is typed in; empty of a spare one, whose patient must be found first."""
    if form.plan is None:
        return ""
    kind = FormKind(form.kind)
    address = reverse(ADDRESSES[kind], args=[form.plan.patient_id, form.plan.number])
    return f"{address}?{CODE}={form.written_code}"


def form_with(clinic: Clinic, user: User, text: str) -> Found:
    """Of a form of a record that is closed to who asks, no more than that it is."""
    code = read_code(text, CODE_LENGTH)
    forms = BlankForm.objects.filter(run__clinic=clinic, code=code).annotate(
        entered_at=F("entered__entered_at")
    )
    form = forms.select_related("plan__patient", "run").first() if code else None
    if form is None:
        return Found(
            "No down-time form of this clinic has this code. Read it again from the form, sign by sign."
        )
    if form.plan is not None and closed_to(user).filter(pk=form.plan.patient_id).exists():
        return Found("This form is of a restricted record. Somebody to whom it is open types it in.")
    what = f"{form.get_kind_display()}, form {form.written_code}"
    if vars(form)["entered_at"] is not None:
        return Found(f"{what}: it was typed in already.")
    if form.plan is None:
        return Found(
            f"{what}: a spare form. Find its patient, open the plan’s progress, and type the code there."
        )
    patient = form.plan.patient
    return Found(f"{what}: for {patient.full_name}, plan {form.plan.number}.", address_of(form), patient)
