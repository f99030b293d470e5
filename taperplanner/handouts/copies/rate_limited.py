"""What whoever holds a paper reads after too many questions: nothing about the paper, in each language."""

from __future__ import annotations

from taperplanner.guidance.patient_texts import Language

from ..paper.language import Say
from .public_answer import Answer


def waits() -> tuple[Answer, ...]:
    return tuple(_wait(Say(language)) for language in Language)


def _wait(say: Say) -> Answer:
    sentences = (
        say("There were very many questions within a minute. Wait a minute, then scan the paper again."),
        say("This does not say if your paper is right. Are you not sure? Then ask your clinic."),
        say("Do not stop your medicine suddenly."),
    )
    return Answer(say.language.value, say("Please wait a minute"), sentences)
