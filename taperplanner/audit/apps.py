from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "taperplanner.audit"
    label = "audit"

    def ready(self) -> None:
        from taperplanner.catalogue import check, least_privilege  # noqa: F401 - they register themselves

        # The lowest room with tables looks after the triggers of all, after what was there before its chain, after who
        # may do what in new ones, and after what rooms above it derive: once per migrate, at its end.
        post_migrate.connect(_after_migrate, sender=self)


def _after_migrate(using: str, **kwargs: Any) -> None:
    from taperplanner.append_only import install_triggers
    from taperplanner.catalogue.roles import grant_after_migrate
    from taperplanner.migrations_waiting import migrations_waiting

    from .genesis import begin_chains
    from .migrated import after_migrate

    install_triggers(connections[using])
    begin_chains(using)
    grant_after_migrate(connections[using])
    if not migrations_waiting(connections[using]):
        for do in after_migrate:
            do(using)
