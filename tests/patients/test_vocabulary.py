"""The drug vocabulary: what a typed name is taken for, and what the shipped data may not say."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from taperplanner.patients import vocabulary as module
from taperplanner.patients.vocabulary import DrugClass, DrugKind, tall_man, vocabulary
from taperplanner.patients.vocabulary.rules import VocabularyError
from tests.patients.vocabulary_files import load_from

ROWS: Final = vocabulary().drugs
SHIPPED: Final = Path(module.__file__).parent

FOUND: Final = {
    "generic": ("clonazepam", "clonazepam"),
    "brand": ("Klonopin", "clonazepam"),
    "other spelling": ("Rivotril", "clonazepam"),
    "capitals": ("KLONOPIN", "clonazepam"),
    "accents": ("Clonazépam", "clonazepam"),
    "spaces around and between": ("  fish   oil ", "omega-3 fatty acids"),
    "curly apostrophe": ("St. John’s Wort", "st. john's wort"),
    "strength": ("Klonopin 1 mg", "clonazepam"),
    "naked decimal": ("Klonopin .5 mg", "clonazepam"),
    "thousands, in brackets": ("gabapentin (1,200 mg)", "gabapentin"),
    "strength and form": ("clonazepam 0.25 mg orally disintegrating tablet", "clonazepam"),
    "form and strength": ("fentanyl patch 25 mcg/hr", "fentanyl"),
    "release": ("Xanax XR 2 mg", "alprazolam"),
    "release with a hyphen": ("morphine extended-release 15 mg", "morphine"),
    "salt": ("zolpidem tartrate 10 mg", "zolpidem"),
    "as completion offers it": ("Klonopin (clonazepam)", "clonazepam"),
    "as completion offers it, with a strength": ("Klonopin (clonazepam) 1 mg", "clonazepam"),
    "two ingredients with a slash": ("hydrocodone/acetaminophen", "hydrocodone and acetaminophen"),
    "two ingredients with a hyphen": ("Hydrocodone-APAP 5-325 mg", "hydrocodone and acetaminophen"),
    "number that belongs to the name": ("Tylenol 3", "codeine and acetaminophen"),
    "longer brand": ("Tylenol PM", "diphenhydramine and acetaminophen"),
    "international units": ("vitamin D3 2000 IU", "vitamin d"),
}

MISSED: Final = {
    "nothing": "",
    "only a strength": "1 mg",
    "only part of a name": "clona",
    "a slip of the finger": "clonazepan",
    "strength first": "1 mg Klonopin",
    "two drugs": "Klonopin Xanax",
    "two drugs, joined": "clonazepam and alprazolam",
    "another ingredient": "Tylenol with caffeine",
    "a letter that adds an ingredient": "Zyrtec-D",
    "letters that add an ingredient": "Tylenol DM 600 mg",
    "bare number, which may be another product": "Lortab 7",
    "directions": "Klonopin 1 mg twice daily",
    "used on the skin": "Benadryl cream",
    "not for drinking": "alcohol wipes",
    "a family of drugs": "insulin",
    "a letter to the clinic": "clonazepam " + "1 mg " * 60,
}

CLASSES: Final = {
    "clonazepam": (DrugClass.BENZODIAZEPINE, "N03AE01"),
    "etizolam": (DrugClass.BENZODIAZEPINE, "N05BA19"),
    "phenazepam": (DrugClass.BENZODIAZEPINE, ""),
    "methadone": (DrugClass.OPIOID, "N07BC02"),
    "tramadol": (DrugClass.OPIOID, "N02AX02"),
    "kratom": (DrugClass.OPIOID, ""),
    "zolpidem": (DrugClass.Z_DRUG, "N05CF02"),
    "Fioricet": (DrugClass.BARBITURATE, "N02BE71"),
    "gabapentin": (DrugClass.GABAPENTINOID, "N02BF01"),
    "Benadryl": (DrugClass.SEDATING_ANTIHISTAMINE, "R06AA02"),
    "hydroxyzine": (DrugClass.SEDATING_ANTIHISTAMINE, "N05BB01"),
    "quetiapine": (DrugClass.ANTIPSYCHOTIC, "N05AH04"),
    "tizanidine": (DrugClass.MUSCLE_RELAXANT, "M03BX02"),
    "beer": (DrugClass.ALCOHOL, ""),
    "ethanol": (DrugClass.ALCOHOL, "V03AZ01"),
    "trazodone": (DrugClass.OTHER_SEDATIVE, "N06AX05"),
    "melatonin": (DrugClass.OTHER_SEDATIVE, "N05CH01"),
    "marijuana": (DrugClass.OTHER_SEDATIVE, "N02BG10"),
    "fluconazole": (DrugClass.OTHER, "J02AC01"),
    "sertraline": (DrugClass.OTHER, "N06AB06"),
}

TALL_MAN: Final = {
    "clonazepam": "clonazePAM",
    "clonidine": "cloNIDine",
    "lorazepam": "LORazepam",
    "alprazolam": "ALPRAZolam",
    "hydroxyzine": "hydrOXYzine",
    "bupropion": "buPROPion",
    "trazodone": "traZODone",
    "tramadol": "traMADol",
}

SOURCES: Final = """
[index]
title = "An index"
publisher = "Someone"
address = "https://example.org/index"
read_on = 2026-01-01
supports = ["atc"]

