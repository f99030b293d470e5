"""A paper names the patient whom the provider signed for, and whom to call, or there is no paper."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.test import Client

from taperplanner.accounts.models import Clinic
from taperplanner.handouts.models import PrintedHandout
from taperplanner.handouts.paper.layouts import Choice
from taperplanner.handouts.printing.may_print import CannotPrint
from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Version

from ..world.plans import signed_version
from ..world.printing import print_handout
from ..world.universe import NOW, Universe


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def version(universe: Universe) -> Version:
    return signed_version(universe.ours)


@pytest.fixture
def staff(universe: Universe) -> Client:
    return universe.client_of(universe.ours.staff)


CHANGES = {
    "name": (Patient, {"given_name": "Zoe", "family_name": "Other"}, "The patient&#x27;s name is not what it was"),
    "date of birth": (Patient, {"date_of_birth": date(1950, 1, 1)}, "The patient&#x27;s date of birth is not"),
    "MRN": (Patient, {"mrn": "ZZ-9"}, "The patient&#x27;s MRN is not"),
    "archived": (Patient, {"archived_at": NOW, "archived_reason": "Moved"}, "archived. Restore it"),
    "phone": (Clinic, {"phone": ""}, "The clinic has no phone number"),
    "after hours": (Clinic, {"after_hours_phone": ""}, "The clinic has no after-hours phone number"),
}  # fmt: skip


@pytest.mark.parametrize(("model", "changed", "sentence"), CHANGES.values(), ids=CHANGES)
def test_nothing_is_printed_while_the_paper_would_mislead(
    version: Version,
    universe: Universe,
    staff: Client,
    model: type[Patient] | type[Clinic],
    changed: dict[str, object],
    sentence: str,
) -> None:
    model.objects.update(**changed)
    for page in ("handout/", "handout/print/"):
        answer = staff.get(version.get_absolute_url() + page)
        text = answer.content.decode()
        assert (answer.status_code, sentence in text) == (409, True), page
        assert "1.5 mg" not in text
    fresh = Version.objects.select_related("plan__patient__clinic").get(pk=version.pk)
    with pytest.raises(CannotPrint):
        print_handout(version=fresh, choice=Choice(), by=universe.ours.staff, at=NOW)
    assert not PrintedHandout.objects.exists()


def test_without_such_a_change_it_prints(version: Version, staff: Client) -> None:
    assert staff.get(version.get_absolute_url() + "handout/").status_code == 200
