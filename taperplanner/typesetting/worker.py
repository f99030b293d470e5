"""Sets one paper in a process of its own, which ends with it: `typesetting` runs this file and nothing imports it.

Typst keeps what it has set for the next time and never gives it back: a server that set a hundred calendars in
its own process held 3 GB. Reads a job as JSON, and writes each page's length in eight bytes and the page itself;
one that cannot be set ends with 3 and says why.
"""

from __future__ import annotations

import json
import sys

import typst

CANNOT_BE_SET = 3


def main() -> int:
    job = json.load(sys.stdin)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=job["font_folders"]
    )
    compiler = typst.Compiler(
        job["description"], root=job["root"], font_paths=fonts, sys_inputs={"data": job["data"]}
    )
    try:
        if job["tried"]:
            compiler.compile(**job["tried"])
        made = compiler.compile(**job["how"])
    except typst.TypstError as error:
        sys.stderr.write(error.diagnostic)
        return CANNOT_BE_SET
    for page in filter(None, made if isinstance(made, list) else [made]):
        sys.stdout.buffer.write(len(page).to_bytes(8, "big"))
        sys.stdout.buffer.write(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
