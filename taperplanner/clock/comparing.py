"""What other clocks say, and how far this server's is from each."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from taperplanner.accounts.models import Clinic
from taperplanner.audit.models import Event

from . import sntp
from .rule import Difference, Source, difference

logger = logging.getLogger(__name__)
NO_ANSWER: Final = "The time server {server} gave no answer that can be used: {why}."
TOO_SLOW: Final = "it took too long"
# Finding a name may hang for longer than the answer may take. It is waited for no longer than this.
LONGEST_WAIT: Final = 4


@dataclass(frozen=True)
class Compared:
    """`silent`: a sentence for each clock that could not be asked. Not for pages: no nurse can do anything about it."""

    differences: tuple[Difference, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def sentences(self) -> list[str]:
        return [*(one.sentence for one in self.differences), *self.silent]


def compare(jump: timedelta) -> Compared:
    """With each clock there is. `jump`: how far this server's went otherwise than time did, since the last look."""
    silent: list[str] = []
    found = [
        difference(Source.JUMP, jump),
        _with_database(),
        _with_events(),
        _with_time_server(silent),
    ]
    return Compared(tuple(one for one in found if one), tuple(silent))


def compare_before_serving() -> Compared:
    """With those that need no table."""
    silent: list[str] = []
    found = [_with_database(), _with_time_server(silent)]
    return Compared(tuple(one for one in found if one), tuple(silent))


def is_another_clock() -> bool:
    """SQLite reads the clock of this very process: to compare the two would say nothing."""
    return connection.vendor == "postgresql"


def time_of_database() -> datetime:
    """The moment at which it was asked, and not, as `now()` would be, at which its transaction began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (moment,) = cursor.fetchone()
    found: datetime = moment
    return found


def newest_event_at() -> datetime | None:
    """The time of the event that was written last, of the clinic where that is latest."""
    last = Event.objects.chained().filter(chain_id=OuterRef("pk")).order_by("-number").values("at")[:1]
    clinics = Clinic.objects.annotate(last_at=Subquery(last))
    found: datetime | None = clinics.aggregate(latest=Max("last_at"))["latest"]
    return found


def _with_database() -> Difference | None:
    if not is_another_clock():
        return None
    before = timezone.now()
    theirs = time_of_database()
    after = timezone.now()
    # It was read somewhere between the two. However slow the answer, no difference is made up of the waiting.
    ahead = before - theirs if theirs < before else min(after - theirs, timedelta())
    return difference(Source.DATABASE, ahead)


def _with_events() -> Difference | None:
    """Only before the newest event: after it a clock may stand as far as it likes."""
    newest = newest_event_at()
    return difference(Source.EVENTS, min(timezone.now() - newest, timedelta())) if newest else None


def _with_time_server(silent: list[str]) -> Difference | None:
    server = settings.NTP_SERVER
    if not server:
        return None
    try:
        return difference(Source.TIME_SERVER, _within(LONGEST_WAIT, lambda: sntp.ahead_of(server)))
    except sntp.NoAnswer as problem:
        silent.append(NO_ANSWER.format(server=server, why=problem))
        return None


def _within(seconds: int, ask: Callable[[], timedelta]) -> timedelta:
    """Raises: NoAnswer."""
    answers: SimpleQueue[timedelta | sntp.NoAnswer] = SimpleQueue()

    def put() -> None:
        try:
            answers.put(ask())
        except sntp.NoAnswer as problem:
            answers.put(problem)

    Thread(target=put, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise sntp.NoAnswer(TOO_SLOW) from None
    if isinstance(answer, sntp.NoAnswer):
        raise answer
    return answer


def what_is_compared() -> Iterator[str]:
    """For the manager's page: with what, and with what not."""
    yield "With the time of the newest event in the audit log: the clock may not stand before it."
    yield "With itself: whether it jumped."
    if is_another_clock():
        yield "With the clock of the database."
    else:
        yield "Not with the clock of the database: it is on the same machine, and has the same clock."
    if settings.NTP_SERVER:
        yield f"With the time server {settings.NTP_SERVER}."
    else:
        yield "Not with a time server: none is configured (NTP_SERVER)."
