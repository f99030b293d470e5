"""In production nothing unsafe starts: each refusal, as whoever sets the server up meets it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from django.test import Client

from taperplanner import settings as written

from ..world.universe import PASSWORD, Universe

ROOT: Final = Path(__file__).resolve().parents[2]
GOOD: Final = {
    "PRODUCTION": "true",
    "SECRET_KEY": "k3y" * 20,
    "AUDIT_KEYS": "2026:" + "a7d" * 11,
    "ALLOWED_HOSTS": "taper.clinic.example",
    "SITE_ADDRESS": "https://taper.clinic.example",
}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_production_starts_with_a_secret_and_a_host() -> None:
    started = start(**GOOD)
    assert started.returncode == 0, started.stderr


def test_without_production_nothing_needs_to_be_set() -> None:
    assert start().returncode == 0


@pytest.mark.parametrize(
    ("given", "variable"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": written.DEVELOPMENT_KEY}, "SECRET_KEY"),
        ({"SECRET_KEY": "k" * 49}, "SECRET_KEY"),
        ({"AUDIT_KEYS": ""}, "AUDIT_KEYS"),
        ({"AUDIT_KEYS": f"development:{written.DEVELOPMENT_KEY}"}, "AUDIT_KEYS"),
        ({"AUDIT_KEYS": f"2026:{'a' * 33},2025:{'a' * 31}"}, "AUDIT_KEYS"),
        ({"DEBUG": "true"}, "DEBUG"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "taper.clinic.example,*"}, "ALLOWED_HOSTS"),
        ({"SITE_ADDRESS": "http://taper.clinic.example"}, "SITE_ADDRESS"),
    ],
    ids=[
        "no secret",
        "the default secret",
        "a short secret",
        "no audit key",
        "the default audit key",
        "a short audit key, of before a change",
        "DEBUG",
        "no host",
        "any host",
        "any host too",
        "an address that is not encrypted",
    ],
)
def test_production_refuses_to_start_and_names_the_variable(given: dict[str, str], variable: str) -> None:
    refused = start(**(GOOD | given))
    assert refused.returncode != 0
    last = refused.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert variable in last


@pytest.mark.parametrize("missing", ["SECRET_KEY", "AUDIT_KEYS", "ALLOWED_HOSTS", "SITE_ADDRESS"])
def test_production_refuses_to_start_without(missing: str) -> None:
    refused = start(**{name: value for name, value in GOOD.items() if name != missing})
    assert refused.returncode != 0
    assert missing in refused.stderr.strip().splitlines()[-1]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(universe: Universe) -> None:
    client = Client()
    client.post("/account/login/", {"login": universe.ours.staff.email, "password": PASSWORD})
    client.get("/account/password/change/")
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax"), name
    assert not client.cookies["sessionid"]["max-age"], "signed out when the browser is closed"


def test_what_was_said_to_one_person_ends_with_their_session(universe: Universe) -> None:
    """A message may name what a patient takes: no cookie holds it, and the next person does not see it."""
    client = universe.client_of(universe.ours.manager)
    sent = {"revision": "1", "name": "Riverside Clinic", "phone": "555-0100", "after_hours_phone": "555-0199",
            "time_zone": "America/Denver", "paper_size": "a4", "idle_limit_minutes": "30"}  # fmt: skip
    assert client.post("/clinic/", sent).status_code == 302
    assert set(client.cookies) == {"sessionid"}
    client.logout()
    client.force_login(universe.ours.staff)
    assert "settings were saved" not in client.get("/patients/").content.decode()


COOKIES: Final = """
import django; django.setup()
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from taperplanner.accounts.devices import remember_device
answer = HttpResponse()
remember_device(RequestFactory().get("/"), answer, "a@b.example")
cookie = answer.cookies[settings.DEVICE_COOKIE_NAME]
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.DEVICE_COOKIE_NAME)
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, cookie["secure"])
print(settings.SESSION_COOKIE_PATH, settings.CSRF_COOKIE_PATH, cookie["path"])
print(settings.SESSION_COOKIE_DOMAIN, settings.CSRF_COOKIE_DOMAIN, cookie["domain"] or None)
"""


def test_in_production_every_cookie_is_one_that_only_this_host_can_set() -> None:
    inherited = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    said = subprocess.run(
        [sys.executable, "-c", COOKIES],
        cwd=ROOT,
        env=inherited | GOOD | {"DJANGO_SETTINGS_MODULE": "taperplanner.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stdout
    assert said.splitlines() == [
        "__Host-session __Host-csrf __Host-device",
        "True True True",
        "/ / /",
        "None None None",
    ]
