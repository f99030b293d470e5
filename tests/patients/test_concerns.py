from __future__ import annotations

import pytest

from taperplanner.guidance.library import library
from taperplanner.patients.concerns import concern_of
from taperplanner.patients.models import Fact
from taperplanner.patients.vocabulary import DrugClass


@pytest.mark.parametrize(
    ("drug", "drug_class", "sedates", "concern"),
    [
        pytest.param("clonazepam", "benzodiazepine", "yes", None, id="the taper's own drug"),
        pytest.param("alprazolam", "benzodiazepine", "yes", "benzodiazepine", id="another benzodiazepine"),
        pytest.param("oxycodone", "opioid", "yes", "opioid", id="opioid"),
        pytest.param("alcohol", "alcohol", "yes", "alcohol", id="alcohol"),
        pytest.param("ibuprofen", "other", "no", None, id="no sedative"),
        pytest.param("", "", "yes", "other_sedative", id="free text that sedates"),
        pytest.param("", "", "unknown", None, id="free text of which it is unknown"),
        pytest.param("", "", "no", None, id="free text that does not sedate"),
    ],
)
def test_a_record_concerns_what_its_class_says(
    drug: str, drug_class: str, sedates: str, concern: str | None
) -> None:
    assert concern_of(drug=drug, drug_class=drug_class, sedates=sedates) == concern


def test_guidance_knows_every_class_and_every_fact_that_is_asked_for() -> None:
    for drug_class in DrugClass:
        concern = concern_of(drug="x", drug_class=drug_class, sedates="yes")
        assert concern is not None
        library().concerning(concern)
    for fact in Fact:
        library().concerning(fact.value)
