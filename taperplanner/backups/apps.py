from django.apps import AppConfig
from django.core.checks import Tags, register


class BackupsConfig(AppConfig):
    name = "taperplanner.backups"
    label = "backups"

    def ready(self) -> None:
        from .owners import check_rights

        register(check_rights, Tags.database)
