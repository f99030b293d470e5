"""What patients call what they take, and what the sedation of each name rests on."""

from __future__ import annotations

from typing import Final

import pytest

from taperplanner.patients.vocabulary import vocabulary
from taperplanner.patients.vocabulary.near import near_misses

# What patients say of what clinical review found missing, and what it is filed under.
SAID: Final = {
    "bromazolam": "bromazolam", "Xylazine": "xylazine", "medetomidine": "medetomidine", "nitazenes": "nitazene",
    "isotonitazene": "nitazene", "carfentanyl": "carfentanil", "Lucemyra 0.18 mg": "lofexidine", "Diprivan": "propofol",
    "Reyvow": "lasmiditan", "Tigan 300 mg capsule": "trimethobenzamide", "Cogentin": "benztropine",
    "Artane": "trihexyphenidyl", "Xenazine": "tetrabenazine", "Austedo XR": "deutetrabenazine",
    "Ingrezza": "valbenazine", "Thalomid": "thalidomide", "Minipress 2 mg": "prazosin",
    "DXM": "dextromethorphan", "Delsym liquid": "dextromethorphan", "Robitussin DM": "dextromethorphan and guaifenesin",
    "Mucinex DM 600 mg": "dextromethorphan and guaifenesin", "Unisom": "doxylamine or diphenhydramine",
    "Unisom SleepGels": "diphenhydramine", "Unisom SleepTabs": "doxylamine", "passion flower": "passionflower",
    "ashwagandha gummies": "ashwagandha", "hops": "hops", "chamomile tea": "chamomile", "lavender oil": "lavender",
    "L-theanine 200 mg": "l-theanine", "theanine": "l-theanine", "GABA supplement": "gamma-aminobutyric acid",
    "delta-8": "cannabis", "delta 8 gummies": "cannabis", "GBL": "gamma-butyrolactone", "1,4-BD": "1,4-butanediol",
    "muscimol": "muscimol", "Amanita muscaria": "muscimol", "Nardil": "phenelzine", "Parnate": "tranylcypromine",
    "Strattera": "atomoxetine",
}  # fmt: skip
NOT_SEDATING: Final = {
    "dextromethorphan", "dextromethorphan and guaifenesin", "l-theanine", "gamma-aminobutyric acid", "tranylcypromine",
    "atomoxetine",
}  # fmt: skip
# Press, blogs and encyclopedias: nothing rests on them that a label or an agency says.
NO_SOURCES: Final = (
    "CNN",
    "Pain News Network",
    "Wikipedia",
    "LiquiSearch",
    "allianceent",
    "120ty",
    "Sermo",
    "FormWeb",
)
# Slips of names that stand near a new one: asked about what was meant, and about nothing else.
SLIPS: Final = {
    "bromazepan": {"bromazepam"}, "bromazolan": {"bromazolam"}, "dexmedetomidin": {"dexmedetomidine"},
    "sufentanl": {"sufentanil"}, "diphenhydramin": {"diphenhydramine"}, "prazozin": {"prazosin"},
    "doxazosine": {"doxazosin"}, "guaifenasin": {"guaifenesin"}, "thiamne": {"thiamine"}, "nardl": {"phenelzine"},
}  # fmt: skip


@pytest.mark.parametrize(("typed", "name"), SAID.items(), ids=SAID)
def test_what_patients_say_is_found_and_sedates_as_its_source_says(typed: str, name: str) -> None:
    drug = vocabulary().find(typed)
    assert drug is not None
    assert drug.name == name
    assert drug.sedates is (name not in NOT_SEDATING)


def test_no_statement_on_sedation_is_published_by_press_or_vendors() -> None:
    publishers = {source.publisher for drug in vocabulary().drugs for source in drug.sources_of("sedation")}
    assert not [name for name in publishers if any(word in name for word in NO_SOURCES)]


@pytest.mark.parametrize(("typed", "drugs"), SLIPS.items(), ids=SLIPS)
def test_a_slip_comes_near_what_was_meant_and_not_to_a_name_beside_it(typed: str, drugs: set[str]) -> None:
    assert {near.drug for near in near_misses(typed)} == drugs
