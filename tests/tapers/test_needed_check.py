"""The dose as needed in the independent check, and in what a second person sees of it."""

from __future__ import annotations

import pytest
from django.test import Client

from taperplanner.accounts.models import Clinic
from taperplanner.tapers.models import Version, VersionCheck

from ..world.needed import signed_with_needed
from ..world.plans import NARDI, signed_version
from ..world.universe import PASSWORD, Universe, checker

pytestmark = pytest.mark.usefixtures("now")

DOSES = {f"dose-{number}": row[1] for number, row in enumerate(NARDI, 1)} | {"password": PASSWORD}
NEEDED = {"needed-dose": "0.25", "needed-times": "2"}


@pytest.fixture
def version(universe: Universe) -> Version:
    Clinic.objects.update(requires_check=True)
    return signed_with_needed(universe.ours)


@pytest.fixture(name="checker")
def _checker(universe: Universe) -> Client:
    return universe.client_of(checker(universe.ours))


def address(version: Version) -> str:
    return f"{version.get_absolute_url()}check/"


def test_the_checker_types_its_dose_too_and_does_not_see_it(version: Version, checker: Client) -> None:
    page = checker.get(address(version)).content.decode()
    assert "As needed, beside the schedule: mg at one time" in page
    assert "0.25 mg" not in page
    assert "at most 2 times" not in page
    missing = checker.post(address(version), DOSES).content.decode()
    assert "Enter the dose of one time." in missing
    assert not VersionCheck.objects.exists()


def test_where_both_agree_the_version_can_be_printed(version: Version, checker: Client) -> None:
    checker.post(address(version), DOSES | NEEDED)
    check = VersionCheck.objects.get()
    assert check.agrees
    assert check.typed[-1] == "0.25 mg, at most 2 times on one day"


@pytest.mark.parametrize("changed", [{"needed-dose": "0.5"}, {"needed-times": "3"}], ids=str)
def test_a_difference_as_needed_keeps_it_from_printing(
    version: Version, checker: Client, changed: dict[str, str]
) -> None:
    page = checker.post(address(version), DOSES | NEEDED | changed, follow=True).content.decode()
    assert "signed 0.25 mg, at most 2 times on one day" in page
    assert "the dose as needed" in page
    assert checker.get(f"{version.get_absolute_url()}handout/").status_code == 409


def test_a_version_without_one_is_checked_as_ever(universe: Universe, checker: Client) -> None:
    version = signed_version(universe.ours)
    assert "needed-dose" not in checker.get(address(version)).content.decode()
