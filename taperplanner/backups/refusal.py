"""Why there is no backup, or no restored database: one sentence for whoever runs the server."""

from __future__ import annotations


class Refused(Exception):
    """What was asked for was not done, and nothing of it is left."""


class Damaged(Refused):
    """What is read is not what was written."""
