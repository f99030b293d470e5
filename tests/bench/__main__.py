"""How much longer the product takes than the least that could be done, as ratios of one run:

    .venv/bin/python -m tests.bench
    .venv/bin/python -m tests.bench --quick --json bench.json
    .venv/bin/python -m tests.postgres .venv/bin/python -m tests.bench --only schedule search
    .venv/bin/python -m tests.bench --sizes 1000:100 100000:1000

The database is a new one in a temporary folder, or the empty one that DATABASE_URL names. `--sizes`: patients and open
plans of each clinic; of thirty plans of each something is due. What is compared is asked for in turn, in one process.
docs/performance.md says what each number means.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .visits import Ratio

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taperplanner.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")  # a slow page is what is looked for

SIZES: Final = ("1000:100", "100000:1000", "1000000:10000")
QUICK: Final = ("150:40", "600:80")
STEPS: Final = (4, 40, 400)
QUICK_STEPS: Final = STEPS[:2]
ALL: Final = ("schedule", "patient", "worklist", "search", "signing", "papers", "registry", "audit")
QUICK_ONES: Final = ("schedule", "patient", "worklist", "search", "signing", "registry", "audit")
COLUMNS: Final = ("measure", "× what", "p50", "p95", "queries", "bytes", "peak kB")


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--quick", action="store_true", help="small clinics, no 400 steps and no papers")
    parser.add_argument("--sizes", nargs="+", metavar="PATIENTS:PLANS")
    parser.add_argument("--only", nargs="+", choices=ALL)
    parser.add_argument("--visits", type=int, default=8)
    asked = parser.parse_args(given)
    sizes = asked.sizes or (QUICK if asked.quick else SIZES)
    only = asked.only or (QUICK_ONES if asked.quick else ALL)
    steps = QUICK_STEPS if asked.quick else STEPS
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from .measures import ratios_of

        call_command("migrate", verbosity=0, interactive=False)
        print(f"{connection.vendor}\n\n{row(COLUMNS)}\n{row('---' for _ in COLUMNS)}", flush=True)
        found = []
        for ratio in ratios_of(sizes, only, steps=steps, visits=asked.visits, say=say):
            found.append(ratio)
            print(row(said(ratio)), flush=True)
    if asked.json:
        content = {"vendor": connection.vendor, "ratios": [ratio.as_json() for ratio in found]}
        asked.json.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    return 0


def said(ratio: Ratio) -> list[str]:
    numbers = (f"{ratio.p50:.2f}", f"{ratio.p95:.2f}", *(f"{one:,}" for one in (ratio.queries, ratio.bytes)))
    return [ratio.measure, ratio.beside, *numbers, f"{ratio.peak_kb:,}"]


def row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def say(what: str) -> None:
    sys.stderr.write(f"{what}\n")


if __name__ == "__main__":
    sys.exit(main())
