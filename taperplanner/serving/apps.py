from django.apps import AppConfig


class ServingConfig(AppConfig):
    name = "taperplanner.serving"
    label = "serving"

    def ready(self) -> None:
        from . import durability  # noqa: F401 - registers its check
