"""Of what every form asks before it keeps what was typed: spellings, dates, and marks that came with a paste."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H7",
        "what can be misread is asked about in each text of each form",
        "taperplanner/forms.py",
        "asked = dict(self._to_ask()) if self.is_bound else {}",
        "asked = {}",
        "tests/test_kept_as_typed.py",
    ),
    Control(
        "H7",
        "a tick belongs to the spellings that it was given for",
        "taperplanner/forms.py",
        'return f"as-typed-{name}-{sha256(said.encode()).hexdigest()[:_DIGEST]}"',
        'return f"as-typed-{name}-{len(said) and _DIGEST}"',
        "tests/test_kept_as_typed.py",
    ),
    Control(
        "H29",
        "marks of a paste are taken out of a draft's cells",
        "taperplanner/tapers/views/draft_sent.py",
        "post, said = without_marks(request.POST)",
        "post, said = request.POST, []",
        "tests/tapers/test_pasted_marks.py",
    ),
    Control(
        "H39",
        "from which day a revision begins is asked about where it is far",
        "taperplanner/tapers/forms/plans.py",
        'self.ask_about_far_days({"first_day": Near("today", today, before=QUARTER, after=QUARTER)})',
        "self.ask_about_far_days({})",
        "tests/tapers/test_far_revisions.py",
    ),
    Control(
        "H39",
        "a field of a day that asks nothing is found",
        "taperplanner/patients/medications/stops.py",
        'self.ask_about_far_days({"stopped_on": FarFrom("today", today, before=QUARTER)})',
        "self.ask_about_far_days({})",
        "tests/test_house.py",
    ),
    Control(
        "H5",
        "a preview has no code that could be one of a copy",
        "taperplanner/handouts/paper/content.py",
        'written("X" * LENGTH)',
        'written("7" * LENGTH)',
        "tests/handouts/test_preview_pages.py",
    ),
)
