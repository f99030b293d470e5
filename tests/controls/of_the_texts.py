"""Of the fixed text on the paper: what it says against the schedule beside it."""

from __future__ import annotations

from typing import Final

from .control import Control

BESIDE: Final = "tests/handouts/test_texts_beside.py"
SPANISH: Final = "tests/handouts/test_spanish_words.py"

CONTROLS: Final = (
    Control(
        "H34",
        "a text stands only beside a schedule of which it is true",
        "taperplanner/guidance/patient_texts.py",
        "if text.shown_when in so)",
        "if text.shown_when)",
        BESIDE,
    ),
    Control(
        "H34",
        "a condition that nobody defined is refused",
        "taperplanner/guidance/patient_files.py",
        'ShownWhen(record.one_of("shown_when", [each.value for each in ShownWhen]))',
        'dict(zip(ShownWhen, ShownWhen)).get(record.raw("shown_when"), ShownWhen.ALWAYS)',
        "tests/guidance/test_patient_files.py",
    ),
    Control(
        "H34",
        "medicine is left over where the plan ends in a stop",
        "taperplanner/handouts/paper/conditions.py",
        "return set(schedule.steps[-1].regimens) if schedule.ending is Ending.STAY else set()",
        "return set(schedule.steps[-1].regimens)",
        BESIDE,
    ),
    Control(
        "H34",
        "on a day without a dose the drug is named",
        "taperplanner/handouts/paper/day_by_day.py",
        't("Take no {drug}.", drug=drug)',
        't("Take no {drug}.", drug="")',
        BESIDE,
    ),
    Control(
        "H34",
        "a card of a step that takes nothing says so",
        "taperplanner/handouts/paper/card.py",
        't("Each day I take:") if times else',
        't("Each day I take:") if title else',
        BESIDE,
    ),
    Control(
        "H34",
        "the last day with a dose has a dose",
        "taperplanner/tapers/schedule/steps.py",
        "next((day for day in days if self.on(day).doses), None)",
        "next(iter(days), None)",
        BESIDE,
    ),
    Control(
        "H34",
        "the other part of a tablet is not for a whole dose",
        "taperplanner/guidance/content/paper/split-tablets.en.md",
        "Use it the next time this paper says to take a part of a tablet of the same strength.",
        "Use it for your next dose.",
        BESIDE,
    ),
    Control(
        "H4",
        "a paper is kept until the first day of the new one",
        "taperplanner/guidance/content/paper/stay-safe.en.md",
        "Keep this paper until the first day of a new one.",
        "When you get a new one, you can forget this one.",
        BESIDE,
    ),
    Control(
        "H4",
        "older papers are kept until the first day of the one that replaces them",
        "taperplanner/handouts/printing/signed_paper.py",
        "Keep older papers until that day. Then throw",
        "Throw older papers away, throw",
        BESIDE,
    ),
    Control(
        "H21",
        "no Spanish word says something else to a patient",
        "taperplanner/handouts/paper/languages/es.po",
        'msgstr "Dormí mal"',
        'msgstr "Mal sueño"',
        SPANISH,
    ),
    Control(
        "H21",
        "who thinks of suicide is told how to be answered in Spanish",
        "taperplanner/guidance/content/paper/call-988.es.md",
        "Para español, oprima el dos. ",
        "",
        SPANISH,
    ),
)
