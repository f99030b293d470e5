from __future__ import annotations

import pytest

from taperplanner.patients.medications.filing import completions, every_name, filed
from taperplanner.patients.models import Answer, Kind
from taperplanner.patients.vocabulary import vocabulary


def test_a_brand_is_filed_under_its_drug_and_class() -> None:
    filing = filed("Klonopin")

    assert filing is not None
    assert (filing.drug, filing.drug_class, filing.sedates) == ("clonazepam", "benzodiazepine", Answer.YES)
    assert filing.sentence == "clonazePAM, benzodiazepine, sedating. Usual kind: prescription."


def test_what_a_name_does_to_the_level_is_said_while_it_is_typed() -> None:
    filing = filed("Tegretol")

    assert filing is not None
    assert filing.sentence == (
        "carBAMazepine, other sedative, sedating, can lower clonazePAM’s level. Usual kind: prescription."
    )


@pytest.mark.parametrize("name", ["", "Wonder root", "\x00", "x" * 500])
def test_a_name_the_vocabulary_does_not_know_is_not_filed(name: str) -> None:
    assert filed(name) is None


def test_every_row_of_the_vocabulary_can_be_filed() -> None:
    for drug in vocabulary().drugs:
        filing = filed(drug.name)
        assert filing is not None
        assert filing.kind in Kind
        assert filing.sentence


def test_a_completion_stands_for_the_name_as_it_is_written_down() -> None:
    assert [(c.value, c.label) for c in completions("klon")] == [("Klonopin", "Klonopin (clonazepam)")]
    assert completions("") == []
    for completion in completions("a") + completions("c"):
        assert filed(completion.value) is not None


def test_without_script_every_generic_and_brand_name_is_offered() -> None:
    options = every_name()

    assert '<option value="clonazepam"></option>' in options
    assert '<option value="Klonopin"></option>' in options
