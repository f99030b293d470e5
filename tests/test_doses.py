"""Amounts are exact, read strictly and printed one way."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from taperplanner.doses import (
    Dose,
    InexactDose,
    NotAnAmount,
    Quantity,
    parse_days,
    parse_dose,
    parse_quantity,
)

from .tapers import wrong_spellings

# What the parser can hold: five decimals of a milligram, three of a unit.
doses = st.integers(0, 999_999_999).map(lambda tens: Dose(tens * 10))
quantities = st.integers(0, 9_999_999).map(Quantity)
SAFE_NUMBER = re.compile(r"(0|[1-9]\d*)(\.\d*[1-9])?")


@pytest.mark.parametrize(
    ("typed", "nanograms", "printed"),
    [
        ("0.5", 500_000, "0.5 mg"),
        ("12.5", 12_500_000, "12.5 mg"),
        ("1", 1_000_000, "1 mg"),
        ("1.0", 1_000_000, "1 mg"),
        ("0.50", 500_000, "0.5 mg"),
        ("0.125", 125_000, "0.125 mg"),
        ("0.0625", 62_500, "0.0625 mg"),
        ("0.00001", 10, "0.00001 mg"),
        ("9999.99999", 9_999_999_990, "9999.99999 mg"),
        ("0", 0, "0 mg"),
        (" 2 ", 2_000_000, "2 mg"),
    ],
)
def test_a_dose_is_read_exactly_and_printed_plainly(typed: str, nanograms: int, printed: str) -> None:
    dose = parse_dose(typed)
    assert dose.nanograms == nanograms
    assert str(dose) == printed


@pytest.mark.parametrize(
    ("typed", "thousandths", "printed", "number"),
    [
        ("1", 1000, "1", "1"),
        ("½", 500, "½", "0.5"),
        ("1½", 1500, "1½", "1.5"),
        ("1 ½", 1500, "1½", "1.5"),
        ("1/2", 500, "½", "0.5"),
        ("1 1/2", 1500, "1½", "1.5"),
        ("3/4", 750, "¾", "0.75"),
        ("2¼", 2250, "2¼", "2.25"),
        ("0.5", 500, "½", "0.5"),
        ("2.125", 2125, "2.125", "2.125"),
        ("0", 0, "0", "0"),
    ],
)
def test_a_quantity_is_read_exactly_and_printed_with_one_sign(
    typed: str, thousandths: int, printed: str, number: str
) -> None:
    quantity = parse_quantity(typed)
    assert quantity.thousandths == thousandths
    assert (str(quantity), quantity.number) == (printed, number)


ZERO_IN_FRONT: Final = (
    "Check the number: a zero in front of other digits has lost its point, or does not belong there."
)
ACCEPTED: Final = "Enter a whole number, a number with one point, or halves and quarters as a fraction with a slash or in one sign."
REFUSALS: Final = [
    *((parse_dose, typed) for typed in ("", " ", *wrong_spellings.DOSES)),
    *((parse_quantity, typed) for typed in ("", *wrong_spellings.QUANTITIES)),
    *((parse_days, typed) for typed in ("", *wrong_spellings.DAYS)),
]


def refusal(parse: Callable[[str], object], typed: str) -> str:
    with pytest.raises(NotAnAmount) as refused:
        parse(typed)
    return str(refused.value)


@pytest.mark.parametrize("typed", ["", " ", *wrong_spellings.DOSES])
def test_a_wrong_dose_is_refused_with_a_sentence(typed: str) -> None:
    assert re.fullmatch(r"(Enter|Use|Check) .*\.", refusal(parse_dose, typed))


@pytest.mark.parametrize("typed", ["", *wrong_spellings.QUANTITIES])
def test_a_wrong_quantity_is_refused_with_a_sentence(typed: str) -> None:
    assert re.fullmatch(r"(Enter|Use|Check) .*\.", refusal(parse_quantity, typed))


@pytest.mark.parametrize("typed", ["", *wrong_spellings.DAYS])
def test_wrong_days_are_refused_with_a_sentence(typed: str) -> None:
    assert re.fullmatch(r"(Enter|Use|Check|A step lasts) .*\.", refusal(parse_days, typed))


@pytest.mark.parametrize(("parse", "typed"), REFUSALS)
def test_no_refusal_holds_a_figure(parse: Callable[[str], object], typed: str) -> None:
    """It would stand beside the cell like a suggestion. Even what was typed is not repeated put right."""
    assert not re.search(r"[0-9½¼¾]", refusal(parse, typed))


@given(st.text(alphabet="0123456789.,½¼¾/ -+mgtab", max_size=12))
def test_no_refusal_of_anything_typed_holds_a_figure(typed: str) -> None:
    for parse in (parse_dose, parse_quantity, parse_days):
        refused = ""
        try:
            parse(typed)
        except NotAnAmount as refusal:
            refused = str(refusal)
        assert not re.search(r"[0-9½¼¾]", refused)


@pytest.mark.parametrize(
    ("parse", "typed", "sentence"),
    [
        (parse_dose, ".75", "Enter the number whole: no digit stands before the point."),
        (parse_dose, "1.", "Enter the number whole: no digit stands after the point."),
        (parse_dose, "1,5", "Use a point, not a comma."),
        (parse_dose, "1.123456", "Enter a number with at most five digits after the point."),
        (parse_dose, "01", ZERO_IN_FRONT),
        (parse_dose, "10000", "Enter a number below ten thousand."),
        (parse_dose, "0.5mg", "Enter the number alone, without the unit."),
        (parse_dose, "x", "Enter a number in plain digits, with one point at most."),
        (parse_quantity, "1.2345", "Enter a number with at most three digits after the point."),
        (parse_quantity, "half", ACCEPTED),
        (parse_days, "0", "A step lasts at least one day. Enter the number of days."),
        (parse_days, "1.5", "Enter whole days, without a point."),
        (parse_days, "14 days", "Enter the number alone, without the unit."),
        (parse_days, "two", "Enter the number of days as a whole number, in digits alone."),
    ],
)  # fmt: skip
def test_a_refusal_names_the_fault_and_what_is_accepted(
    parse: Callable[[str], object], typed: str, sentence: str
) -> None:
    assert refusal(parse, typed) == sentence


def test_there_are_at_least_sixty_wrong_spellings_of_each_kind_together() -> None:
    tables = (wrong_spellings.DOSES, wrong_spellings.QUANTITIES, wrong_spellings.DAYS, wrong_spellings.DATES)
    assert len(wrong_spellings.DOSES) >= 60
    assert all(len(table) == len(set(table)) for table in tables)
    on_a_page = {text for texts in wrong_spellings.ON_A_PAGE.values() for text in texts}
    assert on_a_page <= {text for table in tables for text in table}


@given(doses)
@example(Dose(10))
def test_parsing_what_was_printed_gives_the_same_dose(dose: Dose) -> None:
    assert parse_dose(dose.number) == dose


@given(quantities)
def test_parsing_what_was_printed_gives_the_same_quantity(quantity: Quantity) -> None:
    assert parse_quantity(str(quantity)) == parse_quantity(quantity.number) == quantity


@given(doses)
def test_no_dose_prints_with_a_trailing_zero_a_naked_point_an_exponent_or_a_comma(dose: Dose) -> None:
    assert SAFE_NUMBER.fullmatch(dose.number)


@given(doses, quantities)
def test_tablets_times_strength_is_exact_or_refused(strength: Dose, quantity: Quantity) -> None:
    try:
        total = strength.times(quantity)
    except InexactDose:
        assert strength.nanograms * quantity.thousandths % 1000
    else:
        assert total.nanograms * 1000 == strength.nanograms * quantity.thousandths


@pytest.mark.parametrize(
    ("thousandths", "units"), [(0, 0), (1, 1), (500, 1), (1000, 1), (1001, 2), (14_000, 14)]
)
def test_a_part_of_a_tablet_needs_a_whole_one(thousandths: int, units: int) -> None:
    assert Quantity(thousandths).whole_units() == units


def test_twenty_eight_halves_are_fourteen_tablets() -> None:
    assert Quantity(500).times(28) == Quantity(14_000)
