"""One drug under every way its name is written, and never a guess between two."""

from __future__ import annotations

from typing import Final

import pytest

from taperplanner.patients.vocabulary import vocabulary

CLONAZEPAM: Final = {
    "as our own paper prints it": "clonazepam (Klonopin)",
    "as our own paper prints it, without the space": "clonazepam(Klonopin) 0.5 mg",
    "generic, strength, brand": "clonazepam 0.5 mg (Klonopin) tablets",
    "generic, brand with its strength": "clonazepam (Klonopin 0.5 mg)",
    "generic and brand with a slash": "clonazepam/Klonopin",
    "form that is part of the brand": "Klonopin Wafer",
    "form that is part of the brand, and the generic": "Klonopin Wafers (clonazepam)",
    "form in short": "clonazepam ODT",
    "solution": "clonazepam oral solution 0.1 mg/mL",
    "drops": "Rivotril oral drops",
}
NOBODY: Final = {
    "two drugs, one in brackets": "clonazepam (Xanax)",
    "two drugs, one in brackets with a form": "clonazepam (lorazepam 1 mg) tablets",
    "drops for the eye": "ketorolac eye drops",
}


@pytest.mark.parametrize("text", CLONAZEPAM.values(), ids=CLONAZEPAM.keys())
def test_clonazepam_is_found_however_it_is_written(text: str) -> None:
    drug = vocabulary().find(text)
    assert drug is not None
    assert drug.name == "clonazepam"


@pytest.mark.parametrize("text", NOBODY.values(), ids=NOBODY.keys())
def test_what_may_be_another_drug_is_not_guessed(text: str) -> None:
    assert vocabulary().find(text) is None


def test_a_text_mentions_every_drug_that_it_names_as_whole_words() -> None:
    assert vocabulary().mentioned("1 mg Klonopin at night, or Xanax") == {"clonazepam", "alprazolam"}
    assert vocabulary().mentioned("clonazepamum") == frozenset()
