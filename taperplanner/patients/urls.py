from django.urls import path

from . import views
from .access import views as access
from .medications import views as medications

app_name = "patients"

PATIENT = "<uuid:patient_id>/"
MEDICATION = f"{PATIENT}medications/<uuid:medication_id>/"

urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.patient_add, name="patient_add"),
    path("vocabulary/", medications.vocabulary, name="vocabulary"),
    path("emergency-access/", access.emergency_accesses, name="emergency_accesses"),
    path(
        "emergency-access/<uuid:access_id>/review/",
        access.emergency_access_review,
        name="emergency_access_review",
    ),
    path(PATIENT, views.patient, name="patient"),
    path(f"{PATIENT}edit/", views.patient_edit, name="patient_edit"),
    path(f"{PATIENT}archive/", views.patient_archive, name="patient_archive"),
    path(f"{PATIENT}restore/", views.patient_restore, name="patient_restore"),
    path(f"{PATIENT}history/", views.patient_history, name="patient_history"),
    path(f"{PATIENT}safety-facts/", views.safety_facts, name="safety_facts"),
    path(f"{PATIENT}restriction/", access.patient_restrict, name="patient_restrict"),
    path(f"{PATIENT}restriction/lift/", access.restriction_lift, name="restriction_lift"),
    path(f"{PATIENT}emergency-access/", access.emergency_access, name="emergency_access"),
    path(f"{PATIENT}emergency-access/end/", access.emergency_access_end, name="emergency_access_end"),
    path(f"{PATIENT}medications/add/", medications.medication_add, name="medication_add"),
    path(f"{PATIENT}medications/review/", medications.medication_review, name="medication_review"),
    path(f"{MEDICATION}edit/", medications.medication_edit, name="medication_edit"),
    path(f"{MEDICATION}stop/", medications.medication_stop, name="medication_stop"),
    path(f"{MEDICATION}restart/", medications.medication_restart, name="medication_restart"),
]
