from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "taperplanner.patients"
    label = "patients"

    def ready(self) -> None:
        from taperplanner.accounts.manager_tabs import manager_tabs

        # The audit log knows patients by id alone; a manager knows them by MRN.
        from taperplanner.audit.filters import patient_finders
        from taperplanner.guidance.shown import ShownAt, shown

        from .access.reviews import tab_of
        from .models import Patient

        manager_tabs.register(tab_of)
        patient_finders.register(Patient.objects.ids_with_mrn)
        shown.register(ShownAt("with what is recorded of a patient", by_concern=True))
