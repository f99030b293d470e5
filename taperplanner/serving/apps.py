from django.apps import AppConfig


class ServingConfig(AppConfig):
    name = "taperplanner.serving"
    label = "serving"
