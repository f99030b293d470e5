"""This process with the settings of the server: the same keys and the same database."""

from __future__ import annotations

import os
from pathlib import Path

import django

from ..serving.deployed import environment


def set_up(address: str, sqlite_also: str = "") -> None:
    """`sqlite_also`: said to each connection after the settings' own lines."""
    os.environ.update(environment(Path(), DATABASE_URL=address))
    os.environ["DJANGO_SETTINGS_MODULE"] = "taperplanner.settings"
    from django.conf import settings

    options = settings.DATABASES["default"]["OPTIONS"]
    if "init_command" in options:
        options["init_command"] += sqlite_also
    django.setup()
