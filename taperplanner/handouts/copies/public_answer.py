"""What a printed copy's code tells whoever asks: may this paper still be followed? Nothing else.

The answer holds nothing about the patient or the clinic. A code that was never given and a text that
is no code get the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from taperplanner.guidance.patient_texts import Language

from ..models import PrintedHandout, copy_with
from ..paper.codes import read
from ..paper.language import Say, in_words
from ..paper.layouts import Layout
from .validity import Kind, validity_of


@dataclass(frozen=True, slots=True)
class Answer:
    """In one language. `is_current`: the paper may be followed today."""

    language: str
    title: str
    sentences: tuple[str, ...]
    is_current: bool = False
    is_known: bool = True


def answers_to(text: str, *, at: datetime) -> tuple[Answer, ...]:
    """In the language of the paper; in each language where no paper is known."""
    copy = copy_with(read(text))
    if copy is None:
        return tuple(_not_known(Say(language)) for language in Language)
    today = copy.version.plan.patient.clinic.day_of(at)
    return (answer_of(copy, today),)


def answer_of(copy: PrintedHandout, today: date) -> Answer:
    """In the language of the paper."""
    say, validity = Say(Language(copy.language)), validity_of(copy, today)
    day = in_words(validity.day, say) if validity.day else ""
    title, *sentences = _said(copy, validity.kind, day, say)
    if not validity.may_be_followed:
        sentences.append(say("Ask the clinic that gave it to you. Do not stop your medicine suddenly."))
    return Answer(copy.language, title, tuple(sentences), is_current=validity.may_be_followed)


def _said(  # noqa: PLR0911 - an answer for each kind
    copy: PrintedHandout, kind: Kind, day: str, say: Say
) -> tuple[str, str]:
    """The title, and what to do."""
    match kind:
        case Kind.ENDED:
            return say("This plan has ended"), say("Do not follow this paper.")
        case Kind.DOUBTFUL:
            return say("Ask the clinic about this paper"), say("Something about it has to be checked first.")
        case Kind.REPLACED:
            return say("This paper was replaced on {day}", day=day), say("Do not follow it any more.")
        case Kind.OVERTAKEN:
            return say("This paper was replaced before it began"), say("Do not follow this paper.")
        case Kind.OVER:
            title = say("This card is out of date since {day}", day=day)
            return title, say("Look at your printed plan for what to take now.")
        case Kind.NOT_YET:
            title = say("This paper starts on {day}", day=day)
            return title, say("Until then follow your older paper, if you have one.")
        case Kind.UNTIL:
            title = say("This paper will be replaced on {day}", day=day)
            return title, say("Follow this paper up to the day before. Ask the clinic for the new one now.")
        case Kind.CURRENT:
            return say("This paper is current"), _current(copy, say)


def _current(copy: PrintedHandout, say: Say) -> str:
    if copy.layout in {Layout.DIARY, Layout.PHARMACY}:
        return say("No newer paper has been signed. This one does not say what to take.")
    return say("No newer paper has been signed. Follow this one. Call your clinic with any question.")


def _not_known(say: Say) -> Answer:
    sentences = (
        say("Check each letter and digit of the code, or scan the paper again."),
        say("Is it right? Then do not follow the paper. Ask the clinic that gave it to you."),
        say("Do not stop your medicine suddenly."),
    )
    return Answer(say.language.value, say("This code is not known"), sentences, is_known=False)


def rate_limited_answers() -> tuple[Answer, ...]:
    """After too many questions: nothing about the paper, in each language."""
    return tuple(_rate_limited(Say(language)) for language in Language)


def _rate_limited(say: Say) -> Answer:
    sentences = (
        say("There were very many questions within a minute. Wait a minute, then scan the paper again."),
        say("This does not say if your paper is right. Are you not sure? Then ask your clinic."),
        say("Do not stop your medicine suddenly."),
    )
    return Answer(say.language.value, say("Please wait a minute"), sentences)
