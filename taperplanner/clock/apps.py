from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "taperplanner.clock"
    label = "clock"

    def ready(self) -> None:
        from taperplanner.accounts.backends import read_with_user
        from taperplanner.accounts.manager_tabs import manager_tabs
        from taperplanner.accounts.signing_rights import nobody_signs

        from . import checks  # noqa: F401 - registers its check
        from .page import tab_of
        from .standing import knowing_of_the_clock, why_nobody_signs

        read_with_user.register(knowing_of_the_clock)
        nobody_signs.register(why_nobody_signs)
        manager_tabs.register(tab_of)
