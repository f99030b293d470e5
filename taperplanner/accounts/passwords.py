"""What a new password may not be. Long is enough: nothing says which characters it has to have.

No sentence here is about a password that somebody has: it goes on working until it is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from .models import User
from .second_factor import factors_of, must_have_one

SHORTEST: Final = 15
SHORTEST_WITH_SECOND_STEP: Final = 8
LONGEST: Final = 128
RULES: Final = (
    f"At least {SHORTEST} characters, or {SHORTEST_WITH_SECOND_STEP} if you use two-step sign-in. Several words that only"
    " you would put together are easy to remember. You may paste it from a password manager."
)
# Of this product and of every clinic: no password becomes one by them. Those of one clinic and person are added.
CONTEXT_WORDS: Final = frozenset({
    "taper", "planner", "taperplanner", "clonazepam", "klonopin", "clinic", "patient", "provider", "manager", "nurse",
    "doctor", "health", "medical", "hospital", "password", "passwort", "passphrase", "login", "welcome",
})  # fmt: skip
SHORTEST_WORD: Final = 4
# What is left of a password once runs and words of the context count for nothing.
LEFT: Final = 6
# So many neighbours are a run; fewer stand in many words, as in "tree".
RUN: Final = 4
# Neighbours, forwards and backwards; figures and letters also from their end to their beginning.
_ROWS: Final = (
    "01234567890", "abcdefghijklmnopqrstuvwxyza", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop",
    "!@#$%^&*()",
)  # fmt: skip
_NEIGHBOURS: Final = frozenset(pair for row in _ROWS for pair in [*pairwise(row), *pairwise(row[::-1])])
_DECORATION: Final = "".join(chr(code) for code in range(33, 127) if not chr(code).isalpha())


class LengthValidator:
    def validate(self, password: str, user: User | None = None) -> None:
        shortest = SHORTEST_WITH_SECOND_STEP if user and has_second_step(user) else SHORTEST
        if len(password) < shortest:
            raise ValidationError(f"Use at least {shortest} characters.", code="password_too_short")
        if len(password) > LONGEST:
            raise ValidationError(f"Use at most {LONGEST} characters.", code="password_too_long")


class BreachedValidator(CommonPasswordValidator):
    """Django's list of 20,000 passwords that were breached most often, also with figures and signs around one, and
    with one several times over."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 - as Django calls it
        said = password.lower().strip()
        if {said, said.strip(_DECORATION), _unit(said)} & self.passwords:
            raise ValidationError(
                "This password, or the word in it, is one of those that are tried first. Choose another one.",
                code="password_breached",
            )


class RunValidator:
    """Refuses what repeats itself, or goes along the alphabet or the keyboard."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 - as Django calls it
        said = password.casefold()
        if len(_unit(said)) < len(said) or len(_without_runs(said)) < LEFT:
            raise ValidationError(
                "This password repeats itself, or follows the alphabet, the figures or the keyboard. Choose another one.",
                code="password_runs",
            )


class ContextValidator:
    """Refuses what little more than names is: the clinic's, the person's, the product's."""

    def validate(self, password: str, user: User | None = None) -> None:
        left = password.casefold()
        for word in sorted(CONTEXT_WORDS | _words_of(user), key=len, reverse=True):
            left = left.replace(word, "")
        if len(_without_runs(left)) < LEFT:
            raise ValidationError(
                "This password is little more than the name of the clinic, of the product or of you."
                " Choose another one.",
                code="password_of_names",
            )


def has_second_step(user: User) -> bool:
    """Or must set one up before anything else can be reached."""
    return bool(factors_of(user)) or must_have_one(user)


def _words_of(user: User | None) -> frozenset[str]:
    if user is None:
        return frozenset()
    names = " ".join((user.clinic.name, user.name, user.email)).casefold()
    return frozenset(word for word in re.findall(r"[^\W_]+", names) if len(word) >= SHORTEST_WORD)


def _unit(text: str) -> str:
    """The shortest part that, several times over, is the text; the text itself if there is none."""
    for length in range(1, len(text) // 2 + 1):
        if all(text[place] == text[place - length] for place in range(length, len(text))):
            return text[:length]
    return text


def _without_runs(text: str) -> str:
    """One character for each that is repeated, and one for each run of neighbours."""
    once = [character for character, before in zip(text, " " + text, strict=False) if character != before]
    return "".join(run[0] if len(run) >= RUN else run for run in _runs("".join(once)))


def _runs(text: str) -> Iterator[str]:
    """The text in parts, each of characters that are neighbours one after the other."""
    run = text[:1]
    for before, character in pairwise(text):
        if (before, character) not in _NEIGHBOURS:
            yield run
            run = ""
        run += character
    yield run
