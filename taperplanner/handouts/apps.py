from django.apps import AppConfig
from django.core.checks import register


class HandoutsConfig(AppConfig):
    name = "taperplanner.handouts"
    label = "handouts"

    def ready(self) -> None:
        from taperplanner.accounts.permissions import Permission
        from taperplanner.monitoring.worklist import sections as worklist
        from taperplanner.tapers import sections

        from .checks import check_translations
        from .of_plan import copies_section
        from .of_worklist import stale_section

        register(check_translations, "handouts")
        sections.register(copies_section)
        worklist.register(stale_section)
        worklist.register_batch(
            worklist.Batch("Print their handouts", "handouts:batch_add", Permission.PRINT_HANDOUT)
        )
