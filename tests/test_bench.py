"""The bench compares pages with the floor that it serves beside them. No test says how long anything takes."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse

from taperplanner.audit.models import Event

from .bench.__main__ import ALL, said
from .bench.clinics import Asking, Size, filled, stepped
from .bench.measures import MEASURES, World
from .bench.terms import terms_of
from .bench.visits import Ratio, compared, nearly_worst
from .world.universe import Universe


def quiet(what: str) -> None:
    pass


@pytest.fixture
def world(db: None) -> World:
    clinics = filled([Size(3, 2), Size(2, 1)], quiet)
    return World(clinics, stepped(clinics[0].clinic, [4]), visits=1)


def test_a_quick_run_of_one_measure_gives_ratios(world: World) -> None:
    found = list(MEASURES["schedule"](world))
    assert [one.beside for one in found] == ["floor, 4 steps", "floor, 4 steps and no event"]
    for one in found:
        assert one.measure == "schedule page, 4 steps"
        assert one.p50 > 0
        assert one.p95 > 0
        assert one.queries > 5
        assert one.bytes > 10_000
        assert one.peak_kb > 0
        assert json.loads(json.dumps(one.as_json()))["p50"] == one.p50
        assert len(said(one)) == 7


@pytest.mark.parametrize("name", ["worklist", "registry", "audit"])
def test_a_page_of_a_larger_clinic_is_compared_with_that_of_the_first(world: World, name: str) -> None:
    first, second = MEASURES[name](world)
    assert (first.beside, second.beside) == ("floor, 4 steps", first.measure)
    assert first.measure != second.measure
    assert min(first.queries, second.queries) > 5  # a page that asks for something first would say nothing


def test_the_floor_is_one_select_and_writes_an_event_only_where_that_is_asked(world: World) -> None:
    untold = compared("floor", world.floor(4, told="untold"), "itself", world.floor(4, told="untold"), 1)
    before = Event.objects.count()
    world.floor(4, told="untold")()
    assert Event.objects.count() == before
    world.floor(4)()
    assert Event.objects.count() == before + 1
    told = compared("floor", world.floor(4), "itself", world.floor(4), 1)
    assert told.queries > untold.queries
    assert world.floor(4)().count(b"<tr>") == world.plans[4].versions.get().doses.count()


def test_the_floor_asks_who_it_is(world: World) -> None:
    version = world.plans[4].versions.get()
    stranger = Asking(world.first.clinic.users.get(email__startswith="provider@"))
    stranger.client.logout()
    with pytest.raises(AssertionError, match="302"):
        stranger.get(f"/bench/{version.pk}/told/")()


def test_the_product_has_no_address_of_the_bench(universe: Universe) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("floor", args=["8c3f1c5e-7a52-4b43-8f0e-3b8f0d0d2a11", "told"])
    assert universe.client_of(universe.ours.provider).get("/bench/").status_code == 404


def test_signing_is_compared_with_the_rows_that_it_makes_and_leaves_none(world: World) -> None:
    before = world.plans[4].versions.model.objects.count()
    [ratio] = MEASURES["signing"](world)
    assert ratio.p50 > 0
    assert world.plans[4].versions.model.objects.count() == before
    call_command("verify_signed", stdout=io.StringIO())


def test_every_term_of_the_search_is_answered(world: World) -> None:
    [_] = MEASURES["patient"](world)
    names = dict(terms_of(world.first.clinic))
    assert {"one letter", "two words", "three words", "MRN", "birth date", "birth date with name"} <= set(
        names
    )
    for sent in names.values():
        assert world.first.provider.get("/patients/", **sent)()


def test_every_measure_can_be_asked_for_by_name() -> None:
    assert set(MEASURES) == set(ALL)


def test_a_percentile_lies_between_the_two_longest() -> None:
    assert nearly_worst([1, 1, 1, 1, 1, 1, 1, 2]) == pytest.approx(1.65)
    assert nearly_worst([3]) == 3


def test_what_is_printed_has_no_time() -> None:
    one = Ratio("a page", "floor", 1.5, 2.0, 10, 2000, 300)
    assert said(one) == ["a page", "floor", "1.50", "2.00", "10", "2,000", "300"]
    assert not {"seconds", "milliseconds"} & set(one.as_json())
