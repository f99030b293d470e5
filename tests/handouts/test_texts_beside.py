"""No fixed text of the paper contradicts the schedule beside it, whatever the schedule is like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from taperplanner.guidance.library import Library, library
from taperplanner.guidance.patient_texts import Language, ShownWhen
from taperplanner.handouts.paper import translations as checks
from taperplanner.handouts.paper.card import card_of
from taperplanner.handouts.paper.conditions import conditions_of
from taperplanner.handouts.paper.content import Handout
from taperplanner.handouts.paper.day_by_day import days_of
from taperplanner.handouts.paper.language import Translator, in_words
from taperplanner.handouts.paper.remaining import remaining
from taperplanner.handouts.paper.texts import text_blocks, texts_of
from taperplanner.tapers.schedule.schedule import Ending, Schedule

from ..world.papers import paper_in
from ..world.shapes import HALF, ONE, SHAPES, taken
from .sentences import COUNTED, LEFT_OVER, MEASURED, MELTING, SPLIT, SPLIT_MELTING, Sentence
from .sentences_always import SENTENCES
from .test_handout import PRINTED_AT

DRUG = "clonazepam (Klonopin)"
BESIDE = [pytest.param(name, language, id=f"{name}-{language}") for name in SHAPES for language in Language]
# What once stood beside every schedule, and beside which it is true.
OLD = (
    Sentence(
        "Keep the other part for your next dose.",
        "Guarde la otra parte para su próxima dosis.",
        frozenset({"halves"}),
        "only where each dose is a half of one strength, without an end",
    ),
    Sentence(
        "When you get a new one, throw the old one out.",
        "Cuando reciba una nueva, tire la vieja.",
        frozenset(),
        "a new paper is handed out before its first day",
    ),
    Sentence(
        "Take your medicine each day, as this paper says.",
        "Tome su medicina todos los días, como dice esta hoja.",
        frozenset(name for name in SHAPES if "no dose" not in name and "without a dose" not in name),
        "on some days nothing is taken",
    ),
)


def sentences(parts: Iterable[str]) -> set[str]:
    return {one for part in parts for one in re.split(r"(?<=[.?!])\s+", part) if one}


def shown_beside(schedule: Schedule, language: Language) -> set[str]:
    blocks = text_blocks(schedule, language, today=PRINTED_AT.date())
    return sentences(part for block in blocks for part in (block.title, *block.items, *block.closing))


def may_stand(name: str, language: Language, table: Iterable[Sentence]) -> set[str]:
    both = ((one.english if language is Language.ENGLISH else one.spanish, one.beside) for one in table)
    return {text for text, beside in both if name in beside} - {""}


@pytest.mark.parametrize(("name", "language"), BESIDE)
def test_beside_a_schedule_stands_what_may_stand_beside_it_and_all_of_that(
    name: str, language: Language
) -> None:
    assert shown_beside(SHAPES[name], language) == may_stand(name, language, SENTENCES)


def test_the_table_has_no_sentence_that_no_paper_says() -> None:
    for language in Language:
        said = set().union(*(shown_beside(schedule, language) for schedule in SHAPES.values()))
        known = {one.english if language is Language.ENGLISH else one.spanish for one in SENTENCES} - {""}
        assert known == said


def test_each_sentence_stands_in_the_table_with_its_reason() -> None:
    assert all(one.because for one in SENTENCES)


@pytest.mark.parametrize("old", OLD, ids=lambda old: old.english)
@pytest.mark.parametrize("language", Language)
def test_an_old_sentence_beside_the_wrong_schedule_would_be_found(
    old: Sentence, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also if somebody wrote it into the table, with where it is true: it stood beside every split, or all."""
    text = old.english if language is Language.ENGLISH else old.spanish
    first = library().patient_texts(language.value)[0]
    texts = (replace(first, items=(), closing=(text,), shown_when=ShownWhen.ALWAYS),)
    monkeypatch.setattr(Library, "patient_texts", lambda *_: texts)
    found = {
        name
        for name, schedule in SHAPES.items()
        if text in shown_beside(schedule, language) - may_stand(name, language, (*SENTENCES, old))
    }
    assert found == set(SHAPES) - old.beside
    assert found


# --- What a schedule is like ------------------------------------------------------------------


@pytest.mark.parametrize("name", SHAPES)
def test_what_a_schedule_is_like_follows_from_it_alone(name: str) -> None:
    named = {
        ShownWhen.SPLIT: SPLIT,
        ShownWhen.SPLIT_MELTING: SPLIT_MELTING,
        ShownWhen.MELTING: MELTING,
        ShownWhen.LIQUID: MEASURED,
        ShownWhen.DROPS: COUNTED,
        ShownWhen.LEFT_OVER: LEFT_OVER,
    }
    expected = {condition for condition, names in named.items() if name in names}
    assert conditions_of(SHAPES[name]) == expected | {ShownWhen.ALWAYS}