[label]
title = "A label"
publisher = "Someone"
address = "https://example.org/label"
read_on = 2026-01-01
supports = ["sedation", "tall_man"]
"""
HEADER: Final = "name,brands,also,atc,drug_class,sedates,kind,tall_man,source"
GOOD: Final = "clonazepam,Klonopin,Rivotril,N03AE01,benzodiazepine,yes,prescription,clonazePAM,index;label"
PLAIN: Final = "aspirin,,,N02BA01,other,no,otc,,index;label"

BROKEN: Final = {
    "a column nobody knows": ([f"{HEADER},dose", f"{GOOD},1 mg"], "columns"),
    "a column left out": ([HEADER.replace("kind,", ""), GOOD], "columns"),
    "a cell too few": ([HEADER, GOOD.rpartition(",")[0]], "cell"),
    "a cell too many": ([HEADER, f"{GOOD},more"], "cell"),
    "a class nobody knows": ([HEADER, GOOD.replace("benzodiazepine", "tranquilizer")], "tranquilizer"),
    "a kind nobody knows": ([HEADER, GOOD.replace("prescription", "homeopathic")], "homeopathic"),
    "neither yes nor no": ([HEADER, GOOD.replace(",yes,", ",maybe,")], "maybe"),
    "a sedating class that does not sedate": ([HEADER, GOOD.replace(",yes,", ",no,")], "sedates"),
    "an ATC code cut short": ([HEADER, GOOD.replace("N03AE01", "N03AE")], "ATC"),
    "an ATC code in other digits": ([HEADER, GOOD.replace("N03AE01", "N٠٣AE٠١")], "ATC"),
    "a generic name in capitals": ([HEADER, PLAIN.replace("aspirin", "Aspirin")], "small letters"),
    "no name": ([HEADER, PLAIN.replace("aspirin", "")], "empty"),
    "an empty brand": ([HEADER, GOOD.replace("Klonopin", "Klonopin;")], "empty"),
    "a drug listed twice": ([HEADER, GOOD, GOOD], "twice"),
    "a brand of two drugs": ([HEADER, GOOD, PLAIN.replace(",,,", ",KLONOPIN,,", 1)], "twice"),
    "a brand that is a generic name": ([HEADER, GOOD, PLAIN.replace(",,,", ",,Clonazepam,", 1)], "twice"),
    "letters of another name": ([HEADER, GOOD.replace("clonazePAM", "cloNIDine")], "tall man"),
    "no source": ([HEADER, PLAIN.replace("index;label", "")], "source"),
    "a source nobody knows": ([HEADER, PLAIN.replace("index", "hearsay")], "hearsay"),
    "no source for the ATC code": ([HEADER, PLAIN.replace("index;", "")], "atc"),
    "no source for an absent ATC code": ([HEADER, "aspirin,,,,other,no,otc,,label"], "atc"),
    "no source for sedation": ([HEADER, PLAIN.replace(";label", "")], "sedation"),
    "a quote left open": ([HEADER, '"' + PLAIN], "end of data"),
}

BROKEN_SOURCES: Final = {
    "a field left out": ('publisher = "Someone"\n', "", "publisher"),
    "a field nobody knows": ('publisher = "Someone"', 'publisher = "Someone"\nrating = 5', "rating"),
    "nothing supported": ('supports = ["atc"]', "supports = []", "supports"),
    "a statement nobody makes": ('supports = ["atc"]', 'supports = ["price"]', "supports"),
    "supports left out": ('supports = ["atc"]\n', "", "supports"),
}

Load = Callable[..., module.Vocabulary]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def write_and_load(rows: list[str], sources: str = SOURCES) -> module.Vocabulary:
        return load_from(tmp_path, drugs="\n".join(rows), sources=sources)

    return write_and_load


@pytest.mark.parametrize(("typed", "name"), FOUND.values(), ids=FOUND)
def test_a_typed_name_finds_its_drug(typed: str, name: str) -> None:
    drug = vocabulary().find(typed)
    assert drug is not None
    assert drug.name == name


@pytest.mark.parametrize("typed", MISSED.values(), ids=MISSED)
def test_what_is_not_surely_a_drug_is_left_for_a_person_to_say(typed: str) -> None:
    assert vocabulary().find(typed) is None


@pytest.mark.parametrize(("typed", "expected"), CLASSES.items(), ids=CLASSES)
def test_a_drug_is_filed_under_its_class_and_atc_code(typed: str, expected: tuple[DrugClass, str]) -> None:
    drug = vocabulary().find(typed)
    assert drug is not None
    assert (drug.drug_class, drug.atc) == expected
    assert drug.sedates is (drug.drug_class is not DrugClass.OTHER)


def test_every_name_finds_the_drug_it_belongs_to_with_and_without_a_strength() -> None:
    for drug in ROWS:
        for name in (drug.name, *drug.brands, *drug.also):
            assert vocabulary().find(name) is drug
            assert vocabulary().find(f"{name} 10 mg tablet") is drug


def test_every_completion_finds_the_drug_it_names() -> None:
    for drug in ROWS:
        assert drug.name in vocabulary().complete(drug.name, limit=1000)
        for name in (*drug.brands, *drug.also):
            assert f"{name} ({drug.name})" in vocabulary().complete(name, limit=1000)
            assert vocabulary().find(f"{name} ({drug.name})") is drug


@pytest.mark.parametrize(
    ("prefix", "offered"),
    [
        pytest.param("klon", ("Klonopin (clonazepam)",), id="brand, with its generic name"),
        pytest.param("clonaz", ("clonazepam",), id="generic"),
        pytest.param("paracet", ("paracetamol (acetaminophen)",), id="other spelling"),
        pytest.param("klonopin", ("Klonopin (clonazepam)",), id="a whole name"),
        pytest.param("zzzz", (), id="nothing begins so"),
        pytest.param("", (), id="nothing typed"),
    ],
)
def test_completion_offers_names_that_begin_as_typed(prefix: str, offered: tuple[str, ...]) -> None:
    assert vocabulary().complete(prefix)[:1] == offered


def test_completion_puts_generic_names_before_brands() -> None:
    offered = vocabulary().complete("pro", limit=100)
    brands = [label.endswith(")") for label in offered]
    assert True in brands
    assert False in brands
    assert brands == sorted(brands)


def test_completion_stops_at_its_limit() -> None:
    assert len(vocabulary().complete("c")) == 12
    assert len(vocabulary().complete("c", limit=3)) == 3


@pytest.mark.parametrize(("name", "letters"), TALL_MAN.items(), ids=TALL_MAN)
def test_names_that_are_taken_for_each_other_have_tall_man_letters(name: str, letters: str) -> None:
    assert tall_man(name) == letters


@pytest.mark.parametrize("name", ["Klonopin", "metoprolol", "clonazepam 1 mg", "no such drug", ""])
def test_a_name_without_tall_man_letters_stays_as_it_was_typed(name: str) -> None:
    assert tall_man(name) == name


def test_every_source_is_complete_and_used() -> None:
    used = {source for drug in ROWS for said in module.STATEMENTS for source in drug.sources_of(said)}
    keys = {source.key for source in used}
    shipped = (SHIPPED / "sources.toml").read_text(encoding="utf-8")
    assert keys == {line.strip("[]") for line in shipped.splitlines() if line.startswith("[")}
    for source in used:
        assert source.title
        assert source.publisher
        assert source.address or source.key == "none-stated"


def test_a_missing_atc_code_says_why() -> None:
    for drug in ROWS:
        keys = {source.key for source in drug.sources_of("atc")}
        assert keys == ({"who-atc-2026"} if drug.atc else keys & {"who-atc-absent", "who-atc-unclear"})


def test_nothing_that_sedates_rests_on_the_absence_of_a_statement() -> None:
    for drug in ROWS:
        assert not (drug.sedates and any(source.key == "none-stated" for source in drug.sources))


def test_rows_stand_in_the_order_of_their_names() -> None:
    names = [drug.name for drug in ROWS]
    assert names == sorted(names)


@pytest.mark.parametrize("drug_class", list(DrugClass), ids=str)
def test_every_class_has_drugs_and_a_label_to_show(drug_class: DrugClass) -> None:
    assert any(drug.drug_class is drug_class for drug in ROWS)
    assert drug_class.label[0].isupper()
    assert "_" not in drug_class.label
    assert ("Z-drug" in drug_class.label) is (drug_class is DrugClass.Z_DRUG)


@pytest.mark.parametrize(
    "rest", ["1" * 190, "1/" * 90, "1 mg " * 38, "1 mg-" * 38], ids=lambda rest: rest[:4]
)
def test_a_wall_of_text_is_answered_at_once(rest: str) -> None:
    began = time.perf_counter()
    vocabulary().find(f"klonopin {rest}")
    assert time.perf_counter() - began < 1


def test_a_good_file_is_read(load: Load) -> None:
    (drug,) = load([HEADER, GOOD]).drugs
    assert (drug.name, drug.brands, drug.also) == ("clonazepam", ("Klonopin",), ("Rivotril",))
    assert (drug.atc, drug.drug_class) == ("N03AE01", DrugClass.BENZODIAZEPINE)
    assert (drug.sedates, drug.kind) == (True, DrugKind.PRESCRIPTION)
    assert [source.key for source in drug.sources_of("atc")] == ["index"]
    assert [source.key for source in drug.sources_of("sedation")] == ["label"]


@pytest.mark.parametrize(("rows", "why"), BROKEN.values(), ids=BROKEN)
def test_a_row_that_breaks_a_rule_is_refused(load: Load, rows: list[str], why: str) -> None:
    with pytest.raises(VocabularyError, match=why):
        load(rows)


def test_tall_man_letters_without_a_source_are_refused(load: Load) -> None:
    with pytest.raises(VocabularyError, match="tall_man"):
        load([HEADER, GOOD], SOURCES.replace(', "tall_man"', ""))


@pytest.mark.parametrize(("good", "broken", "why"), BROKEN_SOURCES.values(), ids=BROKEN_SOURCES)
def test_a_source_that_breaks_a_rule_is_refused(load: Load, good: str, broken: str, why: str) -> None:
    with pytest.raises(VocabularyError, match=why):
        load([HEADER, GOOD], SOURCES.replace(good, broken, 1))
