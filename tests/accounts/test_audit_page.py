from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taperplanner.accounts.models import Clinic
from taperplanner.accounts.views import audit_file
from taperplanner.audit import filters, pages
from taperplanner.audit.log import record
from taperplanner.audit.models import Event
from taperplanner.releases import THIS_RELEASE

from ..world.people import build_patient, clonazepam_record
from ..world.restricted import MRN, restricted
from ..world.universe import NOW, Universe

AUDIT = "/clinic/audit/"
FILE = f"{AUDIT}file/"
PATIENT = UUID("6a45a65c-dc74-49c8-b354-6aefa7c19ea7")


@pytest.fixture(autouse=True)
def _at_ten() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client(universe: Universe) -> Client:
    record(
        "patient.page_shown", by=universe.ours.staff, at=NOW, patient_id=PATIENT, subject="patients:patient"
    )
    record("draft.saved", by=universe.ours.provider, at=NOW + timedelta(hours=1), patient_id=uuid4())
    record("patient.page_shown", by=universe.theirs.staff, at=NOW, patient_id=uuid4(), subject="theirs")
    return universe.client_of(universe.ours.manager)


@pytest.fixture
def an_mrn_is_known() -> Iterator[None]:
    """As the room of patients would say it."""

    def finder(clinic_id: UUID, text: str) -> list[UUID]:
        return [PATIENT] if text == "A-1001" else []

    filters.patient_finders.register(finder)
    yield
    filters.patient_finders._entries.remove(finder)


def page(client: Client, **asked: str) -> str:
    answer = client.get(AUDIT, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def lines(client: Client, **asked: str) -> list[str]:
    """What was done, from each row of the table, without what tests/audit/test_order.py reads: worlds are dated at will."""
    rows = re.findall(r"<tr>(.*?)</tr>", page(client, **asked).partition("<tbody>")[2], re.DOTALL)
    texts = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]
    return [re.sub(r" written after an event .*? later", "", text.partition(" EST ")[2]) for text in texts]


def test_the_page_shows_our_events_newest_first_with_who_and_when(universe: Universe, client: Client) -> None:
    found = lines(client)
    assert found[0] == "Priya Provider Typed in the draft a patient who is not here"
    assert "Sam Staff Opened the patient’s page a patient who is not here" in found
    assert "Mina Manager Added a person Sam Staff roles: staff" in found
    assert "Not signed in Set up the clinic Mina Manager" in found
    shown = page(client)
    assert "Mar 2, 2026," in shown
    assert "10:00:00 AM EST" in shown
    assert "America/New_York" in shown
    assert "theirs" not in shown
    assert "hilltop" not in shown.lower()


def test_the_time_is_the_clinics(universe: Universe, client: Client) -> None:
    Clinic.objects.filter(pk=universe.ours.clinic.pk).update(time_zone="Asia/Tokyo")
    shown = page(client)
    assert "Mar 3, 2026," in shown
    assert "12:00:00 AM JST" in shown


def test_looking_at_the_log_is_an_event_that_tells_what_was_asked(universe: Universe, client: Client) -> None:
    page(client, patient=str(PATIENT), first_day="03/01/2026")
    (event,) = Event.objects.filter(action="audit.shown")
    assert (event.user_id, event.patient_id) == (universe.ours.manager.pk, PATIENT)
    assert event.details == {"filters": ["first_day", "patient"]}


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"first_day": "03/02/2026", "last_day": "2026-03-02"}, 6),
        ({"first_day": "March 3, 2026"}, 0),
        ({"last_day": "03/01/2026"}, 0),
        ({"action": "draft.saved"}, 1),
        ({"action": "user.added"}, 2),
        ({"patient": str(PATIENT)}, 1),
        ({"patient": PATIENT.hex.upper()}, 1),
        ({"patient": "A-1001"}, 1),
        ({"patient": "A-1002"}, 0),
        ({"action": "draft.saved", "patient": str(PATIENT)}, 0),
    ],
    ids=str,
)
def test_each_filter_narrows_what_is_shown(
    client: Client, an_mrn_is_known: None, asked: dict[str, str], count: int
) -> None:
    found = lines(client, **asked)
    assert len(found) == count
    assert ("No event matches" in page(client, **asked)) is (count == 0)


