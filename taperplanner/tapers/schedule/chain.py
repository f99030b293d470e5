"""Versions one after another: on each calendar day at most one of them is in force.

A version replaces the one before it from its own first day on. So the newest version that has begun by a day
is in force on that day, and before the first of them none is.

    version 1  |1111111111111111|
    version 2          |22222222222|
    in force    11111111 22222222222 …
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


def version_in_force(versions: Iterable[V], *, on: date) -> V | None:
    """The version that says what is taken on a day; None before any has begun."""
    begun = [version for version in versions if version.first_day <= on]
    return max(begun, key=lambda version: version.number, default=None)


def replaced_by(version: V, versions: Iterable[V]) -> tuple[V, date] | None:
    """Which newer version takes over first, and from which day; None while this one is the newest.

    A day that is not after the version's own first day: it never began.
    """
    newer = [one for one in versions if one.number > version.number]
    if not newer:
        return None
    day = min(one.first_day for one in newer)
    successor = version_in_force(newer, on=day)
    assert successor is not None  # noqa: S101 - one of them begins on that day
    return successor, day


def spans(versions: Sequence[V]) -> list[tuple[V, date, date | None]]:
    """Each version that is ever in force, oldest first, with its first and last day in force.

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
