"""A draft taken in hand: nobody else writes it until the transaction ends."""

from __future__ import annotations

from taperplanner.edits import lock_unchanged

from .models import Draft


class AlreadySigned(Exception):
    """The draft is gone: another tab, or another person, signed or discarded it."""


def locked_draft(draft: Draft, revision: int) -> Draft:
    """The draft, locked, its revision moved on. Raises: EditedMeanwhile, AlreadySigned."""
    try:
        return lock_unchanged(draft, revision=revision)
    except Draft.DoesNotExist:
        raise AlreadySigned from None
