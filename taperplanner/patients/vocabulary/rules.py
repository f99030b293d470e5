"""What the files of the vocabulary are held to."""

from __future__ import annotations


class VocabularyError(ValueError):
    """The shipped data breaks a rule of this package; the message says which row and which rule."""


def refuse(broken: bool, why: str) -> None:  # noqa: FBT001  # reads as a sentence where it is called
    if broken:
        raise ValueError(why)


def parts(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()
