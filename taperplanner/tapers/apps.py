from django.apps import AppConfig


class TapersConfig(AppConfig):
    name = "taperplanner.tapers"
    label = "tapers"

    def ready(self) -> None:
        from taperplanner.patients.sections import sections

        from .of_patient import plans_section

        sections.register(plans_section)
