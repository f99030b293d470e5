from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "taperplanner.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        from django.core.checks import register

        from taperplanner.guidance.shown import ShownAt, shown
        from taperplanner.patients.narrowing import filters, orders
        from taperplanner.patients.sections import marks, rows_of_marks, rows_of_sections, sections
        from taperplanner.tapers.sections import hanging
        from taperplanner.tapers.sections import sections as plan_sections

        from .downtime.holds import holds_section
        from .emergencies.page import emergency_mark
        from .follow_ups.on_patient_list import by_next_contact, contact_due
        from .models import CheckIn, CheckInDraft, Emergency, FollowUp, HoldRequest, PatientNote, PlanReview
        from .notes.on_patient_page import notes_section
        from .paper_signs import check_signs
        from .progress.on_patient_page import monitoring_section
        from .reviews.on_patient_page import reviews_section

        register(check_signs, "monitoring")
        sections.register(monitoring_section)
        filters.register(contact_due)
        orders.register(by_next_contact)
        sections.register(reviews_section)
        sections.register(notes_section)
        plan_sections.register(holds_section)
        for model in (HoldRequest, FollowUp, CheckIn, CheckInDraft, PlanReview):
            hanging.register(model)
        marks.register(emergency_mark)
        rows_of_marks.register(Emergency)
        rows_of_sections.register(PatientNote)
        rows_of_sections.register(Emergency)
        shown.register(ShownAt("beside every check-in", topics=("monitoring", "emergency")))
        shown.register(ShownAt("on the page of an emergency", topics=("emergency",)))
