from django.apps import AppConfig
from django.core.checks import register


class HandoutsConfig(AppConfig):
    name = "taperplanner.handouts"
    label = "handouts"

    def ready(self) -> None:
        from taperplanner.tapers import sections

        from .checks import check_translations
        from .of_plan import copies_section

        register(check_translations, "handouts")
        sections.register(copies_section)
