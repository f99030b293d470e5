from __future__ import annotations

from ..world.universe import Universe


def test_the_first_page_is_where_each_role_begins_its_work(universe: Universe) -> None:
    ours = universe.ours
    for user in (ours.provider, ours.staff):
        answer = universe.client_of(user).get("/")
        assert answer.status_code == 200
        assert "Steps that change today" in answer.content.decode()
    assert universe.client_of(ours.manager).get("/")["Location"] == "/clinic/users/"
