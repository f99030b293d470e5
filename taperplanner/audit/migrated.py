"""What the rooms above this one do once every table is as the models say, at the end of a migrate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from taperplanner.places import Registry

after_migrate: Final[Registry[Callable[[str], object]]] = Registry()  # each takes the alias of the database
