"""Of line fidelity: nothing of the reference document is lost unsaid, and what is dangerous is read first."""

from __future__ import annotations

from typing import Final

from .control import Control

FIDELITY: Final = "tests/guidance/test_fidelity.py"

CONTROLS: Final = (
    Control(
        "H52",
        "the warning of line 31 keeps its verb",
        "taperplanner/guidance/content/clonazepam/interactions/other-sedatives.md",
        "are best avoided together with clonazepam: each",
        "are noted together with clonazepam: each",
        FIDELITY,
    ),
    Control(
        "H52",
        "a clause that is not shown is named as left out",
        "taperplanner/guidance/content/clonazepam/left_out.toml",
        "lines = [5, 22]",
        "lines = [5]",
        FIDELITY,
    ),
    Control(
        "H52",
        "a line that is nowhere fails the command",
        "taperplanner/guidance/management/commands/guidance_lines.py",
        "if line.is_nowhere]:",
        "if line.is_nowhere and line.entries]:",
        FIDELITY,
    ),
    Control(
        "H52",
        "a line that is nowhere fails the check",
        "taperplanner/guidance/loading.py",
        "if errors := list(_uncovered(root, content)):",
        "if errors := list(_uncovered(root, content))[:0]:",
        "tests/guidance/test_loading.py",
    ),
    Control(
        "H52",
        "thoughts of suicide stand in the text beside a schedule, and not in its note",
        "taperplanner/guidance/content/clonazepam/monitoring/mood-and-suicidal-thoughts.md",
        "Thoughts of suicide, suicidal behavior, new or worse depression,",
        "New or worse depression,",
        FIDELITY,
    ),
    Control(
        "H52",
        "what completes a line of the document is named beside it",
        "taperplanner/guidance/entries.py",
        'return f"{line}, completed from {self.completed_from.line(self.completed_locator)}"',
        "return line",
        FIDELITY,
    ),
    Control(
        "H12",
        "a percentage beside a step says that it recommends nothing",
        "templates/tapers/_percentages.html",
        "They recommend nothing.",
        "",
        "tests/tapers/test_percentages.py",
    ),
)
