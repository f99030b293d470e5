"""What patients read: whole in each language, easy to read, without a dose, each reviewed by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textstat.textstat import textstatistics

from taperplanner.guidance.library import Library, PatientText, library
from taperplanner.guidance.loading import load
from taperplanner.guidance.patient_texts import ShownWhen, shown, source_names, texts_awaiting

# The INFLESZ scale (Barrio-Cantalejo and others, 2008) calls a Spanish text of 65 or more by
# Szigriszt-Pazos "fairly easy", the level of the popular press and of primary school, and asks for no
# less than 55 in texts for patients. English is measured in school grades instead.
FAIRLY_EASY = 65
SIXTH_GRADE = 6


@pytest.fixture
def shelf(content: Path) -> Library:
    return Library(load(content))


def read_aloud(text: PatientText) -> str:
    return " ".join(f"{part.rstrip('.')}." for part in (text.title, *text.items, *text.closing))


def spanish() -> textstatistics:
    index = textstatistics()
    index.set_lang("es")
    return index


def test_the_languages_are_known_by_their_codes_and_have_names() -> None:
    assert library().languages == ("en", "es")
    assert [language.own_name for language in library().languages] == ["English", "Español"]
    assert [language.label for language in library().languages] == ["English", "Spanish"]


def test_texts_come_in_their_order_with_bullets_apart_from_what_closes_them(shelf: Library) -> None:
    [text] = shelf.patient_texts("en")

    assert text.items == ("shaking that gets worse", "no sleep")
    assert text.closing == ("In danger? Call 911.",)
    assert text.source_line.startswith("Guideline, 2025 (A society): Table 3; read on 23 November 2026")
    assert [each.order for each in library().patient_texts("es")] == list(range(1, 12))


def test_a_language_without_texts_is_the_callers_mistake(shelf: Library) -> None:
    with pytest.raises(KeyError):
        shelf.patient_texts("fr")


def test_each_language_says_the_same_things_under_the_same_keys() -> None:
    english, spanish = (library().patient_texts(language) for language in library().languages)

    assert [text.key for text in english] == [text.key for text in spanish]
    for ours, theirs in zip(english, spanish, strict=True):
        assert (len(ours.items), len(ours.closing)) == (len(theirs.items), len(theirs.closing))
        assert ours.citations == theirs.citations
        assert not set(ours.items) & set(theirs.items)


@pytest.mark.parametrize("text", library().patient_texts("en"), ids=str)
def test_english_reads_at_grade_six_or_lower(text: PatientText) -> None:
    assert textstatistics().flesch_kincaid_grade(read_aloud(text)) <= SIXTH_GRADE


@pytest.mark.parametrize("text", library().patient_texts("es"), ids=str)
def test_spanish_reads_fairly_easily(text: PatientText) -> None:
    assert spanish().szigriszt_pazos(read_aloud(text)) >= FAIRLY_EASY


def test_the_spanish_index_tells_what_is_hard_to_read() -> None:
    hard = "Las benzodiacepinas se discontinuarán paulatinamente, considerando interacciones farmacológicas."
    assert spanish().szigriszt_pazos(hard) < FAIRLY_EASY


def test_spanish_says_usted_and_never_tu() -> None:
    words = " ".join(read_aloud(text) for text in library().patient_texts("es")).lower().split()
    assert not {"tú", "tu", "tus", "te", "ti", "llama", "guarda", "puedes", "tienes"} & set(words)


def test_splitting_is_only_for_a_paper_with_a_split_tablet() -> None:
    texts = library().patient_texts("en")

    always = shown(texts, {ShownWhen.ALWAYS})
    assert "split-tablets" not in [text.key for text in always]
    assert shown(texts, {ShownWhen.ALWAYS, ShownWhen.SPLIT})[0].key == "split-tablets"
    assert len(shown(texts, {ShownWhen.ALWAYS, ShownWhen.SPLIT})) == len(always) + 1


def test_every_condition_shows_some_text_and_says_when() -> None:
    shown_when = [text.shown_when for text in library().patient_texts("en")]
    assert set(shown_when) == set(ShownWhen)
    assert len({each.label for each in ShownWhen}) == len(ShownWhen)


def test_one_text_takes_the_clinics_phones_in_each_language() -> None:
    for language in library().languages:
        assert [text.key for text in library().patient_texts(language) if text.takes_phones] == [
            "call-the-clinic"
        ]


def test_a_text_awaits_review_until_somebody_did_and_again_when_it_is_overdue(shelf: Library) -> None:
    english, spanish = shelf.patient_texts("en"), shelf.patient_texts("es")

    assert texts_awaiting(english, date(2027, 1, 31)) == ()
    assert texts_awaiting(english, date(2027, 2, 1)) == english
    assert texts_awaiting(spanish, date(2026, 1, 1)) == spanish


def test_nothing_claims_a_review_that_did_not_happen() -> None:
    for language in library().languages:
        assert texts_awaiting(library().patient_texts(language), date.min)


def test_sources_are_named_once_each() -> None:
    names = source_names(library().patient_texts("en"))

    assert len(set(names)) == len(names)
    assert "FDA Drug Safety Communication, 23 September 2020" in names
    assert not any("Reference document" in name for name in names)
