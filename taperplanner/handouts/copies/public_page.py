"""What the public page says to whoever types a code: how to ask, and what the words of the papers rest on."""

from __future__ import annotations

from dataclasses import dataclass

from taperplanner.guidance.patient_texts import Language

from ..paper.language import Translator
from ..paper.texts import every_source


@dataclass(frozen=True, slots=True)
class Asks:
    """In one language."""

    language: str
    title: str
    how: str
    label: str
    button: str


@dataclass(frozen=True, slots=True)
class SourcesLine:
    language: str
    text: str


def asks() -> tuple[Asks, ...]:
    return tuple(_asks(Translator(language)) for language in Language)


def sources_in(languages: tuple[str, ...]) -> tuple[SourcesLine, ...]:
    """One line for each language in which an answer is given."""
    return tuple(_sources(Language(language)) for language in dict.fromkeys(languages))


def _asks(t: Translator) -> Asks:
    return Asks(
        language=t.language.value,
        title=t("Is your paper still right?"),
        how=t(
            "Type the code of the paper. It stands at the edge of each page. Capitals and dashes do not matter."
        ),
        label=t("Code of the paper"),
        button=t("Ask"),
    )


def _sources(language: Language) -> SourcesLine:
    t = Translator(language)
    return SourcesLine(language.value, t("Sources: {names}.", names=". ".join(every_source(language))))
