"""`manage.py serve`, run as the README has it: each line, a page, and the end of it while somebody waits."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from ..house.law import TOP
from ..migrated import GIVEN
from .deployed import asked, free_port, installed, run, served, text_at

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]
SECTION: Final = (TOP / "README.md").read_text().partition("## Run it")[2].partition("\n## ")[0]
_BLOCK: Final = re.findall(r"^```\n(.*?)^```", SECTION, re.MULTILINE | re.DOTALL)
LINES: Final = _BLOCK[0].splitlines()
INSTALL, *PREPARE, SERVE = LINES
SIGN_IN: Final = "/account/login/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All lines but those that install and serve, as they stand. The one that installs is run by `.ci/run`.

    Most of the time goes into `migrate`; whoever gives a migrated database (tests/controls) spares it.
    """
    folder = installed(tmp_path_factory.mktemp("deployed"))
    if given := os.environ.get(GIVEN):
        shutil.copy(given, folder / "clinic.sqlite3")
    for line in PREPARE:
        done = run(folder, line)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        if "create_clinic" in line:
            assert "/account/password/set/" in done.stdout
    return folder


def refusals(folder: Path, line: str = SERVE, **changed: str) -> list[str]:
    refused = run(folder, f"{line} --port {free_port()}", **changed)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert "Traceback" not in refused.stderr
    first, *reasons = refused.stderr.strip().splitlines()
    assert first == "CommandError: It is not served:"
    return reasons


def test_the_readme_has_one_block_that_ends_with_serving() -> None:
    assert len(_BLOCK) == 1
    assert INSTALL == "python3 -m venv .venv && .venv/bin/pip install -r requirements/run.txt"
    assert SERVE == ".venv/bin/python manage.py serve"
    assert [line.split()[2] for line in PREPARE] == ["migrate", "collectstatic", "check", "create_clinic"]


