"""The clinic works while its server is killed and started again; then what is there is compared with what was acknowledged."""

from __future__ import annotations

import threading
import time
from argparse import Namespace
from collections import Counter
from pathlib import Path
from random import Random
from typing import Final

from ..serving.deployed import installed, run
from .checking import check
from .clients import CONTACTS, DRAFTS, Worker
from .clinic import Clinic, prepare
from .databases import Database, PostgreSQL
from .harm import harm
from .ledger import KINDS, Ledger
from .server import Server

WRITES_OF_ONE: Final = DRAFTS + 1 + 2 * CONTACTS + 1
SHOWN: Final = 20


def crash(asked: Namespace, database: Database, folder: Path) -> int:
    installed(folder)
    collected = run(
        folder, ".venv/bin/python manage.py collectstatic --noinput", DATABASE_URL=database.address
    )
    assert collected.returncode == 0, collected.stderr
    if asked.migrated:
        (folder / "clinic.sqlite3").write_bytes(asked.migrated.read_bytes())
    clinic = prepare(asked.clients * (asked.writes // (asked.clients * WRITES_OF_ONE) + 2))
    ledger, server = Ledger(), Server(folder, database.address)
    server.start()
    began = time.monotonic()
    try:
        kills = work(asked, database, server, clinic, ledger)
    finally:
        server.stop()
    took = time.monotonic() - began
    if asked.harm:
        harm()
    found = check(ledger)
    acknowledged = ", ".join(f"{ledger.acknowledged[kind]:,} {kind}" for kind in KINDS)
    told = ", ".join(f"{count} {kind}" for kind, count in kills.items())
    print(f"{asked.vendor}: {ledger.count:,} writes were acknowledged ({acknowledged}) in {took:.0f} s")
    print(f"kills: {kills.total()} ({told}); sent again: {ledger.sent_again:,}")
    print(f"lost: {len(found.lost)}; doubled: {len(found.doubled)}; by half: {len(found.partial)}")
    for sentence in [*ledger.refused, *found.lost, *found.doubled, *found.partial][:SHOWN]:
        print(f"* {sentence}")
    return 0 if found.is_clean and not ledger.refused else 1


def work(
    asked: Namespace, database: Database, server: Server, clinic: Clinic, ledger: Ledger
) -> Counter[str]:
    is_over, chance = threading.Event(), Random(asked.seed)
    places = clinic.places
    threads = [
        threading.Thread(
            target=Worker(
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
            time.sleep(chance.random() / 2)
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
