"""The clinic works while its server is killed and started again; then what is there is compared with what was acknowledged."""

from __future__ import annotations

import shutil
import threading
import time
from argparse import Namespace
from collections import Counter
from pathlib import Path
from random import Random
from typing import Final

from django.conf import settings
from django.core.management import call_command

from ..serving.deployed import installed
from .checking import check
from .clients import CONTACTS, DRAFTS, Person, Stopped
from .clinic import Clinic, prepare
from .databases import Database, PostgreSQL
from .harm import harm
from .ledger import KINDS, Ledger
from .server import Server
from .traced import Disk, NoStrace, looked_on

WRITES_OF_ONE: Final = DRAFTS + 1 + 2 * CONTACTS + 1
SHOWN: Final = 20


def crash(asked: Namespace, database: Database, folder: Path) -> int:
    install(folder, asked.migrated)
    clinic = prepare(asked.clients * (asked.writes // (asked.clients * WRITES_OF_ONE) + 2) + 1, asked.clients)
    ledger, disk = Ledger(), Disk(database.on_disk)
    server = Server(folder, database.address, **(wrong(folder) if asked.control else {}))
    server.start()
    began = time.monotonic()
    try:
        kills = work(asked, database, server, clinic, ledger)
        took = time.monotonic() - began
        not_looked_on = look_on(database, server, clinic, ledger, disk)
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


def install(folder: Path, migrated: Path | None) -> None:
    installed(folder)
    settings.STATIC_ROOT = folder / "var/static"
    call_command("collectstatic", interactive=False, verbosity=0)
    if migrated:
        (folder / "clinic.sqlite3").write_bytes(migrated.read_bytes())


def report(asked: Namespace, ledger: Ledger, kills: Counter[str], took: float) -> None:
    acknowledged = ", ".join(f"{ledger.acknowledged[kind]:,} {kind}" for kind in KINDS)
    told = ", ".join(f"{count} {kind}" for kind, count in kills.items())
    print(f"{asked.vendor}: {ledger.count:,} writes were acknowledged ({acknowledged}) in {took:.0f} s")
    print(f"kills: {kills.total()} ({told}); sent again: {ledger.sent_again:,}")


def wrong(folder: Path) -> dict[str, str]:
    shutil.copy(Path(__file__).with_name("undurable.py"), folder)
    return {"DJANGO_SETTINGS_MODULE": "undurable"}


def look_on(database: Database, server: Server, clinic: Clinic, ledger: Ledger, disk: Disk) -> str:
    """While one patient's course is written, one thing after the other. Why not, if not."""
    *_, place = clinic.places
    alone = Person(server.port, clinic, [place], ledger, threading.Event(), Random(1))
    try:
        with looked_on([*server.worker_ids(), *database.processes], disk, server.folder / "trace"):
            alone.course(place)
    except Stopped:
        return "syncs were not counted: what was sent was refused"
    except NoStrace as reason:
        return f"syncs were not counted: {reason}"
    return ""


def work(
    asked: Namespace, database: Database, server: Server, clinic: Clinic, ledger: Ledger
) -> Counter[str]:
    is_over, chance = threading.Event(), Random(asked.seed)
    places = clinic.places[:-1]
    threads = [
        threading.Thread(
            target=Person(
                server.port, clinic, places[one :: asked.clients], ledger, is_over, Random(chance.random())
            ).work
        )
        for one in range(asked.clients)
    ]
    for thread in threads:
        thread.start()
    kills = Counter[str]()
    try:
        for number in range(asked.kills):
            wait_for(ledger, asked.writes * (number + 1) // (asked.kills + 1))
            time.sleep(0 if asked.control else chance.random() / 2)
            kind = database.rounds[number % len(database.rounds)]
            kill(kind, database, server, chance)
            kills[kind] += 1
        wait_for(ledger, asked.writes)
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
    return kills


def wait_for(ledger: Ledger, count: int) -> None:
    while ledger.count < count and not ledger.refused:
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
