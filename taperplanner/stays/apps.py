from django.apps import AppConfig


class StaysConfig(AppConfig):
    name = "taperplanner.stays"
    label = "stays"

    def ready(self) -> None:
        from taperplanner.guidance.shown import ShownAt, shown
        from taperplanner.patients.sections import marks, rows_of_marks, rows_of_sections, sections_beside

        from .models import Stay
        from .on_patient_page import stay_mark, stays_section
        from .ward_paper.from_rows import DANGERS

        marks.register(stay_mark)
        rows_of_marks.register(Stay)
        sections_beside.register(stays_section)
        rows_of_sections.register(Stay)
        shown.register(ShownAt("on the record for the next clinic or ward", names=DANGERS))
