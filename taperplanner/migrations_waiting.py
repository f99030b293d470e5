"""Which migrations wait: until there is none, tables may not be as the models say."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor


def migrations_waiting(connection: BaseDatabaseWrapper) -> list[str]:
    """Their names, as "tapers.0001_initial". Raises: DatabaseError."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
