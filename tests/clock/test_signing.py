"""While the clock cannot be relied on every page says so, and nothing is signed until a manager has looked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from taperplanner.accounts.models import User
from taperplanner.accounts.signing_rights import why_not_sign
from taperplanner.audit.models import Event
from taperplanner.clock import comparing, standing, views
from taperplanner.clock.actions import CannotLook, look_at_clock
from taperplanner.clock.comparing import Compared
from taperplanner.clock.models import ClockDifference, ClockLook
from taperplanner.clock.rule import Difference, Source
from taperplanner.clock.standing import JUST_NOW
from taperplanner.clock.watch import WATCH
from taperplanner.tapers.actions import CannotSign, sign_draft
from taperplanner.tapers.actions.checks import CannotCheck, check_version
from taperplanner.tapers.models import Draft, Version

from ..world.clock import SENTENCE, clock_differs, clock_was_looked_at
from ..world.making import address_of
from ..world.plan_pages import posted_signature
from ..world.plans import (
    TODAY,
    open_plan,
    save_draft,
    sign_plan,
    sign_revision,
    signed_version,
    start_revision,
    typed_schedule,
)
from ..world.universe import NOW, House, Universe, checker

AHEAD = "The clock of this server is 2 minutes ahead of the database’s."
NOTHING = "Nothing can be signed until a manager has looked."
PAGE = reverse("clock:differences")


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Monday in New York, for PostgreSQL too."""
    monkeypatch.setattr(comparing, "time_of_database", timezone.now)
    monkeypatch.setattr(WATCH, "last", Compared())
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def sign(draft: Draft, house: House) -> Version:
    by = User.objects.get(pk=house.provider.pk)
    return sign_draft(draft=draft, revision=draft.revision, reasons={}, today=TODAY, by=by, at=NOW)


def a_draft(house: House) -> Draft:
    return save_draft(open_plan(house), typed_schedule(), house)


@pytest.mark.parametrize("role", ["provider", "staff", "manager"])
def test_every_page_of_each_role_says_it(universe: Universe, role: str) -> None:
    house = universe.ours
    client = universe.client_of(getattr(house, role))
    pages = [reverse("guidance:index"), reverse("accounts:access")]
    assert not any(AHEAD in client.get(page).content.decode() for page in pages)
    clock_differs(house)
    for page in pages:
        text = client.get(page).content.decode()
        assert AHEAD in text
        assert NOTHING in text
        assert ("Look at the clock" in text) == (role == "manager")


