"""Each thing that may be wrong with a patient text is refused, with the file and the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from taperplanner.guidance.loading import BrokenContentError, load

from .broken import change, only_error

TEXT = "paper/call-the-clinic.en.md"
TEXTO = "paper/call-the-clinic.es.md"


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        pytest.param(TEXT, "shown_when", "shown", "Unknown key 'shown'", id="unknown key"),
        pytest.param(TEXT, '"always"', '"often"', "Unknown shown_when 'often'", id="shown when"),
        pytest.param(TEXT, '"guideline"', '"stall"', "Unknown source 'stall'", id="unknown source"),
        pytest.param(TEXT, '"guideline"', '"shop"', "rests on the reference document", id="the shop"),
        pytest.param(TEXT, '"Table 3"', '""', "locator is empty", id="empty locator"),
        pytest.param(TEXT, 'locator = "Table 3"', 'page = "3"', "Unknown key 'page'", id="citation"),
        pytest.param(TEXT, "on = 2026-01-31,", "", "on is missing", id="review without a date"),
        pytest.param(TEXTO, "no poder", "<b>no</b> poder", "remove the markup", id="HTML in a bullet"),
        pytest.param(TEXT, '"Call us', '"<i>Call us', "remove the markup", id="HTML in the title"),
        pytest.param(TEXTO, "temblor", "tome media tableta", "dose-like", id="dose in words"),
        pytest.param(TEXT, "no sleep", "more than 0.5 mg", "dose-like", id="dose"),
        pytest.param(TEXT, "no sleep", "no sleep for 2 days", "no number but 911", id="number"),
        pytest.param(TEXT, '"Call us', '"Call 555 for', "no number but 911", id="number in the title"),
        pytest.param(TEXT, "  gets worse", "gets worse", "two spaces", id="bullet runs on"),
    ],
)
def test_load_refuses_a_text_and_names_file_and_line(
    content: Path, name: str, old: str, new: str, reason: str
) -> None:
    line = change(content / name, old, new)

    error = only_error(content)

    assert error.path == content / name
    assert reason in error.reason
    if "missing" not in reason:  # what is absent has no line of its own
        assert error.line == line


@pytest.mark.parametrize("name", [TEXT, TEXTO])
def test_load_refuses_a_text_that_is_missing_in_a_language(content: Path, name: str) -> None:
    (content / name).unlink()

    error = only_error(content)

    assert error.path == content / name
    assert "'call-the-clinic' is missing in" in error.reason


def test_load_refuses_a_paper_without_a_place_for_the_clinics_phones(content: Path) -> None:
    for name in (TEXT, TEXTO):
        (content / name).rename(content / name.replace("call-the-clinic", "call-us"))

    with pytest.raises(BrokenContentError) as broken:
        load(content)

    assert [error.path for error in broken.value.errors] == [content / TEXT, content / TEXTO]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("- no poder dormir\n", "", "number of bullets"),
        ("\n¿Está en peligro? Llame al 911.\n", "", "number of paragraphs"),
        ("Llame al 911", "Llámenos", "numbers"),
        ("Table 3", "Table 2", "sources"),
        ("order = 1", "order = 2", "order"),
        ('"always"', '"split"', "shown_when"),
    ],
)
def test_load_refuses_a_translation_that_is_not_of_the_same_text(
    content: Path, old: str, new: str, what: str
) -> None:
    change(content / TEXTO, old, new)

    error = only_error(content)

    assert (error.path, error.reason) == (
        content / TEXTO,
        f"The Spanish and the English differ in their {what}.",
    )


@pytest.mark.parametrize(
    "name", ["paper/call-the-clinic.fr.md", "paper/call-the-clinic.md", "paper/notes.txt"]
)
def test_load_refuses_a_file_of_the_paper_in_no_known_language(content: Path, name: str) -> None:
    (content / name).write_text((content / TEXT).read_text(encoding="utf-8"), encoding="utf-8")

    error = only_error(content)

    assert error.path == content / name
    assert "one of en, es" in error.reason


SENDS = ("Call us the same day for", "Call 911 for")
ENVIA = ("Llámenos el mismo día en caso de", "Llame al 911 en caso de")


@pytest.mark.parametrize(
    ("signs", "reason"),
    [
        pytest.param("", "signs is missing", id="none"),
        pytest.param('["shaking"]', "one sign for each of the 2 bullets", id="too few"),
        pytest.param('["shaking", "shaking"]', "one sign for each of the 2 bullets", id="one twice"),
        pytest.param('["shaking", "No sleep"]', "A sign is the key of a symptom", id="no key"),
    ],
)
def test_load_refuses_a_text_that_sends_for_help_without_a_sign_for_each_bullet(
    content: Path, signs: str, reason: str
) -> None:
    change(content / TEXT, *SENDS)
    change(content / TEXT, "order = 1", f"order = 1\nsigns = {signs}" if signs else "order = 1")

    error = only_error(content)

    assert error.path == content / TEXT
    assert reason in error.reason


def test_load_refuses_other_signs_in_another_language_and_signs_where_no_help_is_sent_for(
    content: Path,
) -> None:
    for name, title, signs in (
        (TEXT, SENDS, '["shaking", "no_sleep"]'),
        (TEXTO, ENVIA, '["no_sleep", "shaking"]'),
    ):
        change(content / name, "order = 1", f"order = 1\nsigns = {signs}")
        change(content / name, *title)
    assert only_error(content).reason == "The Spanish and the English differ in their signs."

    change(content / TEXT, *reversed(SENDS))
    assert "Only a text whose title sends to 911 or 988" in only_error(content).reason


def test_load_refuses_bullets_after_a_paragraph(content: Path) -> None:
    line = change(content / TEXT, "In danger? Call 911.", "In danger?\n\n- call 911")

    error = only_error(content)

    assert (error.line, error.reason) == (
        line + 2,
        "Write all bullets one after the other, before the paragraphs.",
    )


def test_load_refuses_a_text_without_sources(content: Path) -> None:
    change(content / TEXT, '[[sources]]\nsource = "guideline"\nlocator = "Table 3"\n', "sources = []\n")

    assert only_error(content).reason == "Name at least one source."


def test_load_refuses_a_text_that_says_nothing(content: Path) -> None:
    path = content / TEXT
    path.write_text(path.read_text(encoding="utf-8").split("- shaking")[0], encoding="utf-8")

    assert "Write 1 to 12" in only_error(content).reason
