"""Releases of the product: which one this is, and which lie between two others.

A version, a copy and whatever leaves the product say which release made them, so that a fault of a release can be
followed to everybody whom it concerns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from . import __version__

THIS_RELEASE: Final = __version__
MADE_BY: Final = f"Taper Planner {THIS_RELEASE}"  # on a paper
LONGEST: Final = 20
_WRITTEN: Final = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,5}){0,2}", re.ASCII)
_RANGE: Final = re.compile(r"(?P<first>[0-9.]*)\.\.(?P<last>[0-9.]*)", re.ASCII)


class NoRelease(ValueError):
    """The message says what a release looks like."""


def number_of(release: str) -> tuple[int, ...]:
    """ "0.10.2" as (0, 10, 2), of which the greater is the later; "1.0" is as "1.0.0". Raises: NoRelease."""
    if not _WRITTEN.fullmatch(release):
        raise NoRelease(f"“{release}” is no release. A release is written as {THIS_RELEASE}.")
    numbers = tuple(map(int, release.split(".")))
    return numbers + (0,) * (3 - len(numbers))


@dataclass(frozen=True, slots=True)
class Releases:
    """From one to another, both counted. None: without that end."""

    first: str | None
    last: str | None

    @classmethod
    def read(cls, text: str) -> Self:
        """ "0.1.0..0.2.0", "..0.2.0", "0.2.0.." or "0.2.0" alone. Raises: NoRelease."""
        found = _RANGE.fullmatch(text)
        first, last = (found["first"], found["last"]) if found else (text, text)
        for end in (first, last):
            if end:
                number_of(end)
        if first and last and number_of(first) > number_of(last):
            raise NoRelease(f"{first} is later than {last}: write the earlier one first.")
        if not first and not last:
            raise NoRelease(f"No release is named. Write a range, such as ..{THIS_RELEASE}.")
        return cls(first or None, last or None)

    @property
    def has_those_before_it_was_recorded(self) -> bool:
        """What says no release is older than the first that says one."""
        return self.first is None

    def of(self, releases: Iterable[str]) -> list[str]:
        return [one for one in releases if self._has(number_of(one))]

    def _has(self, number: tuple[int, ...]) -> bool:
        is_after = self.first is None or number >= number_of(self.first)
        return is_after and (self.last is None or number <= number_of(self.last))
