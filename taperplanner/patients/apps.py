from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "taperplanner.patients"
    label = "patients"

    def ready(self) -> None:
        from taperplanner.accounts.manager_tabs import manager_tabs
        from taperplanner.accounts.patients_named import patient_namers
        from taperplanner.accounts.refusals import patient_checks
        from taperplanner.audit.filters import patient_finders
        from taperplanner.guidance.shown import ShownAt, shown

        from .access.report import reasons
        from .access.report import tab_of as who_looked
        from .at_home.on_patient_page import at_home_section
        from .last_changed import by_last_changed
        from .models import HomeHelper, Patient
        from .narrowing import orders
        from .restricted.in_the_log import called_in_the_log
        from .restricted.why import emergency_reasons
        from .restriction_pages.reviews import tab_of as emergency_accesses
        from .sections import rows_of_sections, sections_beside

        rows_of_sections.register(HomeHelper)
        sections_beside.register(at_home_section)
        orders.register(by_last_changed)
        manager_tabs.register(emergency_accesses)
        manager_tabs.register(who_looked)
        patient_checks.register(Patient.objects.is_of)
        # The audit log knows patients by id alone; a manager knows them by MRN.
        patient_finders.register(Patient.objects.ids_with_mrn)
        patient_namers.register(called_in_the_log)
        reasons.register(emergency_reasons)
        shown.register(ShownAt("with what is recorded of a patient", by_concern=True))
