"""What is wrong with the texts of a draft and its plan: unseen characters, spellings that are misread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from taperplanner.safe_spelling import find_unsafe
from taperplanner.text import hidden_in

from .problem import Problem, Severity

LONGEST_EXPLANATION: Final = 500


def of_explanation(text: str) -> Iterator[Problem]:
    """Why a version is revised, in the provider's own words. It is signed."""
    say = "Why it is revised, in your own words"
    if len(text) > LONGEST_EXPLANATION:
        sentence = f"Shorten the explanation to {LONGEST_EXPLANATION} characters or fewer."
        yield Problem("long-explanation", sentence, cell="explanation")
    if place := hidden_in(text):
        sentence = f"{say}: it holds a character that nobody sees, {place}. Type it again."
        yield Problem("unseen-explanation", sentence, cell="explanation")
    if misread := _misread(text):
        yield Problem("misread-explanation", f"{say}: {misread}", Severity.WARNING, cell="explanation")


def of_description(text: str) -> Iterator[Problem]:
    """What it is started for, why, what was discussed, who agreed: what the signature stands under."""
    if misread := _misread(text):
        sentence = (
            f"The plan's description: {misread} Change it under “Edit the description”, or say why it stays."
        )
        yield Problem("misread-description", sentence, Severity.WARNING)


def _misread(text: str) -> str:
    return " ".join(dict.fromkeys(finding.sentence for finding in find_unsafe(text)))
