"""The clinic works while its server is killed and started again; then what is there is compared with what was acknowledged."""

from __future__ import annotations

import shutil
import threading
import time
from argparse import Namespace
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from django.conf import settings
from django.core.management import call_command

from ..serving.deployed import installed
from .checking import check
from .clients import CONTACTS, DRAFTS, Person
from .clinic import Clinic, prepare
from .databases import Database, PostgreSQL
from .harm import harm
from .ledger import DISPENSING, KINDS, Ledger
from .server import Server
from .traced import Disk, NoStrace, looked_on

WRITES_OF_ONE: Final = DRAFTS + 1 + 2 * CONTACTS + 1
SHOWN: Final = 20


def crash(asked: Namespace, database: Database, folder: Path) -> int:
    install(folder)
    clinic = prepare(asked.clients * (asked.writes // (asked.clients * WRITES_OF_ONE) + 2) + 1, asked.clients)
    ledger, disk = Ledger(), Disk(database.on_disk)
    server = Server(folder, database.address, **(wrong(folder) if asked.control else {}))
    *people, alone = people_of(asked, server, clinic, ledger, is_over := threading.Event())
    server.start()
    began = time.monotonic()
    try:
        kills = work(asked, database, server, people, ledger, is_over)
        took = time.monotonic() - began
        not_looked_on = look_on(database, server, alone, disk)
    finally:
        server.stop()
    if asked.control:
        harm()
    found = check(ledger)
    report(asked, ledger, kills, took)
    print(f"lost: {len(found.lost)}; doubled: {len(found.doubled)}; by half: {len(found.partial)}")
    early = sum(map(bool, disk.answers))
    print(not_looked_on or f"answers: {len(disk.answers)}, syncs: {disk.syncs}; answered before: {early}")
    for sentence in [*ledger.refused, *found.lost, *found.doubled, *found.partial][:SHOWN]:
        print(f"* {sentence}")
    return 0 if found.is_clean and not ledger.refused and not early else 1


def install(folder: Path) -> None:
    installed(folder)
    settings.STATIC_ROOT = folder / "var/static"
    call_command("collectstatic", interactive=False, verbosity=0)


def report(asked: Namespace, ledger: Ledger, kills: Counter[str], took: float) -> None:
    acknowledged = ", ".join(f"{ledger.acknowledged[kind]:,} {kind}" for kind in KINDS)
    told = ", ".join(f"{count} {kind}" for kind, count in kills.items())
    print(f"{asked.vendor}: {ledger.count:,} writes were acknowledged ({acknowledged}) in {took:.0f} s")
    print(f"kills: {kills.total()} ({told}); sent again: {ledger.sent_again:,}")


def wrong(folder: Path) -> dict[str, str]:
    shutil.copy(Path(__file__).with_name("undurable.py"), folder)
    return {"DJANGO_SETTINGS_MODULE": "undurable"}


def look_on(database: Database, server: Server, alone: Person, disk: Disk) -> str:
    """While one patient's course is written, one thing after the other. Why not, if not."""
    try:
        with looked_on([*server.worker_ids(), *database.processes], disk, server.folder / "trace"):
            alone.work()
    except NoStrace as reason:
        alone.work()
        return f"syncs were not counted: {reason}"
    return ""


def people_of(
    asked: Namespace, server: Server, clinic: Clinic, ledger: Ledger, is_over: threading.Event
) -> list[Person]:
    """Each with patients of their own. The last of them works alone, when all others are done."""
    chance = Random(asked.seed)
    shares = [clinic.places[one : -1 : asked.clients] for one in range(asked.clients)]
    people = [
        Person(server.port, clinic, share, ledger, is_over, Random(chance.random())) for share in shares
    ]
    last = clinic.places[-1:]
    people.append(Person(server.port, clinic, last, ledger, threading.Event(), Random(chance.random())))
    return people


def work(
    asked: Namespace,
    database: Database,
    server: Server,
    people: list[Person],
    ledger: Ledger,
    is_over: threading.Event,
) -> Counter[str]:
    chance = Random(asked.seed)
    threads = [threading.Thread(target=person.work) for person in people]
    for thread in threads:
        thread.start()
    kills, enough = Counter[str](), Enough(ledger, threads, time.monotonic() + asked.minutes * 60)
    try:
        for number in range(asked.kills):
            enough.wait(asked.writes * (number + 1) // (asked.kills + 1))
            if enough.is_late():
                break
            if asked.control:
                enough.wait(ledger.acknowledged[DISPENSING] + 1, DISPENSING)
            else:
                time.sleep(chance.random() / 2)
            kind = database.rounds[number % len(database.rounds)]
            kill(kind, database, server, chance)
            kills[kind] += 1
            print(f"kill {number + 1} of {asked.kills}, of {kind}: {ledger.count:,} writes", flush=True)
        enough.wait(asked.writes)
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
    return kills


@dataclass
class Enough:
    """Until so many are acknowledged, or it is `until`."""

    ledger: Ledger
    threads: list[threading.Thread]
    until: float

    def is_late(self) -> bool:
        return time.monotonic() > self.until

    def wait(self, count: int, *kinds: str) -> None:
        """Of these kinds, or of all."""
        while sum(self.ledger.acknowledged[kind] for kind in kinds or KINDS) < count:
            if self.ledger.refused or self.is_late():
                return
            if not any(thread.is_alive() for thread in self.threads):
                raise RuntimeError("There were too few patients for so many writes.")
            time.sleep(0.02)


def kill(kind: str, database: Database, server: Server, chance: Random) -> None:
    if kind == "server":
        server.kill()
        server.start()
    elif kind == "worker":
        server.kill_worker(chance)
    elif isinstance(database, PostgreSQL):
        if kind == "database":
            database.kill()
            database.start()
        else:
            database.kill_backend(chance)
            database.wait_until_up()
        server.wait_until_up()
