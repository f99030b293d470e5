from django.apps import AppConfig


class HandoutsConfig(AppConfig):
    name = "taperplanner.handouts"
    label = "handouts"
