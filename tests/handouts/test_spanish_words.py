"""Words that a patient who reads Spanish may take for something else, found wherever the paper speaks Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pytest

from taperplanner.guidance.library import library
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.language import entries

# What must not stand there, and why; a sentence with it, as the paper once said.
FORBIDDEN: Final = {
    r"\bdrogas?\b": ("to most readers, illegal ones", "u otra droga que le da sueño"),
    r"\bpapel(?:es)?\b": ("the sheet is “hoja” everywhere", "Siga este papel."),
    r"\bnada (?:desde|más)\b|\btome nada\b": ("to take or eat nothing at all", "No tome nada."),
    r"\bno tome más\b(?! de lo)": ("“no more” or “no extra”?", "Desde el lunes, no tome más {drug}."),
    r"^nada$": ("of a dose: “ninguna”", "nada"),
    r"\bpare\b": ("stop what?", "PARE el lunes"),
    r"\bbastante\b": ("as much as “mucho” to many", "0 nada, 1 un poco, 2 bastante, 3 mucho"),
    r"\bmal sueño\b": ("a nightmare", "Mal sueño"),
    r"\b(?:en la|por la|^)tarde\b": ("from noon on: the dose drifts", "Tarde"),
    r"\b(?:quédese|me quedo)\b": ("nobody says that of a step", "Quédese en el paso 2."),
    r"\bfalta de respiración\b": ("short of breath", "respiración débil, o falta de respiración"),
    r"\bque no se puede despertar\b": ("that cannot wake", "una persona que no se puede despertar"),
    r"\bno están ahí\b": ("word for word from the English", "ver cosas que no están ahí"),
    r"\ben el cuerpo\b": ("word for word from the English", "¿Puede haber opioides en el cuerpo?"),
    r"\benvíe un texto\b": ("elsewhere a message is sent", "llame o envíe un texto al 988"),
    r"\ben caso de\b": ("clumsy before a list", "Llame al 911 en caso de"),
    r"\ba todo\b": ("“a cualquier”", "Muestre esta tarjeta a todo doctor."),
    r"\bclínicos?\b": ("a clinician is no “clínico”", "espera la revisión de un clínico"),
    r"\bseguro\?": ("speaks to men alone", "¿No está seguro?"),
    r"\bsiente sueño\b|\blentitud\b": (
        "“tiene sueño”, “reacciona lento”",
        "si siente sueño, mareo o lentitud",
    ),
    r"\bdosis olvidadas\b": ("“se le pasó una dosis”", "dosis olvidadas"),
    r"\b(?:este|el|un) (?:nuevo|anterior|viejo)\b|\bImpreso\b|\bReemplazado\b": (
        "the sheet is feminine",
        "Impreso el lunes",
    ),
}


def found_in(text: str) -> list[str]:
    return [why for word, (why, _) in FORBIDDEN.items() if re.search(word, text, re.IGNORECASE)]


def spanish() -> Iterator[str]:
    """Every text of the catalogue, and every part of each text for patients."""
    yield from (entry.msgstr for entry in entries(Language.SPANISH))
    for text in library().patient_texts("es"):
        yield from (text.title, *text.items, *text.closing)


def test_no_word_of_the_paper_is_one_that_misleads() -> None:
    texts = list(spanish())
    assert len(texts) > len(FORBIDDEN)
    assert {text: why for text in texts if (why := found_in(text))} == {}


@pytest.mark.parametrize(("word", "said"), [(word, said) for word, (_, said) in FORBIDDEN.items()])
def test_each_of_them_would_be_found(word: str, said: str) -> None:
    assert re.search(word, said, re.IGNORECASE)
    assert found_in(said)


def test_the_line_for_crises_is_asked_for_in_spanish() -> None:
    """A caller hears English first, and a text is answered in English unless it says AYUDA."""
    of_988 = [text for text in spanish() if "988" in text and text.endswith((".", "AYUDA."))]
    assert len(of_988) == 1
    for text in of_988:
        assert "Para español, oprima el dos" in text
        assert "mande la palabra AYUDA" in text


def test_the_clinicians_entry_says_how_to_reach_it_in_spanish() -> None:
    entry = library().entry("emergency", "call-988")
    assert "Spanish: press 2, or text AYUDA." in entry.note
    assert (entry.note_source.key if entry.note_source else "") == "lifeline"


def test_no_time_of_day_is_called_as_another_is() -> None:
    """A dose in the evening is neither in the afternoon nor at bedtime, and the diary asks at no dose's time."""
    said = {entry.msgid: entry.msgstr for entry in entries(Language.SPANISH)}
    times = [said[time].casefold() for time in ("Morning", "Noon", "Evening", "Bedtime")]
    assert len(set(times)) == len(times)
    diary = next(text for text in said.values() if text.startswith("Escriba un número")).casefold()
    assert "al final de cada día" in diary
    assert not [word for word in (*times, "noche", "tarde") if word in diary]
    assert "0 nada, 1 poco, 2 regular, 3 mucho" in diary
