from django.apps import AppConfig


class TapersConfig(AppConfig):
    name = "taperplanner.tapers"
    label = "tapers"

    def ready(self) -> None:
        from taperplanner.audit.verify.evidence import further
        from taperplanner.guidance.library import IRREGULAR
        from taperplanner.guidance.shown import ShownAt, shown
        from taperplanner.patients.narrowing import filters
        from taperplanner.patients.restricted.treating import treating
        from taperplanner.patients.sections import sections

        from .assigned import assigned_section
        from .models import EarlierDescription, PlanAssignment, VersionCheck
        from .of_patient import plans_section
        from .on_patient_list import has_plan, plan_of
        from .sections import hanging, hanging_on_versions
        from .sections import sections as plan_sections
        from .signed.verify import findings
        from .who_treats import who_treats

        further.register(findings)
        sections.register(plans_section)
        plan_sections.register(assigned_section)
        hanging.register(EarlierDescription)
        hanging.register(PlanAssignment)
        hanging_on_versions.register(VersionCheck)
        filters.register(has_plan)
        filters.register(plan_of)
        treating.register(who_treats)
        shown.register(ShownAt("over every schedule", names=("stopping/never-abruptly",)))
        shown.register(ShownAt("beside every schedule", topics=("withdrawal", "monitoring")))
        shown.register(ShownAt("beside a dose as needed", names=(IRREGULAR,)))