def test_a_day_is_the_clinics_from_midnight_to_midnight(universe: Universe, client: Client) -> None:
    new_york = ZoneInfo("America/New_York")
    for hour, minute in ((0, 0), (23, 59)):
        moment = datetime(2026, 3, 8, hour, minute, tzinfo=new_york)  # the day the clocks go forward
        record("plan.opened", by=universe.ours.provider, at=moment)
    for moment in (datetime(2026, 3, 7, 23, 59, 59, tzinfo=new_york), datetime(2026, 3, 9, tzinfo=new_york)):
        record("plan.ended", by=universe.ours.provider, at=moment)
    shown = page(client, first_day="03/08/2026", last_day="03/08/2026").partition("<tbody>")[2]
    assert shown.count("Opened a plan") == 2
    assert "Ended a plan" not in shown


def test_the_filter_by_person_offers_our_people_only(universe: Universe, client: Client) -> None:
    shown = page(client)
    for user in universe.ours.people.values():
        assert f'<option value="{user.pk}">{user.name}</option>' in shown
    assert str(universe.theirs.staff.pk) not in shown
    assert lines(client, user=str(universe.ours.provider.pk)) == lines(client, action="draft.saved")
    refused = page(client, user=str(universe.theirs.staff.pk))
    assert "Select a valid choice" in refused
    assert "<tbody>" not in refused


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"first_day": "13/13/2026"}, "There is no month 13"),
        ({"last_day": "tomorrow"}, "not a date we can read"),
        ({"first_day": "03/03/2026", "last_day": "03/02/2026"}, "last day is before the first"),
        ({"action": "x' OR 1=1"}, "Select a valid choice"),
        ({"patient": "\x00"}, "Null characters are not allowed"),
        ({"user": "not-a-user"}, "Select a valid choice"),
    ],
    ids=str,
)
def test_a_wrong_filter_shows_no_event_and_says_what_to_do(
    client: Client, asked: dict[str, str], sentence: str
) -> None:
    shown = page(client, **asked)
    assert sentence in shown
    assert "Correct the filter" in shown
    assert "<tbody>" not in shown
    for name in ("first_day", "last_day"):
        assert f'value="{asked.get(name, "")}"' in shown or name not in asked


