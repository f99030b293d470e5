"""The checklist, the scales, the danger signs and the runs of days, without a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taperplanner.doses import Dose
from taperplanner.monitoring.check_ins.taken import TakenRun, merge_latest_wins, overlap
from taperplanner.monitoring.danger import danger_signs, sign_in_words
from taperplanner.monitoring.scales import BWSQ, CIWA_B, GAD7, PHQ9, NotThatTotal, score_of
from taperplanner.monitoring.symptoms import GROUPS, HIGHEST_TOTAL, SYMPTOMS, SymptomTotal, symptom_total

MARCH_1 = date(2026, 3, 1)


def run(first: int, last: int, nanograms: int = 1_000_000) -> TakenRun:
    return TakenRun(MARCH_1 + timedelta(days=first), MARCH_1 + timedelta(days=last), Dose(nanograms))


def test_the_checklist_is_grouped_as_the_document_groups_it_with_body_and_senses() -> None:
    assert [group.key for group in GROUPS] == [
        "withdrawal", "body", "senses", "side_effects", "mood", "thinking", "sleep",
    ]  # fmt: skip
    assert len(SYMPTOMS) == sum(len(group.symptoms) for group in GROUPS)
    assert symptom_total({}) is None
    assert symptom_total(dict.fromkeys(SYMPTOMS, 3)) == SymptomTotal(HIGHEST_TOTAL, 33, 33)


@pytest.mark.parametrize(
    "key",
    [
        "seizure", "suicidal_thoughts", "hallucinations", "disorientation", "slow_breathing", "cannot_be_woken",
        "chest_pain", "harm_others",
    ],
)  # fmt: skip
def test_a_danger_symptom_above_none_is_a_sign(key: str) -> None:
    assert danger_signs(ratings={key: 1}, phq9_items=[], decision="") == (key,)
    assert danger_signs(ratings={key: 0}, phq9_items=[], decision="") == ()
    assert sign_in_words(key) == SYMPTOMS[key].label


@pytest.mark.parametrize(("answer", "is_sign"), [(None, False), (0, False), (1, True), (3, True)])
def test_item_nine_of_the_phq9_above_zero_is_a_sign(answer: int | None, is_sign: bool) -> None:
    signs = danger_signs(ratings={}, phq9_items=[0] * 8 + [answer], decision="")
    assert bool(signs) is is_sign


def test_the_other_items_and_symptoms_are_no_signs() -> None:
    calm = {key: 3 for key, symptom in SYMPTOMS.items() if not symptom.is_danger}
    assert danger_signs(ratings=calm, phq9_items=[3] * 8 + [0], decision="hold") == ()
    assert danger_signs(ratings={}, phq9_items=[], decision="emergency") == ("decided",)


def test_the_scales_are_as_long_and_as_high_as_they_are() -> None:
    assert (len(PHQ9.items), PHQ9.highest) == (9, 27)
    assert (len(GAD7.items), GAD7.highest) == (7, 21)
    assert (len(CIWA_B.items), CIWA_B.highest) == (0, 80)
    assert not BWSQ.items


def test_the_scales_are_asked_in_their_own_words() -> None:
    """Copied from the forms: PHQ-9 says "any of", the last item of GAD-7 has no comma."""
    assert (
        PHQ9.stem
        == "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
    )
    assert GAD7.stem == "Over the last 2 weeks, how often have you been bothered by the following problems?"
    assert GAD7.items[-1] == "Feeling afraid as if something awful might happen"


@given(st.lists(st.integers(0, 3), min_size=9, max_size=9))
def test_all_items_add_up_to_the_total(items: list[int]) -> None:
    assert score_of(PHQ9, items, None).total == sum(items)
    assert score_of(PHQ9, items, sum(items)).total == sum(items)
    with pytest.raises(NotThatTotal):
        score_of(PHQ9, items, sum(items) + 1)


def test_some_items_make_no_total_and_a_typed_one_must_be_possible() -> None:
    some = [3, None, None, None, None, None, None, None, None]
    assert score_of(PHQ9, some, None).total is None
    assert score_of(PHQ9, some, 27).total == 27
    with pytest.raises(NotThatTotal, match="from 3 to 27"):
        score_of(PHQ9, some, 2)


def test_two_runs_for_one_day_overlap() -> None:
    assert overlap([run(0, 2), run(3, 5)]) is None
    assert overlap([run(3, 5), run(0, 3)]) == (run(0, 3), run(3, 5))


spans = st.tuples(st.integers(0, 40), st.integers(0, 10), st.integers(0, 5)).map(
    lambda drawn: run(drawn[0], drawn[0] + drawn[1], drawn[2])
)


@given(st.lists(st.lists(spans, max_size=1), max_size=8))
def test_for_each_day_what_was_told_last_counts(told: list[list[TakenRun]]) -> None:
    expected = {}
    for runs in told:
        for one in runs:
            for ordinal in range(one.first_day.toordinal(), one.last_day.toordinal() + 1):
                expected[ordinal] = one.dose
    found = {}
    for one in merge_latest_wins(told):
        for ordinal in range(one.first_day.toordinal(), one.last_day.toordinal() + 1):
            assert ordinal not in found
            found[ordinal] = one.dose
    assert found == expected
