"""No paper for home is printed while a facility gives the medicine, nor before a provider has decided after the stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from taperplanner.handouts.copies.on_plan_page import SAYS
from taperplanner.handouts.copies.public_answer import answer_of
from taperplanner.handouts.copies.validity import Kind, validity_of
from taperplanner.handouts.downtime.papers import down_time_papers
from taperplanner.handouts.models import PrintedHandout, copy_with
from taperplanner.handouts.paper.layouts import Choice
from taperplanner.handouts.printing.job import PrintJob
from taperplanner.stays.models import Gives
from taperplanner.tapers.models import Version

from ..world.course import words_of
from ..world.joint_papers import fresh
from ..world.papers import pages_of
from ..world.plans import TODAY, sign_revision, start_revision
from ..world.printing import print_handout
from ..world.stays import back_of, ended, goes_on, stay_of
from ..world.universe import NOW, House

LATER = NOW + timedelta(hours=2)


def obstacles(version: Version) -> str:
    again = Version.objects.select_related("plan__patient__clinic").get(pk=version.pk)
    return PrintJob(again, at=NOW).why_not


@pytest.mark.parametrize(
    ("gives", "says"),
    [
        (Gives.FACILITY, "and the facility gives the medicine"),
        (Gives.NOT_KNOWN, "it is not known who gives the medicine there. Ask them, and record it"),
        (Gives.PATIENT, ""),
    ],
)
def test_a_paper_for_home_is_printed_only_while_the_patient_takes_their_own_tablets(
    house: House, version: Version, gives: Gives, says: str
) -> None:
    assert obstacles(version) == ""
    stay_of(version.plan.patient, house, gives)
    assert says in obstacles(version)
    assert bool(obstacles(version)) == bool(says)


def test_nothing_is_printed_after_a_stay_until_a_provider_has_decided(
    house: House, version: Version, staff: Client
) -> None:
    end = back_of(version.plan, house)
    assert "no provider has decided what is taken now" in obstacles(version)
    page = words_of(staff.get(f"{version.get_absolute_url()}handout/print/"))
    assert "cannot be printed yet" in page
    assert "Call a provider now" in page
    staff.post(
        f"{version.get_absolute_url()}handout/print/",
        {"layout": "schedule", "size": "regular", "language": "en"},
    )
    assert not PrintedHandout.objects.exists()
    goes_on(version.plan, end, house)
    assert obstacles(version) == ""


def test_a_newer_version_signed_since_is_printed(house: House, version: Version) -> None:
    """Of the older one, too: a paper of it says that it was replaced."""
    back_of(version.plan, house)
    newer = sign_revision(start_revision(version, house), house, at=LATER)
    assert obstacles(newer) == ""


@pytest.mark.parametrize("gives", [Gives.FACILITY, Gives.NOT_KNOWN])
def test_whoever_asks_the_code_of_a_paper_at_home_meanwhile_is_told_to_ask_the_clinic_and_not_to_stop(
    house: House, version: Version, gives: Gives
) -> None:
    made = print_handout(version=version, choice=Choice(), by=house.staff, at=NOW)

    def answer() -> tuple[Kind, str]:
        copy = copy_with(made.code)
        assert copy is not None
        said = answer_of(copy, TODAY)
        return validity_of(copy, TODAY).kind, " ".join((said.title, *said.sentences))

    assert answer()[0] is Kind.CURRENT
    stay = stay_of(version.plan.patient, house, gives)
    kind, said = answer()
    assert kind is Kind.AWAY
    assert "Ask the clinic about this paper" in said
    assert "Do not stop your medicine suddenly" in said
    assert "Hospital" not in said
    end = ended(stay, house, at=LATER)
    assert answer()[0] is Kind.AWAY
    goes_on(version.plan, end, house, at=LATER)
    assert answer()[0] is Kind.CURRENT


def test_a_paper_that_was_replaced_is_called_replaced_wherever_the_patient_is(
    house: House, version: Version
) -> None:
    made = print_handout(version=version, choice=Choice(), by=house.staff, at=NOW)
    sign_revision(start_revision(version, house, TODAY), house)
    stay_of(version.plan.patient, house)
    copy = copy_with(made.code)
    assert copy is not None
    assert validity_of(copy, TODAY).kind is Kind.REPLACED


def test_the_plans_page_says_what_became_of_its_copies(house: House, version: Version, staff: Client) -> None:
    print_handout(version=version, choice=Choice(), by=house.staff, at=NOW)
    stay_of(version.plan.patient, house)
    assert SAYS[Kind.AWAY] in words_of(staff.get(version.plan.get_absolute_url()))


def test_a_page_for_down_time_says_that_the_patient_is_away(house: House, version: Version) -> None:
    stay_of(version.plan.patient, house)
    patient = fresh(version.plan.patient)
    words = " ".join(" ".join(pages_of(down_time_papers(patient.clinic, NOW).content)).split())
    assert "In St. Mary’s Hospital, ward 4 since March 2, 2026, and the facility gives the medicine." in words
