from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "taperplanner.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        from taperplanner.patients.sections import register

        from .of_patient import monitoring_section

        register(monitoring_section)
