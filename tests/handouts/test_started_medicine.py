"""The paper of a medicine that is started: no fixed text on it is true only of one that somebody comes off."""

from __future__ import annotations

import re
from typing import Final

import pytest

from taperplanner.guidance.library import library
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.labels import diary_labels, labels_of
from taperplanner.handouts.paper.language import Translator

OF_COMING_OFF: Final = {
    Language.ENGLISH: r"taper|com(?:e|ing) off|wean|lower (?:the )?dose|(?:reduc|decreas)\w*|small(?:er)? (?:dose|amount)|less (?:and less|each)",
    Language.SPANISH: r"reduc\w*|disminu\w*|bajar\w*|retir\w*|dosis (?:más )?(?:baja|pequeña)|cada vez menos|destet\w*",
}


@pytest.mark.parametrize("language", list(Language), ids=str)
def test_no_fixed_text_of_the_paper_is_only_of_coming_off(language: Language) -> None:
    """Of each layout, and whether it stands on every paper or on some."""
    t = Translator(language)
    texts = library().patient_texts(language.value)
    said = [*labels_of(t).values(), *diary_labels(t).values()]
    said += [line for text in texts for line in (text.title, *text.items, *text.closing)]
    assert len(said) > 60
    assert [line for line in said if re.search(OF_COMING_OFF[language], line, re.IGNORECASE)] == []
