"""A server of ours under load: many who read, save and ask for papers at once, and whether it still answers `/healthz`.

    .venv/bin/python -m tests.load --clients 64 --seconds 120 --patients 10000
    .venv/bin/python -m tests.postgres .venv/bin/python -m tests.load
    .venv/bin/python -m tests.load --sign-ins 30
    .venv/bin/python -m tests.load --patients 1000 --clients 16 --soak 30

80 % of what is asked is read, 15 % saved, 5 % papers. The database is a new one in a temporary folder, or the empty one
that DATABASE_URL names. Ends with 1 for an answer of 400 or more, a locked database, something that was acknowledged and
is not there, or a `/healthz` slower than a second; `--soak MINUTES` also for memory of the server that grows.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

from .load_answers import Answers, report
from .load_clinic import Plan
from .load_memory import Memory, watch_memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taperplanner.settings")

ROOT: Final = Path(__file__).resolve().parents[1]
LOGIN: Final = "/account/login/"
KINDS: Final = ("read", "save", "paper")
SHARES: Final = (80, 15, 5)
ASKS_HEALTH_EVERY: Final = 0.2  # seconds
TOKEN: Final = "t" * 32
LONGEST: Final = 150  # seconds; a paper is given up after 120


def prepare(patients: int, people: int) -> tuple[list[Plan], list[str], list[str]]:
    """Patients with a signed plan each, sessions of two who are signed in, and the e-mail addresses of people who are not."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections, transaction
    from django.test import Client

    from taperplanner.accounts import actions
    from taperplanner.accounts.models import User
    from taperplanner.accounts.permissions import Role

    from .load_clinic import fill
    from .world.universe import NOW, build_houses

    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        house = build_houses().ours
    plans = fill(house, patients)
    sessions = []
    for user in (house.provider, house.staff):
        browser = Client()
        browser.force_login(user)
        sessions.append(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    emails = [f"many-{number}@riverside.example" for number in range(people)]
    with transaction.atomic():
        for email in emails:
            actions.add_user(
                clinic=house.clinic,
                email=email,
                name="Many",
                credentials="",
                roles={Role.STAFF},
                by=house.manager,
                at=NOW,
            )
        User.objects.filter(email__in=emails).update(password=house.staff.password)
    connections.close_all()
    return plans, sessions, emails


@contextmanager
def server(workers: int, threads: int, log: Path) -> Iterator[tuple[int, int]]:
    """As docs/running.md starts it. Gives the port, and the first process."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += [
        "--workers",
        str(workers),
        "--blocking-threads",
        str(threads),
        "taperplanner.wsgi:application",
    ]
    env = os.environ | {"TRUSTED_PROXY_COUNT": "1"}  # so that not all come from one address
    with log.open("wb") as written:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=written, stderr=subprocess.STDOUT)
        try:
            until = time.monotonic() + 60
            while ask(port, "GET", "/healthz")[0] != http.HTTPStatus.OK:
                assert time.monotonic() < until, log.read_text()
                time.sleep(0.2)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(timeout=LONGEST)


def ask(
    port: int, method: str, path: str, session: str = "", sent: dict[str, str] | None = None, by: str = ""
) -> tuple[int, bytes]:
    """0 where nobody answers. `by`: the address that it comes from, as a proxy says."""
    headers = {"Cookie": f"csrftoken={TOKEN}" + (f"; sessionid={session}" if session else "")}
    headers |= {"X-Forwarded-For": by} if by else {}
    body = None
    if sent is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode({**sent, "csrfmiddlewaretoken": TOKEN})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return 0, b""
    finally:
        connection.close()


def timed(answers: Answers, kind: str, *asked: object) -> None:
    began = time.monotonic()
    status, body = ask(*asked)  # type: ignore[arg-type]
    answers.note(kind, status or 599, time.monotonic() - began, body)


def client(port: int, plans: Sequence[Plan], session: str, seed: int, until: float, answers: Answers) -> None:
    chance, first = random.Random(seed), list(KINDS[seed : seed + 1])  # so that each kind is asked
    while time.monotonic() < until:
        plan, kind = chance.choice(plans), first.pop() if first else chance.choices(KINDS, SHARES)[0]
        if kind == "read":
            timed(answers, kind, port, "GET", chance.choice(plan.pages), session)
        elif kind == "paper":
            timed(
                answers,
                kind,
                port,
                "GET",
                f"{plan.preview}?layout=checklist&size=standard&language=en",
                session,
            )
        else:
            sent = {"product": "2", "quantity": str(chance.randint(1, 99)), "dispensed_on": "03/02/2026"}
            timed(answers, kind, port, "POST", plan.dispensing, session, {**sent, "once": uuid4().hex})


def watch(port: int, over: threading.Event, answers: Answers) -> None:
    while not over.wait(ASKS_HEALTH_EVERY):
        timed(answers, "healthz", port, "GET", "/healthz")


def all_of(threads: Sequence[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def warm_up(port: int, plan: Plan, session: str, workers: int) -> None:
    """Each process reads its addresses, templates and modules at its first pages, which is not measured."""
    pages = [*plan.pages, plan.preview, plan.dispensing, LOGIN]
    for page in pages:
        all_of([threading.Thread(target=ask, args=(port, "GET", page, session)) for _ in range(2 * workers)])
    nobody = {"login": "nobody@riverside.example", "password": "nothing"}
    for number in range(8 * workers):  # a process is chosen by chance
        ask(port, "POST", LOGIN, "", nobody, f"198.51.100.{number}")


def load(port: int, plans: Sequence[Plan], sessions: Sequence[str], asked: argparse.Namespace) -> Answers:
    answers, until = Answers(), time.monotonic() + asked.seconds
    all_of(
        [
            threading.Thread(
                target=client, args=(port, plans, sessions[seed % len(sessions)], seed, until, answers)
            )
            for seed in range(asked.clients)
        ]
    )
    return answers


def sign_ins(port: int, emails: Sequence[str]) -> Answers:
    """All at once, each person from a device of their own with the right password."""
    from .world.universe import PASSWORD

    answers, threads = Answers(), []
    for number, email in enumerate(emails):
        sent = {"login": email, "password": PASSWORD}
        asked = ("sign in", port, "POST", LOGIN, "", sent, f"192.0.2.{number}")
        threads.append(threading.Thread(target=timed, args=(answers, *asked)))
    all_of(threads)
    return answers


def as_served(asked: argparse.Namespace) -> None:
    """By as many processes and threads as `manage.py serve`, unless told."""
    from django.db import connection

    from taperplanner.serving.management.commands.serve import THREADS, WORKERS

    asked.workers, asked.threads = asked.workers or WORKERS[connection.vendor], asked.threads or THREADS


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name, default in {
        "clients": 64,
        "seconds": 120,
        "patients": 100,
        "workers": 0,
        "threads": 0,
    }.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument(
        "--soak", type=int, default=0, metavar="MINUTES", help="so long, and watch its memory"
    )
    parser.add_argument("--sign-ins", type=int, default=0, help="so many at once, and nothing else")
    asked = parser.parse_args(given)
    asked.seconds = asked.soak * 60 or asked.seconds
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/load.sqlite3")
        plans, sessions, emails = prepare(asked.patients, asked.sign_ins)
        as_served(asked)
        log, over, health, memory = Path(folder, "server.log"), threading.Event(), Answers(), Memory()
        with server(asked.workers, asked.threads, log) as (port, process):
            warm_up(port, plans[0], sessions[0], asked.workers)
            watchers = [threading.Thread(target=watch, args=(port, over, health))]
            if asked.soak:
                watchers.append(threading.Thread(target=watch_memory, args=(process, over, memory)))
            for watcher in watchers:
                watcher.start()
            try:
                answers = sign_ins(port, emails) if emails else load(port, plans, sessions, asked)
            finally:
                over.set()
                for watcher in watchers:
                    watcher.join()
        grows = bool(asked.soak) and memory.report()
        failed = report(answers, health, len(re.findall("database is locked", log.read_text())), _stored())
        return int(grows or failed)


def _stored() -> int:
    from taperplanner.monitoring.models import Dispensing

    return Dispensing.objects.count()


if __name__ == "__main__":
    sys.exit(main())
