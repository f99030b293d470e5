"""The chain of a clinic's events: each is numbered, and sealed with a key over all that it says and the one before it.

Events of no clinic, such as a failed sign-in, are a chain of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection

from taperplanner.row_digests import canonical, content_of

from .keys import Key, signing_key
from .models import Event

OF_NO_CLINIC: Final = UUID(int=0)
NEWEST: Final = "SELECT number, mac FROM audit_event WHERE chain_id = %s AND number IS NOT NULL ORDER BY number DESC LIMIT 1"
# The newest is read by a statement of its own: it sees what was committed while this one queued.
QUEUE_AND_READ: Final = "SELECT pg_advisory_xact_lock(%s); " + NEWEST
CHECKED: Final = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"


@dataclass(frozen=True)
class Place:
    """The end of a chain."""

    number: int = 0
    mac: str = ""


def chain_of(clinic_id: UUID | None) -> UUID:
    return clinic_id or OF_NO_CLINIC


def check_what_waits() -> None:
    """Before a queue is joined, what else waits to be checked at the commit is checked: it may wait for a row that
    somebody holds who waits in the queue."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(CHECKED)


def link(events: Iterable[Event], *, is_checked: bool = False) -> None:
    """Give each its place, in a transaction at whose end they are written. Whoever comes second waits for that.

    `is_checked`: nothing that was written before in the transaction waits to be checked.
    """
    key = signing_key()
    by_chain: dict[UUID, list[Event]] = {}
    for event in events:
        event.chain_id = chain_of(event.clinic_id)
        by_chain.setdefault(event.chain_id, []).append(event)
    # In one order, so that no two wait for each other.
    for chain_id in sorted(by_chain):
        place = _queue_and_read(chain_id, is_checked=is_checked)
        for event in by_chain[chain_id]:
            event.number, event.key_name = place.number + 1, key.name
            event.mac = mac_of(event, place.mac, key)
            place = Place(event.number, event.mac)


def mac_of(event: Event, mac_before: str, key: Key) -> str:
    return key.mac(canonical([mac_before, content_of(event, but=("mac",))]))


def _queue_and_read(chain_id: UUID, *, is_checked: bool) -> Place:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statements = QUEUE_AND_READ if is_checked else f"{CHECKED}; {QUEUE_AND_READ}"
            cursor.execute(statements, [_lock_of(chain_id), chain_id])
            for _ in range(statements.count(";")):
                cursor.nextset()
        else:  # whoever writes has the whole database
            cursor.execute(NEWEST, [chain_id.hex])
        row = cursor.fetchone()
    return Place(*row) if row else Place()


def _lock_of(chain_id: UUID) -> int:
    return int.from_bytes(chain_id.bytes[:8], signed=True)
