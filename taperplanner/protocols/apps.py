from django.apps import AppConfig


class ProtocolsConfig(AppConfig):
    name = "taperplanner.protocols"
    label = "protocols"

    def ready(self) -> None:
        from taperplanner.guidance.own_texts import on_search, on_topic

        from .beside import beside_topic, found

        on_topic.register(beside_topic)
        on_search.register(found)
