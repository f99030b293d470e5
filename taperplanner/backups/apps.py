from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "taperplanner.backups"
    label = "backups"
