from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "taperplanner.audit"
    label = "audit"

    def ready(self) -> None:
        from taperplanner.catalogue import check  # noqa: F401 - registers itself

        # The lowest room with tables looks after the triggers of all: once per migrate, at its end.
        post_migrate.connect(_install_triggers, sender=self)


def _install_triggers(using: str, **kwargs: Any) -> None:
    from taperplanner.append_only import install_triggers

    install_triggers(connections[using])
