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
from ..paper.language import Translator, in_words
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
        return tuple(_not_known(Translator(language)) for language in Language)
    today = copy.version.plan.patient.clinic.day_of(at)
    return (answer_of(copy, today),)


def answer_of(copy: PrintedHandout, today: date) -> Answer:
    """In the language of the paper."""
    t, validity = Translator(Language(copy.language)), validity_of(copy, today)
    day = in_words(validity.day, t) if validity.day else ""
    title, *sentences = _said(copy, validity.kind, day, t)
    if not validity.may_be_followed:
        sentences.append(_ask_the_clinic(copy, t))
    return Answer(copy.language, title, tuple(sentences), is_current=validity.may_be_followed)


def _said(  # noqa: PLR0911 - an answer for each kind
    copy: PrintedHandout, kind: Kind, day: str, t: Translator
) -> tuple[str, str]:
    """The title, and what to do."""
    match kind:
        case Kind.ENDED:
            title = t("A plan on this paper has ended") if copy.is_joint else t("This plan has ended")
            return title, t("Do not follow this paper.")
        case Kind.DOUBTFUL | Kind.AWAY:
            return t("Ask the clinic about this paper"), t("Something about it has to be checked first.")
        case Kind.REPLACED:
            return t("This paper was replaced on {day}", day=day), t("Do not follow it any more.")
        case Kind.OVERTAKEN:
            return t("This paper was replaced before it began"), t("Do not follow this paper.")
        case Kind.OVER:
            title = t("This card is out of date since {day}", day=day)
            return title, t("Look at your printed plan for what to take now.")
        case Kind.NOT_YET:
            title = t("This paper starts on {day}", day=day)
            return title, t("Until then follow your older paper, if you have one.")
        case Kind.UNTIL:
            title = t("This paper will be replaced on {day}", day=day)
            return title, t("Follow this paper up to the day before. Ask the clinic for the new one now.")
        case Kind.INCOMPLETE:
            title = t("This paper does not name every medicine of your plans any more")
            return title, t("Follow it for what it names. Ask the clinic for the new paper now.")
        case Kind.CURRENT:
            return t("This paper is current"), _current(copy, t)


def _ask_the_clinic(copy: PrintedHandout, t: Translator) -> str:
    if copy.is_joint:
        return t("Ask the clinic that gave it to you. Do not stop any of your medicines suddenly.")
    return t("Ask the clinic that gave it to you. Do not stop your medicine suddenly.")


def _current(copy: PrintedHandout, t: Translator) -> str:
    if copy.layout in {Layout.DIARY, Layout.PHARMACY}:
        return t("No newer paper has been signed. This one does not say what to take.")
    return t("No newer paper has been signed. Follow this one. Call your clinic with any question.")


def _not_known(t: Translator) -> Answer:
    sentences = (
        t("Check each letter and digit of the code, or scan the paper again."),
        t("Is it right? Then do not follow the paper. Ask the clinic that gave it to you."),
        t("Do not stop your medicine suddenly."),
    )
    return Answer(t.language.value, t("This code is not known"), sentences, is_known=False)


def rate_limited_answers() -> tuple[Answer, ...]:
    """After too many questions: nothing about the paper, in each language."""
    return tuple(_rate_limited(Translator(language)) for language in Language)


def _rate_limited(t: Translator) -> Answer:
    sentences = (
        t("There were very many questions within a minute. Wait a minute, then scan the paper again."),
        t("This does not say if your paper is right. Are you not sure? Then ask your clinic."),
        t("Do not stop your medicine suddenly."),
    )
    return Answer(t.language.value, t("Please wait a minute"), sentences)
