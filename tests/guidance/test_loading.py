"""Each thing that may be wrong with a content file is refused, with the file and the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from taperplanner.guidance.loading import BrokenContentError, load

from .broken import change, only_error

SOURCES = "sources.toml"
DOCUMENT = "calmazine/left_out.toml"
KEPT = "calmazine/stopping/never.md"
CORRECTED = "calmazine/withdrawal/how-soon.md"
ADDED = "calmazine/tapering/pace.md"


def test_load_takes_content_that_is_right(content: Path) -> None:
    loaded = load(content)

    assert [entry.slug for entry in loaded.entries] == ["how-soon", "never", "pace"]
    assert (
        loaded.documents["calmazine"]
        .left_out[1]
        .source_line.startswith("Guideline, 2025 (A society): Table 2")
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        pytest.param(KEPT, "order = 1", 'tone = "calm"', "Unknown key 'tone'", id="unknown key"),
        pytest.param(
            KEPT, 'source = "shop"', 'source = "stall"', "Unknown source 'stall'", id="unknown source"
        ),
        pytest.param(
            KEPT, 'topic = "stopping"', 'topic = "stop"', "Unknown topic 'stop'", id="unknown topic"
        ),
        pytest.param(KEPT, '"opioid"', '"opium"', "Unknown concerns 'opium'", id="unknown concern"),
        pytest.param(KEPT, '"kept"', '"keep"', "Unknown standing 'keep'", id="unknown standing"),
        pytest.param(KEPT, '"clinician"', '"everyone"', "Unknown audience 'everyone'", id="unknown audience"),
        pytest.param(KEPT, 'locator = "line 2"', 'locator = " "', "locator is empty", id="empty locator"),
        pytest.param(KEPT, '"line 2"', '"line 3"', "write 'line 2'", id="locator against lines"),
        pytest.param(KEPT, '"Never suddenly"', f'"{"a" * 81}"', "81 characters", id="title too long"),
        pytest.param(KEPT, '"Never suddenly"', '"<b>Never</b>"', "remove the markup", id="HTML in the title"),
        pytest.param(KEPT, "A provider", "A <em>provider</em>", "remove the markup", id="HTML in the text"),
        pytest.param(KEPT, "It is never", "At 0.5 mg it is never", "dose-like number", id="dose in the text"),
        pytest.param(
            KEPT, '"Never suddenly"', '"Not 25% at once"', "dose-like number", id="dose in the title"
        ),
        pytest.param(CORRECTED, "Sooner", "5 % sooner", "dose-like number", id="dose in the note"),
        pytest.param(
            KEPT, "lines = [2]", "lines = []", "name lines of the document", id="kept without lines"
        ),
        pytest.param(KEPT, "lines = [2]", "lines = [4]", "has 3 lines", id="line beyond the document"),
        pytest.param(KEPT, "lines = [2]", "lines = [2, 2]", "each once", id="line twice"),
        pytest.param(KEPT, "lines = [2]", 'lines = ["2"]', "list of int", id="line as text"),
        pytest.param(ADDED, "lines = []", "lines = [2]", "added ones do not", id="added with lines"),
        pytest.param(
            KEPT, 'source = "shop"', 'source = "guideline"', "has as its source", id="kept, other source"
        ),
        pytest.param(
            ADDED, 'source = "guideline"', 'source = "shop"', "another source than", id="added, document"
        ),
        pytest.param(
            CORRECTED, '"guideline"', '"shop"', "cannot correct itself", id="note from the document"
        ),
        pytest.param(
            CORRECTED, "next = 2027-01-31", "next = 2026-01-31", "after the last", id="review not later"
        ),
        pytest.param(CORRECTED, "on = 2026-01-31,", "", "on is missing", id="review without a date"),
        pytest.param(
            KEPT, '"awaiting clinical review"', '"fine"', "Unknown status", id="unknown review status"
        ),
        pytest.param(KEPT, "order = 1", 'order = "1"', "must be a whole number", id="wrong type"),
        pytest.param(KEPT, "order = 1", "order = one", "Not TOML", id="not TOML"),
        pytest.param(KEPT, '"calmazine"', '"clonazepam"', "in the folder 'calmazine'", id="wrong folder"),
        pytest.param(
            SOURCES, 'address = "https:', 'address = "ftp:', "begins with https", id="address of no page"
        ),
        pytest.param(
            SOURCES, "read_on = 2026-11-23\nread_at", "read_at", "read_on is missing", id="never read"
        ),
        pytest.param(DOCUMENT, 'why = "Unsafe."', 'why = ""', "why is empty", id="left out without a reason"),
        pytest.param(DOCUMENT, "lines = [3]", "lines = [33]", "line 3: not covered", id="line not covered"),
        pytest.param(DOCUMENT, "lines = 3", 'by = "me"', "Unknown key 'by'", id="unknown key of a document"),
        pytest.param(
            DOCUMENT, 'why = "No claim."', 'for = "x"', "Unknown key 'for'", id="unknown key left out"
        ),
        pytest.param(
            SOURCES, 'published = "2025"', 'year = "2025"', "Unknown key 'year'", id="unknown key of a source"
        ),
        pytest.param(
            CORRECTED, "by = ", 'mood = "good", by = ', "Unknown key 'mood'", id="unknown key of a review"
        ),
        pytest.param(
            DOCUMENT, "A shop's page.", "A <b>shop</b>.", "remove the markup", id="HTML about a document"
        ),
        pytest.param(KEPT, "order = 1", "order = true", "must be a whole number", id="true is no number"),
        pytest.param(KEPT, "order = 1", "order = -1", "must be a whole number", id="number below zero"),
        pytest.param(
            SOURCES, "2026-11-23\nread_at", "2026-11-23T10:00:00\nread_at", "without a time", id="a time"
        ),
    ],
)
def test_load_refuses_and_names_file_and_line(
    content: Path, name: str, old: str, new: str, reason: str
) -> None:
    line = change(content / name, old, new)

    error = only_error(content)

    assert error.path == content / name
    assert reason in error.reason
    assert str(error) == f"{content / name}, line {error.line}: {error.reason}"
    if "missing" not in reason and "not covered" not in reason:  # what is absent has no line of its own
        assert error.line == line


@pytest.mark.parametrize(
    "key",
    [
        "title",
        "topic",
        "drug",
        "audience",
        "order",
        "lines",
        "standing",
        "source",
        "locator",
        "concerns",
        "review",
    ],
)
def test_load_refuses_an_entry_without(content: Path, key: str) -> None:
    path = content / KEPT
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith(f"{key} =")), encoding="utf-8")

    error = only_error(content)

    assert error.path == path
    assert error.reason == f"{key} is missing."


def test_load_refuses_a_correction_without_a_note(content: Path) -> None:
    note = 'note = "Sooner than that."\nnote_source = "guideline"\nnote_locator = "Table 2"\n'
    change(content / CORRECTED, note, "")

    assert only_error(content).reason == "A correction needs a note, with its source."


@pytest.mark.parametrize("key", ["note", "note_source", "note_locator"])
def test_load_refuses_half_a_note(content: Path, key: str) -> None:
    path = content / CORRECTED
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith(f"{key} =")), encoding="utf-8")

    assert only_error(content).reason == f"{key} is missing."


def test_load_refuses_an_address_left_out_of_any_source_but_the_document(content: Path) -> None:
    change(content / SOURCES, 'address = "https://example.org/guideline"\n', "")

    assert only_error(content).reason == "address is missing."


def test_load_refuses_pace_outside_the_topic_of_tapering(content: Path) -> None:
    line = change(content / KEPT, "order = 1", "order = 1\nonly_on_guidance_page = true")

    error = only_error(content)

    assert error.line == line + 1
    assert "'tapering'" in error.reason


def test_load_refuses_pace_in_tapering_without_the_flag(content: Path) -> None:
    change(content / ADDED, "only_on_guidance_page = true\n", "")

    assert "only_on_guidance_page ('5%')" in only_error(content).reason


def test_load_refuses_a_dose_that_is_split_over_two_lines(content: Path) -> None:
    change(content / KEPT, "It is never", "Not at 5\nmg: it is never")

    assert "dose-like number" in only_error(content).reason


@pytest.mark.parametrize("body", ["", "One.\n\nTwo.\n\nThree.\n\nFour."], ids=["none", "four"])
def test_load_refuses_too_few_or_too_many_paragraphs(content: Path, body: str) -> None:
    change(content / KEPT, "It is never stopped suddenly.\n\nA provider supervises.", body)

    assert only_error(content).reason == "Write 1 to 3 paragraphs."


@pytest.mark.parametrize("text", ["", "title = 1", "+++\n+++\n+++\n", "\n+++\n+++\n"])
def test_load_refuses_front_matter_without_its_fences(content: Path, text: str) -> None:
    (content / KEPT).write_text(text, encoding="utf-8")

    assert "Front matter" in only_error(content).reason


def test_load_refuses_a_file_name_that_cannot_be_an_address(content: Path) -> None:
    (content / KEPT).rename(content / "calmazine/stopping/Never Ever.md")

    assert "slug" in only_error(content).reason


def test_load_refuses_a_file_that_is_not_text(content: Path) -> None:
    (content / KEPT).write_bytes(b"\xff\xfe")

    assert only_error(content).reason == "The file is not UTF-8 text."


def test_load_refuses_rows_that_have_no_line_of_their_own(content: Path) -> None:
    text = (content / DOCUMENT).read_text(encoding="utf-8").replace("[[left_out]]", "[[ left_out ]]")
    (content / DOCUMENT).write_text(text, encoding="utf-8")

    assert "headed [[left_out]]" in only_error(content).reason


def test_load_refuses_a_drug_without_its_document(content: Path) -> None:
    (content / DOCUMENT).unlink()

    error = only_error(content)

    assert (error.path, error.reason) == (content / DOCUMENT, "The file is missing.")


@pytest.mark.parametrize("key", ["stopping/none", "tapering/pace", "withdrawal/never"])
@pytest.mark.parametrize("was", ['"stopping/never"', '"withdrawal/how-soon"'])
def test_load_refuses_a_document_that_names_what_may_not_stand_by_a_schedule(
    content: Path, was: str, key: str
) -> None:
    change(content / DOCUMENT, was, f'"{key}"')

    error = only_error(content)

    assert (error.path, error.reason) == (
        content / DOCUMENT,
        f"No entry {key!r} of this drug may stand beside a schedule.",
    )


def test_load_refuses_a_missing_registry(content: Path) -> None:
    (content / SOURCES).unlink()

    assert only_error(content).path == content / SOURCES


def test_load_refuses_a_slug_that_another_drug_uses_in_the_same_topic(content: Path) -> None:
    other = content / "drowsine"
    (other / "stopping").mkdir(parents=True)
    (other / "left_out.toml").write_text(
        'about = []\nlines = 2\nover_schedules = "stopping/never"\ndangerous = []\n[[left_out]]\nlines = [1]\nsays = "A"\nwhy = "B"\n'
    )
    text = (content / KEPT).read_text(encoding="utf-8").replace("calmazine", "drowsine")
    (other / "stopping/never.md").write_text(text, encoding="utf-8")

    error = only_error(content)

    assert error.path == other / "stopping/never.md"
    assert "used by calmazine" in error.reason


def test_load_names_every_wrong_file_at_once(content: Path) -> None:
    change(content / KEPT, "order = 1", "")
    change(content / CORRECTED, "order = 2", "")

    with pytest.raises(BrokenContentError) as broken:
        load(content)

    assert {error.path for error in broken.value.errors} == {content / KEPT, content / CORRECTED}