def test_a_page_asks_nothing_more_while_all_is_well(universe: Universe) -> None:
    """What a request knows of the clock it has read with its user."""
    client = universe.client_of(universe.ours.provider)
    client.get(reverse("guidance:index"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("guidance:index"))
    assert not any(one["sql"].startswith('SELECT "clock_') for one in asked)
    clock_was_looked_at(universe.ours)
    with CaptureQueriesContext(connection) as again:
        client.get(reverse("guidance:index"))
    assert len(again) == len(asked)


def test_another_clinics_managers_do_not_look_for_ours(universe: Universe) -> None:
    clock_differs(universe.ours)
    clock_was_looked_at(universe.theirs)
    assert why_not_sign(universe.ours.provider, NOW)
    assert why_not_sign(universe.theirs.provider, NOW) is None


def test_no_version_is_signed_before_somebody_has_looked(universe: Universe) -> None:
    house = universe.ours
    draft = a_draft(house)
    difference = clock_differs(house)
    with pytest.raises(CannotSign, match=NOTHING):
        sign(draft, house)
    look_at_clock(clinic=house.clinic, up_to=difference.number, sentence=SENTENCE, by=house.manager, at=NOW)
    assert sign(draft, house).number == 1


def test_no_revision_is_signed(universe: Universe) -> None:
    """Nor a hold, which is a version too, signed by the same action."""
    house = universe.ours
    draft = start_revision(signed_version(house), house)
    clock_differs(house)
    with pytest.raises(CannotSign, match=NOTHING):
        sign_revision(draft, house)


def test_no_second_check_is_done(universe: Universe) -> None:
    house = universe.ours
    version, by = signed_version(house), checker(house)
    clock_differs(house)
    with pytest.raises(CannotCheck, match=NOTHING):
        check_version(version=version, typed=[], by=by, at=NOW)


def test_a_signature_that_is_sent_comes_back_with_its_reason_and_the_draft(universe: Universe) -> None:
    house = universe.ours
    plan = a_draft(house).plan
    clock_differs(house)
    answer = universe.client_of(house.provider).post(
        address_of("tapers:draft_sign", plan), posted_signature(plan)
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert f"{AHEAD} “Today” and signatures cannot be relied on. {NOTHING}" in text
    assert 'value="03/02/1980"' in text  # typed, to be sent again when a manager has looked
    assert Draft.objects.filter(plan=plan).exists()
    assert Event.objects.get(action="draft.signing_refused").details["why"] == "clock"


def test_a_jump_keeps_from_signing_at_once(universe: Universe) -> None:
    """Before the watch has compared anything, and without a question to the database."""
    house = universe.ours
    draft = a_draft(house)
    with (
        patch.object(standing.WATCH, "has_jumped", return_value=True),
        pytest.raises(CannotSign, match=JUST_NOW),
    ):
        sign(draft, house)
    assert sign(draft, house)


def test_a_manager_looks_and_signing_is_possible_again(universe: Universe) -> None:
    house = universe.ours
    difference = clock_differs(house)
    client = universe.client_of(house.manager)
    assert "I have looked" in client.get(PAGE).content.decode()
    answer = client.post(PAGE, {"sentence": f"  {SENTENCE} ", "revision": "1"}, follow=True)
    text = answer.content.decode()
    assert views.AGREES in text
    assert SENTENCE in text
    assert NOTHING not in text
    look = ClockLook.objects.get()
    assert (look.difference, look.sentence, look.looked_by) == (difference, SENTENCE, house.manager)
    event = Event.objects.get(action="clock.looked_at")
    assert (event.user_id, event.details["found"]) == (house.manager.pk, [AHEAD])
    assert why_not_sign(house.provider, NOW) is None


def test_one_that_still_stands_is_found_at_once_and_said(universe: Universe) -> None:
    house = universe.ours
    clock_differs(house)
    still = Compared((Difference(Source.DATABASE, 120),))
    with patch("taperplanner.clock.watch.compare", return_value=still):
        answer = universe.client_of(house.manager).post(
            PAGE, {"sentence": SENTENCE, "revision": "1"}, follow=True
        )
    assert views.STILL in answer.content.decode()
    assert list(
        ClockDifference.objects.standing().filter(clinic=house.clinic).values_list("number", flat=True)
    ) == [2]
    assert why_not_sign(house.provider, NOW)


def test_one_that_was_found_after_the_page_was_opened_is_not_looked_at_with_it(universe: Universe) -> None:
    house = universe.ours
    clock_differs(house)
    clock_differs(house, Source.JUMP, -300)
    answer = universe.client_of(house.manager).post(
        PAGE, {"sentence": SENTENCE, "revision": "1"}, follow=True
    )
    assert views.STILL in answer.content.decode()
    assert "jumped back by 5 minutes" in answer.content.decode()


@pytest.mark.parametrize("sent", [{"sentence": ""}, {"sentence": " \t"}, {"sentence": "x" * 301}])
def test_nothing_is_looked_at_without_a_sentence(universe: Universe, sent: dict[str, str]) -> None:
    clock_differs(universe.ours)
    answer = universe.client_of(universe.ours.manager).post(PAGE, sent | {"revision": "1"})
    assert answer.status_code == 200
    assert not ClockLook.objects.exists()


def test_the_second_manager_is_told_that_somebody_has_looked(universe: Universe) -> None:
    difference = clock_was_looked_at(universe.ours)
    answer = universe.client_of(universe.ours.manager).post(PAGE, {"sentence": "I too", "revision": "1"})
    assert "Somebody has looked already" in answer.content.decode()
    assert SENTENCE in answer.content.decode()
    with pytest.raises(CannotLook):
        look_at_clock(clinic=difference.clinic, up_to=1, sentence="I too", by=universe.ours.manager, at=NOW)


def test_the_provider_cannot_say_that_they_have_looked(universe: Universe) -> None:
    clock_differs(universe.ours)
    answer = universe.client_of(universe.ours.provider).post(PAGE, {"sentence": SENTENCE, "revision": "1"})
    assert answer.status_code == 403
    assert not ClockLook.objects.exists()


def test_everything_else_goes_on(universe: Universe) -> None:
    """A clinic must be able to read, and to type."""
    house = universe.ours
    clock_differs(house)
    plan = a_draft(house).plan
    assert universe.client_of(house.provider).get(plan.get_absolute_url()).status_code == 200
    with pytest.raises(CannotSign):
        sign_plan(plan, house)
