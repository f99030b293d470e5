from __future__ import annotations

import argparse
import os
import subprocess
import sys

parser = argparse.ArgumentParser(prog="python -m tests.hostile")
parser.add_argument("--count", type=int, default=2000)
parser.add_argument("--walk", type=int, default=0, help="only a walk of so many steps")
parser.add_argument("--seed", type=int, default=1)
given = parser.parse_args()
which = "test_walks.py" if given.walk else "test_hostile.py"
command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-s", f"tests/hostile/{which}"]
chosen = {"HOSTILE_COUNT": str(given.count), "HOSTILE_SEED": str(given.seed)}
if given.walk:
    chosen["HOSTILE_STEPS"] = str(given.walk)
sys.exit(subprocess.run(command, env=os.environ | chosen, check=False).returncode)
