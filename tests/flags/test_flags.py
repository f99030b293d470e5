"""A sentence from one colleague to another: on their worklist until it is done, and on the page of the patient's flags ever after."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from taperplanner.accounts import actions as accounts
from taperplanner.accounts.models import User
from taperplanner.accounts.permissions import Role
from taperplanner.flags.actions import CannotFlag, finish_flag, see_flag
from taperplanner.flags.forms import FlagForm
from taperplanner.flags.models import Flag
from taperplanner.flags.on_patient_page import MOST_OPEN
from taperplanner.patients.actions import archive_patient
from taperplanner.patients.models import Patient

from ..world.away import YESTERDAY, on_leave, works_until
from ..world.course import FORM_KEY, words_of
from ..world.flags import SENTENCE, flag_to
from ..world.people import another_provider
from ..world.restricted import another
from ..world.universe import NOW, House, Universe

DAY = timedelta(days=1)


def deactivate(user: User, house: House) -> None:
    user.refresh_from_db()
    accounts.deactivate_user(user=user, by=house.manager, at=NOW)


def add(patient: Patient) -> str:
    return reverse("flags:flag_add", args=[patient.pk])


def all_of(patient: Patient) -> str:
    return reverse("flags:flags", args=[patient.pk])


def press(flag: Flag, what: str) -> str:
    return reverse(f"flags:flag_{what}", args=[flag.patient_id, flag.number]) + "?from=worklist"


# --- Written ----------------------------------------------------------------------------------


def test_a_sentence_to_a_colleague_is_kept_with_who_wrote_it_and_when(
    house: House, patient: Patient, staff: Client
) -> None:
    sent = {"to": str(house.provider.pk), "sentence": SENTENCE, "once": FORM_KEY}
    page = words_of(staff.post(add(patient), sent, follow=True))
    assert "The flag for Priya Provider, MD was written. It stands on their list until it is done." in page
    flag = Flag.objects.get()
    assert (flag.for_user, flag.sentence, flag.written_by) == (house.provider, SENTENCE, house.staff)
    assert (flag.number, flag.for_name, flag.written_by_name) == (1, "Priya Provider, MD", "Sam Staff, RN")
    assert f"For Priya Provider, MD : {SENTENCE}" in page
    assert "Not seen yet" in page


def test_it_is_written_to_any_provider_too(patient: Patient, staff: Client) -> None:
    staff.post(add(patient), {"to": "provider", "sentence": SENTENCE, "once": FORM_KEY})
    flag = Flag.objects.get()
    assert (flag.for_user, flag.for_name) == (None, "any provider")


def test_the_form_offers_those_who_see_patients_here_and_chooses_nobody(
    house: House, patient: Patient, staff: Client, universe: Universe
) -> None:
    other = another_provider(house)
    page = staff.get(add(patient)).content.decode()
    assert f'value="{house.provider.pk}"' in page
    assert f'value="{other.pk}"' in page
    for nobody in (house.staff, house.manager, universe.theirs.provider):
        assert f'value="{nobody.pk}"' not in page
    choices = page.partition('name="to"')[2].partition("</select>")[0]
    assert choices.count(" selected") == choices.count('<option value="" selected>') == 1
    assert "A flag calls nobody." in page


@pytest.mark.parametrize("who", ["deactivated", "manager", "oneself", "another clinic's"])
def test_the_action_refuses_whoever_could_not_read_it(
    house: House, patient: Patient, universe: Universe, who: str
) -> None:
    """Also where they were deactivated while the form was read."""
    gone = another_provider(house)
    deactivate(gone, house)
    people = {
        "deactivated": gone,
        "manager": house.manager,
        "oneself": house.staff,
        "another clinic's": universe.theirs.provider,
    }
    with pytest.raises(CannotFlag, match="no longer works here"):
        flag_to(people[who], patient, house)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"to": "", "sentence": SENTENCE}, "Choose whom it is for."),
        ({"to": "provider", "sentence": "  "}, "Write the sentence that they should read."),
        ({"to": "provider", "sentence": "x" * 301}, "Keep this to 300 characters; it now has 301."),
        ({"to": "provider", "sentence": "Asks for .5 mg"}, "Change it, or tick that it stays as typed."),
    ],
    ids=["nobody", "nothing", "too long", "a spelling that is misread"],
)
def test_what_is_missing_is_said_in_a_summary(
    patient: Patient, staff: Client, sent: dict[str, str], said: str
) -> None:
    answer = staff.post(add(patient), sent | {"once": FORM_KEY})
    assert said in words_of(answer)
    assert "There is a problem" in words_of(answer)
    assert not Flag.objects.exists()


def test_a_flag_has_no_field_of_a_dose_and_offers_no_number(patient: Patient, staff: Client) -> None:
    assert set(FlagForm.base_fields) == {"to", "sentence"}
    columns = {field.name for field in Flag._meta.concrete_fields}
    assert not {name for name in columns if "dose" in name or "quantity" in name}


def test_nothing_is_written_about_an_archived_patient(house: House, patient: Patient, staff: Client) -> None:
    archive_patient(patient=patient, revision=patient.revision, reason="Moved", by=house.staff, at=NOW)
    assert staff.get(add(patient)).status_code == 302
    page = words_of(staff.post(add(patient), {"to": "provider", "sentence": SENTENCE, "once": FORM_KEY}))
    assert "archived" in page
    assert not Flag.objects.exists()


def test_a_flag_that_says_nothing_is_refused_by_the_database(house: House, patient: Patient) -> None:
    made = flag_to(None, patient, house)
    values = {field.attname: getattr(made, field.attname) for field in Flag._meta.concrete_fields}
    empty = Flag(**(values | {"id": None, "number": 2, "sentence": ""}))
    with pytest.raises(IntegrityError), transaction.atomic():
        super(Flag, empty).save_base(force_insert=True)


# --- On the worklist --------------------------------------------------------------------------


def test_it_stands_on_that_colleagues_worklist_alone(
    house: House, patient: Patient, universe: Universe
) -> None:
    flag_to(house.provider, patient, house)
    page = words_of(universe.client_of(house.provider).get("/"))
    assert "Flags for you (1)" in page
    assert "From Sam Staff, RN, Mar 2, 2026, 10:00 AM" in page
    assert SENTENCE in page
    for user in (house.staff, another_provider(house), another(house, Role.STAFF)):
        assert SENTENCE not in words_of(universe.client_of(user).get("/"))


def test_one_to_any_provider_stands_on_the_worklist_of_each(
    house: House, patient: Patient, universe: Universe
) -> None:
    flag_to(None, patient, house)
    for user in (house.provider, another_provider(house)):
        page = words_of(universe.client_of(user).get("/", {"provider": str(house.provider.pk)}))
        assert "For any provider, from Sam Staff, RN" in page
    assert SENTENCE not in words_of(universe.client_of(another(house, Role.STAFF)).get("/"))


def test_seen_stays_and_done_leaves_the_worklist_and_stays_on_the_patients_page(
    house: House, patient: Patient, provider: Client
) -> None:
    flag = flag_to(house.provider, patient, house)
    page = words_of(provider.post(press(flag, "seen"), follow=True))
    assert "The flag is marked as seen." in page
    assert "Flags for you (1)" in page
    assert "; seen by Priya Provider, MD" in page
    page = words_of(provider.post(press(flag, "done"), follow=True))
    assert "The flag is done." in page
    assert SENTENCE not in page
    assert SENTENCE not in words_of(provider.get(patient.get_absolute_url()))
    page = words_of(provider.get(all_of(patient)))
    assert SENTENCE in page
    assert "Seen by Priya Provider, MD" in page
    assert "Done: Priya Provider, MD" in page


def test_whoever_wrote_it_sees_from_the_next_day_on_that_nobody_has_seen_it(
    house: House, patient: Patient, staff: Client, provider: Client
) -> None:
    """H97: nobody is left to believe that a colleague knows."""
    title = "Flags you wrote that nobody has seen"
    flag_to(None, patient, house, "Written today")
    assert title not in words_of(staff.get("/")).partition("Nothing in")[0]
    earlier = flag_to(house.provider, patient, house, at=NOW - DAY)
    page = words_of(staff.get("/"))
    assert f"{title} (1)" in page
    assert "For Priya Provider, MD, since Sam Staff, RN, Mar 1, 2026" in page
    see_flag(flag=earlier, by=house.provider, at=NOW)
    assert SENTENCE not in words_of(staff.get("/"))


LEFT: dict[str, Callable[[User, House], object]] = {
    "was deactivated": deactivate,
    "worked here until yesterday": lambda user, house: works_until(user, house, YESTERDAY),
    "is on leave": on_leave,
    "sees no patients any more": lambda user, house: accounts.edit_user(
        user=user,
        revision=user.revision,
        email=user.email,
        name=user.name,
        credentials=user.credentials,
        roles={Role.MANAGER},
        by=house.manager,
        at=NOW,
    ),
}


@pytest.mark.parametrize("leave", LEFT.values(), ids=LEFT.keys())
def test_a_flag_for_somebody_who_left_stands_on_every_providers_worklist(
    house: House, patient: Patient, provider: Client, leave: Callable[[User, House], object]
) -> None:
    """H97: no open flag is on nobody's list."""
    other = another_provider(house)
    flag = flag_to(other, patient, house)
    assert SENTENCE not in words_of(provider.get("/"))
    other.refresh_from_db()
    leave(other, house)
    assert "For Olu Other, MD, from Sam Staff, RN" in words_of(provider.get("/"))
    finish_flag(flag=flag, by=house.provider, at=NOW)


