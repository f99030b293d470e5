"""What the paper calls 911 or 988 for can be recorded, and nothing else is a danger."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pytest

from taperplanner.guidance.entries import Entry
from taperplanner.guidance.library import library
from taperplanner.guidance.patient_texts import CALL_911, CALL_988, Language, PatientText
from taperplanner.monitoring.danger import DECIDED, OTHER_SIGNS, PHQ9_ITEM, answers_to, danger_signs
from taperplanner.monitoring.paper_signs import check_signs, unshared
from taperplanner.monitoring.symptoms import SYMPTOMS

DANGERS: Final = {key: symptom.call for key, symptom in SYMPTOMS.items() if symptom.is_danger}
# How the guidance beside the form names each sign.
IN_THE_ENTRY: Final = {
    "seizure": "seizure",
    "slow_breathing": "very slow, shallow or stopped",
    "cannot_be_woken": "cannot be woken",
    "disorientation": "confusion or delirium",
    "hallucinations": "Seeing or hearing things that are not there",
    "chest_pain": "Chest pain or collapse",
    "suicidal_thoughts": "Thoughts of suicide, of self-harm",
    "harm_others": "of harming others",
}


def paper(language: Language) -> dict[str, PatientText]:
    return {text.key: text for text in library().patient_texts(language)}


@pytest.mark.parametrize("language", Language)
def test_each_sign_of_the_paper_is_a_danger_that_its_text_answers_and_no_other_symptom_is(
    language: Language,
) -> None:
    signs = {sign: text.key for text in paper(language).values() for sign in text.signs}
    assert signs == DANGERS
    assert len(signs) == 8


@pytest.mark.parametrize("language", Language)
def test_each_bullet_of_a_text_that_sends_for_help_has_its_sign(language: Language) -> None:
    sending = [text for text in paper(language).values() if re.search(r"911|988", text.title)]
    assert [text.key for text in sending] == [CALL_911, CALL_988]
    english = paper(Language.ENGLISH)
    for text in sending:
        assert len(text.signs) == len(text.items)
        assert text.signs == english[text.key].signs


def test_a_sign_that_only_one_of_the_two_has_fails_the_check() -> None:
    assert list(check_signs()) == []
    texts = paper(Language.ENGLISH)
    more = replace(texts[CALL_911], signs=(*texts[CALL_911].signs, "blue_lips"))
    [new] = unshared([more, texts[CALL_988]])
    assert "call-911 for 'blue_lips', and no symptom of that key" in new
    fewer = replace(texts[CALL_911], signs=texts[CALL_911].signs[:-1])
    [gone] = unshared([fewer, texts[CALL_988]])
    assert "'chest_pain' is a danger answered by call-911, and that text" in gone


def test_besides_them_only_item_nine_and_the_decision_are_signs_of_danger() -> None:
    assert set(OTHER_SIGNS) == {PHQ9_ITEM, DECIDED}
    everything = danger_signs(ratings=dict.fromkeys(SYMPTOMS, 3), phq9_items=[3] * 9, decision="emergency")
    assert set(everything) == {*DANGERS, *OTHER_SIGNS}


@pytest.mark.parametrize(("sign", "call"), DANGERS.items())
def test_a_sign_is_answered_by_the_text_that_names_it(sign: str, call: str) -> None:
    assert answers_to([sign]) == (call,)


def test_the_guidance_of_an_emergency_lists_every_sign() -> None:
    assert set(IN_THE_ENTRY) == set(DANGERS)
    entries: dict[str, Entry] = {entry.slug: entry for entry in library().topic("emergency")}
    for sign, words in IN_THE_ENTRY.items():
        assert words.casefold() in " ".join(entries[DANGERS[sign]].paragraphs).casefold(), sign
