"""The commands of this folder as they are given, on the database of the tests' kind, and what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from django.db import connection

from ..house.law import TOP


def run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, "--vendor", connection.vendor, *arguments]
    return subprocess.run(
        command, cwd=TOP, env=os.environ, capture_output=True, text=True, timeout=900, check=False
    )


def figures(said: str) -> dict[str, int]:
    found = re.findall(r"(lost|doubled|by half|answers|syncs|answered before|kills): (\d+)", said)
    return {name: int(number) for name, number in found}
