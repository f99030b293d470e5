"""The tests of this room start where those of monitoring do."""

from ..monitoring.conftest import _monday

__all__ = ["_monday"]
