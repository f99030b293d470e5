from django.urls import path

from . import views
from .access import views as access
from .allergy_pages import views as allergies
from .at_home import views as at_home
from .medications import views as medications
from .restriction_pages import views as restriction

app_name = "patients"

PATIENT = "<uuid:patient_id>/"
MEDICATION = f"{PATIENT}medications/<uuid:medication_id>/"

urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.patient_add, name="patient_add"),
    path("vocabulary/", medications.vocabulary, name="vocabulary"),
    path("emergency-access/", restriction.emergency_accesses, name="emergency_accesses"),
    path(
        "emergency-access/<uuid:access_id>/review/",
        restriction.emergency_access_review,
        name="emergency_access_review",
    ),
    path("access/", access.access_report_by_mrn, name="access_report_by_mrn"),
    path("access.pdf", access.access_report_by_mrn_pdf, name="access_report_by_mrn_pdf"),
    path(PATIENT, views.patient, name="patient"),
    path(f"{PATIENT}edit/", views.patient_edit, name="patient_edit"),
    path(f"{PATIENT}archive/", views.patient_archive, name="patient_archive"),
    path(f"{PATIENT}restore/", views.patient_restore, name="patient_restore"),
    path(f"{PATIENT}history/", views.patient_history, name="patient_history"),
    path(f"{PATIENT}access/", access.access_report, name="access_report"),
    path(f"{PATIENT}access.pdf", access.access_report_pdf, name="access_report_pdf"),
    path(f"{PATIENT}safety-facts/", views.safety_facts, name="safety_facts"),
    path(f"{PATIENT}restriction/", restriction.patient_restrict, name="patient_restrict"),
    path(f"{PATIENT}restriction/lift/", restriction.restriction_lift, name="restriction_lift"),
    path(f"{PATIENT}emergency-access/", restriction.emergency_access, name="emergency_access"),
    path(f"{PATIENT}emergency-access/end/", restriction.emergency_access_end, name="emergency_access_end"),
    path(f"{PATIENT}allergies/", allergies.allergies, name="allergies"),
    path(f"{PATIENT}allergies/add/", allergies.allergy_add, name="allergy_add"),
    path(f"{PATIENT}allergies/review/", allergies.allergies_review, name="allergies_review"),
    path(
        f"{PATIENT}allergies/<int:allergy_number>/in-error/",
        allergies.allergy_in_error,
        name="allergy_in_error",
    ),
    path(f"{PATIENT}at-home/", at_home.at_home, name="at_home"),
    path(f"{PATIENT}at-home/add/", at_home.helper_add, name="helper_add"),
    path(f"{PATIENT}at-home/<int:helper_number>/end/", at_home.helper_end, name="helper_end"),
    path(f"{PATIENT}medications/add/", medications.medication_add, name="medication_add"),
    path(f"{PATIENT}medications/review/", medications.medication_review, name="medication_review"),
    path(f"{MEDICATION}edit/", medications.medication_edit, name="medication_edit"),
    path(f"{MEDICATION}stop/", medications.medication_stop, name="medication_stop"),
    path(f"{MEDICATION}restart/", medications.medication_restart, name="medication_restart"),
]
