"""A small content folder that is right, for tests to break: one drug, a document of three lines, one text."""

from __future__ import annotations

from pathlib import Path

import pytest

SOURCES = """\
[shop]
title = "Reference document"
publisher = "A shop"
read_on = 2026-11-23
reference = true

[guideline]
title = "Guideline"
publisher = "A society"
published = "2025"
address = "https://example.org/guideline"
read_on = 2026-11-23
read_at = "on a copy"
"""
LEFT_OUT = """\
about = ["A shop's page."]
lines = 3
over_schedules = "stopping/never"
dangerous = ["withdrawal/how-soon"]

[[left_out]]
lines = [1]
says = "A heading."
why = "No claim."

[[left_out]]
lines = [3]
says = "That it is harmless."
why = "Unsafe."
source = "guideline"
locator = "Table 2"
"""
KEPT = """\
+++
title = "Never suddenly"
topic = "stopping"
drug = "calmazine"
audience = "clinician"
order = 1
lines = [2]
standing = "kept"
source = "shop"
locator = "line 2"
concerns = ["opioid"]
review = { status = "awaiting clinical review" }
+++

It is never stopped suddenly.

A provider supervises.
"""
CORRECTED = """\
+++
title = "How soon"
topic = "withdrawal"
drug = "calmazine"
audience = "clinician"
order = 2
lines = [2]
standing = "corrected"
source = "shop"
locator = "line 2"
note = "Sooner than that."
note_source = "guideline"
note_locator = "Table 2"
concerns = ["opioid", "seizure_disorder"]
review = { by = "A. Reviewer, MD", on = 2026-01-31, next = 2027-01-31 }
+++

Withdrawal comes late.
"""
ADDED = """\
+++
title = "Pace"
topic = "tapering"
drug = "calmazine"
audience = "clinician"
order = 1
lines = []
standing = "added"
source = "guideline"
locator = "Recommendation 6"
concerns = ["opioid"]
review = { status = "awaiting clinical review" }
only_on_guidance_page = true
+++

Generally 5% to 10% every 2 to 4 weeks.
"""
TEXT = """\
+++
title = "Call us the same day for"
order = 1
shown_when = "always"
review = { by = "A. Reviewer, MD", on = 2026-01-31, next = 2027-01-31 }

[[sources]]
source = "guideline"
locator = "Table 3"
+++

- shaking that
  gets worse
- no sleep

In danger? Call 911.
"""
TEXTO = """\
+++
title = "Llámenos el mismo día en caso de"
order = 1
shown_when = "always"
review = { status = "awaiting clinical review" }

[[sources]]
source = "guideline"
locator = "Table 3"
+++

- temblor que empeora
- no poder dormir

¿Está en peligro? Llame al 911.
"""
FILES = {
    "sources.toml": SOURCES,
    "calmazine/left_out.toml": LEFT_OUT,
    "calmazine/stopping/never.md": KEPT,
    "calmazine/withdrawal/how-soon.md": CORRECTED,
    "calmazine/tapering/pace.md": ADDED,
    "paper/call-the-clinic.en.md": TEXT,
    "paper/call-the-clinic.es.md": TEXTO,
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path
