from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "taperplanner.worklist"
    label = "worklist"

    def ready(self) -> None:
        from . import away, contacts, flags, holds, plans, reviews, stays
        from .page import sections

        for section_of in (
            contacts.emergencies,
            flags.flags_to_read,
            flags.flags_unseen,
            away.plans_of_away,
            away.follow_ups_of_away,
            holds.holds_asked_for,
            stays.stays_undecided,
            stays.stays_open,
            plans.tampered,
            plans.steps_today,
            contacts.follow_ups_overdue,
            contacts.follow_ups_today,
            reviews.reviews_due,
            plans.supply_running_out,
            plans.counts_below,
            plans.steps_this_week,
            contacts.follow_ups_this_week,
            contacts.follow_ups_moved,
            holds.holds,
            plans.last_days,
            plans.drafts,
            plans.medication_lists,
            reviews.reviews_without_a_date,
        ):
            sections.register(section_of)
