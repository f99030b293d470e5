"""No log holds a link that sets a password: not when its page fails, not when what was sent is refused."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from taperplanner.accounts import actions
from taperplanner.accounts.links import LinkTokens, password_link_path
from taperplanner.accounts.logs import MaskedFormatter
from taperplanner.accounts.models import User
from taperplanner.handouts.paper.codes import new_code, written

from ..world.universe import Universe

MASKED = "/account/password/set/…"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the handler of our settings writes."""
    (handler,) = (one for one in logging.getLogger().handlers if isinstance(one.formatter, MaskedFormatter))
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.fixture
def user(universe: Universe) -> User:
    staff = universe.ours.staff
    actions.make_password_link(user=staff, by=universe.ours.manager, at=timezone.now())
    staff.refresh_from_db()
    return staff


def secret(user: User) -> str:
    return password_link_path(user).rstrip("/").rpartition("/")[2]


def test_a_live_link_is_not_logged_when_its_page_fails(
    user: User, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bool:
        raise RuntimeError(f"The database went away at {password_link_path(user)}")

    link = password_link_path(user)
    monkeypatch.setattr(LinkTokens, "check_token", fail)
    assert Client(raise_request_exception=False).get(link).status_code == 500
    assert f"Internal Server Error: {MASKED}" in log.getvalue()
    assert "went away at" in log.getvalue()
    assert secret(user) not in log.getvalue()


def test_a_live_link_is_not_logged_when_what_was_sent_to_it_is_refused(user: User, log: io.StringIO) -> None:
    assert Client(enforce_csrf_checks=True).post(password_link_path(user)).status_code == 403
    assert MASKED in log.getvalue()
    assert secret(user) not in log.getvalue()


def test_no_logger_of_django_writes_past_the_mask() -> None:
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    own = [one for one in loggers if one.name.startswith("django")]
    assert own
    assert not [one.name for one in own if one.handlers or not one.propagate]


def test_another_address_is_logged_as_it_is(log: io.StringIO) -> None:
    logging.getLogger("django.request").warning("Not Found: %s", "/patients/123/")
    assert "Not Found: /patients/123/" in log.getvalue()


def test_a_papers_code_is_in_no_line_however_it_was_asked_for(db: None, log: io.StringIO) -> None:
    """Whoever watches the log could else follow a patient's paper: a known code, and one that is a letter off."""
    code = written(new_code())
    for path in (f"/handouts/{code}/", f"/handouts/?code={code}", f"/handouts/x{code}/", f"/handouts/{code}"):
        Client().get(path)
        logging.getLogger("django.server").warning('"GET %s HTTP/1.1" 404', path)
        logging.getLogger("django.server").warning("http://localhost:8000%s", path)
    assert "Not Found: /handouts/…/" in log.getvalue()
    for spelling in (
        code,
        code.replace("-", ""),
        code.lower(),
        code.replace("-", "%20"),
        code.replace("-", " "),
    ):
        logging.getLogger().warning("copy %s", spelling)
        assert spelling not in log.getvalue()


def test_a_batchs_address_and_a_file_in_a_traceback_are_logged_whole(log: io.StringIO) -> None:
    for plain in (
        "/handouts/batches/3d4a/handouts.pdf",
        'File "/srv/taperplanner/handouts/copies/views/copies.py", line 74',
        "templates/handouts/copy.html",
    ):
        logging.getLogger().warning(plain)
        assert plain in log.getvalue()
