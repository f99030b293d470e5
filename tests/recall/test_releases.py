"""Which release made it: on every version, copy, paper and file; and which releases lie in a range."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from taperplanner import __version__
from taperplanner.handouts.paper.layouts import Choice, Layout
from taperplanner.releases import NoRelease, Releases, number_of
from taperplanner.tapers.models import Version

from ..world.papers import pages_of
from ..world.plans import signed_version
from ..world.printing import print_handout
from ..world.universe import NOW, Universe

MADE_BY = f"Taper Planner {__version__}"
NUMBERS = st.tuples(*[st.integers(0, 99_999)] * 3)


@pytest.fixture
def version(universe: Universe) -> Version:
    return signed_version(universe.ours)


def test_a_version_and_its_copies_say_which_release_made_them(version: Version, universe: Universe) -> None:
    house = universe.ours
    copy = print_handout(version=version, choice=Choice(), by=house.staff, at=NOW)
    assert (version.release, copy.release) == (__version__, __version__)


@pytest.mark.parametrize("layout", [layout for layout in Layout if layout is not Layout.PHARMACY])
def test_the_paper_says_it_in_each_layout(version: Version, universe: Universe, layout: Layout) -> None:
    staff = universe.ours.staff
    copy = print_handout(version=version, choice=Choice(layout), by=staff, at=NOW, with_file=True)
    assert MADE_BY in " ".join(pages_of(copy.file.content))


def test_a_file_says_it_in_its_name(universe: Universe) -> None:
    answer = universe.client_of(universe.ours.manager).get(reverse("accounts:audit_file"))
    assert f"-taper-planner-{__version__}.csv" in answer["Content-Disposition"]


@given(NUMBERS, NUMBERS)
def test_releases_are_ordered_by_their_numbers_and_not_by_their_letters(
    one: tuple[int, ...], other: tuple[int, ...]
) -> None:
    first, last = (".".join(map(str, sorted((one, other))[place])) for place in (0, 1))
    assert number_of(first) <= number_of(last)
    assert Releases.read(f"{first}..{last}").of([first, last]) == [first, last]


@pytest.mark.parametrize(
    ("asked", "has", "has_older"),
    [
        ("0.2.0", ["0.2.0"], False),
        ("0.2.0..0.10.0", ["0.2.0", "0.9.1", "0.10.0"], False),
        ("..0.9.1", ["0.1.0", "0.2.0", "0.9.1"], True),
        ("0.9.1..", ["0.9.1", "0.10.0", "1.0.0"], False),
    ],
)
def test_a_range_has_both_its_ends_and_without_a_beginning_what_is_older_than_any(
    asked: str, has: list[str], has_older: bool
) -> None:
    releases = Releases.read(asked)
    assert releases.of(["0.1.0", "0.2.0", "0.9.1", "0.10.0", "1.0.0"]) == has
    assert releases.has_those_before_it_was_recorded == has_older


@pytest.mark.parametrize(
    "asked", ["", "..", "0.2.0..0.1.0", "v0.2", "0.2.0-rc1", "٠.٢", "1.2.3.4", "0.2.0...0.3.0"]
)
def test_what_is_no_range_is_refused_in_words(asked: str) -> None:
    with pytest.raises(NoRelease, match=r"release|later than"):
        Releases.read(asked)
