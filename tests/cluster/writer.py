"""Somebody who registers patients by the product's own action, as fast as it goes, and keeps count of what was acknowledged:

    python -m tests.cluster.writer NAME COUNT LOG [--pause SECONDS]

Each line of LOG is the number of a record whose action came back. Where the database goes away the number is given up,
since nobody was told what became of it, and the next one is tried until somebody answers.
"""

from __future__ import annotations

import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

import django
from django.db import DatabaseError, InterfaceError, connection

Row = TypeVar("Row")
WAITS: Final = 0.05
WRITES_AS: Final = "staff@riverside.example"


def write(name: str, count: int, log: Path, pause: float) -> None:
    from django.utils import timezone

    from taperplanner.accounts.models import User
    from taperplanner.patients.actions import add_patient
    from taperplanner.patients.details import PatientDetails

    by = _when_there(lambda: User.objects.select_related("clinic").get(email=WRITES_AS))
    acknowledged = number = 0
    with log.open("w") as file:
        while acknowledged < count:
            number += 1
            mrn = f"{name}-{number}"
            details = PatientDetails(
                mrn=mrn, given_name="Test", family_name=f"Written {mrn}", date_of_birth=date(1970, 1, 31)
            )
            try:
                add_patient(clinic=by.clinic, details=details, by=by, at=timezone.now())
            except (DatabaseError, InterfaceError):
                connection.close()
                time.sleep(WAITS)
                continue
            acknowledged += 1
            file.write(f"{mrn}\n")
            file.flush()
            time.sleep(pause)


def _when_there(ask: Callable[[], Row]) -> Row:
    while True:
        try:
            return ask()
        except (DatabaseError, InterfaceError):
            connection.close()
            time.sleep(WAITS)


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.cluster.writer")
    parser.add_argument("name")
    parser.add_argument("count", type=int)
    parser.add_argument("log", type=Path)
    parser.add_argument("--pause", type=float, default=0)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taperplanner.settings")
    django.setup()
    from taperplanner.serving.time_outs import set_time_outs

    set_time_outs()
    write(**vars(parser.parse_args()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
