"""What whoever holds a paper reads after too many questions: nothing about the paper, in each language."""

from __future__ import annotations

from dataclasses import dataclass

from taperplanner.guidance.patient_texts import Language

from .language import Say


@dataclass(frozen=True, slots=True)
class Wait:
    """In one language."""

    language: str
    title: str
    sentences: tuple[str, ...]


def waits() -> tuple[Wait, ...]:
    return tuple(_wait(Say(language)) for language in Language)


def _wait(say: Say) -> Wait:
    sentences = (
        say("There were very many questions within a minute. Wait a minute, then scan the paper again."),
        say("This does not say if your paper is right. Are you not sure? Then ask your clinic."),
        say("Do not stop your medicine suddenly."),
    )
    return Wait(say.language.value, say("Please wait a minute"), sentences)
