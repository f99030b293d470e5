from django.apps import AppConfig


class TapersConfig(AppConfig):
    name = "taperplanner.tapers"
    label = "tapers"

    def ready(self) -> None:
        from taperplanner.guidance.shown import Shown, shown
        from taperplanner.patients.sections import sections

        from .of_patient import plans_section

        sections.register(plans_section)
        shown.register(Shown("over every schedule", names=("stopping/never-abruptly",)))
        shown.register(Shown("beside every schedule", topics=("withdrawal", "monitoring")))
