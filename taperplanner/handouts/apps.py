from django.apps import AppConfig
from django.core.checks import register


class HandoutsConfig(AppConfig):
    name = "taperplanner.handouts"
    label = "handouts"

    def ready(self) -> None:
        from taperplanner.accounts.permissions import Permission
        from taperplanner.accounts.still_missing import missing_above
        from taperplanner.audit.verify.evidence import further
        from taperplanner.tapers.sections import sections
        from taperplanner.worklist.page import Batch, batches
        from taperplanner.worklist.page import sections as worklist

        from .copies.on_plan_page import copies_section
        from .copies.on_worklist import stale_section
        from .copies.stored import findings
        from .paper.translations import check_translations
        from .printing.unreviewed import unreviewed_texts

        register(check_translations, "handouts")
        missing_above.register(unreviewed_texts)
        further.register(findings)
        sections.register(copies_section)
        worklist.register(stale_section)
        batches.register(Batch("Print their handouts", "handouts:batch_add", Permission.PRINT_HANDOUT))
