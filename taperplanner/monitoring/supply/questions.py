"""What is asked before a supply record is saved. It is saved once every question is answered with yes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from typing import Final

from django import forms

from taperplanner.days import without_weekday
from taperplanner.doses import Quantity
from taperplanner.forms import PlainForm
from taperplanner.saving import Refused
from taperplanner.tapers.models import Plan, Product

from ..models import Dispensing

NOT_KEPT_YET: Final = "Nothing is saved yet. Answer the questions below, or change what you typed."
SURE: Final = "sure"


@dataclass(frozen=True, slots=True)
class Question:
    """`key` holds what was typed, so that a yes answers this question and no other."""

    key: str
    asks: str
    yes: str


class AsksFirst(Refused):
    """Not saved: one of these questions is not answered yet. Nothing that was typed is wrong by itself."""

    is_question = True

    def __init__(self, questions: list[Question]) -> None:
        super().__init__(" ".join(question.asks for question in questions))
        self.questions = questions

    def show_on(self, form: forms.Form, field: str | None) -> None:  # noqa: ARG002 - as any refusal is shown
        form.ask(self)  # type: ignore[attr-defined]


class AskingForm(PlainForm):
    @property
    def answered(self) -> frozenset[str]:
        """Keys of the questions that were ticked on the page."""
        found: list[str] = self.data.getlist(SURE) if hasattr(self.data, "getlist") else []
        return frozenset(found)

    def ask(self, asked: AsksFirst) -> None:
        """Show the questions, the ticks that were made, and what is not answered."""
        self.fields[SURE] = forms.MultipleChoiceField(
            label="Before it is saved",
            choices=[(question.key, question.yes) for question in asked.questions],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.add_error(None, NOT_KEPT_YET)
        for question in asked.questions:
            if question.key not in self.answered:
                self.add_error(SURE, question.asks)


def ask(questions: Iterable[Question], *, answered: Set[str]) -> None:
    """Raises: AsksFirst."""
    asked = list(questions)
    if any(question.key not in answered for question in asked):
        raise AsksFirst(asked)


def about_dispensing(
    plan: Plan, product: Product, quantity: Quantity, day: date, but: Dispensing | None = None
) -> Iterator[Question]:
    """`but`: the record that is being corrected; it stays before or after a count of its day."""
    rows = plan.dispensings.valid().filter(product=product, dispensed_on=day)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    data = product.as_data()
    if rows.filter(quantity_thousandths=quantity.thousandths).exists():
        yield _again(data.amount_and_ml(quantity), data.name, "dispensed", _key(product, quantity, day))
    if but is not None and (but.product_id, but.dispensed_on) == (product.pk, day):
        return
    counted = plan.home_counts.valid().filter(product=product, counted_on=day).exists()
    if counted or plan.check_ins.valid().filter(left__product=product, happened_on=day).exists():
        yield Question(
            key=f"on_top-{_key(product, quantity, day)}",
            asks=f"{data.name} was counted at home on {without_weekday(day)} already. What you record now"
            " is added to that count.",
            yes="Yes, it was not in that count",
        )


def about_count(plan: Plan, product: Product, left: Quantity, day: date) -> Iterator[Question]:
    rows = plan.home_counts.valid().filter(product=product, counted_on=day)
    data, key = product.as_data(), _key(product, left, day)
    if rows.filter(left_thousandths=left.thousandths).exists():
        yield _again(data.amount_and_ml(left), data.name, "counted", key)
    if plan.dispensings.valid().filter(product=product, dispensed_on=day).exists():
        yield Question(
            key=f"in_it-{key}",
            asks=f"{data.name} was dispensed on {without_weekday(day)} too. A count recorded after it"
            " includes it.",
            yes="Yes, what was dispensed that day is in this count",
        )


def _again(amount: str, name: str, what: str, key: str) -> Question:
    day = without_weekday(date.fromisoformat(key.partition("|")[0]))
    return Question(
        key=f"again-{key}",
        asks=f"{amount} of {name} is already recorded as {what} on {day}. Again {amount} on {day}?",
        yes=f"Yes, again {amount} on {day}",
    )


def _key(product: Product, quantity: Quantity, day: date) -> str:
    return f"{day.isoformat()}|{product.number}|{quantity.thousandths}"
