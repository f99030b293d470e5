"""No figure near a dose, a count or a length of days that nobody typed: not in a label, a hint or a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Any, Final

import pytest
from django import forms

from taperplanner.doses import Dose, Quantity
from taperplanner.fields import DoseField, QuantityField, WholeNumberField
from taperplanner.handouts.copies.forms import FillDaysField
from taperplanner.tapers.draft.parsed import parse_draft
from taperplanner.tapers.draft.problems import CheckContext, find_problems
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep
from taperplanner.tapers.forms.products import StrengthField
from taperplanner.tapers.schedule.schedule import Form, ScheduleProduct

from .house.law import TOP
from .tapers import wrong_spellings

FIGURE: Final = re.compile(r"[0-9½¼¾]")
# Whole numbers that are no dose, no count of tablets and no length of days: totals of scales, pressure, pulse, and minutes.
NEITHER: Final = re.compile(r"_total$|^(systolic|diastolic|pulse|idle_limit_minutes|minutes)$")
MARKS: Final = {
    1: ScheduleProduct(1, "clonazepam", Form.TABLET, Dose(500_000), Quantity(500)),
    2: ScheduleProduct(2, "clonazepam", Form.LIQUID, Dose(100_000), Quantity(100)),
}


def every_form() -> list[type[forms.BaseForm]]:
    """Whatever room it lives in."""
    for path in TOP.glob("taperplanner/**/*.py"):
        if "forms" in path.parts or path.stem in {"forms", "signature", "runs"}:
            import_module(".".join(path.relative_to(TOP).with_suffix("").parts))

    def below(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    return sorted(
        {each for each in below(forms.BaseForm) if each.__module__.startswith("taperplanner")},
        key=lambda each: each.__qualname__,
    )


def amounts() -> dict[str, forms.Field]:
    return {
        f"{form.__qualname__}.{name}": field
        for form in every_form()
        for name, field in form.base_fields.items()
        if isinstance(field, DoseField | QuantityField | StrengthField | FillDaysField | WholeNumberField)
        and not NEITHER.search(name)
    }


def said_by(field: forms.Field) -> list[str]:
    messages: dict[str, Any] = field.error_messages
    attrs: dict[str, Any] = field.widget.attrs
    wrong = [field.wrong] if isinstance(field, WholeNumberField) else []
    named = [attrs.get("placeholder", ""), attrs.get("value", ""), attrs.get("title", "")]
    initial = "" if field.initial is None else str(field.initial)
    return [
        str(field.label or ""), str(field.help_text), initial, *wrong, *map(str, named), *map(str, messages.values()),
    ]  # fmt: skip


def test_the_fields_of_amounts_are_found() -> None:
    names = set(amounts())
    assert {"DispensingForm.quantity", "ProductForm.strength", "AddFollowUpForm.offset_days"} <= names
    assert {"PrintForm.fill_days", "CorrectDispensingForm.quantity", "ProductForm.liquid_part"} <= names


@pytest.mark.parametrize("name", sorted(amounts()))
def test_nothing_said_beside_an_amount_holds_a_figure(name: str) -> None:
    assert [text for text in said_by(amounts()[name]) if FIGURE.search(text)] == []


def test_a_figure_beside_an_amount_is_caught() -> None:
    field = QuantityField(error_messages={"required": "Enter how many, for example 28."})
    assert [text for text in said_by(field) if FIGURE.search(text)]


WRONG: Final = [
    *(("days", typed) for typed in wrong_spellings.DAYS),
    *(("dose", typed) for typed in wrong_spellings.DOSES),
    *(("morning-1", typed) for typed in wrong_spellings.QUANTITIES),
    *(("bedtime-2", typed) for typed in wrong_spellings.QUANTITIES),
]


@pytest.mark.parametrize(("cell", "typed"), WRONG)
def test_a_problem_of_a_draft_repeats_only_figures_that_were_typed(cell: str, typed: str) -> None:
    step = TypedStep(**{cell: typed}) if cell in {"days", "dose"} else TypedStep(quantities={cell: typed})
    parsed = parse_draft(TypedDraft(first_day="11/30/2026", steps=(step,)), MARKS)
    context = CheckContext(date(2026, 11, 27), "555-0100", "555-0101", [])
    for problem in find_problems(parsed, context):
        # The step's own number, and the product's name with the strength that somebody typed, say where it is.
        said = re.sub(r"^Step [0-9]+|0\.5 mg tablet|0\.1 mg/mL|0\.1 mL", "", problem.sentence)
        assert set(re.findall(r"[0-9][0-9.]*[0-9]|[0-9]", said)) <= set(re.findall(r"[0-9]+[0-9.]*", typed))


def test_no_sentence_of_the_product_gives_a_number_as_an_example() -> None:
    """Dates may: a date is no amount. The minutes until somebody idle is signed out are no length of a step."""
    found = [
        f"{path.relative_to(TOP)}: {match[0]}"
        for pattern in ("taperplanner/**/*.py", "templates/**/*.html")
        for path in sorted(TOP.glob(pattern))
        for match in re.finditer(r"for example [“\"]?[0-9½¼¾]+(?![0-9/])[^/]", path.read_text())
        if path.parts[-2:] != ("accounts", "forms.py")
    ]
    assert found == []
