"""Every page of the URLconf in a real browser, from a narrow phone to a desk: readable by everybody,
nothing refused, nothing sticking out. And again after its form was sent as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from itertools import count, cycle, repeat
from typing import Final

import pytest
from django.test import Client
from playwright.sync_api import Page, ViewportSize

from taperplanner.accounts import actions as accounts
from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Role
from taperplanner.clock.rule import Source
from taperplanner.patients.models import Patient

from ..addresses import Address, addresses
from ..world.allergies import allergic_to, typed_from_package
from ..world.clock import clock_differs, clock_was_looked_at
from ..world.joint_papers import diazepam_schedule, open_diazepam
from ..world.people import answer_all, build_patient, clonazepam_record
from ..world.places import OWNED, Places
from ..world.plans import open_plan, save_draft, sign_plan, typed_schedule
from ..world.universe import NOW, House, Universe, confirm
from .checks import AT_EVERY_WIDTH, DESK, WIDTHS, check_page
from .fixtures import NewContext, SignedIn
from .watch import Watch

# Addresses that answer a GET with something else than a page of their own, and why.
WALKED = "is passed on the way in tests/accounts/test_in_browser.py"
WITH_PASSKEY = "is passed on the way in tests/browser/test_passkeys.py"
NO_PAGE: Final = {
    "registry:registry_file": "a file",
    "accounts:audit_file": "a file",
    "accounts:user_activity_file": "a file",
    "monitoring:visit_summary_pdf": "a file",
    "stays:ward_paper_pdf": "a file",
    "stays:after_stay": "leads on where no decision waits: tests/journeys/test_to_the_ward_and_back.py has it",
    "patients:access_report_pdf": "a file",
    "patients:access_report_by_mrn_pdf": "a file, or the page, while nobody is asked for",
    "serving:healthz": "a word for whoever watches over the server",
    "serving:healthz_deep": "a word for whoever watches over the server",
    "accounts:still_here": "nothing, for a script",
    "patients:vocabulary": "a fragment: the names that complete what is typed",
    "patients:emergency_access": "leads on to a record that is open: tests/patients/test_restricted_in_browser.py has it",
    "handouts:handout_pdf": "a file, or the page where one is made",
    "handouts:copy_pdf": "a file",
    "handouts:copy_file": "a file",
    "handouts:batch_pdf": "a file, or the batch, while nothing of it is printed",
    "mfa_download_recovery_codes": "a file",
    "mfa_authenticate": WALKED,
    "mfa_reauthenticate": "is shown only with two-step sign-in on: test_accounts.py",
    "mfa_activate_totp": WALKED,
    "mfa_add_webauthn": WITH_PASSKEY,
    "mfa_reauthenticate_webauthn": WITH_PASSKEY,
    "mfa_remove_webauthn": WITH_PASSKEY,
    "mfa_edit_webauthn": WITH_PASSKEY,
    "mfa_deactivate_totp": WALKED,
    "mfa_view_recovery_codes": WALKED,
    "mfa_generate_recovery_codes": WALKED,
}
State = Callable[[House], Places]
_numbers: Final = count(1)
OF_SEVERAL_PLANS: Final = {"handouts:patient_handout", "handouts:patient_handout_print"}
OF_A_PATIENT: Final = {"patient_id", "medication_id"}
REFUSALS: Final = (HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


def hard_to_lay_out(house: House) -> Patient:
    """Names in three scripts, and words that cannot be broken."""
    return build_patient(
        house,
        mrn=f"MRN-{next(_numbers):036}",
        given_name="عبد الرحمن 王小明",
        family_name="Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren",
        preferred_name="ﻋﺒﺪﻭ",
        allergies="Penicillin, sulfamethoxazole/trimethoprim, "
        + "Llanfairpwllgwyngyllgogerychwyrndrobwll" * 2,
        emergency_contact_name="Hubert Blaine Wolfeschlegelsteinhausenbergerdorff Sr.",
    )


def with_its_people(house: House) -> Places:
    return Places(house)


def with_a_new_patient(house: House) -> Places:
    """Nothing is recorded but the person, and one thing they take."""
    patient = build_patient(house)
    medication = clonazepam_record(patient, house.provider)
    return Places(house, made={"patient_id": patient.pk, "medication_id": medication.pk})


def with_a_signed_plan(house: House) -> Places:
    patient = hard_to_lay_out(house)
    answer_all(patient, by=house.provider)
    plan = open_plan(house, patient)
    sign_plan(plan, house)
    colleague(house)
    return Places(house, made={"plan": plan, "plan_number": plan.number})


def colleague(house: House) -> None:
    """Somebody who may check what the provider signed."""
    user = accounts.add_user(
        clinic=house.clinic,
        email="checker@riverside.example",
        name="Cora Checker",
        credentials="PharmD",
        roles=frozenset({Role.STAFF, Role.CHECKER}),
        by=house.manager,
        at=NOW,
    )
    confirm(user)


def with_a_draft(house: House) -> Places:
    """And with safety facts that nobody has answered, and a package that names what the patient does not tolerate."""
    plan = open_plan(house, hard_to_lay_out(house))
    allergic_to("Llanfairpwllgwyngyllgogerychwyrndrobwll", plan.patient, house)
    allergic_to("Lactose", plan.patient, house, "cramps, and a rash that lasted for weeks")
    typed_from_package(plan, 1, "Corn starch, lactose monohydrate, magnesium stearate", house)
    save_draft(plan, typed_schedule(), house)
    return Places(house, made={"plan": plan, "plan_number": plan.number})


def with_two_signed_plans(house: House) -> Places:
    patient = hard_to_lay_out(house)
    answer_all(patient, by=house.provider)
    sign_plan(open_plan(house, patient), house)
    sign_plan(open_diazepam(house, patient), house, diazepam_schedule())
    return Places(house, made={"patient_id": patient.pk})


def with_a_clock_that_differs(house: House) -> Places:
    clock_was_looked_at(house)
    clock_differs(house, Source.JUMP, -7200)
    clock_differs(house, Source.TIME_SERVER, 90)
    return Places(house)


def states_for(address: Address) -> list[State]:
    """The states of a clinic in which this address is worth a look."""
    if address.name in OF_SEVERAL_PLANS:
        return [with_two_signed_plans]
    if address.name == "clock:differences":
        return [with_its_people, with_a_clock_that_differs]
    owned = set(address.kwargs) & set(OWNED) - {"user_id"}
    if not owned:
        return [with_its_people]
    return [*([with_a_new_patient] if owned <= OF_A_PATIENT else []), with_a_signed_plan, with_a_draft]


def who_is_shown(url: str, house: House) -> tuple[bool, User | None]:
    """Whether the address answers with a whole page, and the first who is shown it."""
    people = house.people.values()
    others = house.clinic.users.exclude(pk__in=[person.pk for person in people])
    for user in (None, *people, *others):
        client = Client()
        if user:
            client.force_login(user)
        answer = client.get(url)
        if answer.status_code == HTTPStatus.OK and b"<html" in getattr(answer, "content", b""):
            return True, user
    return False, None


def takes_no_get(url: str, house: House) -> bool:
    client = Client()
    client.force_login(house.provider)
    return client.get(url).status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name)
def test_a_page_is_whole_at_every_width(
    address: Address, universe: Universe, new_context: NewContext, signed_in: SignedIn, watch: Watch
) -> None:
    """Each of its states at one width, by turns that begin elsewhere for each page: PAGE_WIDTHS=all has them all."""
    house, sizes = universe.ours, widths_for(address)
    shown = 0
    for state in states_for(address):
        url = address.url(state(house).values(address.kwargs))
        is_shown, user = who_is_shown(url, house)
        if is_shown:
            shown += 1
            page = signed_in(user) if user else new_context().new_page()
            page.goto(url)
            name = f"{address.name}-{state.__name__}".replace(":", "-").replace("_", "-")
            check_page(page, name, sizes=next(sizes))
            if shown == 1 and send(page):
                watch.expect(*REFUSALS)
                check_page(page, f"{name}-sent", sizes=next(sizes))
    assert shown or address.name in NO_PAGE or takes_no_get(url, house)
    assert not (shown and address.name in NO_PAGE)


def widths_for(address: Address) -> Iterator[Sequence[ViewportSize]]:
    if AT_EVERY_WIDTH:
        return repeat(WIDTHS)
    first = len(address.name) % len(WIDTHS)
    return ([size] for size in cycle(WIDTHS[first:] + WIDTHS[:first]))


def send(page: Page) -> bool:
    """Send the first form of the page, if there is one, as at a desk, where no row is folded: not with what asks only for
    more of the same page, nor one that a script sends by itself."""
    page.set_viewport_size(DESK)
    other = "[type=button], [name=more], [data-guard], .visually-hidden"
    button = page.locator(f"main form[method=post]:not([hx-trigger^=load]) button:not({other})").first
    if not button.count():
        return False
    with page.expect_navigation():
        button.click()
    return True
