"""What a printed copy's code tells whoever asks: may this paper still be followed? Nothing else.

The answer holds nothing about the patient or the clinic. A code that was never given and a text that
is no code get the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from taperplanner.guidance.patient_texts import Language

from .codes import read
from .language import Say, in_words
from .models import PrintedHandout, copy_with
from .paper import replaced_on


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
    return (_answer(copy, Say(Language(copy.language)), today),)


def _answer(copy: PrintedHandout, say: Say, today: date) -> Answer:
    version, language = copy.version, say.language.value
    ask = say("Ask the clinic that gave it to you. Do not stop your medicine suddenly.")
    if not version.plan.is_open:
        return Answer(language, say("This plan has ended"), (say("Do not follow this paper."), ask))
    replaced = replaced_on(version)
    if replaced is None:
        keep = say("No newer paper has been signed. Follow this one. Call your clinic with any question.")
        return Answer(language, say("This paper is current"), (keep,), is_current=True)
    _, first = replaced
    words = in_words(first, say)
    if today < first and version.first_day < first:
        until = say("Follow this paper up to the day before. Ask the clinic for the new one now.")
        title = say("This paper will be replaced on {day}", day=words)
        return Answer(language, title, (until,), is_current=True)
    title = say("This paper was replaced on {day}", day=words)
    return Answer(language, title, (say("Do not follow it any more."), ask))


def _not_known(say: Say) -> Answer:
    sentences = (
        say("Check each letter and digit of the code, or scan the paper again."),
        say("Is it right? Then do not follow the paper. Ask the clinic that gave it to you."),
    )
    return Answer(say.language.value, say("This code is not known"), sentences, is_known=False)
