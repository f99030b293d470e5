"""Whoever gets past the triggers and rewrites rows and hash together is found by the audit log."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from taperplanner.audit.log import record
from taperplanner.audit.models import Event
from taperplanner.tapers.models import Version
from taperplanner.tapers.signed.content import SignedContent, verified_content
from taperplanner.tapers.signed.rows import SignedRows
from taperplanner.tapers.signed.verify import findings

from ..handouts.test_copies import replace_it
from ..world.plans import signed_version
from ..world.tampering import again, past_the_triggers
from ..world.universe import NOW, Universe


@pytest.fixture
def version(universe: Universe) -> Version:
    first = signed_version(universe.ours)
    replace_it(first, universe)
    return again(first)


def test_what_was_signed_verifies(version: Version, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(findings()) == []
    call_command("verify_signed")
    assert "as it was signed" in capsys.readouterr().out


def test_rows_that_were_rewritten_are_found(version: Version) -> None:
    past_the_triggers("UPDATE tapers_step SET days = 21 WHERE position = 2")
    assert any("not what its hash was made of" in sentence for sentence in findings())
    with pytest.raises(CommandError):
        call_command("verify_signed")


def test_rows_rewritten_together_with_their_hash_are_found(version: Version) -> None:
    past_the_triggers("UPDATE tapers_version SET signed_by_name = 'Somebody Else' WHERE number = 1")
    forged = Version.objects.select_related("plan").get(pk=version.pk)
    new_hash = _hash_of(forged)
    past_the_triggers(
        f"UPDATE tapers_version SET content_hash = '{new_hash}' WHERE signed_by_name = 'Somebody Else'"
    )
    assert verified_content(again(version)).signed_by_name == "Somebody Else", (
        "otherwise this test would show nothing"
    )
    assert [sentence.partition(": ")[2] for sentence in findings()] == [
        "its hash is not the one that was written down at its signature."
    ]


def test_a_dose_of_no_step_is_found(version: Version) -> None:
    past_the_triggers("UPDATE tapers_dose SET position = 99 WHERE id IN (SELECT id FROM tapers_dose LIMIT 1)")
    assert list(findings())


def test_a_version_signed_twice_is_found(version: Version, universe: Universe) -> None:
    event = Event.objects.filter(action="draft.signed").first()
    assert event is not None
    record("draft.signed", by=universe.ours.provider, at=NOW, patient_id=event.patient_id, subject=event.subject,
           details=event.details)  # fmt: skip
    assert any("signed twice" in sentence for sentence in findings())


def test_a_version_that_is_gone_is_found(version: Version) -> None:
    for table in ("dose", "step", "signedproduct"):
        past_the_triggers(
            f"DELETE FROM tapers_{table} WHERE version_id IN (SELECT id FROM tapers_version WHERE number = 2)"
        )
    past_the_triggers("DELETE FROM tapers_version WHERE number = 2")
    assert [sentence.partition(": ")[2] for sentence in findings()] == [
        "it was signed and is not there any more."
    ]


def _hash_of(version: Version) -> str:
    return SignedContent.of(version, SignedRows([version]).schedule(version)).content_hash()