def test_reading_on_keeps_the_filter(
    universe: Universe, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGE_LENGTH", 2)
    for _ in range(5):
        record("plan.opened", by=universe.ours.provider, at=NOW)
    found, address = [], f"{AUDIT}?action=plan.opened"
    while address:
        shown = client.get(address).content.decode()
        found.append(shown.count("Opened a plan") - 1)  # one is the filter's choice
        older = re.search(r'href="(\?[^"]+)">Older</a>', shown)
        address = AUDIT + older[1].replace("&amp;", "&") if older else ""
    assert found == [2, 2, 1]
    assert "Show everything" in shown


@pytest.mark.parametrize("after", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_an_address_from_beyond_the_calendar_shows_the_first_page(client: Client, after: str) -> None:
    assert lines(client, action="draft.saved", after=f"{after}_{'0' * 32}") == lines(
        client, action="draft.saved"
    )


def test_the_page_asks_as_many_questions_for_many_events_as_for_few(
    universe: Universe, client: Client
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, user=str(universe.ours.provider.pk))
        return len(asked)

    page(client)
    before = questions()
    for _ in range(120):
        record("draft.saved", by=universe.ours.provider, at=NOW, patient_id=uuid4())
    assert questions() == before


def test_no_name_of_a_patient_is_needed_to_follow_one(client: Client) -> None:
    assert f'href="?patient={PATIENT}"' in page(client)


def test_an_mrn_finds_what_was_done_about_our_patient_and_not_about_theirs(
    universe: Universe, client: Client
) -> None:
    ours, theirs = (build_patient(house, mrn="R-77") for house in (universe.ours, universe.theirs))
    shown = page(client, patient="r-77", action="patient.added")
    assert f'href="?patient={ours.pk}"' in shown
    assert str(theirs.pk) not in shown
    assert Event.objects.get(action="audit.shown").patient_id == ours.pk
    assert lines(client, patient="r-77", action="patient.added") == [
        "Priya Provider Added the patient MRN R-77"
    ]


def test_a_refusal_says_why_and_from_where_and_whom_it_was_about(universe: Universe, client: Client) -> None:
    """An id in the log that is one of our people's is shown as their name."""
    Client(REMOTE_ADDR="203.0.113.7").get("/")
    staff = Client(REMOTE_ADDR="203.0.113.7")
    staff.force_login(universe.ours.staff)
    staff.get(f"/clinic/users/{universe.ours.provider.pk}/edit/")
    assert (
        "Sam Staff Was refused a person’s details: the role does not include it Priya Provider"
        " from 203.0.113.7 method: GET"
    ) in lines(client)


def test_patients_are_named_by_mrn_and_nothing_by_an_id(universe: Universe, client: Client) -> None:
    people = [build_patient(universe.ours, mrn=mrn) for mrn in ("R-77", "R-78")]
    universe.client_of(universe.ours.staff).get("/patients/")
    clonazepam_record(people[0], universe.ours.provider)
    found = lines(client)
    listed = next(line for line in found if line.startswith("Sam Staff Opened a list of patients"))
    assert {*listed.partition(" patients: ")[2].split(", ")} == {"MRN R-77", "MRN R-78"}
    assert any(line.startswith("Priya Provider Added a medicine to the list MRN R-77") for line in found)
    ids = "|".join(rf"{one.pk}|{one.pk.hex}" for one in people)
    assert not [line for line in found if re.search(rf"{ids}|[0-9a-f]{{32}}|[0-9a-f]{{8}}-", line)]


def test_a_restricted_record_that_is_closed_to_the_manager_is_not_named(
    universe: Universe, client: Client
) -> None:
    build_patient(universe.ours, mrn="R-77")
    restricted(universe.ours)
    assert {*lines(client, action="patient.added")} == {
        "Priya Provider Added the patient a restricted record",
        "Priya Provider Added the patient MRN R-77",
    }
    for answer in (page(client), client.get(FILE).content.decode()):
        assert MRN not in answer


def test_the_file_has_what_the_filters_leave_and_says_so_in_the_log(
    universe: Universe, client: Client
) -> None:
    build_patient(universe.ours, mrn="=R-77")
    answer = client.get(FILE, {"action": "patient.added"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        answer.headers["Content-Disposition"]
        == f'attachment; filename="audit-log-2026-03-02-taper-planner-{THIS_RELEASE}.csv"'
    )
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head == ["When", "Who", "What", "About", "Patient", "From", "More"]
    assert [row[1:5] for row in rows] == [["Priya Provider", "Added the patient", "", "MRN =R-77"]]
    assert datetime.fromisoformat(rows[0][0]) == NOW
    event = Event.objects.get(action="audit.exported")
    assert (event.user_id, event.details) == (universe.ours.manager.pk, {"filters": ["action"], "events": 1})


def test_a_file_holds_so_many_events_at_most_and_says_that_older_ones_are_left_out(
    universe: Universe, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module(audit_file.__module__), "MOST_IN_A_FILE", 3)
    for _ in range(4):
        record("plan.opened", by=universe.ours.provider, at=NOW)
    rows = client.get(FILE, {"action": "plan.opened"}).content.decode().splitlines()
    assert len(rows) == 1 + 3 + 1
    assert "Older events are left out" in rows[-1]
    assert len(client.get(FILE, {"action": "draft.saved"}).content.decode().splitlines()) == 2


def test_of_a_wrong_filter_there_is_no_file(client: Client) -> None:
    answer = client.get(FILE, {"first_day": "13/13/2026"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{AUDIT}?first_day=13%2F13%2F2026")
    assert not Event.objects.filter(action="audit.exported").exists()
