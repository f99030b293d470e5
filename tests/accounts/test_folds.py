"""What somebody folds on a page stays folded for them, on every page that has it, and for nobody else."""

from __future__ import annotations

from typing import Final

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory

from taperplanner.accounts.models import User
from taperplanner.audit.models import Event
from taperplanner.foldable import Foldable

from ..browser.fixtures import SignedIn
from ..house.law import TOP
from ..world.plan_pages import plan_url
from ..world.plans import signed_version
from ..world.universe import Universe

PAGE: Final = "/account/folds/"


def of_panel(page: str, key: Foldable) -> str:
    """Its opening tag."""
    return page.partition(f'data-fold="{key}"')[2].partition(">")[0]


def test_a_folded_panel_stays_folded_for_them_alone(universe: Universe) -> None:
    house = universe.ours
    plan = signed_version(house).plan
    provider, staff = (universe.client_of(user) for user in (house.provider, house.staff))
    assert provider.post(PAGE, {"panel": "versions", "is_folded": "yes"}).status_code == 204
    assert "open" not in of_panel(provider.get(plan_url(plan)).content.decode(), Foldable.VERSIONS)
    assert "open" in of_panel(provider.get(plan_url(plan)).content.decode(), Foldable.DESCRIPTION)
    assert "open" in of_panel(staff.get(plan_url(plan)).content.decode(), Foldable.VERSIONS)
    provider.post(PAGE, {"panel": "versions", "is_folded": ""})
    assert "open" in of_panel(provider.get(plan_url(plan)).content.decode(), Foldable.VERSIONS)


def test_one_more_changes_nothing_of_the_others_and_leaves_no_event(universe: Universe) -> None:
    user = universe.ours.provider
    client, before = universe.client_of(user), Event.objects.count()
    for panel in ("versions", "description", "description"):
        client.post(PAGE, {"panel": panel, "is_folded": "yes"})
    assert User.objects.get(pk=user.pk).folded == ["description", "versions"]
    assert Event.objects.count() == before


@pytest.mark.parametrize("panel", ["", "safety", "notes", "<b>", "x" * 5000])
def test_a_panel_that_cannot_be_folded_is_refused(universe: Universe, panel: str) -> None:
    user = universe.ours.provider
    assert universe.client_of(user).post(PAGE, {"panel": panel, "is_folded": "yes"}).status_code == 400
    assert User.objects.get(pk=user.pk).folded == []


@pytest.mark.django_db
def test_nobody_folds_for_nobody(client: Client) -> None:
    assert client.post(PAGE, {"panel": "versions", "is_folded": "yes"}).status_code == 302


def test_what_may_hold_a_warning_does_not_fold() -> None:
    """The template of a panel that can be folded draws no alert and no gap, and is put together from no other."""
    folding = [path for path in TOP.glob("templates/**/*.html") if "{% folding_panel" in path.read_text()]
    assert len(folding) == len(Foldable)
    for path in folding:
        assert "{% include" not in path.read_text(), path
        for word in ("alert", "gap", "emergency", "is-late", "danger"):
            assert f'class="{word}' not in path.read_text(), path


def test_its_name_must_be_known(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = User()
    draw = Template("{% folding_panel 'safety' 'Safety' %}{% endfolding_panel %}").render
    with pytest.raises(ValueError, match="safety"):
        draw(Context({"request": request}))


def test_in_a_browser_it_is_remembered_by_keys_and_printed_all_the_same(
    universe: Universe, signed_in: SignedIn
) -> None:
    house = universe.ours
    plan = signed_version(house).plan
    page = signed_in(house.provider)
    page.goto(plan_url(plan))
    panel = page.locator("details[data-fold=versions]")
    assert panel.evaluate("panel => panel.open")
    with page.expect_response(lambda answer: answer.url.endswith(PAGE)) as kept:
        panel.locator("summary").press("Enter")
    assert kept.value.status == 204
    page.reload()
    assert not panel.evaluate("panel => panel.open")
    link = panel.get_by_role("link", name="Version 1")
    assert not link.is_visible()
    page.emulate_media(media="print")
    assert link.bounding_box()
