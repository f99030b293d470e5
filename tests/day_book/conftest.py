"""The tests of this room start where those of monitoring do."""

from ..monitoring.conftest import _monday, plan, provider, staff, version

__all__ = ["_monday", "plan", "provider", "staff", "version"]
