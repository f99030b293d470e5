"""A restricted record is found by nobody to whom it is closed: each address × role, each list, file and command."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Final

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Role
from taperplanner.patients.actions import edit_patient
from taperplanner.patients.details import PatientDetails
from taperplanner.patients.models import Patient

from ..addresses import Address, addresses
from ..world.papers import pages_of
from ..world.people import build_patient
from ..world.places import OWNED, SHARED, Places
from ..world.restricted import another, restrict
from ..world.universe import NOW, Universe

EVERY: Final = addresses()
GIVEN, PREFERRED, FAMILY, MRN = "Quillon", "Quilly", "Vantongeren", "QX-0042"
SIGNED_AS: Final = "Rivera"  # the name before, which stands in what was signed
# The managers' page of emergency accesses names a record by its MRN, since somebody must answer for it.
MRN_IS_SHOWN: Final = {"patients:emergency_accesses", "patients:emergency_access_review"}


@pytest.fixture
def places(universe: Universe) -> Places:
    """Everything that a clinic has of one patient, whose record is open to the provider alone."""
    places = Places(universe.ours)
    for kwarg in OWNED | SHARED:
        places[kwarg]
    patient = Patient.objects.get(pk=places["patient_id"])
    rename(patient, universe)
    restrict(patient, universe.ours)
    return places


def rename(patient: Patient, universe: Universe) -> None:
    """To words that stand nowhere else."""
    patient.refresh_from_db()
    values = {field.name: getattr(patient, field.name) for field in fields(PatientDetails)}
    names = {"given_name": GIVEN, "preferred_name": PREFERRED, "family_name": FAMILY, "mrn": MRN}
    details = PatientDetails(**(values | names))
    by = universe.ours.provider
    edit_patient(patient=patient, details=details, revision=patient.revision, by=by, at=NOW)


def closed_people(universe: Universe) -> list[User]:
    house = universe.ours
    return [
        house.staff,
        house.manager,
        another(house, Role.PROVIDER, name="Otto Outside"),
        another(house, Role.STAFF, Role.CHECKER, Role.MANAGER, name="Mary Many"),
    ]


def ask(user: User, method: str, url: str) -> HttpResponse:
    """One request in a browser of its own, with an empty body, that leaves nothing behind."""
    client = Client()
    with transaction.atomic():
        client.force_login(user)
        answer: HttpResponse = getattr(client, method)(url)
        transaction.set_rollback(True)
    return answer


def text_of(answer: HttpResponse) -> str:
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"%PDF"):
        return " ".join(pages_of(content))
    return content.decode() + "".join(f"{name}: {value}" for name, value in answer.items())


def names_in(text: str, address: Address) -> set[str]:
    words = {GIVEN, FAMILY, PREFERRED, SIGNED_AS} | (set() if address.name in MRN_IS_SHOWN else {MRN})
    return {word for word in words if word.lower() in text.lower()}


def test_no_address_names_the_record_to_anybody_it_is_closed_to(places: Places, universe: Universe) -> None:
    """GET and POST of every address there is. Of one of the patient's own, the answer is that it is restricted."""
    named, open_ = {}, {}
    for user in closed_people(universe):
        for address in EVERY:
            url = address.url(places.values(address.kwargs))
            for method in ("get", "post"):
                answer = ask(user, method, url)
                if found := names_in(text_of(answer), address):
                    named[address.name, method, user.name] = found
                is_of_patient = "patient_id" in address.kwargs and address.name not in {
                    "patients:emergency_access",
                    "patients:emergency_access_end",
                }
                may = address.permission is None or user.may(address.permission)
                if is_of_patient and may and answer.status_code not in {403, 405}:
                    open_[address.name, method, user.name] = answer.status_code
    assert named == {}
    assert open_ == {}


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("patients:index", "?q=Vanton"),
        ("patients:index", "?q=Quill+Vanton"),
        ("patients:index", "?q=qx"),
        ("patients:index", "?q=03/02/1980"),
        ("patients:index", "?show=archived"),
        ("worklist:worklist", ""),
        ("worklist:worklist", "?only=emergencies"),
        ("worklist:worklist", "?only=stale-copies"),
        ("worklist:worklist", "?only=drafts"),
        ("worklist:worklist", "?only=flags"),
        ("handouts:batch_add", "?day=03/02/2026"),
        ("registry:registry", "?first_day=01/01/2026&last_day=12/31/2026&names=on"),
        ("registry:registry_file", "?first_day=01/01/2026&last_day=12/31/2026&names=on"),
    ],
)
def test_a_list_names_it_to_whom_it_is_open_and_to_nobody_else(
    places: Places, universe: Universe, name: str, asked: str
) -> None:
    outside = another(universe.ours, Role.PROVIDER, name="Otto Outside")
    url = f"{reverse(name)}{asked}"
    assert FAMILY not in text_of(universe.client_of(outside).get(url))
    shown = text_of(universe.client_of(universe.ours.provider).get(url))
    if "archived" not in asked and "stale" not in asked:
        assert FAMILY in shown


