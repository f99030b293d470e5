"""A backup is made while the clinic works: it is of one moment, whole, and nothing that was written is in its way."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from taperplanner.accounts.models import User
from taperplanner.audit.log import record
from taperplanner.audit.models import Event
from taperplanner.backups import making, on_sqlite
from taperplanner.backups.manifest import Facts, facts_now
from taperplanner.backups.packing import manifest_of
from taperplanner.backups.place import Settings, pointed_at, settings_of

from .clinic import is_server
from .load import torn_copy, written_to

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("backups")]


def quietly(command: str, *arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_the_tables_are_there(db: None) -> None:
    assert not Event.objects.filter(action="a.done").exists()


def test_a_copy_that_is_made_while_others_write_is_of_one_moment_and_whole(
    clinic: Settings, place: str, tmp_path: Path
) -> None:
    path = tmp_path / "busy.backup"
    with written_to(clinic) as load:
        before = load.count
        quietly("backup", str(path))
        after = load.count
    assert after > before, "nothing was written meanwhile"
    assert "Everything in it is as it was written" in quietly("restore", str(path), to=place)
    with pointed_at(settings_of(place)):
        restored = Event.objects.filter(action="a.done").count()
        numbers = list(
            Event.objects.chained().order_by("chain_id", "number").values_list("chain_id", "number")
        )
    assert before <= restored <= after
    heads = {head["chain_id"]: head["count"] for head in manifest_of(path).heads}
    assert {str(chain): number for chain, number in numbers} == heads
    assert quietly("audit_verify", verbosity=0).endswith("Everything is as it was written.\n")


def test_where_it_is_written_to_all_the_time_the_copy_is_made_all_the_same(
    clinic: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copied a page at a time, each write begins it again; in the end what is written waits for it."""
    if is_server():
        pytest.skip("PostgreSQL's snapshot never begins again")
    monkeypatch.setattr(on_sqlite, "PAGES_AT_ONCE", 1)
    progress = on_sqlite._progress

    def written_after_each_page(tell: Any, begins: int | None) -> Callable[[int, int, int], None]:
        told = progress(tell, begins)

        def page_was_copied(*pages: int) -> None:
            if begins is not None:  # later nobody may write any more
                record("a.done", by=User.objects.earliest("pk"), at=timezone.now())
            told(*pages)

        return page_was_copied

    monkeypatch.setattr(on_sqlite, "_progress", written_after_each_page)
    said = quietly("backup", str(tmp_path / "busy.backup"))
    assert "what is written waits until the copy is whole" in said
    assert "everything in it is as it was written" in said


# --- What would happen otherwise --------------------------------------------------------------


def _copied_by_hand(content: Path, at: datetime, tell: Any, check_in: str | None) -> Facts:
    source = Path(on_sqlite.settings_now()["NAME"])
    facts = facts_now(at)
    torn_copy(source, content)
    return facts


@pytest.fixture
def _by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    if is_server():
        pytest.skip("a file of SQLite's")
    monkeypatch.setattr(on_sqlite, "copy_out", _copied_by_hand)


@pytest.mark.usefixtures("_by_hand")
def test_a_plain_copy_of_a_file_that_is_written_to_is_found_when_it_is_made(
    clinic: Settings, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match=r"^There is no backup\. "):
        quietly("backup", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("_by_hand")
def test_it_is_the_reading_back_that_finds_it(
    clinic: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it the broken copy is kept as a good one: whoever takes the reading back out is told by the test above."""
    monkeypatch.setattr(making, "_read_back", lambda *_: ())
    path = tmp_path / "broken.backup"
    assert "everything in it is as it was written" in quietly("backup", str(path))
    with pytest.raises(CommandError, match=r"^Nothing is restored\. "):
        quietly("restore", str(path), to=f"sqlite:///{tmp_path}/restored.sqlite3")
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
