"""The primary dies while everybody writes: what was acknowledged is counted at the standby that takes its place."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core.management import call_command
from django.db import connection
from django.test import Client

from taperplanner.audit.models import Event
from taperplanner.audit.verify.evidence import findings
from taperplanner.backups.place import Settings, connection_to, pointed_at, settings_of
from taperplanner.patients.models import Patient
from tests.house.law import TOP
from tests.world.universe import PASSWORD, House, build_houses

from .servers import FIRST, SECOND, pair, promote, state_of, wait_for

OWNER, APPLICATION, BACKUP, DATABASE = (
    "taperplanner_owner",
    "taperplanner",
    "taperplanner_backup",
    "taperplanner",
)
SIGN_IN: Final = "/account/login/"
SILENT_FOR: Final = 1.5


@dataclass(frozen=True)
class Outcome:
    """Of what was acknowledged: `lost` is not there, `twice` is there more than once, `partial` lacks its history or event."""

    acknowledged: int
    before: int
    lost: int
    twice: int
    partial: int
    findings: int
    sign_ins: int
    sign_ins_lost: int
    seconds_away: float

    @property
    def is_well(self) -> bool:
        return not (self.lost or self.twice or self.partial or self.findings or self.sign_ins_lost)


def drill(port: int, *, writes: int, writers: int, synchronous: bool, folder: Path) -> Outcome:
    """`synchronous`: otherwise the standby is told nothing for a moment before the primary dies."""
    with pair(port, synchronous=synchronous) as (primary, standby), pointed_at(_prepared(port)):
        house = build_houses().ours
        staying, leaving = _signed_in(house), _signed_in(house)
        if synchronous:
            assert state_of(primary) == [("streaming", "sync")]
        logs = [folder / f"{number}.log" for number in range(writers)]
        with writing(logs, -(-writes // len(logs)), DATABASE_URL=address(port)) as processes:
            _until_written(writes // 3, logs, processes)
            if not synchronous:
                primary.fall_silent()
                time.sleep(SILENT_FOR)
            late = _signed_in(house)  # acknowledged just before the end
            leaving.post("/account/logout/")
            before = _count(logs)
            began = time.monotonic()
            primary.kill()
            primary.fence()
            connection.close()
            promote(standby)
            known = _count(logs)
            wait_for(lambda: _count(logs) > known, "the first write at the new primary")
            away = time.monotonic() - began
            _until_done(processes)
        return _outcome(logs, before, [staying, late], leaving, away)


def _prepared(port: int) -> Settings:
    """As docs/running.md has it: roles by a superuser, tables by the owner. The settings are the application's."""
    by_superuser = settings_of(f"postgres://postgres@{FIRST}:{port}/postgres")
    with connection_to(by_superuser)._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    with pointed_at(by_superuser | {"NAME": DATABASE}):
        call_command("database_roles", owner=OWNER, app=APPLICATION, backup=BACKUP, apply=True, verbosity=0)
    with pointed_at(by_superuser | {"NAME": DATABASE, "USER": OWNER}):
        call_command("migrate", verbosity=0)
    return settings_of(address(port))


def address(port: int) -> str:
    """Both machines: whoever connects is led to the one that takes writes."""
    return (
        f"postgres://{APPLICATION}@{FIRST}:{port},{SECOND}:{port}/{DATABASE}?target_session_attrs=read-write"
    )


@contextmanager
def writing(logs: Sequence[Path], each: int, **given: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """A process a log, that writes `each` patients into the database of `given`; none outlives the block."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.cluster.writer", f"W{number}", str(each), str(log)],
            cwd=TOP,
            env=os.environ | given,
        )
        for number, log in enumerate(logs)
    ]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _until_written(count: int, logs: Sequence[Path], processes: Sequence[subprocess.Popen[bytes]]) -> None:
    while _count(logs) < count:
        if all(process.poll() is not None for process in processes):
            raise SystemExit("The writers ended before the primary did.")
        time.sleep(0.1)


def _until_done(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.wait() != 0:
            raise SystemExit("A writer ended with an error.")


def _count(logs: Sequence[Path]) -> int:
    return sum(len(_lines(log)) for log in logs)


def _lines(log: Path) -> list[str]:
    """The last one may be half written."""
    return log.read_text().split("\n")[:-1] if log.exists() else []


def _signed_in(house: House) -> Client:
    browser = Client()
    answer = browser.post(SIGN_IN, {"login": house.staff.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.status_code
    return browser


def _is_signed_in(browser: Client) -> bool:
    return bool(browser.get("/patients/").status_code == 200)


def _outcome(
    logs: Sequence[Path], before: int, signed_in: Sequence[Client], signed_out: Client, away: float
) -> Outcome:
    acknowledged = [mrn for log in logs for mrn in _lines(log)]
    held: dict[str, list[object]] = {}
    for mrn, key in Patient.objects.filter(mrn__startswith="W").values_list("mrn", "pk"):
        held.setdefault(mrn, []).append(key)
    with_history = set(Patient.history.values_list("id", flat=True))
    with_event = set(Event.objects.filter(action="patient.added").values_list("patient_id", flat=True))
    whole = with_history & with_event
    lost_sign_ins = [browser for browser in signed_in if not _is_signed_in(browser)]
    return Outcome(
        acknowledged=len(acknowledged),
        before=before,
        lost=sum(mrn not in held for mrn in acknowledged),
        twice=sum(len(keys) > 1 for keys in held.values()) + len(acknowledged) - len(set(acknowledged)),
        partial=sum(key not in whole for keys in held.values() for key in keys),
        findings=len(list(findings(tell=lambda _: None))),
        sign_ins=len(signed_in) + 1,
        sign_ins_lost=len(lost_sign_ins) + _is_signed_in(signed_out),
        seconds_away=away,
    )
