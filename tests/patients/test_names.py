from __future__ import annotations

import unicodedata

import pytest

from taperplanner.patients.names import (
    KEY_BYTES,
    NotAName,
    clean_mrn,
    clean_name,
    keys_of,
    list_name,
    name_key,
)

INVISIBLE = {
    "left-to-right embedding": "\u202a",
    "right-to-left embedding": "\u202b",
    "pop directional": "\u202c",
    "left-to-right override": "\u202d",
    "right-to-left override": "\u202e",
    "left-to-right isolate": "\u2066",
    "right-to-left isolate": "\u2067",
    "first strong isolate": "\u2068",
    "pop isolate": "\u2069",
    "left-to-right mark": "\u200e",
    "right-to-left mark": "\u200f",
    "zero width space": "\u200b",
    "zero width non-joiner": "\u200c",
    "zero width joiner": "\u200d",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "NUL": "\x00",
    "bell": "\x07",
    "escape": "\x1b",
    "delete": "\x7f",
    "private use": "\ue000",
    "lone surrogate": "\ud800",
    "Hangul filler": "\u3164",
    "blank Braille": "\u2800",
    "tag letter": "\U000e0041",
}


@pytest.mark.parametrize("character", INVISIBLE.values(), ids=INVISIBLE.keys())
@pytest.mark.parametrize("where", ["{}Ana", "A{}na", "Ana{}"], ids=["first", "inside", "last"])
def test_a_name_with_an_invisible_character_is_refused_with_a_sentence(character: str, where: str) -> None:
    with pytest.raises(NotAName, match="invisible character; type it again"):
        clean_name(where.format(character))
    with pytest.raises(NotAName, match="invisible character; type it again"):
        clean_mrn(where.format(character))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("  Ana   María ", "Ana María", id="spaces"),
        pytest.param("Ana\tMaría\n", "Ana María", id="a pasted tab and line end are spaces"),
        pytest.param("Ana\u00a0María", "Ana María", id="no-break space"),
        pytest.param(unicodedata.normalize("NFD", "Zoë"), "Zoë", id="composed"),
        pytest.param("محمد الأحمد", "محمد الأحمد", id="Arabic"),
        pytest.param("王小明", "王小明", id="Chinese"),
        pytest.param('O\'Brien "Bob"', 'O\'Brien "Bob"', id="quotes"),
        pytest.param("<b>Bo</b>", "<b>Bo</b>", id="HTML is text"),
        pytest.param("Ana 🌻", "Ana 🌻", id="emoji beside letters"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_name_is_kept_as_typed_in_composed_letters(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize("typed", ["🌻", "123", "...", "—"])
def test_a_name_without_a_letter_is_refused(typed: str) -> None:
    with pytest.raises(NotAName, match="type it in letters"):
        clean_name(typed)


@pytest.mark.parametrize("typed", ["A-1001", "0042", "AB/12.3", "12 34", "x_1#2"])
def test_an_mrn_of_plain_characters_is_kept(typed: str) -> None:
    assert clean_mrn(f" {typed} ") == typed


@pytest.mark.parametrize(
    "typed",
    ["А-1001", "A–1001", "１００１", "١٠٠١", "-1001", "A<1>", "A'1", "Ä1"],
    ids=ascii,
)
def test_an_mrn_with_a_look_alike_is_refused(typed: str) -> None:
    with pytest.raises(NotAName, match="letters A to Z"):
        clean_mrn(typed)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Zoë ÅNGSTRÖM", "zoe angstrom"),
        ("Łukasz Strauß", "lukasz strauss"),
        ("O'Brien-Smith", "o brien smith"),
        ("Ｗｉｄｅ", "wide"),
        ("İstanbul", "istanbul"),
        ("राम", "राम"),
        ("王小明", "王小明"),
        ("!!!", ""),
    ],
)
def test_a_key_has_no_accents_no_case_and_single_spaces(name: str, key: str) -> None:
    assert name_key(name).decode() == key


def test_a_key_is_whole_characters_within_its_length() -> None:
    key = name_key("é" + "語" * 200)

    assert len(key) <= KEY_BYTES
    assert key.decode().startswith("e語")


def test_a_patient_has_a_key_for_each_word_and_for_names_run_together() -> None:
    keys = {key.decode() for key in keys_of("Ana María", "O'Brien", "Nita", "MRN-0042")}

    assert {"ana", "maria", "o", "brien", "nita", "mrn", "0042"} <= keys
    assert {"obrien", "anamaria", "obrienanamaria", "mrn0042"} <= keys
    assert "" not in keys


def test_someone_with_one_name_is_listed_without_a_comma() -> None:
    assert list_name("", "Sukarno") == "Sukarno"
    assert list_name("Ana", "Rivera") == "Rivera, Ana"
