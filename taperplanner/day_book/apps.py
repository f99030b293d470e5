from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DayBookConfig(AppConfig):
    name = "taperplanner.day_book"
    label = "day_book"

    def ready(self) -> None:
        from taperplanner.audit.log import derivations

        from .writing import rewrite

        derivations.register(rewrite)
        post_migrate.connect(_after_migrate, sender=self)


def _after_migrate(using: str, **_: Any) -> None:
    from .rebuilding import write_where_there_is_none

    write_where_there_is_none(using)
