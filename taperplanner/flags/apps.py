from django.apps import AppConfig


class FlagsConfig(AppConfig):
    name = "taperplanner.flags"
    label = "flags"

    def ready(self) -> None:
        from taperplanner.patients.sections import sections

        from .on_patient_page import flags_section

        sections.register(flags_section)
