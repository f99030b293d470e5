"""What each script of static/js does, in a browser; and that the same is missed without the line that does it."""

from __future__ import annotations

from typing import Final

import pytest

from . import (
    of_app,
    of_check_in,
    of_check_in_draft,
    of_draft,
    of_draft_saving,
    of_folds,
    of_guarded,
    of_idle,
    of_passkeys,
    of_paste_columns,
    of_paste_preview,
    of_pasted,
    of_pasting,
    of_pressed,
    of_show_password,
    of_step_cards,
    of_step_columns,
    of_step_keys,
    of_step_table,
    of_step_undo,
)
from .stage import SCRIPTS, Behaviour, Stage

ALL: Final = [
    behaviour
    for module in (
        *(of_app, of_check_in, of_check_in_draft, of_draft, of_draft_saving, of_folds, of_guarded),
        *(of_idle, of_paste_columns, of_passkeys, of_paste_preview, of_pasted, of_pasting),
        *(
            of_pressed,
            of_show_password,
            of_step_cards,
            of_step_columns,
            of_step_keys,
            of_step_table,
            of_step_undo,
        ),
    )
    for behaviour in module.BEHAVIOURS.all
]


@pytest.mark.parametrize("behaviour", ALL, ids=str)
def test_a_script_does(stage: Stage, behaviour: Behaviour) -> None:
    behaviour.check(stage)
    stage.watch.assert_clean()


@pytest.mark.parametrize("behaviour", ALL, ids=str)
def test_without_its_line_it_is_missed(stage: Stage, behaviour: Behaviour) -> None:
    assert behaviour.is_missed(stage)


def test_every_script_is_tried() -> None:
    assert {path.name for path in SCRIPTS.glob("*.js")} == {behaviour.script for behaviour in ALL}
