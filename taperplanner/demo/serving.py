"""The demo's server, for several browsers at once."""

from __future__ import annotations

from typing import Final

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

# Each has a connection to SQLite, which lets one write at a time: more would only wait there.
THREADS: Final = 4


def serve(port: int) -> None:
    """Until it is ended. A browser keeps six connections open; they cost nothing while they are idle, so they are
    not counted (`backpressure` would). What is worked on at once is bounded by the threads."""
    Server(
        "taperplanner.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    ).serve()
