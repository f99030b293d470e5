"""The paper in another language: complete, and no dose of it translated."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from taperplanner.doses import Quantity
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper import language
from taperplanner.handouts.paper import translations as checks
from taperplanner.handouts.paper.language import NotTranslated, Translator, amount_in_words
from taperplanner.handouts.paper.layouts import Choice, Layout
from taperplanner.tapers.schedule.schedule import Schedule

from ..world.papers import printed_pages
from ..world.plans import tablet
from .test_handout import published, schedules

SPANISH = Translator(Language.SPANISH)


@pytest.mark.parametrize("spoken", [one for one in Language if one is not Language.ENGLISH])
def test_every_text_of_the_paper_is_translated(spoken: Language) -> None:
    assert checks.wrong_in(spoken, checks.texts_of_the_paper()) == []


def test_manage_check_fails_where_a_translation_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.check_translations() == []
    monkeypatch.setattr(checks, "texts_of_the_paper", lambda: {"Take it twice"})
    found = [error.msg for error in checks.check_translations()]
    assert "Handouts in Spanish: no translation of “Take it twice”." in found
    assert "Handouts in Spanish: the paper no longer says “Monday”." in found


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('msgid "Day"\nmsgstr ""', "the translation of “Day” is empty"),
        ('#, fuzzy\nmsgid "Day"\nmsgstr "Dia"', "the translation of “Day” is marked as uncertain"),
        (
            'msgid "Day {day}"\nmsgstr "Dia"',
            "the translation of “Day {day}” does not have the same values in it",
        ),
        (
            'msgid "call 911"\nmsgstr "llame al 991"',
            "the translation of “call 911” does not have the same digits in it",
        ),
    ],
)
def test_a_translation_that_will_not_do_is_named(
    line: str, wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "es.po").write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n\n{line}\n')
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)
    text = re.search(r'msgid "(.+)"', line)
    assert text
    assert wrong in checks.wrong_in(Language.SPANISH, {text[1]})


def test_a_text_without_a_translation_is_never_said_in_english() -> None:
    with pytest.raises(NotTranslated):
        SPANISH("Take it twice")


def test_a_text_that_is_not_written_out_cannot_be_checked(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("t(text)")
    with pytest.raises(ValueError, match=r"one\.py, line 1"):
        checks.texts_of_the_paper(tmp_path)


@pytest.mark.parametrize(
    ("thousandths", "words"),
    [
        (250, "un cuarto de tableta"),
        (500, "media tableta"),
        (750, "tres cuartos de tableta"),
        (1000, "una"),
        (1500, "una y media"),
        (2250, "dos y un cuarto"),
        (21000, "veintiuna"),
        (31500, "treinta y una y media"),
        (200000, "doscientas"),
    ],
)
def test_tablets_in_spanish_words(thousandths: int, words: str) -> None:
    assert amount_in_words(Quantity(thousandths), tablet(1, "0.5", 250), SPANISH) == words


def test_the_paper_in_spanish_says_its_days_and_times_in_spanish() -> None:
    text = " ".join(printed_pages(published(), Choice(language=Language.SPANISH)))
    for part in (
        "Su plan de clonazepam (Klonopin)",
        "Paso 4 7 días, 0.75 mg en total cada día Del lunes 13 de abril de 2026 al domingo 19 de abril de 2026",
        "Cuándo Mañana Al acostarse",
        "½ tableta (media tableta) de 0.5 mg",
        "DEJE DE TOMARLA el lunes 4 de mayo de 2026",
        "Impresa el 2 de marzo de 2026, 9:05 a. m.",
    ):
        assert part in text


def test_a_note_is_marked_with_the_language_it_is_in() -> None:
    schedule = published()
    steps = (replace(schedule.steps[0], note="Take with food"), *schedule.steps[1:])
    text = " ".join(printed_pages(replace(schedule, steps=steps), Choice(language=Language.SPANISH)))
    assert "Nota de su clínica, escrita en inglés: Take with food" in text


@pytest.mark.parametrize("layout", [Layout.SCHEDULE, Layout.WALLET])
def test_under_a_translation_that_nobody_reviewed_stands_the_english(layout: Layout) -> None:
    text = " ".join(printed_pages(published(), Choice(layout, language=Language.SPANISH)))
    assert "Llame al 911" in text
    assert "Call 911 right away for" in text
    assert "todavía está revisando estas palabras" in text


def numbers_of(schedule: Schedule, spoken: Language) -> list[str]:
    text = " ".join(printed_pages(schedule, Choice(language=spoken)))
    return re.findall(r"[\d.]+ mg", text)


@settings(max_examples=max(8, settings().max_examples // 20))
@given(schedules())
def test_the_doses_are_the_same_letters_in_every_language(schedule: Schedule) -> None:
    assert numbers_of(schedule, Language.SPANISH) == numbers_of(schedule, Language.ENGLISH)
