"""Serve the product, unless something about it is not safe to serve."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections

from taperplanner.clock.watch import WATCH
from taperplanner.serving.ready import reasons_not_to_serve
from taperplanner.serving.server import Serving, serve

HOST: Final = "127.0.0.1"
PORT: Final = 8000
# Most of them wait: for the database, for a paper to be set, for a turn. How many work is DATABASE_CONNECTIONS.
THREADS: Final = 64
# SQLite lets one write at a time, and a second process would only wait for it.
WORKERS: Final = {"sqlite": 1, "postgresql": 2}
# What a request may take, and a little to answer it.
ANSWERED_WITHIN: Final = 10


class Command(BaseCommand):
    help = "Serve the product on this machine; static files too. SIGTERM ends it when the running requests are answered."
    requires_system_checks = ()  # it makes all of them itself, and more

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=HOST, help="the address to listen at (default: %(default)s)")
        parser.add_argument("--port", type=int, default=PORT, help="default: %(default)s")
        parser.add_argument(
            "--workers", type=int, default=WORKERS[connection.vendor], help="processes (default: %(default)s)"
        )
        parser.add_argument(
            "--threads",
            type=int,
            default=THREADS,
            help="requests that a process holds, at work or waiting (default: %(default)s)",
        )
        parser.add_argument(
            "--certificate", type=Path, help="serve over TLS with this chain of certificates, in PEM"
        )
        parser.add_argument("--key", type=Path, help="the certificate's private key, in PEM (PKCS#8)")
        parser.add_argument(
            "--metrics-port", type=int, help="Prometheus metrics at this port, for this machine alone"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        reasons = [*_of_tls(options["certificate"], options["key"]), *reasons_not_to_serve()]
        if reasons:
            raise CommandError("\n".join(["It is not served:", *(f"* {reason}" for reason in reasons)]))
        # Said and kept, and served all the same: a clinic must be able to read.
        for sentence in WATCH.look().sentences:
            self.stderr.write(sentence)
        connections.close_all()  # a process that is begun from this one must not share its connections
        scheme = "https" if options["certificate"] else "http"
        self.stdout.write(f"Serving at {scheme}://{options['host']}:{options['port']}/")
        self.stdout.flush()
        serve(
            Serving(
                **{
                    name: options[name]
                    for name in ("host", "port", "workers", "threads", "certificate", "key")
                },
                metrics_port=options["metrics_port"],
                stop_seconds=settings.REQUEST_SECONDS + ANSWERED_WITHIN,
            )
        )


def _of_tls(certificate: Path | None, key: Path | None) -> list[str]:
    if (certificate is None) != (key is None):
        return ["TLS needs both --certificate and --key."]
    return [f"{file} cannot be read." for file in (certificate, key) if file and not _is_readable(file)]


def _is_readable(file: Path) -> bool:
    try:
        return bool(file.read_bytes())
    except OSError:
        return False
