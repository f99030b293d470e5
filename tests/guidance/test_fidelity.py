"""No clause of the reference document is dropped or turned unsaid."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from taperplanner.guidance import shown as places
from taperplanner.guidance.document_lines import DocumentLine, lines_of, runs
from taperplanner.guidance.library import ClaimStatus, Entry, Library, library
from taperplanner.guidance.loading import load, read
from taperplanner.guidance.management.commands import guidance_lines
from taperplanner.guidance.shown import ONLY_HERE, where_shown

from .broken import change, only_error
from .claims import CLAIMS, RUN_TOGETHER

LINES = library().lines()
KEPT = "calmazine/stopping/never.md"
CORRECTED = "calmazine/withdrawal/how-soon.md"


def said_of(line: DocumentLine) -> str:
    """What the entries say that rest on the line, and what of it is named as left out."""
    entries = (part for entry in line.entries for part in (entry.title, *entry.paragraphs, entry.note))
    return " ".join((*entries, *(left_out.says for left_out in line.left_out))).casefold()


def printed(*options: str) -> str:
    out = io.StringIO()
    call_command("guidance_lines", *options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("line", LINES, ids=lambda line: str(line.number))
def test_each_clause_of_each_line_is_said_or_named_as_left_out(line: DocumentLine) -> None:
    said = said_of(line)
    assert [claim for claim in CLAIMS[line.number] if claim.casefold() not in said] == []


def test_the_table_of_claims_has_every_line() -> None:
    assert [line.number for line in LINES] == sorted(CLAIMS)


@pytest.mark.parametrize("number", RUN_TOGETHER)
def test_the_strength_run_together_is_named_as_left_out(number: int) -> None:
    assert "run together" in said_of(LINES[number - 1])


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("uses/restless-legs", ClaimStatus.CORRECTED),  # "may alleviate" is not kept
        ("side-effects/mood", ClaimStatus.CORRECTED),  # irritability is a side effect too
        ("interactions/other-sedatives", ClaimStatus.KEPT),  # "avoid" is
    ],
)
def test_an_entry_is_called_kept_only_where_its_lines_are(name: str, status: ClaimStatus) -> None:
    assert library().entry(*name.split("/")).status is status


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("withdrawal/dangerous-symptoms", ("seizures", "delirium", "psychosis", "suicide")),
        ("withdrawal/what-brings-it-on", ("life-threatening",)),
        ("monitoring/mood-and-suicidal-thoughts", ("suicide",)),
        ("monitoring/what-to-ask", ("seizures", "confusion", "suicide")),
        ("interactions/opioids", ("coma", "death")),
        ("side-effects/mood", ("suicide",)),
        ("side-effects/breathing", ("life-threatening",)),
    ],
)
def test_what_is_dangerous_stands_in_the_first_paragraph_and_not_in_the_note(
    name: str, first: tuple[str, ...]
) -> None:
    entry = library().entry(*name.split("/"))
    assert [word for word in first if word not in entry.paragraphs[0].casefold()] == []


@pytest.mark.parametrize("topic", ["withdrawal", "monitoring"])
def test_what_is_dangerous_is_the_first_entry_beside_a_schedule(topic: str) -> None:
    assert "suicide" in library().topic(topic, beside=True)[0].paragraphs[0].casefold()


@pytest.mark.parametrize("topic", ["withdrawal", "monitoring", "interactions", "emergency"])
def test_no_text_beside_a_schedule_begins_with_the_document(topic: str) -> None:
    assert not [
        entry.title for entry in library().topic(topic, beside=True) if "document" in entry.paragraphs[0]
    ]


def test_a_text_that_has_more_than_its_lines_names_what_completes_it() -> None:
    entry = library().entry("withdrawal", "dangerous-symptoms")
    assert entry.source_line.startswith("Reference document, lines 25 and 29, completed from Joint Clinical")
    assert "Of these the document names only seizures." in entry.note


@pytest.mark.parametrize(
    "words", ["up to a week", "30 to 40 hours", "more than 12 months", "After the last dose"]
)
def test_beside_a_schedule_stands_when_symptoms_show_and_how_long_they_last(words: str) -> None:
    texts = [entry.text for entry in library().topic("withdrawal", beside=True)]
    assert any(words.casefold() in text.casefold() for text in texts)


# The command, and what it is made from.


def test_the_command_prints_every_line_with_its_entries_and_where_they_are_shown() -> None:
    rows = printed().splitlines()
    assert {row[:3] for row in rows[1:]} == {f"{number:>3}" for number in range(1, 71)}
    [row] = [row for row in rows if "stopping/never-abruptly" in row]
    assert row.startswith(
        " 29  kept       stopping/never-abruptly, “Never suddenly, always supervised”. Shown "
    )
    assert "on paper (do not stop)" in row


def test_the_command_prints_why_a_line_is_left_out() -> None:
    [row] = [row for row in printed().splitlines() if row.startswith(" 37") and "significant risk" in row]
    assert row.startswith(" 37  left out   That short courses bring relief without significant risk. Unsafe.")


def test_the_command_prints_the_same_as_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(printed("--csv"))))
    assert len(rows) == len(printed().splitlines()) - 1
    assert {row["line"] for row in rows} == {str(number) for number in range(1, 71)}
    assert {row["standing"] for row in rows} == {"kept", "corrected", "left out"}


@pytest.mark.parametrize("broken", ["lines = [1]", "lines = [3]"])
def test_a_line_that_disappears_from_every_file_fails_the_command_and_the_check(
    content: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    monkeypatch.setattr(guidance_lines, "CONTENT", content)
    assert "nowhere" not in printed()
    change(content / "calmazine/left_out.toml", broken, "lines = [2]")
    number = broken[-2]

    out = io.StringIO()
    with pytest.raises(CommandError, match=f"line {number}: nowhere") as error:
        call_command("guidance_lines", stdout=out)

    assert error.value.returncode == 1
    assert f"  {number}  nowhere" in out.getvalue()
    assert f"line {number}: not covered" in only_error(content).reason


def test_the_command_says_which_file_cannot_be_read(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guidance_lines, "CONTENT", content)
    change(content / KEPT, '"line 2"', '""')
    with pytest.raises(CommandError, match=r"never\.md, line 10: locator is empty"):
        printed()


def test_neighbours_that_stand_in_the_same_places_are_one_row() -> None:
    rows = runs(LINES)
    assert "lines 42 to 48" in [row.lines_line for row in rows]
    assert sum(len(row.entries) for row in rows) < sum(len(line.entries) for line in LINES)


def test_a_document_has_the_lines_of_its_own_drug_alone(content: Path) -> None:
    loaded = load(content)
    assert [len(line.entries) for line in lines_of(loaded.documents["calmazine"], loaded.entries)] == [
        0,
        2,
        0,
    ]
    assert not any(line.entries for line in lines_of(loaded.documents["calmazine"], library().entries))


# Where an entry is shown.


@pytest.fixture
def entry(content: Path) -> Entry:
    return Library(load(content)).entry("withdrawal", "how-soon")


def test_an_entry_that_no_room_shows_stands_on_the_guidance_pages_only(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "shown", ())
    assert where_shown(entry) == (ONLY_HERE,)


def test_an_entry_is_shown_by_its_topic_its_name_and_its_concerns(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        places,
        "shown",
        (
            places.ShownAt("here", topics=("withdrawal",)),
            places.ShownAt("there", names=("withdrawal/how-soon",)),
            places.ShownAt("of a patient", by_concern=True),
            places.ShownAt("nowhere", topics=("stopping",)),
        ),
    )
    assert where_shown(entry) == ("here", "there", "of a patient (opioid, seizure disorder)")


def test_what_states_a_pace_is_shown_on_the_guidance_pages_only() -> None:
    assert {where_shown(entry) for entry in library().entries if entry.only_on_guidance_page} == {
        (ONLY_HERE,)
    }


def test_what_an_entry_calls_its_text_on_paper_must_be_there(content: Path) -> None:
    change(content / KEPT, "order = 1", 'order = 1\non_paper = ["call-nobody"]')
    assert only_error(content).reason == "on_paper: there is no patient text call-nobody."


@pytest.mark.parametrize(
    ("file", "source"),
    [(CORRECTED, "shop"), (KEPT, "guideline")],
    ids=["from the document itself", "an entry that is kept"],
)
def test_only_a_correction_is_completed_and_from_another_source(
    content: Path, file: str, source: str
) -> None:
    change(
        content / file, "order = ", f'completed_from = "{source}"\ncompleted_locator = "Table 2"\norder = '
    )
    assert only_error(content).reason == "Only a correction is completed, and from another source."


@pytest.mark.parametrize("key", ["completed_from", "completed_locator"])
def test_half_a_completion_is_refused(content: Path, key: str) -> None:
    value = {"completed_from": "guideline", "completed_locator": "Table 2"}[key]
    change(content / CORRECTED, "order = ", f'{key} = "{value}"\norder = ')
    missing = ({"completed_from", "completed_locator"} - {key}).pop()
    assert only_error(content).reason == f"{missing} is missing."


def test_a_folder_is_read_though_a_line_is_nowhere(content: Path) -> None:
    change(content / "calmazine/left_out.toml", "lines = [1]", "lines = [2]")
    assert read(content).entries == read(content).entries
