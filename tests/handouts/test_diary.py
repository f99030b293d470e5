"""The symptom diary asks what the clinic asks about, in words that fit the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Final

import pytest

from taperplanner.guidance.library import library
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.data import paper_data
from taperplanner.handouts.paper.day_by_day import diary_days
from taperplanner.handouts.paper.labels import diary_labels
from taperplanner.handouts.paper.language import Translator
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.paper.remaining import remaining
from taperplanner.handouts.printing.render import pdf_of
from tests.proof.letters import read_file
from tests.world.papers import paper_in, printed_pages

from .test_handout import published

SHEETS: Final = ("letter", "a4")
SIDE: Final = {Size.REGULAR: 0.55 * 72, Size.LARGE: 0.4 * 72}  # points that stay white at the right
MOST_PAGES: Final = {Size.REGULAR: 2, Size.LARGE: 8}
COLUMNS: Final = {
    Language.ENGLISH: ("Bad sleep", "Worry", "Shaking", "Cramps or twitching", "Irritable"),
    Language.SPANISH: ("Dormí mal", "Nervios", "Temblor", "Calambres o espasmos", "Irritable"),
}


@pytest.mark.parametrize("language", Language)
def test_the_diary_asks_about_cramps_or_twitching_and_irritability_and_not_about_pain(
    language: Language,
) -> None:
    labels = diary_labels(Translator(language))
    columns = tuple(labels[name] for name in ("sleep", "worry", "shaking", "cramps", "irritable"))
    assert columns == COLUMNS[language]
    text = " ".join(printed_pages(published(), Choice(Layout.DIARY, language=language)))
    for column in columns:
        assert column in text
    assert "Pain" not in text
    assert "Dolor" not in text


@pytest.mark.parametrize("language", Language)
def test_the_diary_names_every_sign_for_which_the_paper_sends_to_911_or_988(language: Language) -> None:
    pages = printed_pages(published(), Choice(Layout.DIARY, language=language))
    said = " ".join(" ".join(pages).split())
    texts = [text for text in library().patient_texts(language) if text.signs]
    assert [text.key for text in texts] == ["call-911", "call-988"]
    for text in texts:
        for part in (text.title, *text.items):
            assert part in said
    assert all(sentence in said for sentence in texts[-1].closing)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("sheet", SHEETS)
def test_each_word_of_the_diary_stands_inside_its_column(language: Language, size: Size, sheet: str) -> None:
    paper = paper_in(published(), language)
    data = paper_data(paper, published(), Choice(Layout.DIARY, size, language), sheet=sheet)
    read = read_file(pdf_of([data]))
    assert len(read.pages) <= MOST_PAGES[size]
    for letters in read.letters:
        assert max(one.right for one in letters) <= read.width - SIDE[size]
        assert not [(one.text, other.text) for one, other in combinations(letters, 2) if one.covers(other)]


def test_the_year_stands_in_the_first_row_of_the_diary_and_where_a_new_one_begins() -> None:
    december = date(2026, 12, 15)
    days = diary_days(
        remaining(replace(published(), first_day=december), december), Translator(Language.ENGLISH)
    )
    assert days[:2] == ("Start here: Tuesday, December 15, 2026", "Wednesday, December 16")
    assert [day for day in days if "202" in day] == [days[0], "Friday, January 1, 2027"]
