"""The fixed text beside the schedule, from the reviewed content files, as a paper shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from taperplanner.doses import THOUSANDTHS_PER_UNIT
from taperplanner.guidance.library import PatientText, library
from taperplanner.guidance.patient_texts import Language, shown, source_names, texts_awaiting
from taperplanner.tapers.schedule import Schedule

from .language import Say


@dataclass(frozen=True, slots=True)
class TextBlock:
    """`english`: the same part in English, printed under a translation that nobody has reviewed yet."""

    key: str
    language: str
    title: str
    items: tuple[str, ...]
    closing: tuple[str, ...]
    takes_phones: bool
    english: TextBlock | None = None


def is_split(schedule: Schedule) -> bool:
    """Whether a dose takes part of a tablet."""
    return any(
        dose.quantity.thousandths % THOUSANDTHS_PER_UNIT
        for step in schedule.steps
        for dose in step.doses
        if schedule.products[dose.product].form.is_counted
    )


def texts_of(schedule: Schedule, language: Language) -> tuple[PatientText, ...]:
    """What the paper of this schedule says beside it, as content."""
    return _texts(language, is_split=is_split(schedule))


def text_blocks(language: Language, *, is_split: bool, today: date) -> tuple[TextBlock, ...]:
    """Raises: KeyError, if a part is missing in the language: nothing falls back unseen."""
    texts = _texts(language, is_split=is_split)
    english = {text.key: text for text in _texts(Language.ENGLISH, is_split=is_split)}
    awaiting = set() if language is Language.ENGLISH else {text.key for text in texts_awaiting(texts, today)}
    return tuple(_block(text, english[text.key] if text.key in awaiting else None) for text in texts)


def sources_line(language: Language, say: Say, *, is_split: bool, today: date) -> str:
    texts = _texts(language, is_split=is_split)
    line = say("Sources: on the page of the code.")
    return f"{line} {say('This text awaits clinical review.')}" if texts_awaiting(texts, today) else line


def every_source(language: Language) -> tuple[str, ...]:
    """What any paper's fixed text rests on, for the page that a code leads to."""
    return source_names(library().patient_texts(language.value))


def _texts(language: Language, *, is_split: bool) -> tuple[PatientText, ...]:
    return shown(library().patient_texts(language.value), is_split=is_split)


def _block(text: PatientText, english: PatientText | None) -> TextBlock:
    return TextBlock(
        key=text.key,
        language=text.language.value,
        title=text.title,
        items=text.items,
        closing=text.closing,
        takes_phones=text.takes_phones,
        english=_block(english, None) if english else None,
    )
