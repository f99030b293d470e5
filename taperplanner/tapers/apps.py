from django.apps import AppConfig


class TapersConfig(AppConfig):
    name = "taperplanner.tapers"
    label = "tapers"

    def ready(self) -> None:
        from taperplanner.audit.verify.evidence import further
        from taperplanner.guidance.library import IRREGULAR
        from taperplanner.guidance.shown import ShownAt, shown
        from taperplanner.patients.restricted.treating import treating
        from taperplanner.patients.sections import sections

        from .of_patient import plans_section
        from .signed.verify import findings
        from .who_treats import who_treats

        further.register(findings)
        sections.register(plans_section)
        treating.register(who_treats)
        shown.register(ShownAt("over every schedule", names=("stopping/never-abruptly",)))
        shown.register(ShownAt("beside every schedule", topics=("withdrawal", "monitoring")))
        shown.register(ShownAt("beside a dose as needed", names=(IRREGULAR,)))
