from django.apps import AppConfig


class DayBookConfig(AppConfig):
    name = "taperplanner.day_book"
    label = "day_book"

    def ready(self) -> None:
        from taperplanner.audit.log import derivations
        from taperplanner.audit.migrated import after_migrate

        from .rebuilding import write_where_there_is_none
        from .writing import derive

        derivations.register(derive)
        after_migrate.register(write_where_there_is_none)
