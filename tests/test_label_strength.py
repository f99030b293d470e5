"""A liquid's strength is read as its label has it, and what one mL holds is exact, or it is refused."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from taperplanner.doses import Dose, NotAnAmount, Quantity
from taperplanner.label_strength import MOST_DROPS_PER_ML, LabelStrength, parse_label, parse_liquid_strength
from taperplanner.tapers.schedule.schedule import Form, ScheduleProduct

FIGURE: Final = re.compile(r"[0-9½¼¾]")
MOST: Final = 9_999_000_000  # nanograms in one mL
amounts = st.integers(1, 999_999_999).map(lambda tens: Dose(tens * 10)) | st.integers(1, 9_999).map(
    lambda mg: Dose(mg * 1_000_000)
)
volumes = st.integers(1, 9_999_999).map(Quantity) | st.integers(1, 500).map(lambda ml: Quantity(ml * 1000))


@pytest.mark.parametrize(
    ("typed", "shown", "in_one_ml"),
    [
        ("2 mg/5 mL", "2 mg/5 mL", "0.4 mg"),
        ("2mg/5ml", "2 mg/5 mL", "0.4 mg"),
        (" 2 mg / 5 mL ", "2 mg/5 mL", "0.4 mg"),
        ("2.50 mg/5.0 mL", "2.5 mg/5 mL", "0.5 mg"),
        ("0.5 mg/2.5 mL", "0.5 mg/2.5 mL", "0.2 mg"),
        ("10 mg/100 mL", "10 mg/100 mL", "0.1 mg"),
        ("12.5 mg/5 mL", "12.5 mg/5 mL", "2.5 mg"),
        ("3 mg/1 mL", "3 mg/1 mL", "3 mg"),
        ("1 mg/mL", "1 mg/1 mL", "1 mg"),
        ("0.0625 mg/mL", "0.0625 mg/1 mL", "0.0625 mg"),
    ],
)
def test_a_label_is_read_as_it_stands(typed: str, shown: str, in_one_ml: str) -> None:
    label = parse_liquid_strength(typed)
    assert (str(label), str(label.in_one_ml)) == (shown, in_one_ml)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1 mg/3 mL", "does not come out exactly"),
        ("2 mg/7.5 mL", "does not come out exactly"),
        ("5 mg/15 mL", "does not come out exactly"),
        ("0.00001 mg/5 mL", "does not come out exactly"),
        ("0 mg/5 mL", "must be more than zero"),
        ("2 mg/0 mL", "must be more than zero"),
        ("2 mg/½ mL", "with a point, not as a fraction"),
        ("9999 mg/0.001 mL", "No liquid holds so much in one mL"),
        ("2 mg/5", "as its label has it"),
        ("2/5 mL", "as its label has it"),
        ("2 mg per 5 mL", "as its label has it"),
        ("2 mcg/5 mL", "as its label has it"),
        ("2 g/5 mL", "as its label has it"),
        ("2 mg/5 L", "as its label has it"),
        ("2 mg/5 mL/day", "as its label has it"),
        ("2 Mg/5 ML", "as its label has it"),
        ("-2 mg/5 mL", "without a sign"),
        ("2,5 mg/5 mL", "Use a point, not a comma."),
        (".5 mg/5 mL", "no digit stands before the point"),
        ("02 mg/5 mL", "a zero in front"),
        ("2 mg/5. mL", "no digit stands after the point"),
        ("2 mg/ 1/2 mL", "as its label has it"),
        ("20000 mg/5 mL", "below ten thousand"),
        ("٢ mg/5 mL", "plain digits"),
        ("2 mg/" + "5" * 5_000 + " mL", "below ten thousand"),
        ("mg/mL", "as its label has it"),
    ],
)
def test_anything_else_is_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(NotAnAmount, match=reason) as refused:
        parse_liquid_strength(typed)
    assert not FIGURE.search(str(refused.value)), "a figure beside the cell would stand like a suggestion"


def read(text: str) -> tuple[LabelStrength | None, str]:
    """The strength, or why it is refused."""
    try:
        return parse_liquid_strength(text), ""
    except NotAnAmount as refused:
        return None, str(refused)


@given(amounts, volumes)
@example(Dose(2_000_000), Quantity(5_000))
@example(Dose(1_000_000), Quantity(3_000))
@example(Dose(62_500), Quantity(1_000))
def test_a_label_comes_out_exactly_or_is_refused(amount: Dose, volume: Quantity) -> None:
    typed = LabelStrength(amount, volume)
    in_one_ml = Fraction(amount.nanograms * 1000, volume.thousandths)
    is_exact = amount.nanograms % volume.thousandths == 0 or volume.thousandths == 1000
    label, why = read(str(typed))
    assert (label is None) == (not is_exact or in_one_ml > MOST)
    assert FIGURE.search(why) is None
    if label is not None:
        assert label == typed
        assert str(label) == str(typed)
        assert label.in_one_ml.nanograms == in_one_ml


@given(amounts, volumes, st.integers(1, 9_999_999).map(Quantity))
def test_every_amount_of_a_liquid_as_labelled_is_a_whole_dose(
    amount: Dose, volume: Quantity, taken: Quantity
) -> None:
    label, _ = read(str(LabelStrength(amount, volume)))
    if label is not None and not label.is_of_one_ml:
        dose = label.in_one_ml.times(taken)
        assert dose.nanograms * volume.thousandths == amount.nanograms * taken.thousandths


@given(st.text(alphabet="0123456789.,/½ mgLlcper-", max_size=20))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(text: str) -> None:
    label, why = read(text)
    assert FIGURE.search(why) is None
    assert (label is None) == why.endswith(".")


# --- Drops --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "drops", "one_drop"),
    [
        ("2.5 mg/mL", 25, "0.1 mg"),
        ("2 mg/mL", 20, "0.1 mg"),
        ("2 mg/5 mL", 20, "0.02 mg"),
        ("10 mg/10 mL", 40, "0.025 mg"),
        ("1 mg/mL", 32, "0.03125 mg"),
    ],
)
def test_one_drop_holds_what_both_labels_come_to(typed: str, drops: int, one_drop: str) -> None:
    assert str(parse_label(typed).in_one_drop(drops)) == one_drop


@given(amounts, volumes, st.integers(1, MOST_DROPS_PER_ML), st.integers(1, 9_999))
@example(Dose(2_500_000), Quantity(1_000), 25, 12)
@example(Dose(1_000_000), Quantity(3_000), 20, 1)
@example(Dose(1_000_000), Quantity(1_280), 25, 1)
def test_drops_come_out_exactly_or_are_refused(
    amount: Dose, volume: Quantity, drops: int, taken: int
) -> None:
    label = LabelStrength(amount, volume)
    exact = Fraction(amount.nanograms * 1000, volume.thousandths * drops)
    if exact.denominator == 1:
        one = label.in_one_drop(drops)
        assert one.nanograms == exact
        dose = one.times(Quantity(taken * 1000))
        assert dose.nanograms * drops * volume.thousandths == amount.nanograms * taken * 1000
    else:
        with pytest.raises(NotAnAmount, match="does not come out exactly in one drop") as refused:
            label.in_one_drop(drops)
        assert not FIGURE.search(str(refused.value))


@given(st.integers(1, MOST_DROPS_PER_ML), st.integers(0, 9_999_999).map(Quantity))
def test_so_many_mL_of_a_bottle_are_so_many_drops_exactly(drops: int, ml: Quantity) -> None:  # noqa: N802
    product = ScheduleProduct(
        1,
        "clonazepam",
        Form.DROPS,
        Dose(100),
        Quantity(1000),
        label=LabelStrength(Dose(100 * drops), Quantity(1000)),
        drops_per_ml=drops,
    )
    held = product.of_bottle(ml)
    assert held.thousandths == ml.thousandths * drops
    assert product.in_ml(held) == ml
    assert product.in_bottle(held) == ml.number
    assert held.thousandths < 2**31, "it must fit into its column"


@given(st.integers(1, MOST_DROPS_PER_ML), st.integers(1, 9_999))
def test_the_mL_of_so_many_drops_are_exact_or_not_said(drops: int, count: int) -> None:  # noqa: N802
    product = ScheduleProduct(1, "clonazepam", Form.DROPS, Dose(100), Quantity(1000), drops_per_ml=drops)
    ml, exact = product.in_ml(Quantity(count * 1000)), Fraction(count * 1000, drops)
    assert ml == (Quantity(int(exact)) if exact.denominator == 1 else None)
