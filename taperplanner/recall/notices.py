"""The notices that came with this release (`notices.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from django.core.checks import CheckMessage, Error

from taperplanner.handouts.paper.layouts import Layout
from taperplanner.releases import NoRelease, number_of

NOTICES: Final = Path(__file__).with_name("notices.toml")
LONGEST_KEY: Final = 40


class Unreadable(Exception):
    """The message says what is wrong in the file. Of this product's own file: a programming error."""


@dataclass(frozen=True, slots=True)
class Notice:
    """`layouts`: of the papers that it concerns. `schedules`: whether it concerns what was signed. `before_recorded`: also
    what was made before anything said its release."""

    key: str
    releases: Sequence[str]
    before_recorded: bool
    layouts: Sequence[str]
    schedules: bool
    title: str
    wrong: str
    what_to_do: str

    @classmethod
    def read(cls, said: dict[str, Any]) -> Self:
        """Raises: Unreadable."""
        names = {one.name for one in fields(cls)}
        if set(said) != names:
            raise Unreadable(f"A notice says exactly {', '.join(sorted(names))}.")
        notice = cls(**said)
        if not 0 < len(notice.key) <= LONGEST_KEY or not all((notice.title, notice.wrong, notice.what_to_do)):
            raise Unreadable("A notice has a key and says what is wrong and what to do.")
        if unknown := set(notice.layouts) - {layout.value for layout in Layout}:
            raise Unreadable(f"Notice {notice.key} names no layout: {', '.join(sorted(unknown))}.")
        if not notice.layouts and not notice.schedules:
            raise Unreadable(f"Notice {notice.key} concerns neither papers nor schedules.")
        try:
            for release in notice.releases:
                number_of(release)
        except NoRelease as problem:
            raise Unreadable(f"Notice {notice.key}: {problem}") from problem
        return notice


def read_notices(text: str) -> tuple[Notice, ...]:
    """In their order. Raises: Unreadable."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Unreadable(str(problem)) from problem
    notices = tuple(Notice.read(one) for one in said.get("notice", ()))
    if len({one.key for one in notices}) < len(notices):
        raise Unreadable("Two notices have one key.")
    return notices


@cache
def notices() -> tuple[Notice, ...]:
    """Read once in each process."""
    return read_notices(NOTICES.read_text())


def check_notices(**_: object) -> list[CheckMessage]:
    try:
        notices()
    except Unreadable as problem:
        return [Error(str(problem), id="recall.E001")]
    return []
