from django.apps import AppConfig
from django.core.checks import register


class RecallConfig(AppConfig):
    name = "taperplanner.recall"
    label = "recall"

    def ready(self) -> None:
        from taperplanner.handouts.copies.validity import doubts
        from taperplanner.patients.sections import marks
        from taperplanner.worklist.page import urgent

        from .affected import copies_in_doubt
        from .notices import check_notices
        from .on_pages import notices_mark, notices_section

        register(check_notices, "recall")
        doubts.register(copies_in_doubt)
        marks.register(notices_mark)
        urgent.register(notices_section)
