"""The file of notices is read strictly: one that cannot be read, or concerns nothing, is found before anybody relies on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from taperplanner.recall.notices import NOTICES, Unreadable, check_notices, read_notices

from ..world.notices import notice_text, with_notices

RIGHT = notice_text("2027-1", "0.2.0", layouts=("checklist",))


def test_the_products_own_notices_can_be_read() -> None:
    read_notices(NOTICES.read_text())
    assert check_notices() == []


def test_the_example_in_the_file_is_a_notice() -> None:
    """What is written there as a comment, for whoever writes the first one."""
    lines = NOTICES.read_text().splitlines()
    example = "\n".join(line.removeprefix("# ") for line in lines[lines.index("# [[notice]]") :])
    (notice,) = read_notices(example)
    assert notice.releases == ["0.2.0", "0.2.1"]


@pytest.mark.parametrize(
    "text",
    [
        RIGHT + RIGHT,
        RIGHT.replace("checklist", "chekclist"),
        RIGHT.replace("['checklist']", "[]"),
        RIGHT.replace("0.2.0", "two"),
        RIGHT.replace("what_to_do", "do"),
        RIGHT.replace('key = "2027-1"', 'key = ""'),
        RIGHT + 'more = "x"',
        "[[notice",
    ],
    ids=[
        "twice",
        "no layout",
        "concerns nothing",
        "no release",
        "a name",
        "no key",
        "one too many",
        "no file",
    ],
)
def test_a_notice_with_a_slip_is_said_by_the_check(tmp_path: Path, text: str) -> None:
    assert text != RIGHT
    with pytest.raises(Unreadable):
        read_notices(text)
    with with_notices(tmp_path, text):
        (error,) = check_notices()
        assert error.id == "recall.E001"
