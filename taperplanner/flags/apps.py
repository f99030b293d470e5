from django.apps import AppConfig


class FlagsConfig(AppConfig):
    name = "taperplanner.flags"
    label = "flags"

    def ready(self) -> None:
        from taperplanner.patients.sections import rows_of_sections, sections, sections_beside

        from .models import Flag
        from .on_patient_page import flags_section, open_flags_section

        sections.register(open_flags_section)
        sections_beside.register(flags_section)
        rows_of_sections.register(Flag)
