"""Two pairs of eyes: a second person types the daily doses before a version is printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from taperplanner.accounts.actions import add_user
from taperplanner.accounts.models import Clinic, User
from taperplanner.accounts.permissions import Role
from taperplanner.accounts.signing_rights import why_not_sign
from taperplanner.audit.models import Event
from taperplanner.doses import parse_dose
from taperplanner.tapers.actions.checks import CannotCheck, check_version
from taperplanner.tapers.draft.typed import from_json
from taperplanner.tapers.models import Version, VersionCheck

from ..world.plans import (
    NARDI,
    confirmed_draft,
    open_plan,
    save_draft,
    sign_plan,
    sign_revision,
    signed_version,
    start_revision,
    typed_schedule,
)
from ..world.tampering import past_the_triggers
from ..world.universe import NOW, PASSWORD, Universe, checker, confirm


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def version(universe: Universe) -> Version:
    Clinic.objects.update(requires_check=True)
    return signed_version(universe.ours)


@pytest.fixture(name="checker")
def _checker(universe: Universe) -> Client:
    return universe.client_of(checker(universe.ours))


def address(version: Version, rest: str = "check/") -> str:
    return f"{version.get_absolute_url()}{rest}"


def doses(**changed: str) -> dict[str, str]:
    return (
        {f"dose-{number}": row[1] for number, row in enumerate(NARDI, 1)} | {"password": PASSWORD} | changed
    )


def test_a_version_that_nobody_checked_is_not_printed(universe: Universe, version: Version) -> None:
    answer = universe.client_of(universe.ours.staff).get(address(version, "handout/"))
    assert answer.status_code == 409
    assert "cannot be printed yet" in answer.content.decode()
    assert "1.5 mg" not in answer.content.decode()


def test_a_clinic_that_asks_for_no_check_prints_at_once(universe: Universe, version: Version) -> None:
    Clinic.objects.update(requires_check=False)
    assert universe.client_of(universe.ours.staff).get(address(version, "handout/")).status_code == 200


def test_the_checker_does_not_see_the_doses(version: Version, checker: Client) -> None:
    page = checker.get(address(version)).content.decode()
    assert "Step 6, Mon, Apr 27, 2026 to Sun, May 3, 2026: daily dose in mg" in page
    for row in NARDI:
        assert f"{row[1]} mg" not in page


def test_agreement_is_recorded_and_stands_on_the_paper(version: Version, checker: Client) -> None:
    page = checker.post(address(version), doses(), follow=True).content.decode()
    assert "Every daily dose agrees." in page
    paper = checker.get(address(version, "handout/"))
    assert paper.status_code == 200
    assert "Checked by Sam Staff, RN on March 2, 2026, 10:00 AM." in paper.content.decode()


def test_differences_are_shown_to_both_and_recorded_and_nothing_prints(
    universe: Universe, version: Version, checker: Client
) -> None:
    checker.post(address(version), doses(**{"dose-2": "1.25"}))
    for client in (checker, universe.client_of(universe.ours.provider)):
        page = client.get(version.get_absolute_url()).content.decode()
        assert "Step 2: typed 1.25 mg, signed 1.5 mg." in page
    assert checker.get(address(version, "handout/")).status_code == 409
    details = Event.objects.get(action="version.checked").details
    assert (details["agrees"], details["steps"]) == (False, [2])


def give_password(user: User) -> None:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])


def another(universe: Universe) -> Client:
    """A second colleague who may check."""
    user = add_user(
        clinic=universe.ours.clinic,
        email="second@riverside.example",
        name="Cora Checker",
        credentials="PharmD",
        roles=frozenset({Role.STAFF, Role.CHECKER}),
        by=universe.ours.manager,
        at=NOW,
    )
    give_password(user)
    return universe.client_of(confirm(user))


def test_whoever_has_seen_a_difference_cannot_check_again(version: Version, checker: Client) -> None:
    """They have seen the signed dose, so that typing it would prove nothing."""
    checker.post(address(version), doses(**{"dose-2": "1.25"}))
    page = checker.post(address(version), doses()).content.decode()
    assert "have seen where you differed" in page
    assert checker.get(address(version)).status_code == 302
    assert VersionCheck.objects.count() == 1
    assert checker.get(address(version, "handout/")).status_code == 409


def test_a_later_check_that_agrees_lets_it_print_and_the_first_stays_on_record(
    universe: Universe, version: Version, checker: Client
) -> None:
    checker.post(address(version), doses(**{"dose-2": "1.25"}))
    another(universe).post(address(version), doses())
    assert checker.get(address(version, "handout/")).status_code == 200
    assert [check.agrees for check in VersionCheck.objects.oldest_first()] == [False, True]


def test_the_newest_check_decides(version: Version, checker: Client) -> None:
    checker.post(address(version), doses())
    checker.post(address(version), doses(**{"dose-2": "1.25"}))
    assert checker.get(address(version, "handout/")).status_code == 409


def test_who_signed_cannot_check(universe: Universe, version: Version) -> None:
    page = universe.client_of(universe.ours.provider).post(address(version), doses()).content.decode()
    assert "You signed this version, so you cannot check it." in page
    assert not VersionCheck.objects.exists()


@pytest.fixture(params=["recorded", "in the audit log"])
def as_signed_then(request: pytest.FixtureRequest) -> Callable[[], None]:
    """What a version says of who typed in its draft: nothing, if it was signed before that was recorded."""
    forget = "UPDATE tapers_version SET typed_by = NULL"
    return (lambda: None) if request.param == "recorded" else (lambda: past_the_triggers(forget))


def test_who_typed_in_the_draft_cannot_check_it_and_may_check_the_next_version(
    universe: Universe, as_signed_then: Callable[[], None]
) -> None:
    """Even if somebody else signed it: whoever typed 3 for 2 would type 3 again."""
    Clinic.objects.update(requires_check=True)
    house = universe.ours
    colleague = add_user(
        clinic=house.clinic,
        email="second@riverside.example",
        name="Cora Checker",
        credentials="MD",
        roles=frozenset({Role.PROVIDER, Role.CHECKER}),
        by=house.manager,
        at=NOW,
    )
    give_password(colleague)
    confirm(colleague)
    client = universe.client_of(colleague)
    plan = open_plan(house)
    save_draft(plan, typed_schedule(), house, NOW - timedelta(minutes=5), by=colleague)
    first = sign_plan(plan, house)
    as_signed_then()
    page = client.post(address(first), doses()).content.decode()
    assert "You typed in the draft of this version, so you cannot check it." in page
    assert client.get(address(first)).status_code == 302
    assert not VersionCheck.objects.exists()
    second = sign_revision(start_revision(first, house), house)
    as_signed_then()
    assert client.get(address(second)).status_code == 200


def test_who_typed_in_a_later_draft_may_check_the_version_that_was_signed_before_it(
    universe: Universe, as_signed_then: Callable[[], None]
) -> None:
    """What they typed came after the signature, so it is none of that version's."""
    Clinic.objects.update(requires_check=True)
    house = universe.ours
    colleague = add_user(
        clinic=house.clinic,
        email="second@riverside.example",
        name="Cora Checker",
        credentials="MD",
        roles=frozenset({Role.PROVIDER, Role.CHECKER}),
        by=house.manager,
        at=NOW,
    )
    confirm(colleague)
    first = signed_version(house)
    draft = start_revision(first, house)
    save_draft(
        first.plan, confirmed_draft(from_json(draft.content)), house, NOW + timedelta(minutes=5), by=colleague
    )
    assert Event.objects.filter(action="draft.saved", user_id=colleague.pk).exists()
    as_signed_then()
    give_password(colleague)
    client = universe.client_of(colleague)
    assert client.get(address(first)).status_code == 200
    client.post(address(first), doses())
    assert [check.agrees for check in first.checks.all()] == [True]


