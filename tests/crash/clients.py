"""Who works in the clinic: writes one thing after the other, and sends again what was not answered."""

from __future__ import annotations

import http.client
import re
from datetime import date
from random import Random
from threading import Event
from typing import Final, NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

from ..world.plans import posted_schedule
from ..world.universe import PASSWORD
from .clinic import BORN, Clinic, first_day_of
from .ledger import CHECK_IN, COPY, DISPENSING, DRAFT, VERSION, Ledger, Place, Write, in_letters

TOKEN: Final = "t" * 32
LONGEST: Final = 60  # seconds
DRAFTS, CONTACTS = 3, 6
SETS_A_PAPER: Final = 10  # each tenth patient's copy is a file, which takes a core for a second
SENT_AGAIN: Final = 0.8  # of what was not answered; the rest is given up, and may be there or not
REVISION: Final = re.compile(rb'name="revision"[^>]*?value="(\d+)"')
NOTE: Final = re.compile(rb'name="steps-0-note"[^>]*?value="([^"]*)"')
TOO_OFTEN: Final = b"Too many tries"


class Answer(NamedTuple):
    """Status 0: nobody answered, or not to the end."""

    status: int = 0
    leads_to: str = ""
    page: bytes = b""
    cache: str = ""


class Stopped(Exception):
    """Enough is written."""


