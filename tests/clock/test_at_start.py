"""A server whose clock differs at its start says so, keeps it, and serves: a clinic must be able to read."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connections

from taperplanner.clock.comparing import Compared
from taperplanner.clock.rule import Difference, Source

from ..world.universe import Universe

COMMAND = "taperplanner.serving.management.commands.serve"


@pytest.mark.parametrize("found", [(), (Difference(Source.DATABASE, 120),)])
def test_a_difference_at_start_is_said_and_kept_and_it_is_served(
    universe: Universe, capsys: pytest.CaptureFixture[str], found: tuple[Difference, ...]
) -> None:
    with (
        patch("taperplanner.clock.watch.compare", return_value=Compared(found)),
        patch("taperplanner.clock.watch.WATCH.last", Compared()),
        patch(f"{COMMAND}.reasons_not_to_serve", return_value=[]),
        patch(f"{COMMAND}.serve") as served,
        patch.object(connections, "close_all"),
    ):
        call_command("serve")
    assert served.called
    said = capsys.readouterr()
    assert "Serving at http://127.0.0.1:8000/" in said.out
    assert ("The clock of this server is 2 minutes ahead of the database’s.\n" in said.err) == bool(found)
    assert universe.ours.clinic.clock_differences.count() == len(found)
