"""The parts that pages are put together from: what they draw, and that nobody's words become markup in them."""

from __future__ import annotations

from typing import Final

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from .house.law import TOP

TYPED: Final = "<script>alert(1)</script>"
ESCAPED: Final = "&lt;script&gt;alert(1)&lt;/script&gt;"


def draw(template: str, **context: object) -> str:
    """With white space as one space."""
    return " ".join(Template(template).render(Context(context)).split())


def test_a_panel_is_named_by_its_heading() -> None:
    assert draw("{% panel 'supply' 'Supply' %}<p>Nothing</p>{% endpanel %}") == (
        '<section class="panel " aria-labelledby="supply-title">'
        ' <h2 id="supply-title">Supply</h2> <p>Nothing</p> </section>'
    )


def test_a_panel_of_a_version_is_told_from_that_of_another() -> None:
    drawn = draw("{% panel 'checks' 'Checks' number=3 kind='today' anchor='here' %}{% endpanel %}")
    assert '<section class="panel today" id="here" aria-labelledby="checks-title-3">' in drawn
    assert '<h2 id="checks-title-3">' in drawn


def test_a_panel_has_links_beside_its_heading() -> None:
    drawn = draw(
        "{% slot as links %}<a href='/add/'>Add</a>{% endslot %}{% panel 'plans' 'Plans' links=links %}{% endpanel %}"
    )
    assert (
        '<div class="panel-head"> <h2 id="plans-title">Plans</h2> <a href=\'/add/\'>Add</a> </div>' in drawn
    )


def test_a_panel_whose_links_came_to_nothing_has_none() -> None:
    drawn = draw(
        "{% slot as links %} {% if may %}x{% endif %} {% endslot %}{% panel 'a' 'A' links=links %}{% endpanel %}"
    )
    assert "panel-head" not in drawn


@pytest.mark.parametrize(
    "template",
    [
        "{% panel 'a' typed %}{% endpanel %}",
        "{% panel 'a' 'A' %}{{ typed }}{% endpanel %}",
        "{% panel 'a' 'A' links=typed %}{% endpanel %}",
        "{% slot as title %}<bdi>{{ typed }}</bdi>{% endslot %}{% panel 'a' title %}{% endpanel %}",
        "{% nothing_here %}{{ typed }}{% endnothing_here %}",
        "{% folding_table typed %}{% endfolding_table %}",
        "{% folding_table 'A' %}<tr><td>{{ typed }}</td></tr>{% endfolding_table %}",
        "{% include 'components/_buttons.html' with submit=typed cancel='/' keep=typed %}",
    ],
)
def test_what_somebody_typed_stays_text(template: str) -> None:
    drawn = draw(template, typed=TYPED)
    assert ESCAPED in drawn
    assert TYPED not in drawn


def test_a_table_that_folds_can_be_scrolled_by_key_and_says_what_it_holds() -> None:
    drawn = draw("{% folding_table 'Plans' kind='cells' %}<tbody></tbody>{% endfolding_table %}")
    assert (
        '<div class="table-responsive" tabindex="0" role="region" aria-label="Plans, scrolls sideways">'
        in drawn
    )
    assert '<table class="table table-sm mb-0 folds cells"> <tbody></tbody> </table>' in drawn


def test_the_buttons_of_a_form_are_one_to_go_on_and_one_to_go_back() -> None:
    drawn = draw("{% include 'components/_buttons.html' with submit='Save' cancel='/back/' %}")
    assert '<button type="submit" class="btn btn-primary">Save</button>' in drawn
    assert '<a class="btn btn-outline-secondary" href="/back/">Cancel</a>' in drawn
    assert "another" not in drawn


def test_the_buttons_may_be_worded_as_the_page_needs() -> None:
    drawn = draw(
        "{% include 'components/_buttons.html' with submit='Add' look='danger' another='Add more' cancel='/' keep='Keep it' %}"
    )
    assert '<button type="submit" class="btn btn-danger">Add</button>' in drawn
    assert 'name="another" value="yes">Add more</button>' in drawn
    assert ">Keep it</a>" in drawn


def test_a_page_that_asks_once_more_sends_what_it_was_read_at() -> None:
    template = "{% include 'components/_confirm.html' with submit='Discard' revision=7 %}"
    drawn = " ".join(Template(template).render(Context({"request": RequestFactory().get("/")})).split())
    assert '<form method="post" class="panel confirm-panel">' in drawn
    assert '<input type="hidden" name="revision" value="7">' in drawn
    assert "Cancel" not in drawn


@pytest.mark.parametrize("markup", ['class="empty"', 'class="panel" aria-labelledby', "table table-sm mb-0"])
def test_no_page_draws_one_by_hand(markup: str) -> None:
    """But for the rooms that are on their way."""
    pages = [
        path for path in TOP.glob("templates/**/*.html") if path.parent.name not in {"components", "handouts"}
    ]
    assert {path.name for path in pages if markup in path.read_text()} <= BY_HAND.get(markup, set())


BY_HAND: Final = {
    'class="panel" aria-labelledby': {
        "_plan_unsigned.html",  # its heading says one of two things
        "emergency_accesses.html",  # a heading of each access, smaller
        "patient_history.html",  # a smaller heading
        "safety_facts.html",  # an aside
        "user_access.html",  # the heading says what waits
    },
    "table table-sm mb-0": {"_draft_conflict_texts.html"},  # as wide as the schedule's products
}
