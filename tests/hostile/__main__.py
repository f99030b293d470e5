from __future__ import annotations

import argparse
import os
import subprocess
import sys

parser = argparse.ArgumentParser(prog="python -m tests.hostile")
parser.add_argument("--count", type=int, default=2000)
parser.add_argument("--seed", type=int, default=1)
given = parser.parse_args()
command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-s", "tests/hostile"]
chosen = {"HOSTILE_COUNT": str(given.count), "HOSTILE_SEED": str(given.seed)}
sys.exit(subprocess.run(command, env=os.environ | chosen, check=False).returncode)
