"""Whoever reads the log did not write the code: every action and every page has plain words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from taperplanner.accounts.adapter import NOTICES
from taperplanner.audit.models import Event
from taperplanner.audit.page_names import PAGE_NAMES
from taperplanner.audit.sentences import SENTENCES, about, sentence_of

from ..addresses import addresses

HOUSE = Path(__file__).parent.parent.parent / "taperplanner"
ACTION = re.compile(r"[a-z_]+\.[a-z0-9_]+")
RECORDS = re.compile(r"_?record\w*|_start|_event|_signed_out")
# Names that are put together where they are recorded.
ENDINGS = {
    "user.change_": ("acknowledged", "denied"),
    "user.reset_": ("approved", "confirmed", "withdrawn", "refused"),
}
KINDS = ("check_in", "dispensing", "follow_up", "home_count", "review")


def actions_in(tree: ast.AST) -> Iterator[str]:
    """What is given to a call that records, and every name of a constant that is one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            given = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg in {"beyond"})]
            if RECORDS.fullmatch(name):
                yield from _texts(given)
        is_named = isinstance(node, ast.AnnAssign) and ast.unparse(node.target) in {"REFUSED", "MORE_REFUSED"}
        if is_named and isinstance(node, ast.AnnAssign) and node.value:
            yield from _texts([node.value])


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    for given in nodes:
        if isinstance(given, ast.JoinedStr):
            first = given.values[0]
            beginning = first.value if isinstance(first, ast.Constant) else ""
            yield from (f"{beginning}{ending}" for ending in ENDINGS.get(beginning, ()))
            assert beginning in ENDINGS or ast.unparse(given).endswith(".entered_in_error'"), ast.unparse(
                given
            )
            continue
        for node in [given] if isinstance(given, ast.Constant) else ast.walk(given):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and ACTION.fullmatch(node.value)
            ):
                yield node.value


def every_action() -> set[str]:
    found = set(NOTICES.values()) | {f"{kind}.entered_in_error" for kind in KINDS}
    for path in HOUSE.rglob("*.py"):
        found |= set(actions_in(ast.parse(path.read_text())))
    return found


def test_every_action_in_the_code_has_a_sentence_and_no_sentence_is_of_none() -> None:
    found = every_action()
    assert len(found) > 70
    assert found - set(SENTENCES) == set(), "Give it plain words in taperplanner/audit/sentences.py."
    assert set(SENTENCES) - found == set(), "Nothing records this any more."


def test_every_page_has_a_name_that_people_use() -> None:
    named = {address.name for address in addresses()}
    assert named - set(PAGE_NAMES) == set(), "Give it a name in taperplanner/audit/page_names.py."
    assert set(PAGE_NAMES) - named == set(), "There is no such page any more."


@pytest.mark.parametrize(
    ("action", "subject", "details", "sentence"),
    [
        ("patient.page_shown", "tapers:plan", {}, "Opened the schedule page"),
        ("patient.page_shown", "", {}, "Opened a page of a patient"),
        ("patient.page_shown", "gone:page", {}, "Opened a page"),
        (
            "request.refused",
            "patients:patient",
            {"why": ["restricted"]},
            "Was refused the patient’s page: the record is restricted",
        ),
        ("user.page_shown", "an-id", {"page": "accounts:user_edit"}, "Opened a person’s details"),
        (
            "request.refused",
            "tapers:draft_sign",
            {"why": ["role"]},
            "Was refused the page that signs the schedule: the role does not include it",
        ),
        (
            "request.refused",
            "accounts:user_deactivate",
            {"why": ["CannotEditUser"]},
            "Was refused the page that deactivates a person: cannot edit user",
        ),
        (
            "draft.signing_refused",
            "plan 1",
            {"why": "wrong password"},
            "Tried to sign, and was refused: wrong password",
        ),
        ("draft.saved", "plan 1", {"revision": 3}, "Typed in the draft"),
        ("earlier_thing.was_done", "", {}, "Earlier thing: was done"),
    ],
)
def test_an_event_is_said_in_plain_words(
    action: str, subject: str, details: dict[str, object], sentence: str
) -> None:
    assert sentence_of(action, subject, details) == sentence
    assert Event(action=action, subject=subject, details=details).sentence == sentence


def test_what_it_was_done_to_stands_once() -> None:
    assert about("draft.saved", "plan 1", {}) == "plan 1"
    assert about("patient.page_shown", "tapers:plan", {}) == ""
    assert about("request.refused", "accounts:user_edit", {"user": "an-id"}) == "an-id"
