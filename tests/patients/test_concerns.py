"""Which warnings a medicine concerns, and that none of them is missed: read from both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from taperplanner.guidance.library import Entry, library
from taperplanner.guidance.vocabulary import MEDICATION_CLASSES
from taperplanner.patients.concerns import concerns_in_words, concerns_of, entries_on, level_of
from taperplanner.patients.models import Fact
from taperplanner.patients.vocabulary import Drug, DrugClass, vocabulary
from taperplanner.patients.vocabulary.levels import Level

# Drugs that entries name and that are no reason for a warning by themselves, and why.
NO_REASON = {
    "clonazepam": "the drug that every entry is about",
    "naloxone": "what is given against an overdose; its entry stands beside opioids",
}


@pytest.mark.parametrize(
    ("drug", "drug_class", "sedates", "concerns"),
    [
        pytest.param("clonazepam", "benzodiazepine", "yes", (), id="the taper's own drug"),
        pytest.param("alprazolam", "benzodiazepine", "yes", ("benzodiazepine",), id="another benzodiazepine"),
        pytest.param("oxycodone", "opioid", "yes", ("opioid",), id="opioid"),
        pytest.param("alcohol", "alcohol", "yes", ("alcohol",), id="alcohol"),
        pytest.param("ibuprofen", "other", "no", (), id="no sedative"),
        pytest.param("", "", "yes", ("other_sedative",), id="free text that sedates"),
        pytest.param("", "", "unknown", (), id="free text of which it is unknown"),
        pytest.param("", "", "no", (), id="free text that does not sedate"),
        pytest.param("fluconazole", "other", "no", ("raises_level",), id="raises the level"),
        pytest.param("rifampin", "other", "no", ("lowers_level",), id="lowers the level"),
        pytest.param(
            "phenobarbital",
            "barbiturate",
            "yes",
            ("barbiturate", "lowers_level"),
            id="sedates, and lowers it",
        ),
        pytest.param(
            "nefazodone", "other_sedative", "yes", ("other_sedative", "raises_level"), id="both ways"
        ),
        pytest.param(
            "valproic acid", "other_sedative", "yes", ("other_sedative", "valproate"), id="valproate"
        ),
        pytest.param(
            "Genvoya", "", "unknown", ("raises_level",), id="written down before the name was known"
        ),
    ],
)
def test_a_record_concerns_what_its_classes_say(
    drug: str, drug_class: str, sedates: str, concerns: tuple[str, ...]
) -> None:
    assert concerns_of(drug=drug, drug_class=drug_class, sedates=sedates) == concerns


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        *((name, Level.RAISES) for name in ("fluconazole", "ketoconazole", "itraconazole", "voriconazole")),
        *((name, Level.RAISES) for name in ("posaconazole", "clarithromycin", "erythromycin", "diltiazem")),
        *(
            (name, Level.RAISES)
            for name in ("verapamil", "nefazodone", "ritonavir", "cobicistat", "Paxlovid")
        ),
        *((name, Level.RAISES) for name in ("nirmatrelvir/ritonavir", "Grapefruit juice", "Diflucan 150 mg")),
        *((name, Level.LOWERS) for name in ("phenytoin", "carbamazepine", "phenobarbital", "primidone")),
        *((name, Level.LOWERS) for name in ("lamotrigine", "rifampin", "rifampicin", "Tegretol", "Dilantin")),
        *((name, Level.LOWERS) for name in ("St. John's wort", "St John's wort", "St. John’s wort")),
        *((name, Level.LOWERS) for name in ("St Johns Wort", "st johnʼs wort", "Saint John’s wort")),
        *((name, None) for name in ("ibuprofen", "clonazepam", "sertraline", "Wonder root", "")),
    ],
)
def test_what_a_medicine_does_to_the_level_is_known_however_it_is_written(
    typed: str, level: Level | None
) -> None:
    assert level_of(typed) is level


@pytest.mark.parametrize(
    ("concerns", "beside", "says"),
    [
        (("barbiturate", "lowers_level"), True, "Barbiturate with clonazePAM; can lower clonazePAM’s level"),
        (("raises_level",), True, "Can raise clonazePAM’s level"),
        (("benzodiazepine",), True, "Other benzodiazepine with clonazePAM"),
        (("benzodiazepine",), False, "Benzodiazepine"),
        (
            ("other_sedative", "valproate"),
            True,
            "Other sedative with clonazePAM; valproic acid with clonazePAM",
        ),
        ((), True, ""),
    ],
)
def test_every_reason_of_a_medicine_is_said(concerns: tuple[str, ...], beside: bool, says: str) -> None:
    assert concerns_in_words(concerns, beside_documented=beside) == says


def test_an_entry_of_two_reasons_stands_once() -> None:
    shown = entries_on(("other_sedative", "raises_level", "lowers_level"))
    assert len(shown) == len(set(shown))
    assert {"drugs-that-change-its-level", "other-sedatives"} <= {entry.slug for entry in shown}


def test_beside_another_drug_stands_nothing() -> None:
    assert entries_on(("raises_level",), "diazepam") == ()


def test_guidance_knows_every_class_and_every_fact_that_is_asked_for() -> None:
    for drug_class in DrugClass:
        assert entries_on(concerns_of(drug="x", drug_class=drug_class, sedates="yes"))
    for fact in Fact:
        library().concerning(fact.value)


Reasons = Callable[[Drug], tuple[str, ...]]


def reasons_of(drug: Drug) -> tuple[str, ...]:
    return concerns_of(drug=drug.name, drug_class=drug.drug_class, sedates="yes" if drug.sedates else "no")


def missed(entries: Iterable[Entry], classes: Iterable[str], reasons: Reasons) -> set[str]:
    """Drugs that an entry names and none is shown for, and classes that no drug is of or no entry is about."""
    entries = list(entries)
    filed = {concern for entry in entries for concern in entry.concerns}
    named = {drug for entry in entries for drug in vocabulary().mentioned(entry.text)} - set(NO_REASON)
    unshown = {name for name in named if not filed & set(reasons(drug_called(name)))}
    of_drugs = {concern for drug in vocabulary().drugs for concern in reasons(drug)}
    return unshown | {each for each in classes if each not in filed or each not in of_drugs}


def drug_called(name: str) -> Drug:
    drug = vocabulary().named(name)
    assert drug is not None
    return drug


def test_each_drug_that_an_entry_names_is_shown_one_and_each_class_has_an_entry_and_a_drug() -> None:
    assert missed(library().entries, MEDICATION_CLASSES, reasons_of) == set()


def test_a_drug_that_is_named_and_of_no_class_is_found() -> None:
    found = missed(
        library().entries,
        MEDICATION_CLASSES,
        lambda drug: tuple(one for one in reasons_of(drug) if one != "raises_level"),
    )
    assert found == {"fluconazole", "raises_level"}


def test_a_class_without_an_entry_is_found_with_the_drugs_that_are_shown_nothing() -> None:
    without = [entry for entry in library().entries if "lowers_level" not in entry.concerns]
    assert "lowers_level" in missed(without, MEDICATION_CLASSES, reasons_of)
    assert missed(library().entries, {*MEDICATION_CLASSES, "homeopathic"}, reasons_of) == {"homeopathic"}


def test_what_is_no_reason_for_a_warning_is_still_named_somewhere() -> None:
    named = {drug for entry in library().entries for drug in vocabulary().mentioned(entry.text)}
    assert set(NO_REASON) <= named
