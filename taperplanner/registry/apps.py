from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "taperplanner.registry"
    label = "registry"
