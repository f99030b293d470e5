"""Whatever was signed in whatever order: every place says the same of what is taken on a day.

Random chains of holds and revisions that begin before, on and after each other's first day, against a model that
walks the days one by one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taperplanner.handouts.copies.public_answer import answers_to
from taperplanner.handouts.copies.validity import validity_of
from taperplanner.handouts.models import PrintedHandout
from taperplanner.handouts.paper.layouts import Choice
from taperplanner.monitoring.supply.lines import spans_of
from taperplanner.monitoring.supply.needs import needed, needs_of
from taperplanner.tapers.draft.revising import draft_of_hold
from taperplanner.tapers.models import Plan, Version
from taperplanner.tapers.schedule.steps import ScheduleStep
from taperplanner.tapers.signed.content import verified_content, verified_course

from .world.chains import Link, chains, halves_on, in_force, mg, sign_chain
from .world.plans import TODAY
from .world.printing import print_handout
from .world.universe import NOW, build

NEW_YORK = ZoneInfo("America/New_York")
EXAMPLES = max(12, settings().max_examples // 40)
DAYS = st.integers(-8, 50).map(lambda days: TODAY + timedelta(days=days))


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.property
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(chain=chains(), days=st.lists(DAYS, min_size=1, max_size=4))
def test_page_paper_hold_supply_and_code_say_the_same_of_every_day(
    db: None, chain: list[Link], days: list[date]
) -> None:
    with undone(), time_machine.travel(NOW, tick=False):
        house = build().ours
        versions = sign_chain(house, chain)
        copies = [
            print_handout(version=version, choice=Choice(), by=house.staff, at=NOW) for version in versions
        ]
        plan = Plan.objects.select_related("patient__clinic").get()
        for day in days:
            number, halves = in_force(chain, day), halves_on(chain, day)
            client = Client()
            with time_machine.travel(datetime.combine(day, time(12), NEW_YORK), tick=False):
                client.force_login(house.staff)
                page = html.unescape(client.get(plan.get_absolute_url()).content.decode())
            assert says_today(page, chain, number, halves, day)
            assert followed(copies, day) == number
            assert halves_of(taken_by_paper(versions, number, day)) == (halves or 0)
            assert needed(needs_of(spans_of(versions), 1), day, day).thousandths == 500 * (halves or 0)
            course = verified_course(plan)
            assert course is not None
            draft = draft_of_hold(course, today=day)
            if draft is None:
                assert number
                assert not halves
            elif number:
                assert draft.steps[0].dose == mg(halves or 0)
                assert draft.steps[0].days == ""


def says_today(page: str, chain: list[Link], number: int | None, halves: int | None, day: date) -> bool:
    (line,) = re.findall(r'class="today-line">(.*?)</p>', page, re.DOTALL)
    words = re.sub(r"<[^>]+>|\s+", " ", line).replace("\N{NO-BREAK SPACE}", " ")
    if number is None:
        return "has not started" in words
    return f"{mg(halves)} mg a day" in words if halves else "no clonazePAM" in words


def followed(copies: list[PrintedHandout], day: date) -> int | None:
    """The number of the one version whose paper may be followed, by the plan's list and by the code."""
    at = datetime.combine(day, time(12), NEW_YORK)
    fresh = [PrintedHandout.objects.with_version().get(pk=copy.pk) for copy in copies]
    listed = {one.version.number for one in fresh if validity_of(one, day).may_be_followed}
    by_code = {one.version.number for one in fresh if answers_to(one.written_code, at=at)[0].is_current}
    assert listed == by_code
    assert len(listed) <= 1, "two papers would both say “follow this one”"
    return next(iter(listed), None)


def taken_by_paper(versions: list[Version], number: int | None, day: date) -> ScheduleStep | None:
    if number is None:
        return None
    version = next(one for one in versions if one.number == number)
    _, dated = verified_content(version).schedule.on(day)
    return dated.step if dated else None


def halves_of(step: ScheduleStep | None) -> int:
    return sum(dose.quantity.thousandths for dose in step.all_doses) // 500 if step else 0