def test_a_flag_stays_on_the_worklist_when_its_patient_is_archived(
    house: House, patient: Patient, provider: Client
) -> None:
    flag = flag_to(house.provider, patient, house)
    archive_patient(patient=patient, revision=patient.revision, reason="Moved", by=house.staff, at=NOW)
    assert SENTENCE in words_of(provider.get("/"))
    provider.post(press(flag, "done"))
    assert SENTENCE not in words_of(provider.get("/"))


# --- On the patient's page, and among all of their flags --------------------------------------


def test_only_open_flags_stand_before_everything_else_of_the_patient(
    house: House, patient: Patient, provider: Client
) -> None:
    assert 'id="open-flags"' not in provider.get(patient.get_absolute_url()).content.decode()
    assert "No flag was written about this patient." in words_of(provider.get(all_of(patient)))
    flag = flag_to(house.provider, patient, house)
    page = provider.get(patient.get_absolute_url()).content.decode()
    assert page.index('id="open-flags"') < page.index('id="plans-title"') < page.index('id="flags"')
    finish_flag(flag=flag, by=house.provider, at=NOW)
    page = provider.get(patient.get_absolute_url()).content.decode()
    assert 'id="open-flags"' not in page
    assert all_of(patient) in page


def test_more_open_flags_than_anybody_reads_are_said_to_be_more(
    house: House, patient: Patient, provider: Client
) -> None:
    for number in range(MOST_OPEN + 1):
        flag_to(None, patient, house, f"Number {number:02}")
    page = words_of(provider.get(patient.get_absolute_url()))
    assert "There are more: all flags" in page
    assert "Number 20" in page
    assert "Number 00" not in page
    assert "Number 00" not in words_of(provider.get(all_of(patient)))
    assert "Number 00" in words_of(provider.get(all_of(patient), {"page": "2"}))


def test_a_press_comes_back_to_where_it_was_made(house: House, patient: Patient, provider: Client) -> None:
    flags = [flag_to(house.provider, patient, house, at=NOW + timedelta(minutes=n)) for n in range(26)]
    part = {"only": "flags", "after": "25", "provider": str(house.provider.pk)}
    page = provider.get("/", part).content.decode()
    (address,) = re.findall(r'action="([^"]+/seen/[^"]*)"', page)
    answer = provider.post(unescape(address))
    back = urlencode({name: part[name] for name in ("provider", "only", "after")})
    assert answer["Location"] == f"/?{back}"
    of_flags = press(flags[0], "done").replace("from=worklist", "from=flags")
    assert provider.post(of_flags)["Location"] == all_of(patient)
    later = provider.get(all_of(patient), {"page": "2"}).content.decode()
    (address, *_) = re.findall(r'action="([^"]+from=flags[^"]*)"', later)
    assert provider.post(unescape(address))["Location"] == f"{all_of(patient)}?page=2"
    nowhere = press(flags[1], "done").replace("from=worklist", "from=https://evil.example")
    assert provider.post(nowhere)["Location"] == patient.get_absolute_url()
