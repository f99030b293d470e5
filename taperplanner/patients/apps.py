from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "taperplanner.patients"
    label = "patients"

    def ready(self) -> None:
        # The audit log knows patients by id alone; a manager knows them by MRN.
        from taperplanner.accounts.refusals import patient_checks
        from taperplanner.audit.filters import patient_finders
        from taperplanner.guidance.shown import ShownAt, shown

        from .models import Patient

        patient_checks.register(Patient.objects.is_of)
        patient_finders.register(Patient.objects.ids_with_mrn)
        shown.register(ShownAt("with what is recorded of a patient", by_concern=True))
