"""The signed steps as one text for another system: all of it, read back by rules of its own."""

from __future__ import annotations

import random
import re
from datetime import date, datetime, timedelta

import pytest
import time_machine

from taperplanner.doses import NANOGRAMS_PER_MG
from taperplanner.tapers.schedule.schedule import Ending, Schedule
from taperplanner.tapers.wording.order_text import order_text

from ..proof.plans import case
from ..world.plans import open_plan, sign_plan, sign_revision, signed_version, start_revision, typed_schedule
from ..world.universe import NOW, Universe

STEP = re.compile(
    r"Step (\d+), \w{3}, (\w{3} \d+, \d{4})(?: to \w{3}, (\w{3} \d+, \d{4}))? \((\d+) days?\), "
)
EVERY_DAY = re.compile(r"([\d.]+) mg a day: ")
# Of a pattern: some of its days with the dates of their first round, and what is taken on them.
DAYS = re.compile(r"On [\w ,]+ \(first on (?P<dates>[\w ,;]+)\) (?P<dose>[\d.]+) mg: ")
AMOUNT = re.compile(r"\(([\d.]+)\) of ")


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


def thousandths(number: str, scale: int = 1000) -> int:
    whole, _, part = number.partition(".")
    return int(whole) * scale + int(part.ljust(len(str(scale)) - 1, "0") or 0)


def day(text: str) -> date:
    return datetime.strptime(text, "%b %d, %Y").date()  # noqa: DTZ007 - a date has no zone


def read_back(text: str, is_pattern: bool, first_round: list[date]) -> dict[date, tuple[int, list[int]]]:
    """Of each day of the first round: its dose in nanograms, and its amounts. Only a plain step says "a day"."""

    def taken(dose: str, said: str) -> tuple[int, list[int]]:
        return thousandths(dose, NANOGRAMS_PER_MG), [thousandths(number) for number in AMOUNT.findall(said)]

    every_day = EVERY_DAY.match(text)
    assert (every_day is None) == is_pattern
    if every_day:
        return dict.fromkeys(first_round, taken(every_day[1], text))
    assert "a pattern" in text
    assert "not the same each day" in text
    assert " mg a day" not in text
    parts = [*DAYS.finditer(text)]
    found: dict[date, tuple[int, list[int]]] = {}
    for part, end in zip(parts, [*(after.start() for after in parts[1:]), len(text)], strict=True):
        for said in part["dates"].split("; "):
            on = day(said.partition(", ")[2])
            assert on not in found, "one day stands in two parts"
            found[on] = taken(part["dose"], text[part.end() : end])
    return found


def without_notes(schedule: Schedule, text: str) -> str:
    for note in sorted((step.note for step in schedule.steps if step.note), key=len, reverse=True):
        text = text.replace(f" Note: {note}", "", 1)
    return text


@pytest.mark.parametrize("seed", range(60))
def test_the_text_read_back_is_what_was_signed(seed: int) -> None:
    schedule = case(seed, random.Random(seed)).schedule
    text = order_text(schedule, "clonazepam")
    for step in schedule.steps:
        assert not step.note or f" Note: {step.note}" in text
    bare, _, beside = without_notes(schedule, text).partition(" As needed, beside these steps")
    _, *found = re.split(r"(?=Step \d+, \w{3}, )", bare)
    assert len(found) == len(schedule.steps)
    for dated, said in zip(schedule.dated_steps(), found, strict=True):
        head = STEP.match(said)
        assert head
        assert int(head[1]) == dated.step.position
        assert day(head[2]) == dated.first_day
        assert day(head[3] or head[2]) == dated.last_day
        assert int(head[4]) == dated.step.days
        length = min(dated.step.days, len(dated.step.regimens))
        first_round = [dated.first_day + timedelta(days=at) for at in range(length)]
        assert read_back(said[head.end() :], dated.step.is_pattern, first_round) == {
            each: (
                dated.on(each).dose.nanograms,
                [dose.quantity.thousandths for dose in dated.on(each).doses],
            )
            for each in first_round
        }
    after = schedule.last_day + timedelta(days=1)
    assert f"{after:%B} {after.day}, {after.year} on" in bare
    assert ("Stop." in bare) == (schedule.ending is Ending.STOP)
    needed = schedule.as_needed
    assert bool(beside) is (needed is not None)
    if needed:
        assert thousandths(AMOUNT.findall(beside)[0]) == needed.quantity.thousandths
        assert f", {needed.dose} each time, at most {needed.times_a_day} time" in beside
        assert f"When: {needed.when}" in beside


@pytest.mark.parametrize("seed", range(60))
def test_no_amount_is_a_single_character_that_another_system_loses(seed: int) -> None:
    schedule = case(seed, random.Random(seed)).schedule
    assert not set("½¼¾\N{NO-BREAK SPACE}") & set(without_notes(schedule, order_text(schedule, "clonazepam")))


def page_of(universe: Universe, version: object) -> tuple[int, str]:
    answer = universe.client_of(universe.ours.staff).get(f"{version.get_absolute_url()}handout/text/")  # type: ignore[attr-defined]
    return answer.status_code, answer.content.decode()


def test_the_page_shows_all_of_it_with_its_length(universe: Universe) -> None:
    version = signed_version(universe.ours)
    status, page = page_of(universe, version)
    shown = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert (status, bool(shown)) == (200, True)
    assert shown is not None
    assert shown[1].startswith("clonazepam")
    assert "Step 6, " in shown[1]
    assert f"It has {len(shown[1])} characters." in page
    assert page.count("does not hold it") == 2


def test_a_field_that_holds_it_is_said_to(universe: Universe) -> None:
    draft = typed_schedule()
    short = type(draft)(draft.first_day, draft.ending, draft.steps[:1])
    _, page = page_of(universe, sign_plan(open_plan(universe.ours), universe.ours, short))
    assert re.search(r"field of 1000 characters\s+holds it", page)


def test_it_is_refused_while_the_paper_is(universe: Universe) -> None:
    version = signed_version(universe.ours)
    universe.ours.clinic.requires_check = True
    universe.ours.clinic.save(update_fields=["requires_check"])
    status, page = page_of(universe, version)
    assert status == 409
    assert "Step 1" not in page


def test_what_is_copied_of_a_replaced_version_says_so_itself(universe: Universe) -> None:
    version = signed_version(universe.ours)
    sign_revision(start_revision(version, universe.ours, NOW.date()), universe.ours)
    _, page = page_of(universe, version)
    shown = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert shown is not None
    assert shown[1].startswith("REPLACED. Replaced by version 2")
    assert "Do not follow this paper." in shown[1]
