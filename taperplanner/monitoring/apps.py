from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "taperplanner.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        from taperplanner.patients.sections import marks, sections

        from .emergency_page import emergency_mark
        from .of_patient import monitoring_section
        from .worklist import contacts, holds, plans
        from .worklist.sections import sections as worklist

        sections.register(monitoring_section)
        marks.register(emergency_mark)
        for section_of in (
            contacts.emergencies,
            plans.steps_today,
            contacts.follow_ups_overdue,
            contacts.follow_ups_today,
            plans.supply_running_out,
            plans.counts_below,
            plans.steps_this_week,
            contacts.follow_ups_this_week,
            contacts.follow_ups_moved,
            holds.holds,
            plans.last_days,
            plans.drafts,
            plans.medication_lists,
        ):
            worklist.register(section_of)
