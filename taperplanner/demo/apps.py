from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "taperplanner.demo"
    label = "demo"
