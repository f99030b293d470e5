"""What rooms above add to the parts of a manager's work, each with how much of it waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from taperplanner.places import Registry

from .models import User


@dataclass(frozen=True, slots=True)
class Tab:
    """`name`: of the view it leads to. `waiting`: how many want to be looked at."""

    label: str
    name: str
    address: str
    waiting: int


manager_tabs: Registry[Callable[[User], Tab]] = Registry()
