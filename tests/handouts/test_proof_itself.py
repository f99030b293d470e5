"""The proof fails where the paper says something else, also where it is the paper's own words that are wrong."""

from __future__ import annotations

import pytest

from taperplanner.doses import Quantity
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper import language, taking
from taperplanner.handouts.paper.day_by_day import CannotLayOut
from taperplanner.handouts.paper.language import Translator
from taperplanner.tapers.schedule.schedule import ScheduleProduct
from tests.proof import proving
from tests.proof.letters import CannotReadBack
from tests.proof.words import Amount, amounts_in

ENGLISH, SPANISH = Translator(Language.ENGLISH), Translator(Language.SPANISH)
ONE_AND_A_HALF = [Amount(1500, 500_000, "0.5mg")]


@pytest.mark.parametrize(
    ("t", "text"),
    [
        (ENGLISH, "1½ tablets (one and a half) of 0.5 mg"),
        (ENGLISH, "1½ tablets of 0.5 mg"),
        (SPANISH, "1½ tabletas (una y media) de 0.5 mg"),
    ],
)
def test_an_amount_is_read_into_integers(t: Translator, text: str) -> None:
    assert amounts_in(text, t, is_all=True) == ONE_AND_A_HALF


@pytest.mark.parametrize(
    ("t", "text"),
    [
        (ENGLISH, "12 drops (twelve; 0.48 mL) of 2.5 mg/mL (0.1 mg a drop, 25 drops in one mL)"),
        (ENGLISH, "12 drops of 2.5 mg/mL (0.1 mg a drop, 25 drops in one mL)"),
        (SPANISH, "12 gotas (doce; 0.48 mL) de 2.5 mg/mL (0.1 mg por gota, 25 gotas en un mL)"),
    ],
)
def test_drops_are_read_into_integers(t: Translator, text: str) -> None:
    [amount] = amounts_in(text, t, is_all=True)
    assert (amount.thousandths, amount.nanograms) == (12_000, 100_000)


@pytest.mark.parametrize(
    "text",
    [
        "1½ tablets (two and a half) of 0.5 mg",
        "½ tablet (a quarter of a tablet) of 0.5 mg",
        "1.5 mL (one point four) of 0.1 mg/mL",
        "1½ tablets (one and a half) of 0.5 mg TAKE TWICE",
        "none at all",
        "12 drops (eleven; 0.48 mL) of 2.5 mg/mL (0.1 mg a drop, 25 drops in one mL)",
        "12 drops (twelve; 0.47 mL) of 2.5 mg/mL (0.1 mg a drop, 25 drops in one mL)",
        "12 drops (twelve; 0.48 mL) of 2.5 mg/mL (0.2 mg a drop, 25 drops in one mL)",
        "12 drops (twelve; 0.6 mL) of 2.5 mg/mL (0.1 mg a drop, 20 drops in one mL)",
        "12 tablets (twelve) of 2.5 mg/mL (0.1 mg a drop, 25 drops in one mL)",
        "12 drops (twelve) of 0.5 mg",
    ],
)
def test_words_that_say_something_else_are_noticed(text: str) -> None:
    with pytest.raises(CannotReadBack):
        amounts_in(text, ENGLISH, is_all=True)


def test_a_count_that_is_printed_one_too_many_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = language.amount_text

    def one_more(quantity: Quantity, product: ScheduleProduct, t: Translator) -> str:
        return honest(Quantity(quantity.thousandths + 1000), product, t)

    monkeypatch.setattr(taking, "amount_text", one_more)
    assert any("the words say something else" in what for what in proving.prove(7, seed=7))


def test_a_layout_that_refuses_what_it_should_print_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise CannotLayOut("No.")

    monkeypatch.setattr(proving, "paper_data", refuse)
    assert any("refused: No." in what for what in proving.prove(7, seed=7))
