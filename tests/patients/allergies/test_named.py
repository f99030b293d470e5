"""Whole words that are the same, whatever their capitals, accents and hyphens; and nothing else."""

from __future__ import annotations

import pytest

from taperplanner.patients.allergies.listing import AllergyLine
from taperplanner.patients.allergies.named import names, sentences


@pytest.mark.parametrize(
    ("text", "substance"),
    [
        ("Lactose monohydrate, corn starch", "lactose"),
        ("mannitol;LACTOSE;talc", "Lactose"),
        ("lactose-free", "lactose"),
        ("cross-carmellose sodium", "Crosscarmellose"),
        ("crosscarmellose", "cross-carmellose"),
        ("Gélatine", "gelatine"),
        ("gelatine", "Gélatine"),
        ("FD&C Yellow No. 6 (sunset yellow)", "sunset  yellow"),
        ("contains: lactose", "milk sugar (lactose)"),
        ("trimethoprim", "sulfamethoxazole/trimethoprim"),
        ("Lactose‐Monohydrate", "lactose monohydrate"),
        ("aspartame (E 951)", "E951, aspartame"),
        ("乳糖", "乳糖"),
    ],
)
def test_the_text_names_the_substance(text: str, substance: str) -> None:
    assert names(text, substance)


@pytest.mark.parametrize(
    ("text", "substance"),
    [
        ("", "lactose"),
        ("lactase", "lactose"),
        ("lactoses", "lactose"),
        ("galactose", "lactose"),
        ("sodium starch glycolate", "sodium benzoate"),
        ("monohydrate of lactose", "lactose monohydrate"),
        ("corn starch", "lactose intolerance"),
        ("corn starch, talc", "( / )"),
    ],
)
def test_nothing_that_only_comes_near_is_found(text: str, substance: str) -> None:
    assert not names(text, substance)


def test_the_sentence_says_whose_list_the_reaction_and_what_to_look_at() -> None:
    line = AllergyLine(1, "lactose", "cramps", "Intolerance", "", "", "")
    assert sentences("Lactose monohydrate", [line]) == [
        "Lactose is on this patient’s list of allergies and intolerances (reaction: cramps). Look at the package."
    ]
    unknown = AllergyLine(1, "lactose", "", "Intolerance", "", "", "")
    assert "(reaction: not known)" in sentences("Lactose", [unknown])[0]
    assert sentences("Talc", [line]) == []