@pytest.mark.parametrize(
    ("ending", "days", "is_split", "is_left_over"),
    [
        (Ending.STAY, 6, True, True),
        (Ending.STAY, 7, False, True),
        (Ending.STAY, 14, False, True),
        (Ending.STOP, 14, False, True),
    ],
)
def test_a_paper_speaks_of_splitting_while_a_step_that_splits_has_a_day_left(
    ending: Ending, days: int, is_split: bool, is_left_over: bool
) -> None:
    """A week of halves, then a week of whole tablets of another strength."""
    schedule = taken(((HALF, 500),), ((ONE, 1000),), ending=ending)
    blocks = text_blocks(schedule, Language.ENGLISH, today=schedule.first_day + timedelta(days=days))
    keys = {block.key for block in blocks}
    assert ("split-tablets" in keys, "left-over" in keys) == (is_split, is_left_over)
    assert "split-tablets" in {text.key for text in texts_of(schedule, Language.ENGLISH)}


def test_a_step_that_goes_on_after_its_days_is_still_spoken_of() -> None:
    schedule = SHAPES["halves"]
    later = schedule.day_after + timedelta(days=100)
    assert conditions_of(schedule, later) == conditions_of(schedule)
    stopped = SHAPES["halves, then a stop"]
    assert conditions_of(stopped, later) == {ShownWhen.ALWAYS, ShownWhen.LEFT_OVER}


# --- What the layouts say in words of their own -----------------------------------------------


def said_by_layouts(schedule: Schedule, t: Translator) -> Iterator[str]:
    """What the calendar, the checklist, the ending and the card say of days without a dose."""
    yield from (day.says for day in days_of(remaining(schedule, schedule.first_day), DRUG, t))
    ending = paper_in(schedule, t.language).ending
    yield from (ending.title, *ending.sentences)
    yield from (card_of(schedule, dated.first_day, DRUG, t).holds for dated in schedule.dated_steps())
    yield card_of(schedule, schedule.day_after, DRUG, t).holds


def nameless(said: Iterable[str]) -> list[str]:
    """Sentences that tell to take nothing, and could be read as nothing at all."""
    nothing = re.compile(r"\btake (?:no|none)\b|\b(?:ya )?no tom[eo]\b", re.IGNORECASE)
    return [one for one in sentences(said) if nothing.search(one) and DRUG not in one]


@pytest.mark.parametrize(("name", "language"), BESIDE)
def test_where_nothing_is_taken_the_drug_is_named(name: str, language: Language) -> None:
    said = list(said_by_layouts(SHAPES[name], Translator(language)))
    assert nameless(said) == []
    stops = SHAPES[name].ending is Ending.STOP
    assert any(DRUG in one for one in said) == (stops or "dose" in name)


@pytest.mark.parametrize(
    "old",
    [
        "Take none.",
        "STOP. Take none from this day on.",
        "No tome nada.",
        "PARE. No tome nada desde este día.",
    ],
)
def test_to_take_nothing_at_all_would_be_found(old: str) -> None:
    assert nameless([old])


@pytest.mark.parametrize(("name", "language"), BESIDE)
def test_no_card_says_what_is_taken_where_nothing_is(name: str, language: Language) -> None:
    t = Translator(language)
    for dated in SHAPES[name].dated_steps():
        card = card_of(SHAPES[name], dated.first_day, DRUG, t)
        first = dated.on(dated.first_day)
        takes = (
            t("On {day} I take:", day=in_words(dated.first_day, t))
            if dated.step.is_pattern
            else t("Each day I take:")
        )
        assert (takes in card.holds) == bool(card.times) == bool(first.doses)


@pytest.mark.parametrize("language", Language)
def test_the_last_day_with_a_dose_has_one(language: Language) -> None:
    """The last step may take nothing."""
    t = Translator(language)
    schedule = SHAPES["no dose at the end, then a stop"]
    last = in_words(schedule.first_day + timedelta(days=6), t)
    assert paper_in(schedule, language).ending.sentences[1] == t(
        "Your last day with a dose is {day}.", day=last
    )
    empty = replace(schedule, steps=(replace(schedule.steps[1], position=1),))
    assert len(paper_in(empty, language).ending.sentences) == 1


@pytest.mark.parametrize(("name", "language"), BESIDE)
def test_the_paper_says_when_each_step_begins_and_ends(name: str, language: Language) -> None:
    """In Spanish a range goes "del … al …"."""
    made: Handout = paper_in(SHAPES[name], language)
    begins, ends = ("From ", "to ") if language is Language.ENGLISH else ("Del ", "al ")
    for step in made.steps:
        assert step.since == f"{begins}{step.first_day}"
        assert step.until == f"{ends}{step.last_day}"


# --- When a paper is thrown out ---------------------------------------------------------------


def test_every_sentence_on_older_papers_keeps_them_until_the_new_ones_first_day() -> None:
    """The head of a paper that replaces another, the page of its code, and the text on the paper itself."""
    said = [one for one in sentences(checks.texts_of_the_paper()) if re.search(r"\b(?:older|throw)\b", one)]
    assert sorted(said) == [
        "From {day} on this paper takes the place of every older paper for these medicines.",
        "Keep older papers until that day.",
        "Replaces version {number} and every older paper from {day} on.",
        "Then throw them out.",
        "This paper takes the place of every older paper for these medicines.",
        "Until then follow your older paper, if you have one.",
    ]
    of_texts = [one.english for one in SENTENCES if re.search(r"\bthrow\b(?! up|ing)", one.english)]
    assert of_texts == ["Then throw this one out."]