class Person:
    def __init__(
        self, port: int, clinic: Clinic, places: list[Place], ledger: Ledger, is_over: Event, chance: Random
    ) -> None:
        self.port, self.clinic, self.places = port, clinic, places
        self.provider = chance.choice(clinic.providers)
        self.ledger, self.is_over, self.chance = ledger, is_over, chance

    def work(self) -> None:
        try:
            for place in self.places:
                self.course(place)
        except Stopped:
            pass
        except Exception as problem:  # it must be told, not die in a thread
            self.ledger.refuse(repr(problem))

    def course(self, place: Place) -> None:
        """One patient from the first letter of the draft to the paper."""
        self.draft(place)
        self.sign(place)
        contacts = [self._check_in] * CONTACTS + [self._dispensing] * CONTACTS
        self.chance.shuffle(contacts)
        for number, contact in enumerate(contacts, 1):
            contact(place, number)
        self._copy(place)

    # --- What is written ----------------------------------------------------------------------

    def draft(self, place: Place) -> None:
        url, revision, last = f"{place.at}draft/", self._draft_now(place)[0], ""
        for number in range(DRAFTS):
            mark = in_letters(place.number * DRAFTS + number)
            write = self.ledger.sent(DRAFT, place, mark)
            sent = {**posted_schedule(typed(first_day_of(self.clinic))), "steps-0-note": mark}
            while True:
                answer = self._ask("POST", url, self.provider, {**sent, "revision": revision}, is_htmx=True)
                found = REVISION.search(answer.page)
                if answer.status == http.client.OK and found:
                    self.ledger.acknowledge(write)
                    revision, last = found[1].decode(), mark
                    break
                self._must_be_unanswered(write, answer)
                revision, note = self._draft_now(place)
                if note not in {last, mark}:
                    self.ledger.refuse(
                        f"{place.number}: the draft holds {note!r} after {last!r} was acknowledged"
                    )

    def _draft_now(self, place: Place) -> tuple[str, str]:
        while True:
            status, _, page, _ = self._ask("GET", f"{place.at}draft/", self.provider)
            revision, note = REVISION.search(page), NOTE.search(page)
            if status == http.client.OK and revision:
                return revision[1].decode(), note[1].decode() if note else ""
            self._wait(status, page)

    def sign(self, place: Place) -> None:
        def sent() -> dict[str, str]:
            return {"revision": self._draft_now(place)[0], "date_of_birth": BORN, "password": PASSWORD}

        self._once(VERSION, place, "1", f"{place.at}draft/sign/", self.provider, sent(), is_needed=True)

    def _check_in(self, place: Place, number: int) -> None:
        mark = in_letters(number)
        day = {"happened_on": typed(self.clinic.today), "contact": "phone", "rows": "3"}
        said = {"symptom_anxiety": "2", "symptom_insomnia": "1", "missed_or_extra": mark}
        self._once(CHECK_IN, place, mark, f"{place.at}check-ins/add/", self.clinic.staff, {**day, **said})

    def _dispensing(self, place: Place, number: int) -> None:
        sent = {"product": "2", "quantity": str(number), "dispensed_on": typed(self.clinic.today)}
        self._once(DISPENSING, place, str(number), f"{place.at}supply/add/", self.clinic.staff, sent)

    def _copy(self, place: Place) -> None:
        is_file = place.number % SETS_A_PAPER == 0
        sent = {
            "layout": "schedule",
            "size": "regular",
            "language": "en",
            **({} if is_file else {"how": "page"}),
        }
        mark = "file" if is_file else "page"
        self._once(COPY, place, mark, f"{place.at}versions/1/handout/print/", self.clinic.staff, sent)

    # --- How it is sent -----------------------------------------------------------------------

    def _once(
        self,
        kind: str,
        place: Place,
        mark: str,
        url: str,
        by: str,
        sent: dict[str, str],
        *,
        is_needed: bool = False,
    ) -> None:
        """With a key, which stays the same when it is sent again."""
        write, key = self.ledger.sent(kind, place, mark), uuid4().hex
        while True:
            answer = self._ask("POST", url, by, {**sent, "once": key})
            if answer.status == http.client.FOUND and answer.leads_to.startswith("/patients/"):
                self.ledger.acknowledge(write)
                return
            if TOO_OFTEN in answer.page:
                if self.is_over.wait(5):
                    raise Stopped
                continue
            self._must_be_unanswered(write, answer)
            if not is_needed and self.chance.random() > SENT_AGAIN:
                return

    def _must_be_unanswered(self, write: Write, answer: Answer) -> None:
        """Of anything else, the form would be wrong, and not the server."""
        status, leads_to, page, _ = answer
        if status and status < http.client.INTERNAL_SERVER_ERROR:
            words = " ".join(re.sub(rb"<[^>]+>", b" ", page).decode().split())
            self.ledger.refuse(f"{write.kind} {write.place.at} {status} {leads_to} {words[-1500:]}")
            raise Stopped
        self._wait(status, page)
        self.ledger.again()

    def _wait(self, status: int, page: bytes) -> None:
        if status and status < http.client.INTERNAL_SERVER_ERROR:
            self.ledger.refuse(f"{status}: {page[:300]!r}")
            raise Stopped
        if self.is_over.wait(0.2):
            raise Stopped

    def _ask(
        self,
        method: str,
        url: str,
        session: str,
        sent: dict[str, str] | None = None,
        *,
        is_htmx: bool = False,
    ) -> Answer:
        if self.is_over.is_set():
            raise Stopped
        return ask(self.port, method, url, session, sent, is_htmx=is_htmx)


def ask(
    port: int,
    method: str,
    url: str,
    session: str,
    sent: dict[str, str] | None = None,
    *,
    is_htmx: bool = False,
    longest: float = LONGEST,
) -> Answer:
    """As the proxy passes it on."""
    own = f"https://127.0.0.1:{port}/"
    headers = {
        "Cookie": f"__Host-csrf={TOKEN}; __Host-session={session}",
        "X-Forwarded-Proto": "https",
        "Referer": own,
        **({"HX-Request": "true"} if is_htmx else {}),
    }
    body = None
    if sent is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode({**sent, "csrfmiddlewaretoken": TOKEN})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=longest)
    try:
        connection.request(method, url, body, headers)
        answer = connection.getresponse()
        given = answer.headers
        return Answer(answer.status, given.get("Location", ""), answer.read(), given.get("Cache-Control", ""))
    except (OSError, http.client.HTTPException):
        return Answer()
    finally:
        connection.close()


def typed(day: date) -> str:
    return f"{day:%m/%d/%Y}"
