"""Which forms were written and are not typed in yet, for the pages about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.urls import reverse

from taperplanner.accounts.models import Clinic, User
from taperplanner.days import without_weekday
from taperplanner.patients.models import Patient
from taperplanner.patients.restricted.rule import closed_to
from taperplanner.tapers.models import Plan

from ..models import FormKind, FormRun
from .contents import Contents, PaperForm, form_of_code
from .forms import CODE, UNKNOWN
from .waiting import counted, days_between, how_many_wait, used_and_waiting, waiting_in

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


@dataclass(frozen=True, slots=True)
class RunLine:
    """A file of forms. `days`: those in words without a record from it, between others that have one."""

    run: FormRun
    entered: int
    waiting: int
    days: str = ""


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form that waits. `plan`: None of a spare one. `address`: where it is typed in."""

    form: PaperForm
    plan: Plan | None
    address: str


def runs_of(clinic: Clinic, page: str) -> Page[Any]:
    """The newest first."""
    shown: Page[Any] = Paginator(counted(clinic.form_runs.order_by("-number")), PAGE_SIZE).get_page(page)
    shown.object_list = [_line(run) for run in shown.object_list]
    return shown


def gaps_of(clinic: Clinic) -> list[RunLine]:
    """Of what was used and is not typed in whole."""
    return [
        replace(_line(run), days=", ".join(map(without_weekday, days_between(run))))
        for run in used_and_waiting(clinic)
    ]


def open_in(run: FormRun, user: User) -> list[PaperForm]:
    """Those that wait and are open to who asks: a spare one is."""
    closed = closed_plans_in(run, user)
    return [form for form in waiting_in(run) if form.plan_id not in closed]


def closed_in(run: FormRun, user: User) -> int:
    """How many more wait, of records that are closed to who asks."""
    closed = closed_plans_in(run, user)
    return sum(form.plan_id in closed for form in waiting_in(run))


def closed_plans_in(run: FormRun, user: User) -> set[UUID]:
    closed = Plan.objects.filter(patient__in=closed_to(user).values("pk")).values_list("pk", flat=True)
    return set(closed) & set(Contents.of(run).plans)


def form_at(run: FormRun, user: User, position: int) -> PaperForm:
    """Raises: Http404, where none waits that is open to who asks."""
    found = [form for form in open_in(run, user) if form.position == position]
    if not found:
        raise Http404
    return found[0]


def page_of(forms: Sequence[PaperForm], page: str) -> Page[Any]:
    """Of lines."""
    shown: Page[Any] = Paginator(forms, PAGE_SIZE).get_page(page)
    plans = Plan.objects.select_related("patient").in_bulk(
        [form.plan_id for form in shown.object_list if form.plan_id]
    )
    shown.object_list = [
        FormLine(form, plan, _address_of(form, plan))
        for form in shown.object_list
        for plan in [plans.get(form.plan_id) if form.plan_id else None]
    ]
    return shown


def form_with(clinic: Clinic, user: User, text: str) -> Found:
    """Of a form of a record that is closed to who asks, no more than that it is."""
    found = form_of_code(clinic, text)
    if found is None:
        return Found(UNKNOWN)
    run, form = found
    if form.plan_id is not None and form.plan_id in closed_plans_in(run, user):
        return Found("This form is of a restricted record. Somebody to whom it is open types it in.")
    what = f"{form.kind.label}, form {form.written_code}"
    if run.forms.filter(position=form.position, entered__isnull=False).exists():
        return Found(f"{what}: it was typed in already.")
    if form.plan_id is None:
        return Found(
            f"{what}: a spare form. Find its patient, open the plan’s progress, and type the code there."
        )
    plan = Plan.objects.select_related("patient").get(pk=form.plan_id)
    sentence = f"{what}: for {plan.patient.full_name}, plan {plan.number}."
    return Found(sentence, _address_of(form, plan), plan.patient)


def _line(run: FormRun) -> RunLine:
    return RunLine(run, vars(run)["entered"], how_many_wait(run))


def _address_of(form: PaperForm, plan: Plan | None) -> str:
    """Empty of a spare one, whose patient must be found first."""
    if plan is None:
        return ""
    address = reverse(ADDRESSES[form.kind], args=[plan.patient_id, plan.number])
    return f"{address}?{CODE}={form.written_code}"