def test_staff_who_are_not_marked_as_checker_cannot_check(universe: Universe, version: Version) -> None:
    assert universe.client_of(universe.ours.staff).get(address(version)).status_code == 403


def test_whom_one_manager_alone_made_a_checker_cannot_check(universe: Universe, version: Version) -> None:
    """Also past the page, which says so before anything is typed."""
    alone = add_user(
        clinic=universe.ours.clinic,
        email="alone@riverside.example",
        name="Alan Alone",
        credentials="PharmD",
        roles={Role.STAFF, Role.CHECKER},
        by=universe.ours.manager,
        at=NOW,
    )
    typed = [parse_dose(row[1]) for row in NARDI]
    with pytest.raises(CannotCheck) as refused:
        check_version(version=version, typed=typed, by=alone, at=NOW)
    assert str(refused.value) == why_not_sign(alone, NOW)
    check_version(version=version, typed=typed, by=confirm(alone), at=NOW)


def test_what_cannot_be_read_is_a_sentence_and_stays(version: Version, checker: Client) -> None:
    page = checker.post(address(version), doses(**{"dose-2": "1,25", "dose-3": ""})).content.decode()
    assert "Use a point, not a comma" in page
    assert 'value="1,25"' in page
    assert "Enter the daily dose of this step." in page
    assert not VersionCheck.objects.exists()


def test_the_signer_is_sent_back_before_typing_a_dose(universe: Universe, version: Version) -> None:
    signer = universe.client_of(universe.ours.provider)
    assert signer.get(address(version)).status_code == 302
    page = signer.get(address(version), follow=True).content.decode()
    assert "You signed this version, so you cannot check it." in page


def test_the_patients_page_leads_to_the_check_past_the_signed_doses(
    universe: Universe, version: Version, checker: Client
) -> None:
    overview = f"/patients/{version.plan.patient_id}/"
    link = f'href="{address(version)}"'
    assert link in checker.get(overview).content.decode()
    assert link not in universe.client_of(universe.ours.provider).get(overview).content.decode()


def test_a_difference_is_an_alert_at_the_top_until_a_later_check_agrees(
    universe: Universe, version: Version, checker: Client
) -> None:
    checker.post(address(version), doses(**{"dose-2": "1.25"}))
    alert = "The last independent check of version 1 differs from what was signed"
    for client in (checker, universe.client_of(universe.ours.provider)):
        page = client.get(version.get_absolute_url()).content.decode()
        assert page.index(alert) < page.index("today-title")
    another(universe).post(address(version), doses())
    assert alert not in checker.get(version.get_absolute_url()).content.decode()


def _button(page: str, words: str) -> str:
    found = re.search(rf"<a ([^>]*)>\s*{words}\s*</a>", re.sub(r"\s+", " ", page))
    assert found, words
    return found[1]


def test_the_check_is_the_main_button_until_it_agrees(version: Version, checker: Client) -> None:
    page = checker.get(version.get_absolute_url()).content.decode()
    assert "btn-primary" in _button(page, "Check independently")
    assert "btn-primary" not in _button(page, "Print the handout")
    checker.post(address(version), doses())
    page = checker.get(version.get_absolute_url()).content.decode()
    assert "btn-primary" in _button(page, "Print the handout")
    assert "btn-primary" not in _button(page, "Check independently")
