"""The room's entry in INSTALLED_APPS; its content is checked by `manage.py check`."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register

from .checks import check_content


class GuidanceConfig(AppConfig):
    name = "taperplanner.guidance"
    label = "guidance"

    def ready(self) -> None:
        register(check_content, "guidance")
