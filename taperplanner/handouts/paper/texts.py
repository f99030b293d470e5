"""The fixed text beside the schedule, from the reviewed content files, as a paper shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from taperplanner.guidance.library import PatientText, library
from taperplanner.guidance.patient_texts import (
    CALL_911,
    CALL_988,
    Language,
    shown,
    source_names,
    texts_awaiting,
)
from taperplanner.tapers.schedule.schedule import Schedule

from .conditions import conditions_of
from .language import Translator


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


def texts_of(schedule: Schedule, language: Language) -> tuple[PatientText, ...]:
    """What any paper of this schedule says beside it, as content."""
    return shown(library().patient_texts(language.value), conditions_of(schedule))


def text_blocks(schedule: Schedule, language: Language, *, today: date) -> tuple[TextBlock, ...]:
    """What a paper that begins `today` says. Raises: KeyError, if a part is missing in the language: nothing
    falls back unseen."""
    texts = _texts(schedule, language, today)
    english = {text.key: text for text in _texts(schedule, Language.ENGLISH, today)}
    awaiting = set() if language is Language.ENGLISH else {text.key for text in texts_awaiting(texts, today)}
    return tuple(_block(text, english[text.key] if text.key in awaiting else None) for text in texts)


def calls_for_help(texts: Iterable[TextBlock]) -> tuple[dict[str, str], ...]:
    """Whom to call, every sign for it, and how to reach 988, where there is no room for the lists."""
    return tuple(
        {
            "title": text.title,
            "signs": f"{'; '.join(text.items)}.",
            "how": " ".join(text.closing) if text.key == CALL_988 else "",
        }
        for text in texts
        if text.key in {CALL_911, CALL_988}
    )


def sources_line(schedule: Schedule, t: Translator, *, today: date) -> str:
    """Where the sources stand; and, where it is so, that nobody has reviewed the texts, in words for a patient."""
    line = t("Sources: on the page of the code.")
    if not texts_awaiting(_texts(schedule, t.language, today), today):
        return line
    return f"{line} {t('Your clinic is still checking these words.')}"


def every_source(language: Language) -> tuple[str, ...]:
    """What any paper's fixed text rests on, for the page that a code leads to."""
    return source_names(library().patient_texts(language.value))


def _texts(schedule: Schedule, language: Language, today: date) -> tuple[PatientText, ...]:
    return shown(library().patient_texts(language.value), conditions_of(schedule, today))


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
