"""Of a backup, and of what is restored from it."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H84",
        "what was written is opened again and read",
        "taperplanner/backups/making.py",
        "            differs = _read_back(new, again, manifest, tell, check_in)",
        "            differs = ()",
        "tests/backups/test_write_load.py",
    ),
    Control(
        "H84",
        "a part of the file is bound to its place in it",
        "taperplanner/sealed.py",
        'return number.to_bytes(11, "big") + bytes([is_last])',
        'return (0).to_bytes(11, "big") + bytes([is_last])',
        "tests/test_sealed.py",
    ),
    Control(
        "H84",
        "the last part is marked as the last one",
        "taperplanner/sealed.py",
        "        nonce = _nonce(number, is_last=not following)\n        try:",
        "        nonce = _nonce(number, is_last=len(sealed) < AT_ONCE + cipher.tag)\n        try:",
        "tests/test_sealed.py",
    ),
    Control(
        "H84",
        "rows are counted in the copy",
        "taperplanner/backups/verified.py",
        "if rows.get(table) != manifest.rows.get(table):",
        "if False:",
        "tests/backups/test_commands.py tests/backups/test_not_as_written.py",
    ),
    Control(
        "H84",
        "the file of each copy is compared with its SHA-256",
        "taperplanner/handouts/copies/stored.py",
        "        except AlteredFile:\n",
        "        except AlteredFile:\n            continue\n",
        "tests/backups/test_commands.py tests/backups/test_not_as_written.py",
    ),
    Control(
        "H85",
        "nothing is restored over a file that is there",
        "taperplanner/backups/on_sqlite.py",
        "if to.exists() and (not to.is_file() or to.stat().st_size):",
        "if to.is_dir():",
        "tests/backups/test_commands.py tests/backups/test_not_as_written.py",
    ),
    Control(
        "H85",
        "what is restored is read there",
        "taperplanner/backups/restoring.py",
        "if differs and not even_if_not_as_written:",
        "if False:",
        "tests/backups/test_commands.py tests/backups/test_not_as_written.py",
    ),
    Control(
        "H85",
        "a backup of a newer version is refused",
        "taperplanner/backups/manifest.py",
        "if number_of(self.version) > number_of(THIS_RELEASE) or set(self.migrations) - known:",
        "if set(self.migrations) - known:",
        "tests/backups/test_commands.py tests/backups/test_not_as_written.py",
    ),
)