@pytest.fixture(scope="module")
def as_it_stands(folder: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The README's line. The last test that asks for it ends it."""
    with served(folder, SERVE) as running:
        yield running


def test_the_readmes_lines_serve_a_page_with_its_styles(
    as_it_stands: tuple[int, subprocess.Popen[str]],
) -> None:
    port, _ = as_it_stands
    assert text_at(port, "/healthz") == "ok\n"
    assert text_at(port, "/healthz/deep") == "ok\n"
    page = text_at(port, SIGN_IN)
    assert "Sign in" in page
    styles = re.findall(r'href="(/static/css/app\.\w+\.css)"', page)
    assert "body" in text_at(port, styles[0])


def test_a_request_that_waits_when_it_is_ended_is_answered(
    folder: Path, as_it_stands: tuple[int, subprocess.Popen[str]]
) -> None:
    """A sign-in writes, and somebody else holds the database for as long as we like."""
    port, server = as_it_stands
    sent, headers = a_sign_in(port)
    with (
        ThreadPoolExecutor(1) as browser,
        closing(sqlite3.connect(folder / "clinic.sqlite3", isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        post = asked(port, SIGN_IN, sent, **headers)
        waiting = browser.submit(lambda: urllib.request.urlopen(post, timeout=60))
        time.sleep(1.5)
        assert not waiting.done()
        server.send_signal(signal.SIGTERM)
        time.sleep(1.5)
        assert not waiting.done()
        assert server.poll() is None
        with pytest.raises(urllib.error.URLError):
            text_at(port, "/healthz")
        other.execute("ROLLBACK")
        with waiting.result(timeout=60) as answered:
            assert answered.status == 200
            assert "Sign in" in answered.read().decode()
        assert server.wait(timeout=60) == 0


def a_sign_in(port: int) -> tuple[bytes, dict[str, str]]:
    with urllib.request.urlopen(asked(port, SIGN_IN), timeout=60) as answer:
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())[0]
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
    sent = f"csrfmiddlewaretoken={token}&login=x@y.example&password=nobody".encode()
    return sent, {"Cookie": cookie, "Referer": f"https://127.0.0.1:{port}{SIGN_IN}"}


def test_without_production_it_is_not_served(folder: Path) -> None:
    assert refusals(folder, PRODUCTION="false") == [
        "* PRODUCTION is not true: set it, or try the product with manage.py demo."
    ]


def test_while_migrations_wait_it_is_not_served(folder: Path, tmp_path: Path) -> None:
    (reason,) = refusals(folder, DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert re.fullmatch(r"\* \d+ migrations wait, the first is [\w.]+: run manage.py migrate\.", reason)


def test_with_a_weak_key_no_static_files_and_a_trigger_missing_each_reason_is_said(
    folder: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.sqlite3"
    changed.write_bytes((folder / "clinic.sqlite3").read_bytes())
    with closing(sqlite3.connect(changed)) as database:
        (name,) = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1").fetchone()
        database.execute(f'DROP TRIGGER "{name}"')
    manifest = folder / "var/static/staticfiles.json"
    kept = manifest.rename(folder / "kept.json")
    try:
        reasons = refusals(folder, SECRET_KEY="k" * 50, DATABASE_URL=f"sqlite:///{changed}")
    finally:
        kept.rename(manifest)
    static, key, *of_database = reasons
    assert static == "* The static files are not collected: run manage.py collectstatic --noinput."
    assert "security.W009" in key
    assert any(f"The trigger {name} is missing" in reason for reason in of_database)


def test_without_a_database_it_says_so(folder: Path) -> None:
    address = f"postgres://nobody@127.0.0.1:{free_port()}/nothing"
    assert refusals(folder, DATABASE_URL=address) == ["* The database does not answer."]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("--certificate manage.py", "* TLS needs both --certificate and --key."),
        ("--certificate manage.py --key no.pem", "* no.pem cannot be read."),
    ],
)
def test_half_of_tls_is_not_served(folder: Path, options: str, reason: str) -> None:
    assert refusals(folder, f"{SERVE} {options}") == [reason]


def test_it_serves_over_tls(folder: Path) -> None:
    made = run(
        folder,
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out chain.pem -days 2 -subj /CN=localhost",
    )
    if made.returncode:
        pytest.skip("no openssl on this machine to make a certificate with")
    import ssl

    with served(folder, f"{SERVE} --certificate chain.pem --key key.pem") as (port, _):
        context = ssl.create_default_context(cafile=str(folder / "chain.pem"))
        browser = http.client.HTTPSConnection("localhost", port, context=context, timeout=60)
        with closing(browser):
            browser.request("GET", "/healthz")
            assert browser.getresponse().read() == b"ok\n"


def test_a_database_that_is_away_is_told_within_a_second_with_a_session_too(folder: Path) -> None:
    """It answered 500: the session lies in the database. Here it takes connections and never says a word."""
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen(20)
        line = (
            ".venv/bin/python -c 'import sys; from pathlib import Path; from taperplanner.serving.server import *;"
            ' serve(Serving("127.0.0.1", int(sys.argv[2]), threads=2))\''
        )
        away = f"postgres://nobody@127.0.0.1:{mute.getsockname()[1]}/nothing"
        with served(folder, line, DATABASE_URL=away) as (port, _):
            began = time.monotonic()
            with pytest.raises(urllib.error.HTTPError) as told:
                urllib.request.urlopen(
                    asked(port, "/healthz", Cookie="__Host-session=" + "a" * 32), timeout=10
                )
            assert time.monotonic() - began < 1.2
            with told.value as answer:
                assert answer.status == 503
                assert answer.read().decode() == "The database does not answer within a second.\n"


@pytest.fixture(scope="module")
def watched(folder: Path) -> Iterator[tuple[int, int]]:
    """A server that is watched: its port, and that of its metrics."""
    metrics = free_port()
    with served(folder, f"{SERVE} --metrics-port {metrics}", LOG_FORMAT="json") as (port, _):
        text_at(port, SIGN_IN)
        yield port, metrics


def test_metrics_are_given_by_an_option_and_name_nobody(watched: tuple[int, int]) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{watched[1]}/metrics", timeout=10) as answer:
        metrics = answer.read().decode()
    assert "granian_" in metrics
    assert "Riverside" not in metrics


def test_as_json_each_line_of_the_log_is_one_object(folder: Path, watched: tuple[int, int]) -> None:
    first, *lines = (folder / "served.log").read_text().splitlines()
    assert first.startswith("Serving at http://127.0.0.1:")
    said = [json.loads(line) for line in lines]
    assert "account_login" in {line.get("view") for line in said}


def test_a_process_that_serves_ends_within_the_units_time() -> None:
    unit = (TOP / "docs/deploy/taperplanner.service").read_text()
    compose = (TOP / "compose.yaml").read_text()
    seconds = int(re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)[0])
    assert f"stop_grace_period: {seconds}s" in compose
    readme = (TOP / "README.md").read_text()
    assert int(re.findall(r"`REQUEST_SECONDS` \| `(\d+)`", readme)[0]) + 10 < seconds


def test_systemd_takes_the_unit(folder: Path) -> None:
    unit = (TOP / "docs/deploy/taperplanner.service").read_text()
    here = folder / "taperplanner.service"
    here.write_text(unit.replace("/srv/taperplanner", str(folder)))
    try:
        verified = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(here)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("no systemd-analyze on this machine")
    of_ours = [line for line in verified.stderr.splitlines() if "taperplanner" in line]
    assert (verified.returncode, of_ours) == (0, [])


def test_systemd_finds_the_unit_hardened() -> None:
    unit = str(TOP / "docs/deploy/taperplanner.service")
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=20", unit]
    try:
        judged = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except FileNotFoundError:
        pytest.skip("no systemd-analyze on this machine")
    assert judged.returncode == 0, judged.stdout[-500:] + judged.stderr
