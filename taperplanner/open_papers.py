"""Open a file of down-time papers, where there is no server, no database and no settings.

    python -m taperplanner.open_papers FILE --to OPEN.pdf
    python -m taperplanner.open_papers FILE | lp

It needs Python, the package `cryptography`, and of the product this file, `sealed.py` and `private_files.py`. The key is
taken from BACKUP_KEYS, and is asked for where that is not set.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from getpass import getpass
from pathlib import Path
from typing import Final

from taperplanner.private_files import opened_to_write
from taperplanner.sealed import Refused, Sealed, key_name, keys_in, read

NOT_ON_A_SCREEN: Final = "Say where to write the papers with --to, or send them to a printer: … | lp"


def papers_in(file: Path, keys: Mapping[str, str], ask: Callable[[str], str]) -> bytes:
    """All of it or nothing. `ask`: for the secret, where no keys are given. Raises: Refused, OSError."""
    with file.open("rb") as opened:
        name = key_name(opened, of=Sealed.PAPERS)
        given = keys if keys or name is None else {name: ask(f"Secret of the key {name!r}: ").strip()}
        opened.seek(0)
        return b"".join(read(opened, given, of=Sealed.PAPERS))


def main(arguments: list[str] | None = None) -> int:
    parser = ArgumentParser(prog="python -m taperplanner.open_papers", description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path, help="down-time-….pdf.encrypted")
    parser.add_argument("--to", type=Path, help="a new PDF, for you alone to read; delete it afterwards")
    given = parser.parse_args(arguments)
    try:
        if given.to is None and sys.stdout.isatty():
            raise Refused(NOT_ON_A_SCREEN)
        papers = papers_in(given.file, keys_in(os.environ.get("BACKUP_KEYS", "")), getpass)
        _write(papers, given.to)
    except FileExistsError:
        return _refused(f"{given.to} is there already. Name a new file.")
    except (Refused, OSError, EOFError) as problem:
        return _refused(str(problem))
    return 0


def _write(papers: bytes, to: Path | None) -> None:
    if to is None:
        sys.stdout.buffer.write(papers)
        sys.stdout.buffer.flush()
        return
    with opened_to_write(to) as file:
        file.write(papers)


def _refused(why: str) -> int:
    sys.stderr.write(f"The papers are not opened. {why}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
