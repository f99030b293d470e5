"""`backup` and `restore`, as whoever runs the server meets them at three in the morning."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from secrets import token_hex
from typing import Any, Final

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test import override_settings

import taperplanner
from taperplanner.audit.models import Event
from taperplanner.backups import packing
from taperplanner.backups.making import file_name
from taperplanner.backups.manifest import Manifest
from taperplanner.backups.packing import manifest_of
from taperplanner.backups.place import Settings, pointed_at, settings_now, settings_of
from taperplanner.catalogue.check import check_catalogue
from taperplanner.catalogue.rights import lacking_rights
from taperplanner.handouts.models import PaperFile
from taperplanner.patients.models import Patient

from .clinic import as_operator, everything, is_server
from .commands import backup_to, is_nothing_at, restore_to

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("backups")]
FLIPS: Final = 25
LONG: Final = 5  # letters that do not stand among random bytes by chance


def test_whoever_owns_the_tables_lacks_no_right(db: None) -> None:
    assert list(lacking_rights(connection)) == []


# --- All is well ------------------------------------------------------------------------------


def test_every_row_of_every_table_is_back(backup: Path, place: str) -> None:
    before = everything()
    said = restore_to(place, backup)
    with pointed_at(settings_of(place)):
        assert everything() == before
    assert PaperFile.objects.exists()
    assert "Everything in it is as it was written. Next: stop the server" in said
    assert said.count("Restored: ") == 1


def test_the_manifest_says_what_must_be_found(backup: Path) -> None:
    manifest = manifest_of(backup)
    assert manifest.version == taperplanner.__version__
    assert manifest.rows == {table: len(rows) for table, rows in everything().items()}
    assert "audit.0002_chain" in manifest.migrations
    assert {head["count"] for head in manifest.heads} == {
        Event.objects.chained().filter(chain_id=head["chain_id"]).count() for head in manifest.heads
    }
    assert all(head["signature"] for head in manifest.heads)
    assert len(manifest.sha256) == 64


def test_it_is_for_its_owner_alone_and_shows_nothing_without_the_key(backup: Path, clinic: Settings) -> None:
    content = backup.read_bytes()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    names = [name for name in Patient.objects.values_list("family_name", flat=True) if len(name) >= LONG]
    assert names
    for text in ("tapers_version", "PGDMP", "SQLite format 3", *names):
        assert text.encode() not in content
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_it_says_how_far_it_is_and_what_it_wrote(clinic: Settings, tmp_path: Path) -> None:
    said = backup_to(tmp_path)
    (path,) = tmp_path.iterdir()
    assert path.name.startswith("taperplanner-")
    assert path.suffix == ".backup"
    assert f"{path} is written: " in said
    assert "encrypted with the key 'of-tests'" in said
    for words in (
        "Copying",
        "Writing",
        "Opening again",
        "Counting the rows",
        "events are read",
        "What was signed",
    ):
        assert words in said


def test_a_backup_is_named_after_its_moment_in_utc() -> None:
    assert file_name(datetime(2026, 3, 2, 3, 4, 5, tzinfo=UTC)) == "taperplanner-20260302T030405Z.backup"


def test_without_a_key_it_says_that_it_is_not_encrypted(clinic: Settings, tmp_path: Path, place: str) -> None:
    path = tmp_path / "plain.backup"
    with override_settings(BACKUP_KEYS={}):
        assert "not encrypted" in backup_to(path)
    with pytest.raises(CommandError, match="It is not encrypted, and BACKUP_KEYS has a key"):
        restore_to(place, path)
    assert "Everything in it is as it was written" in restore_to(place, path, not_encrypted=True)


def test_a_restore_needs_nothing_of_the_applications_own_database(
    backup: Path, place: str, tmp_path: Path
) -> None:
    gone = settings_now() | {"NAME": "gone" if is_server() else str(tmp_path / "gone" / "db.sqlite3")}
    if is_server():
        pytest.skip(
            "the server is there, and a database that is gone on it is no other case than one that is empty"
        )
    with pointed_at(gone):
        assert "Restored: " in restore_to(place, backup)


def test_the_version_is_that_of_the_package() -> None:
    text = Path("pyproject.toml").read_text()
    assert f'\nversion = "{taperplanner.__version__}"\n' in text


# --- What is refused --------------------------------------------------------------------------


def test_a_byte_that_is_changed_anywhere_is_found_and_nothing_is_left(
    backup: Path, place: str, tmp_path: Path
) -> None:
    content, random = backup.read_bytes(), Random(20260302)
    damaged = tmp_path / "damaged.backup"
    for _ in range(FLIPS):
        at, bit = random.randrange(len(content)), 1 << random.randrange(8)
        damaged.write_bytes(content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :])
        with pytest.raises(CommandError, match=r"^Nothing is restored\. [A-Z][^\n]*$"):
            restore_to(place, damaged)
    assert is_nothing_at(place)


@pytest.mark.parametrize("part", [0, 10, 0.5, -1])
def test_a_file_that_is_cut_short_is_found_and_nothing_is_left(
    part: float, backup: Path, place: str, tmp_path: Path
) -> None:
    content, cut = backup.read_bytes(), tmp_path / "cut.backup"
    cut.write_bytes(content[: int(len(content) * part) if isinstance(part, float) else part])
    with pytest.raises(CommandError, match=r"^Nothing is restored\. (It is damaged|This is no backup)"):
        restore_to(place, cut)
    assert is_nothing_at(place)


def test_a_wrong_key_is_said_and_nothing_is_left(backup: Path, place: str) -> None:
    for keys, words in (
        (
            {"of-tests": "another secret of thirty-two characters"},
            "is not the one that it was encrypted with",
        ),
        ({}, "which BACKUP_KEYS does not have"),
    ):
        with override_settings(BACKUP_KEYS=keys), pytest.raises(CommandError, match=words):
            restore_to(place, backup)
    assert is_nothing_at(place)


def test_a_backup_of_a_newer_version_is_refused(
    clinic: Settings, tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "newer.backup"
    monkeypatch.setattr("taperplanner.backups.manifest.THIS_RELEASE", "0.3.0")
    backup_to(path)
    monkeypatch.undo()
    with pytest.raises(
        CommandError, match=r"made by version 0\.3\.0 of the product, which is newer than this one"
    ):
        restore_to(place, path)
    assert is_nothing_at(place)


def test_a_migration_that_this_version_does_not_have_is_a_newer_version(backup: Path) -> None:
    manifest = manifest_of(backup)
    later = Manifest(**vars(manifest) | {"migrations": [*manifest.migrations, "tapers.9999_of_tomorrow"]})
    with pytest.raises(Exception, match="newer than this one"):
        later.refuse_unless_known()


def test_it_is_never_restored_over_what_is_there(backup: Path, clinic: Settings, place: str) -> None:
    restore_to(place, backup)
    before = everything()
    own = place.replace(str(settings_of(place)["NAME"]), str(clinic["NAME"]))
    for taken in (place, own):
        with pytest.raises(CommandError, match=r"already\. A restore goes into a new place"):
            restore_to(taken, backup)
    assert everything() == before


def test_no_backup_is_written_over_another_one(backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(CommandError, match=r"There is no backup\. .* is there already"):
        backup_to(backup)
    assert backup.read_bytes() == before


def test_an_address_of_another_kind_is_refused(backup: Path, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path}/x" if is_server() else "postgres://somebody@host/name"
    for wrong in (other, "nonsense", ""):
        with pytest.raises(CommandError, match=r"Nothing is restored\. "):
            restore_to(wrong, backup)


def test_where_it_cannot_be_written_there_is_none(clinic: Settings, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no backup\. .*No such file"):
        backup_to(tmp_path / "away" / "x.backup")


def test_a_full_disk_leaves_nothing(clinic: Settings, tmp_path: Path) -> None:
    full = Path("/dev/full")

    def written(*_: Any, **__: Any) -> None:
        with full.open("wb", buffering=0) as file:
            file.write(b"x")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "write", written)
        with pytest.raises(CommandError, match=r"There is no backup\. .*No space left"):
            backup_to(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_manifest_is_one_line_of_json(backup: Path) -> None:
    manifest = manifest_of(backup)
    assert Manifest.read(manifest.written) == manifest
    assert set(json.loads(manifest.written)) == {
        *("version", "vendor", "made_at", "sha256", "size", "rows", "migrations", "heads")
    }


def test_a_short_secret_encrypts_nothing(clinic: Settings, tmp_path: Path) -> None:
    short = override_settings(BACKUP_KEYS={"short": "x" * 31})
    with short, pytest.raises(CommandError, match=r"There is no backup\. Set BACKUP_KEYS to name:secret"):
        backup_to(tmp_path)
    assert list(tmp_path.iterdir()) == []


# --- Whose it is ------------------------------------------------------------------------------


@pytest.fixture
def application(clinic: Settings) -> Iterator[str]:
    if not is_server():
        pytest.skip("SQLite has no roles")
    name = f"application_{token_hex(4)}"
    as_operator(clinic, f"CREATE ROLE {name} LOGIN")
    yield name
    as_operator(clinic, f"DROP ROLE {name}")


def test_tables_of_another_role_than_the_applications_are_said(
    backup: Path, clinic: Settings, place: str, application: str
) -> None:
    with pointed_at(clinic | {"USER": application}):
        said = restore_to(place, backup)
    assert (
        f"Its tables belong to {clinic['USER']}, and the application signs in as {application}, to whom"
        in said
    )
    with pointed_at(settings_of(place) | {"USER": application}):
        (error,) = check_catalogue(["default"])
    assert error.id == "append_only.E007"
    assert (
        f"which belongs to {clinic['USER']}: {application} may not DELETE or INSERT or SELECT or UPDATE"
        in error.msg
    )
    with pointed_at(settings_of(place)), connection.cursor() as cursor:
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {application}"
        )
    with pointed_at(settings_of(place) | {"USER": application}):
        assert check_catalogue(["default"]) == []
    with pointed_at(settings_of(place)), connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {application}")


def test_a_role_that_may_make_no_database_is_told_of_it_and_takes_an_empty_one(
    clinic: Settings, place: str, tmp_path: Path, application: str
) -> None:
    with (
        pointed_at(clinic | {"USER": application}),
        pytest.raises(CommandError, match="with --check-in, or give the role"),
    ):
        backup_to(tmp_path)
    as_operator(clinic, f"CREATE DATABASE {settings_of(place)['NAME']}")
    assert "is written: " in backup_to(tmp_path, check_in=place)
    with pointed_at(settings_of(place)):
        assert connection.introspection.table_names() == []
