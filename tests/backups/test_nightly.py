"""The examples for every night name commands that are there, and systemd understands them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest
from django.core.management import get_commands, load_command_class

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs/deploy"
EVERY_NIGHT: Final = {
    "backup",
    "audit_head",
    "keep_papers",
    "clearsessions",
    "clear_sent_forms",
    "audit_verify",
    "rebuild_day_book",
}
NAMED: Final = re.compile(r"(?:manage\.py|\$\$m) (\w+)((?: [/\w.-]+)*)")


@pytest.mark.parametrize("name", ["nightly.service", "crontab"])
def test_each_command_of_the_night_is_there_and_takes_what_it_is_given(name: str) -> None:
    named = NAMED.findall((FOLDER / name).read_text())
    assert {command for command, _ in named} == EVERY_NIGHT
    for command, arguments in named:
        load_command_class(get_commands()[command], command).create_parser("manage.py", command).parse_args(
            arguments.split()
        )


def test_each_line_of_the_crontab_has_its_time_its_user_and_one_line_of_shell() -> None:
    lines = [line for line in (FOLDER / "crontab").read_text().splitlines() if re.match(r"[\d*]", line)]
    assert len(lines) == 6
    for line in lines:
        assert re.match(r"\d+ \d+ \* \* \* taperplanner \S", line)
        assert "%" not in line, "cron takes it for the end of the line"
        subprocess.run(["sh", "-n", "-c", line.split(maxsplit=6)[6]], check=True)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze on this machine")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    """Paths of the example become ones that are there, since systemd looks for programs."""
    for unit in ("nightly.service", "nightly.timer"):
        shutil.copy(FOLDER / unit, tmp_path)
    done = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / "nightly.timer", tmp_path / "nightly.service"],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "nightly" in line]
    assert (done.returncode, ours) == (0, [])


def test_the_shell_of_the_service_is_whole() -> None:
    text = (FOLDER / "nightly.service").read_text()
    script = re.search(r"ExecStart=/bin/sh -c '(.*?)'$", text, re.S | re.M)
    assert script
    subprocess.run(["sh", "-n", "-c", script[1].replace("\\\n", "").replace("$$", "$")], check=True)
