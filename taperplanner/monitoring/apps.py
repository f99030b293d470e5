from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "taperplanner.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        from django.core.checks import register

        from taperplanner.patients.sections import marks, sections

        from .emergencies.page import emergency_mark
        from .paper_signs import check_signs
        from .progress.on_patient_page import monitoring_section

        register(check_signs, "monitoring")
        sections.register(monitoring_section)
        marks.register(emergency_mark)
