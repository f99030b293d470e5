"""What was changed in the database before it was copied, or is lost on the way: each is found, and nothing is believed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from taperplanner.backups import making
from taperplanner.backups.manifest import Manifest
from taperplanner.backups.place import Settings
from taperplanner.handouts.models import PaperFile

from ..world.tampering import past_the_triggers
from .clinic import is_server
from .commands import backup_to, is_nothing_at, restore_to

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("backups")]


def test_there_is_a_database(db: None) -> None:
    assert not PaperFile.objects.exists()


@pytest.fixture
def doubtful(clinic: Settings) -> Iterator[str]:
    """One day of a signed step was changed past the triggers; and it is put back."""
    past_the_triggers("UPDATE tapers_step SET days = days + 1")
    try:
        yield "what is stored is not what its hash was made of"
    finally:
        past_the_triggers("UPDATE tapers_step SET days = days - 1")


def test_a_copy_of_what_was_tampered_with_is_kept_under_a_name_that_says_so(
    doubtful: str, tmp_path: Path, place: str
) -> None:
    """A backup of what is there is better than none; but nobody takes it for a good one."""
    out = io.StringIO()
    with pytest.raises(CommandError, match="things there are not as they were written"):
        call_command("backup", str(tmp_path), stdout=io.StringIO(), stderr=out)
    (path,) = tmp_path.glob("*.backup*")
    assert path.name.endswith(".backup.not-as-written")
    assert doubtful in out.getvalue()
    with pytest.raises(CommandError, match=r"things in it are not as they were written\. The first: "):
        restore_to(place, path)
    assert is_nothing_at(place)
    with pytest.raises(CommandError, match="It is there, and"):
        restore_to(place, path, even_if_not_as_written=True)
    assert not is_nothing_at(place)


def test_a_paper_that_was_changed_is_found(clinic: Settings, tmp_path: Path) -> None:
    first = PaperFile.objects.order_by("pk").first()
    assert first is not None
    key = first.pk if is_server() else first.pk.hex
    empty = "'\\x25'::bytea" if is_server() else "x'25'"
    kept = "'\\x" if is_server() else "x'"
    past_the_triggers(f"UPDATE handouts_paperfile SET pdf = {empty} WHERE id = '{key}'")
    out = io.StringIO()
    try:
        with pytest.raises(CommandError, match="are not as they were written"):
            call_command("backup", str(tmp_path), stdout=io.StringIO(), stderr=out)
    finally:
        past_the_triggers(
            f"UPDATE handouts_paperfile SET pdf = {kept}{bytes(first.pdf).hex()}' WHERE id = '{key}'"
        )
    assert f"The file of the copy {first.copy_id} is not what was printed." in out.getvalue()


def test_a_row_that_is_lost_on_the_way_is_found(
    clinic: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a table that nothing else watches: the manifest counts it."""
    manifest_as_made = Manifest.of

    def with_one_more(facts: Any, **given: Any) -> Manifest:
        rows = dict(facts.rows) | {"accounts_sentform": facts.rows["accounts_sentform"] + 1}
        return manifest_as_made(type(facts)(rows, facts.migrations, facts.heads), **given)

    monkeypatch.setattr(making.Manifest, "of", with_one_more)
    with pytest.raises(
        CommandError, match=r"There is no backup\. The copy has \d+ rows in accounts_sentform"
    ):
        backup_to(tmp_path)
    assert list(tmp_path.iterdir()) == []
