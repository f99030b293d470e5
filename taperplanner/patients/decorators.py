"""`@with_patient`: the patient of the address, from the asker's clinic, if their record is open to who asks, and the
showing audited. `audited`: of any row."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from taperplanner.accounts.decorators import (
    Addressed,
    FromClinic,
    FromRow,
    Row,
    ViewOf,
    leaves_event,
    row_of,
    row_of_clinic,
)
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.models import Clinic
from taperplanner.audit.log import record
from taperplanner.audit.sitting import was_shown
from taperplanner.rows_within import knowing_of

from .details import ARCHIVED
from .models import Allergy, HomeHelper, MedicationRecord, Patient, PatientQuerySet
from .restricted.opening import opened
from .sections import rows_of_sections


def audited(patient_of: Callable[[Row], Patient]) -> Callable[[ViewOf[Row]], ViewOf[Row]]:
    """A page that shows the patient leaves one event. What htmx puts into a page that somebody has open belongs to
    the same showing, for as long as a sitting lasts. A restricted record is opened by its rule alone."""

    def leave(request: ClinicRequest, row: Row, page: str) -> None:
        patient_id = patient_of(row).pk
        is_part = request.method == "POST" and bool(request.htmx)
        if not (is_part and was_shown(page, patient_id=patient_id, **request.stamp)):
            record("patient.page_shown", **request.stamp, patient_id=patient_id, subject=page)

    def decorate(view: ViewOf[Row]) -> ViewOf[Row]:
        recorded = leaves_event(leave)(view)

        @wraps(view)
        def shown(request: ClinicRequest, row: Row, /, *args: Any, **kwargs: Any) -> HttpResponse:
            return opened(request, patient_of(row), lambda: recorded(request, row, *args, **kwargs))

        return shown

    return decorate


def with_patient(view: ViewOf[Patient]) -> Addressed:
    """The patient of the address, from the asker's clinic; the showing is audited."""
    return _find(audited(_itself)(view))


def _itself(patient: Patient) -> Patient:
    return patient


def _shown(clinic: Clinic) -> PatientQuerySet:
    return knowing_of(clinic.patients.all(), rows_of_sections, by="patient")


_find: FromClinic[Patient] = row_of_clinic(_shown, named="patient_id")


def _closed_or_not(clinic: Clinic) -> PatientQuerySet:
    found: PatientQuerySet = clinic.patients.select_related("restriction")
    return found


# The same, whether their record is open or not: for the page on which it is opened in an emergency, and shows nothing.
with_patient_closed_or_not: FromClinic[Patient] = row_of_clinic(_closed_or_not, named="patient_id")

# Below `@with_patient`: one record of that patient's list.
with_medication: FromRow[MedicationRecord, Patient] = row_of(
    lambda patient: patient.medications, named="medication_id", parent="patient", field="pk"
)

# The same: one record of their list of allergies.
with_allergy: FromRow[Allergy, Patient] = row_of(
    lambda patient: patient.allergy_records.select_related("error"), named="allergy_number", parent="patient"
)

# The same: one of those who help at home.
with_helper: FromRow[HomeHelper, Patient] = row_of(
    lambda patient: patient.home_helpers.select_related("end"), named="helper_number", parent="patient"
)


def unless_archived(view: ViewOf[Patient]) -> ViewOf[Patient]:
    """Below `@with_patient`: do not open a form that could not be saved.

    What was typed before somebody archived the patient goes on to the action, whose refusal the
    page shows with the text kept.
    """

    @wraps(view)
    def opened(request: ClinicRequest, patient: Patient, /, *args: Any, **kwargs: Any) -> HttpResponse:
        if patient.archived_at and request.method != "POST":
            messages.error(request, ARCHIVED)
            return redirect(patient)
        return view(request, patient, *args, **kwargs)

    return opened
