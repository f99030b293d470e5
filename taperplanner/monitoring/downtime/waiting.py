"""Which forms of a file nobody has typed in yet, though they may have been written on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from taperplanner.accounts.models import Clinic

from ..models import CheckIn, Dispensing, EnteredLater, FormRun, HoldRequest
from ..models.downtime import FormRunQuerySet
from .contents import Contents, PaperForm


def waiting_in(run: FormRun) -> list[PaperForm]:
    """In the order of the file: neither typed in nor set aside."""
    settled = set(run.forms.settled().values_list("position", flat=True))
    closed = [set(rest.closed_plans) for rest in run.rest_aside.all()]
    return [
        form
        for form in Contents.of(run)
        if form.position not in settled
        and all(form.plan_id is not None and form.plan_id.hex in plans for plans in closed)
    ]


def counted(runs: FormRunQuerySet) -> FormRunQuerySet:
    """How many of each are `entered`, are `settled` one by one, and how often the rest was set aside."""
    settled = Q(forms__entered__isnull=False) | Q(forms__set_aside__isnull=False)
    return runs.defer("contents").annotate(
        entered=Count("forms__entered", distinct=True),
        settled=Count("forms", filter=settled, distinct=True),
        asides=Count("rest_aside", distinct=True),
    )


def how_many_wait(run: FormRun) -> int:
    """Of a counted one."""
    said = vars(run)
    return len(waiting_in(run)) if said["asides"] else run.total - said["settled"]


def used_and_waiting(clinic: Clinic) -> list[FormRun]:
    """Files of which some forms were typed in and others are neither typed in nor set aside: the oldest first."""
    used = clinic.form_runs.filter(forms__entered__isnull=False)
    return [
        run for run in counted(FormRun.objects.filter(pk__in=used)).order_by("number") if how_many_wait(run)
    ]


def days_between(run: FormRun) -> Sequence[date]:
    """Days without any record that was typed in from it, between the first and the last that has one."""
    entered = EnteredLater.objects.filter(form__run=run)
    records: tuple[tuple[Any, str], ...] = (
        (CheckIn, "happened_on"),
        (Dispensing, "dispensed_on"),
        (HoldRequest, "asked_on"),
    )
    days: set[date] = set()
    for model, name in records:
        days |= set(model.objects.filter(entered_later__in=entered).values_list(name, flat=True))
    every = [min(days) + timedelta(days=day) for day in range((max(days) - min(days)).days)] if days else []
    return [day for day in every if day not in days]
