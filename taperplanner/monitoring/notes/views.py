"""Notes on a patient: all of them, a new one, and that one was entered in error."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.patients.decorators import unless_archived, with_patient
from taperplanner.patients.models import Patient
from taperplanner.patients.page import patient_page
from taperplanner.saving import bound_data, saved, submit

from ..in_error.about import STAYS, error_in_words
from ..in_error.forms import InErrorForm
from ..models import PatientNote
from . import actions
from .decorators import with_note
from .forms import NoteForm
from .lines import notes_page


@require_safe
@requires(Permission.SEE_PATIENTS)
@with_patient
def notes(request: ClinicRequest, patient: Patient) -> HttpResponse:
    context = {"page": notes_page(patient, request.GET.get("page", ""))}
    return patient_page(request, patient, "monitoring/notes.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@taken_once
@with_patient
@unless_archived
def note_add(request: ClinicRequest, patient: Patient) -> HttpResponse:
    form = NoteForm(bound_data(request))
    write = partial(actions.write_note, patient=patient, **request.stamp)
    if submit(request, form, lambda: write(text=form.cleaned_data["text"])).is_done:
        return saved(request, "The note was written. It changes no schedule.", patient)
    return patient_page(request, patient, "monitoring/note_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.EDIT_PATIENTS)
@taken_once
@with_note
def note_in_error(request: ClinicRequest, note: PatientNote) -> HttpResponse:
    form = InErrorForm(bound_data(request))
    mark = partial(actions.mark_note_in_error, note=note, **request.stamp)
    if submit(request, form, lambda: mark(reason=form.cleaned_data["reason"])).is_done:
        return saved(request, "The note was marked as entered in error, and stays readable.", note)
    context = {"form": form, "note": note, "error": error_in_words(note), "stays": STAYS}
    return patient_page(request, note.patient, "monitoring/note_in_error.html", context)