def test_the_registry_counts_it_without_a_name(places: Places, universe: Universe) -> None:
    outside = another(universe.ours, Role.PROVIDER, name="Otto Outside")
    asked = f"{reverse('registry:registry_file')}?first_day=01/01/2026&last_day=12/31/2026&names=on"
    mine, theirs = (
        text_of(universe.client_of(user).get(asked)).partition("\r\n")[2]
        for user in (universe.ours.provider, outside)
    )
    assert mine.count("\r\n") == theirs.count("\r\n")
    assert '"restricted","restricted","restricted"' in theirs


def test_the_exact_mrn_says_that_it_is_restricted_and_where_to_open_it(
    places: Places, universe: Universe
) -> None:
    for typed in (MRN, MRN.lower(), f" {MRN} "):
        page = universe.client_of(universe.ours.staff).get(reverse("patients:index"), {"q": typed})
        text = page.content.decode()
        assert "A record with this MRN is restricted." in text, typed
        assert f'href="/patients/{places["patient_id"]}/"' in text
        assert FAMILY not in text
    part = universe.client_of(universe.ours.staff).get(reverse("patients:index"), {"q": MRN[:-1]})
    assert "is restricted" not in part.content.decode()


@pytest.mark.parametrize(("mrn", "says"), [(MRN, "is restricted"), ("QX0042", "A restricted record")])
def test_adding_a_patient_with_its_mrn_says_so_and_saves_nothing(
    places: Places, universe: Universe, mrn: str, says: str
) -> None:
    typed = {"mrn": mrn, "given_name": GIVEN, "family_name": FAMILY, "date_of_birth": "03/02/1980"}
    page = universe.client_of(universe.ours.staff).post(reverse("patients:patient_add"), typed)
    text = page.content.decode()
    assert page.status_code == 200
    assert says in text
    assert PREFERRED not in text
    assert Patient.objects.filter(family_name=FAMILY).count() == 1


def test_an_open_emergency_is_on_the_worklist_without_a_name(places: Places, universe: Universe) -> None:
    """Somebody must see to it, also while those who may open the record are away."""
    text = universe.client_of(universe.ours.staff).get("/").content.decode()
    assert "A restricted record" in text
    assert "An emergency is open in it." in text
    assert FAMILY not in text


def test_a_batch_that_runs_prints_a_record_to_nobody_it_was_closed_to_meanwhile(
    places: Places, universe: Universe
) -> None:
    batch = places["batch_id"]
    staff = universe.client_of(universe.ours.staff)
    staff.post(reverse("handouts:batch_next", args=[batch]))
    text = staff.get(reverse("handouts:batch", args=[batch])).content.decode()
    assert "1 more of this batch is of restricted records" in " ".join(text.split())
    assert FAMILY not in text
    provider = universe.client_of(universe.ours.provider)
    shown = provider.get(reverse("handouts:batch", args=[batch])).content.decode()
    assert "This record is restricted" in shown


def test_down_time_papers_of_restricted_records_lie_in_a_file_of_their_own(
    places: Places, universe: Universe, tmp_path: Path
) -> None:
    call_command("keep_papers", str(tmp_path))
    (apart,) = tmp_path.glob("down-time-restricted-riverside-clinic-*.pdf")
    paper = " ".join(pages_of(apart.read_bytes()))
    assert SIGNED_AS in paper
    assert "for those who treat this patient, and nobody else" in paper
    for file in tmp_path.iterdir():
        assert SIGNED_AS.lower() not in file.name.lower()
        assert file == apart or SIGNED_AS not in " ".join(pages_of(file.read_bytes()))


def test_a_list_costs_as_many_queries_with_fifty_restricted_patients_as_with_none(universe: Universe) -> None:
    client = universe.client_of(universe.ours.staff)
    patients = [build_patient(universe.ours, family_name=f"Family {number}") for number in range(50)]
    client.get("/patients/")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get("/patients/")
        return len(found)

    before = queries()
    for patient in patients:
        restrict(patient, universe.ours)
    assert queries() == before
