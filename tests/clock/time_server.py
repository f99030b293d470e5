"""A time server on this machine that answers as it is told: right, wrong, malformed, not at all."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Thread

EPOCH = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Reply:
    """What stands in the answer. `ahead`: how far the server's clock is ahead of ours."""

    ahead: timedelta = timedelta()
    leap: int = 0
    version: int = 4
    mode: int = 4
    stratum: int = 2
    dispersion: int = 1 << 10
    name: bytes = b"\x7f\0\0\1"
    origin: bytes | None = None
    is_timed: bool = True
    length: int = 48

    def bytes_for(self, asked: bytes) -> bytes:
        stamp = stamp_of(datetime.now(UTC) + self.ahead) if self.is_timed else 0
        flags = self.leap << 6 | self.version << 3 | self.mode
        origin = asked[40:48] if self.origin is None else self.origin
        packet = struct.pack("!BBbbII4sQ8sQQ", flags, self.stratum, 6, -20, 0, self.dispersion, self.name,
                             stamp, origin, stamp, stamp)  # fmt: skip
        return packet[: self.length]


def stamp_of(moment: datetime) -> int:
    microseconds = (moment - EPOCH) // timedelta(microseconds=1)
    return (microseconds * (1 << 32) // 1_000_000) % (1 << 64)


@contextmanager
def serving(answer: Callable[[bytes], bytes | None]) -> Iterator[str]:
    """Gives the address. `answer`: of a request, or nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        thread = Thread(target=_answer, args=(listening, answer), daemon=True)
        thread.start()
        port = listening.getsockname()[1]
        try:
            yield f"127.0.0.1:{port}"
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"", ("127.0.0.1", port))
            thread.join()


def _answer(listening: socket.socket, answer: Callable[[bytes], bytes | None]) -> None:
    while True:
        asked, address = listening.recvfrom(512)
        if not asked:
            return
        if reply := answer(asked):
            listening.sendto(reply, address)
