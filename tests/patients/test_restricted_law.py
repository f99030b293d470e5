"""Whatever lists a clinic's patients, or rows of theirs, asks the one rule of restricted records first."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

import pytest

from ..house.law import TOP

HOUSE: Final = TOP / "taperplanner"
# From here on rows of several patients of a clinic are at hand.
LISTS: Final = re.compile(
    r"clinic\.patients\b|patient__clinic=|\b(?:copies_of|stale_copies|open_plans|plans_of|versions_of|plans_in|undecided_plans)\("
)
ASKS: Final = re.compile(r"\b(?:open_to|closed_to)\(")
# What lists them and asks nothing, and why.
AROUND: Final = {
    "patients/access/report.py: id_with_mrn": "one patient, of whom a manager sees no name",
    "patients/decorators.py: _closed_or_not": "one patient, of whom the page shows nothing",
    "patients/decorators.py: _shown": "one patient, whose page `audited` opens by the rule",
    "tapers/decorators.py: _shown": "one plan, whose page `audited` opens by the rule",
    "demo/many.py: make": "how many synthetic ones there are",
    "handouts/batches/picking.py: open_plans": "all of them: whoever shows them asks",
    "handouts/copies/on_plan_page.py: copies_section": "of one plan, whose page is open to who asks",
    "handouts/downtime/papers.py: _that_hold": "down time: restricted records go to a file of their own",
    "handouts/models/copies.py: of_clinic": "a queryset",
    "handouts/models/copies.py: stale_copies": "all of them: whoever shows them asks",
    "monitoring/emergencies/raised.py: unopened": "that one is open, and since when; it names nobody",
    "patients/lookalikes.py: mrn_twins": "restricted ones too, whom `_lookalikes` does not name",
    "patients/restricted/opening.py: found": "the same",
    "patients/restricted/opening.py: unless_closed": "one patient, to say that their record is restricted",
    "patients/restriction_records.py: of_clinic": "a queryset, for managers, who see no names",
    "registry/reading.py: plans_in": "counts; the table asks whom it may name",
    "registry/reviews.py: review_counts": "counts, without a name",
    "registry/views.py: _found": "counts; `_table` asks whom it may name",
    "registry/views.py: registry_file": "counts; `_table` asks whom it may name",
    "stays/on_patient_page.py: stay_mark": "of one patient, whose page is open to who asks",
    "stays/rule.py: undecided_plans": "all of them: whoever shows them asks",
    "tapers/models/plans.py: of_clinic": "a queryset",
    "tapers/models/versions.py: of_clinic": "a queryset",
    "worklist/views.py: _has_patients": "whether there is one, and no more",
}


def around(source: str) -> Iterator[str]:
    """The functions that list patients without asking the rule. A definition does not list what it is named."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            body = "\n".join(ast.unparse(statement) for statement in node.body)
            if LISTS.search(body) and not ASKS.search(body):
                yield node.name


def found() -> set[str]:
    return {
        f"{path.relative_to(HOUSE)}: {name}"
        for path in HOUSE.rglob("*.py")
        if "migrations" not in path.parts
        for name in around(path.read_text())
    }


def test_nobody_lists_patients_around_the_rule() -> None:
    assert found() - set(AROUND) == set()


def test_no_reason_outlives_its_need() -> None:
    assert set(AROUND) - found() == set()


@pytest.mark.parametrize(
    "breach",
    [
        "def shown(clinic): return list(clinic.patients.all())",
        "def shown(clinic): return Plan.objects.filter(patient__clinic=clinic)",
        "def shown(clinic): return stale_copies(clinic).count()",
    ],
)
def test_a_list_that_asks_nothing_is_caught(breach: str) -> None:
    assert list(around(breach)) == ["shown"]
