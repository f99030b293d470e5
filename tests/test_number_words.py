"""Numbers are read back in words, and not by a letter otherwise than before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256

import pytest

from taperplanner.doses import NotAnAmount, parse_days, parse_dose, parse_quantity
from taperplanner.number_words import LARGEST, in_english, in_spanish

EVERY = range(LARGEST + 1)
SPEAKERS = {
    "English": in_english,
    "Spanish": in_spanish,
    "Spanish, of tablets": partial(in_spanish, feminine=True),
}
Speaker = Callable[[int], str]

VALUES = {
    **{in_english(number): number for number in (*range(20), *range(20, 100, 10))},
    **{in_spanish(number): number for number in (*range(30), *range(30, 100, 10), *range(100, 1000, 100))},
    **{in_spanish(number, feminine=True): number for number in (1, 21, *range(100, 1000, 100))},
    "ciento": 100,
}


@pytest.mark.parametrize(
    ("number", "english", "spanish", "of_tablets"),
    [
        (0, "zero", "cero", "cero"),
        (1, "one", "uno", "una"),
        (2, "two", "dos", "dos"),
        (10, "ten", "diez", "diez"),
        (12, "twelve", "doce", "doce"),
        (15, "fifteen", "quince", "quince"),
        (16, "sixteen", "dieciséis", "dieciséis"),
        (19, "nineteen", "diecinueve", "diecinueve"),
        (20, "twenty", "veinte", "veinte"),
        (21, "twenty-one", "veintiuno", "veintiuna"),
        (22, "twenty-two", "veintidós", "veintidós"),
        (26, "twenty-six", "veintiséis", "veintiséis"),
        (30, "thirty", "treinta", "treinta"),
        (31, "thirty-one", "treinta y uno", "treinta y una"),
        (99, "ninety-nine", "noventa y nueve", "noventa y nueve"),
        (100, "one hundred", "cien", "cien"),
        (101, "one hundred and one", "ciento uno", "ciento una"),
        (200, "two hundred", "doscientos", "doscientas"),
        (516, "five hundred and sixteen", "quinientos dieciséis", "quinientas dieciséis"),
        (999, "nine hundred and ninety-nine", "novecientos noventa y nueve", "novecientas noventa y nueve"),
        (1_000, "one thousand", "mil", "mil"),
        (1_001, "one thousand and one", "mil uno", "mil una"),
        (1_100, "one thousand, one hundred", "mil cien", "mil cien"),
        (2_000, "two thousand", "dos mil", "dos mil"),
        (
            4_321,
            "four thousand, three hundred and twenty-one",
            "cuatro mil trescientos veintiuno",
            "cuatro mil trescientas veintiuna",
        ),
    ],
)
def test_a_number_is_said_as_people_say_it(number: int, english: str, spanish: str, of_tablets: str) -> None:
    assert [say(number) for say in SPEAKERS.values()] == [english, spanish, of_tablets]


@pytest.mark.parametrize(
    ("say", "digest"),
    [
        (SPEAKERS["English"], "25fe7882ff29a255764fac59daa4c8c638024c0d6d228dfaa81fc6d28934609f"),
        (SPEAKERS["Spanish"], "541664db8a05edec3bfd0fb76c69290633d5e088f72df96ed1f666ac87bbd71a"),
        (SPEAKERS["Spanish, of tablets"], "143bc9f9486b83e501631208d99cee5a4d7bb39b3dc651cdd60967c3dd36c3f7"),
    ],
    ids=SPEAKERS,
)
def test_every_number_is_said_to_the_letter_as_version_0_1_said_it(say: Speaker, digest: str) -> None:
    """Version 0.1 took them from num2words 0.5.14."""
    assert sha256("\n".join(map(say, EVERY)).encode()).hexdigest() == digest


@pytest.mark.parametrize("say", SPEAKERS.values(), ids=SPEAKERS)
def test_every_number_in_words_means_that_number(say: Speaker) -> None:
    assert [meaning(say(number)) for number in EVERY] == list(EVERY)


def meaning(words: str) -> int:
    """What the words add up to, read one by one."""
    thousands, total = 0, 0
    for word in words.replace(",", "").replace("-", " ").split():
        if word in {"and", "y"}:
            continue
        if word == "hundred":
            total *= 100
        elif word in {"thousand", "mil"}:
            thousands, total = max(total, 1) * 1_000, 0
        else:
            total += VALUES[word]
    return thousands + total


@pytest.mark.parametrize("say", SPEAKERS.values(), ids=SPEAKERS)
@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_a_number_beyond_what_can_be_typed_is_refused_and_not_guessed(say: Speaker, number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        say(number)


@pytest.mark.parametrize("parse", [parse_dose, parse_quantity, parse_days])
def test_every_whole_number_that_can_be_typed_can_be_said(parse: Callable[[str], object]) -> None:
    parse(str(LARGEST))
    with pytest.raises(NotAnAmount):
        parse(str(LARGEST + 1))
