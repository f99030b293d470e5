"""The name of a PDF stays in a folder of downloads, in a mail and in a browser's history: it tells nothing."""

from __future__ import annotations

import re
from typing import Final

import pytest
from django.test import Client
from django.urls import reverse

from taperplanner.accounts.permissions import Role
from taperplanner.handouts.models import PrintedHandout
from taperplanner.patients.models import Patient
from tests.addresses import addresses
from tests.world.places import Places
from tests.world.universe import Universe

PDFS: Final = [one for one in addresses() if "pdf" in one.name or one.name == "handouts:copy_file"]
NAMED: Final = re.compile(r'(inline|attachment); filename="[a-z0-9-]+\.pdf"')

ASKED_BY: Final = {
    "patients:access_report_pdf": Role.PROVIDER,
    "patients:access_report_by_mrn_pdf": Role.MANAGER,
}


@pytest.mark.parametrize("address", PDFS, ids=lambda address: address.name)
def test_a_pdfs_name_holds_no_code_no_name_and_no_number_of_a_patient(
    address: object, universe: Universe
) -> None:
    places = Places(universe.ours)
    places["copy_number"]
    asks = ASKED_BY.get(address.name, Role.STAFF)  # type: ignore[attr-defined]
    client: Client = universe.client_of(universe.ours.people[asks])
    if "batch_id" in address.kwargs:  # type: ignore[attr-defined]
        client.post(reverse("handouts:batch_next", args=[places["batch_id"]]))
    mrn = Patient.objects.get(pk=places["patient_id"]).mrn
    answer = client.get(address.url(places.values(address.kwargs)), {"mrn": mrn}, follow=True)  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "application/pdf", (answer.status_code, address)
    name = answer["Content-Disposition"]
    assert NAMED.fullmatch(name), name
    secrets = [(copy.code, copy.written_code) for copy in PrintedHandout.objects.all()]
    people = Patient.objects.values_list("given_name", "family_name", "mrn")
    for secret in (text for row in [*secrets, *people] for text in row):
        assert secret.lower() not in name.lower()


def test_every_kind_of_pdf_is_asked_for() -> None:
    assert {"handouts:copy_pdf", "handouts:copy_file", "handouts:batch_pdf"} <= {one.name for one in PDFS}
