"""The head of each chain, written outside the database: a chain cannot see that its own end was cut off."""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from taperplanner.row_digests import canonical

from .keys import Key, key_named, signing_key
from .models import Event

FILE: Final = "audit-heads.jsonl"


class NotAHead(Exception):
    """A line that no key of ours made."""


@dataclass(frozen=True)
class Head:
    chain_id: str
    count: int
    mac: str
    at: str
    key_name: str
    signature: str = ""

    def signed_with(self, key: Key) -> str:
        return key.mac(canonical(["head", self.chain_id, self.count, self.mac, self.at, self.key_name]))


def heads_now(at: datetime) -> Iterator[Head]:
    chained, key = Event.objects.chained(), signing_key()
    for chain_id in chained.order_by("chain_id").values_list("chain_id", flat=True).distinct():
        newest = chained.filter(chain_id=chain_id).order_by("-number")[0]
        head = Head(str(chain_id), newest.number or 0, newest.mac or "", at.isoformat(), key.name)
        yield Head(**asdict(head) | {"signature": head.signed_with(key)})


def append(folder: Path, heads: Iterator[Head]) -> int:
    """At the end of the folder's file, and on the disk when it returns. Gives how many."""
    lines = [json.dumps(asdict(head)) + "\n" for head in heads]
    file = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, "".join(lines).encode())
        os.fsync(file)
    finally:
        os.close(file)
    return len(lines)


def read(folder: Path) -> Iterator[Head]:
    """Raises: NotAHead, OSError."""
    with (folder / FILE).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            yield _read(line, number)


def _read(line: str, number: int) -> Head:
    try:
        head = Head(**json.loads(line))
        UUID(head.chain_id)
    except (ValueError, TypeError, AttributeError) as problem:
        raise NotAHead(f"Line {number} of {FILE} cannot be read.") from problem
    key = key_named(head.key_name)
    if key is None or not hmac.compare_digest(head.signed_with(key), head.signature):
        raise NotAHead(f"Line {number} of {FILE} was not signed with a key that AUDIT_KEYS has.")
    return head
