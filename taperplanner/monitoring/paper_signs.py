"""The signs for which the paper sends to 911 or 988, and the symptoms that are a danger: the same ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error

from taperplanner.guidance.library import library
from taperplanner.guidance.loading import BrokenContentError
from taperplanner.guidance.patient_texts import Language, PatientText

from .symptoms import SYMPTOMS


def check_signs(**kwargs: Any) -> Sequence[CheckMessage]:
    """Errors: monitoring.E001, one for each sign that the paper and the checklist do not share."""
    try:
        texts = [text for language in Language for text in library().patient_texts(language)]
    except BrokenContentError:  # guidance.E001 says why
        return []
    return [Error(what, id="monitoring.E001") for what in dict.fromkeys(unshared(texts))]


def unshared(texts: Iterable[PatientText]) -> Iterator[str]:
    """In sentences."""
    on_paper = {(text.key, sign) for text in texts for sign in text.signs}
    asked = {(symptom.call, key) for key, symptom in SYMPTOMS.items() if symptom.is_danger}
    for text, sign in sorted(on_paper - asked):
        yield f"The paper says {text} for {sign!r}, and no symptom of that key is a danger answered by it."
    for text, key in sorted(asked - on_paper):
        yield f"The symptom {key!r} is a danger answered by {text}, and that text of the paper does not name it."
