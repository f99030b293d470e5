"""The application server: granian, for the product and for the demo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

# Its lines go where ours go, and as ours do.
LOGGED_AS_OURS: Final = {"loggers": {"_granian": {"handlers": [], "propagate": True}}}


@dataclass(frozen=True)
class Serving:
    """`stop_seconds`: how long those requests that run when it is ended may go on. `metrics_port`: None for none."""

    host: str
    port: int
    threads: int
    workers: int = 1
    certificate: Path | None = None
    key: Path | None = None
    stop_seconds: int | None = None
    metrics_port: int | None = None


def serve(serving: Serving) -> None:
    """Until it is ended: by SIGTERM or SIGINT it takes no new request, finishes those that run, and returns.

    A browser keeps six connections open; they cost nothing while they are idle, so they are not counted
    (`backpressure` would). What is worked on at once is bounded by the threads.
    """
    Server(
        "taperplanner.wsgi:application",
        address=serving.host,
        port=serving.port,
        interface=Interfaces.WSGI,
        workers=serving.workers,
        blocking_threads=serving.threads,
        websockets=False,
        ssl_cert=serving.certificate,
        ssl_key=serving.key,
        respawn_failed_workers=True,
        workers_kill_timeout=serving.stop_seconds,
        metrics_enabled=serving.metrics_port is not None,
        metrics_port=serving.metrics_port or 0,
        log_level=LogLevels.warning,
        log_dictconfig=LOGGED_AS_OURS,
    ).serve()
