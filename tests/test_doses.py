"""Amounts are exact, read strictly and printed one way."""

from __future__ import annotations

import re
from collections.abc import Callable

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


@pytest.mark.parametrize("typed", ["", " ", *wrong_spellings.DOSES])
def test_a_wrong_dose_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(NotAnAmount, match=r"^(Enter|Put|Leave|Use) .*\.$"):
        parse_dose(typed)


@pytest.mark.parametrize("typed", ["", *wrong_spellings.QUANTITIES])
def test_a_wrong_quantity_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(NotAnAmount, match=r"^(Enter|Put|Leave|Use) .*\.$"):
        parse_quantity(typed)


@pytest.mark.parametrize("typed", ["", *wrong_spellings.DAYS])
def test_wrong_days_are_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(NotAnAmount, match=r"(Enter|A step lasts) .*\.$"):
        parse_days(typed)


@pytest.mark.parametrize(
    ("parse", "typed"),
    [
        *((parse_days, typed) for typed in ["", *wrong_spellings.DAYS]),
        *((parse_quantity, typed) for typed in ["", *wrong_spellings.QUANTITIES]),
    ],
)
def test_no_sentence_names_a_number_that_could_be_meant(parse: Callable[[str], object], typed: str) -> None:
    """It would stand beside an empty cell like a suggestion. What was typed itself may be repeated."""
    with pytest.raises(NotAnAmount) as refusal:
        parse(typed)
    said = re.sub(r"from [01] to 9999|at least 1 day|at most 3 digits|below 10000", "", str(refusal.value))
    repeated = {f"0{typed}", typed.rstrip(".")}
    assert set(re.findall(r"\d[\d.]*\d|\d", said)) <= repeated


def test_there_are_at_least_sixty_wrong_spellings_of_each_kind_together() -> None:
    tables = (wrong_spellings.DOSES, wrong_spellings.QUANTITIES, wrong_spellings.DAYS, wrong_spellings.DATES)
    assert len(wrong_spellings.DOSES) >= 60
    assert all(len(table) == len(set(table)) for table in tables)


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
