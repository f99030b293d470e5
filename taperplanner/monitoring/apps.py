from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "taperplanner.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        from taperplanner.patients import marks, sections

        from .emergency_page import emergency_mark
        from .of_patient import monitoring_section

        sections.register(monitoring_section)
        marks.register(emergency_mark)
