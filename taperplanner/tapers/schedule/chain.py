"""Versions one after another: for each calendar day exactly one of them answers.

A version replaces the one before it from its own first day on. So the newest version that has
begun by a day answers for that day, and before the first of them nothing does.

    version 1  |1111111111111111|
    version 2          |22222222222|
    answers     11111111 22222222222 …
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar


class Numbered(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def first_day(self) -> date: ...


V = TypeVar("V", bound=Numbered)


def newest(versions: Iterable[V]) -> V | None:
    """The last that was signed. It may not be in force yet: never ask it what is taken."""
    return max(versions, key=lambda version: version.number, default=None)


def answering(versions: Iterable[V], day: date) -> V | None:
    """The version that says what is taken on this day; None before any has begun."""
    begun = [version for version in versions if version.first_day <= day]
    return max(begun, key=lambda version: version.number, default=None)


def replaced_by(version: V, versions: Iterable[V]) -> tuple[V, date] | None:
    """Which newer version takes over first, and from which day; None while this one is the newest.

    A day that is not after the version's own first day: it never began.
    """
    newer = [one for one in versions if one.number > version.number]
    if not newer:
        return None
    day = min(one.first_day for one in newer)
    successor = answering(newer, day)
    assert successor is not None  # noqa: S101 - one of them begins on that day
    return successor, day


def spans(versions: Sequence[V]) -> list[tuple[V, date, date | None]]:
    """Each version that ever answers, oldest first, with the first and last day it answers for.

    A last day of None: until something replaces it. A version that was replaced before it began
    is not among them.
    """
    found: list[tuple[V, date, date | None]] = []
    until: date | None = None
    for version in sorted(versions, key=lambda version: version.number, reverse=True):
        if until is not None and version.first_day > until:
            continue
        found.append((version, version.first_day, until))
        until = version.first_day - timedelta(days=1)
    return found[::-1]
