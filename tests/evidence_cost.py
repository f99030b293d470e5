"""What the chain of events costs, beside the same without it, in one run; and that it holds under 160 writers:

    .venv/bin/python -m tests.evidence_cost
    .venv/bin/python -m tests.postgres .venv/bin/python -m tests.evidence_cost

The database is a new one, and syncs to the disk as in use. Ends with 1 if a figure is not reached.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taperplanner.settings")

MOST: Final = 1.3
READERS, WRITERS = 16, 160
VIEWS, EVENTS_EACH, ROUNDS = 6, 5, 5
SINGLE: Final = 150
Work = Callable[[], object]


def at_once(count: int, work: Callable[[int], object]) -> list[BaseException]:
    """Each in a thread of its own, all begun together. Gives what went wrong."""
    from django.db import connections

    problems: list[BaseException] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            start.wait()
            work(number)
        except BaseException as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems


def write_at_once(clinic_id: Any, writers: int, each: int) -> list[BaseException]:
    from django.utils import timezone

    from taperplanner.audit.log import audited_transaction, record

    def write(number: int) -> None:
        for _ in range(each):
            if number % 2:
                record("a.done", by=None, at=timezone.now(), clinic_id=clinic_id)
                continue
            with audited_transaction():
                record("a.begun", by=None, at=timezone.now(), clinic_id=clinic_id)
                record("a.ended", by=None, at=timezone.now(), clinic_id=clinic_id if number % 4 else None)

    return at_once(writers, write)


@contextmanager
def without_the_chain() -> Iterator[None]:
    with patch("taperplanner.audit.log.link", lambda _events, **_: None):
        yield


def ratio(work: Work, rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Seconds without the chain, with it, and how many times that is: medians of rounds by turns."""
    plain, chained = [], []
    work()
    for _ in range(rounds):
        with without_the_chain():
            plain.append(seconds(work))
        chained.append(seconds(work))
    return median(plain), median(chained), median(chained) / median(plain)


def seconds(work: Work) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


@contextmanager
def new_database(folder: Path) -> Iterator[None]:
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(folder / "cost.sqlite3")
    else:
        with connection.cursor() as cursor:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                cursor.execute(f"ALTER SYSTEM SET {name} = on")
            cursor.execute("SELECT pg_reload_conf()")
        connection.close()
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    yield
    connection.creation.destroy_test_db(before, verbosity=0)


def main() -> int:
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    with tempfile.TemporaryDirectory() as folder, new_database(Path(folder)):
        return measure()


def measure() -> int:
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from taperplanner.audit.log import record
    from taperplanner.audit.models import Event
    from taperplanner.audit.verify.evidence import findings

    from .world.plans import signed_version
    from .world.universe import build_house

    house = build_house("Riverside Clinic", "riverside")
    patient = signed_version(house).plan.patient
    clients = [Client() for _ in range(READERS)]
    for client in clients:
        client.force_login(house.staff)

    def one_by_one() -> None:
        for _ in range(SINGLE):
            record("a.done", by=house.staff, at=timezone.now(), patient_id=patient.pk)

    def look(number: int) -> None:
        for _ in range(VIEWS):
            assert clients[number].get(patient.get_absolute_url()).status_code == 200

    figures = {
        f"{SINGLE} events, one after the other": ratio(one_by_one),
        f"{READERS} readers at once, {VIEWS} pages each": ratio(lambda: check(at_once(READERS, look))),
    }
    for what, (plain, chained, times) in figures.items():
        print(
            f"{connection.vendor}: {what}: {plain:.3f} s without the chain, {chained:.3f} s with it: {times:.2f}×"
        )
    before = Event.objects.chained().count()
    took = seconds(lambda: check(write_at_once(house.clinic.pk, WRITERS, EVENTS_EACH)))
    written = Event.objects.chained().count() - before
    broken = [one.sentence for one in findings() if "told of by no event" not in one.sentence]
    print(
        f"{connection.vendor}: {WRITERS} writers at once: {written} events in {took:.1f} s; findings: {broken}"
    )
    is_well = written == WRITERS * EVENTS_EACH * 3 // 2 and not broken
    return 0 if is_well and all(times <= MOST for _, _, times in figures.values()) else 1


def check(problems: list[BaseException]) -> None:
    if problems:
        raise problems[0]


if __name__ == "__main__":
    sys.exit(main())
