"""What no guidance text may contain, as a table of examples."""

from __future__ import annotations

import pytest

from taperplanner.guidance.wording import unfit, unfit_for_patients

DOSES = [
    "0.5 mg",
    "25%",
    "5 %",
    "10 percent",
    "ten percent",
    "2 tablets",
    "half a tablet",
    "a quarter of a tablet",
    "one-half tablet",
    "½ tablet",
    "12.5 mg",
    "500 mcg",
    "500 micrograms",
    "3 mL",
    "3 milliliters",
    "20 drops",
    "a 0.5-mg step",
    "1 MG",
]


@pytest.mark.parametrize("dose", DOSES)
def test_unfit_refuses_a_dose(dose: str) -> None:
    assert "only_on_guidance_page" in (unfit(f"Reduce by {dose} then.") or "")


@pytest.mark.parametrize("dose", DOSES)
def test_unfit_lets_a_dose_stand_where_pace_may_be_stated(dose: str) -> None:
    assert unfit(f"Reduce by {dose} then.", may_state_pace=True) is None


PACES = [
    "Reductions every two weeks.",
    "Reduce the dose every few days.",
    "Each month the dose is lowered.",
    "One step a week.",
    "Taper over ten weeks.",
    "Every other day a dose is left out.",
    "Cut it weekly.",
    "The dose goes down per fortnight.",
    "Reduced, and reviewed monthly; each week a step.",
]


@pytest.mark.parametrize("pace", PACES)
def test_unfit_refuses_a_pace_in_words(pace: str) -> None:
    assert "A pace may stand only" in (unfit(pace) or "")
    assert unfit(pace, may_state_pace=True) is None


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("1.0 mg", "trailing zero"),
        (".5 mg", "zero before the decimal point"),
        ("1mg", "space between"),
        ("1/2 tablet", "fraction"),
        ("5 µg", "in full"),
        ("one QD", "in full"),
        ("one q.o.d. or so", "in full"),
        ("at HS", "in full"),
        ("two b.i.d. daily", "in full"),
        ("1 mg prn", "in full"),
        ("<script>", "markup"),
        ("a &amp; b", "markup"),
        ("risk > benefit", "markup"),
        ("**bold**", "markup"),
        ("[a](https://example.org)", "markup"),
        ("# Heading", "markup"),
    ],
)
def test_unfit_refuses_markup_and_spellings_that_cause_errors(text: str, advice: str) -> None:
    assert advice in (unfit(text, may_state_pace=True) or "")


@pytest.mark.parametrize(
    "text",
    [
        "At least every 3 months, and every 2 to 4 weeks.",
        "Call 911 or 988 now.",
        "Fewer than 2 in 100; up to 3 in 10.",
        "Recommendation 9; Table 3, page 14; 21 CFR 1306.22.",
        "On 23 September 2020.",
        "One or two groups of tablets; 4 general kinds.",
        "Less than a month at low doses.",
        "Risk and benefit of a taper are reviewed at least every three months.",
        "After a reduction it can take up to a week before symptoms appear.",
        "Use on four or more days of the week; from one month on at high doses.",
        "The label ties dependence to duration and daily dose.",
        "During a taper the patient is seen every week.",
    ],
)
def test_unfit_takes_numbers_that_are_no_dose(text: str) -> None:
    assert unfit(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Take 2 tablets.",
        "Take half a tablet.",
        "Tome 2 tabletas.",
        "Tome dos tabletas.",
        "Tome media tableta.",
        "Tome un cuarto de tableta.",
        "Tome una pastilla.",
        "Baje diez por ciento.",
        "Tome medio miligramo.",
        "Go down by 5 each week.",
        "Wait 24 hours.",
        "Take ½ of it.",
        "Call 9111.",
        "<b>Call 911</b>",
    ],
)
def test_a_patient_text_has_no_dose_no_markup_and_no_number_but_two(text: str) -> None:
    assert unfit_for_patients(text)


@pytest.mark.parametrize(
    "text",
    [
        "Call or text 988, or call 911.",
        "Tome sus tabletas todos los días, como dice esta hoja.",
        "Antes de partir otra tableta, llame a la clínica.",
        "Do one step at a time.",
    ],
)
def test_a_patient_text_may_say_what_is_no_dose(text: str) -> None:
    assert unfit_for_patients(text) is None
