"""Of a dose as needed, beside the schedule."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H70",
        "a schedule that has stopped has no dose as needed any more",
        "taperplanner/tapers/schedule/schedule.py",
        "return self.as_needed if self.on(day)[0] in {Phase.STEP, Phase.STAY} else None",
        "return self.as_needed",
        "tests/tapers/test_as_needed_signed.py",
    ),
    Control(
        "H70",
        "one that was carried over is confirmed before it is signed",
        "taperplanner/tapers/draft/as_needed.py",
        "if parsed.typed.carried and not parsed.typed.confirmed:",
        "if False:",
        "tests/tapers/test_as_needed_signed.py",
    ),
    Control(
        "H70",
        "its two typed statements agree exactly",
        "taperplanner/tapers/draft/as_needed.py",
        "elif parsed.dose and parsed.comes_to != parsed.dose:",
        "elif False:",
        "tests/tapers/test_as_needed.py",
    ),
    Control(
        "H70",
        "a signature is read back with it",
        "taperplanner/tapers/wording/sentences.py",
        "        sentences.append(Sentence(TITLE, read_back(schedule, needed), when=needed.when))\n",
        "        pass\n",
        "tests/tapers/test_as_needed_signed.py",
    ),
    Control(
        "H70",
        "the paper says that it is extra",
        "templates/handouts/as_needed.typ",
        "  par(block.extra)\n",
        "",
        "tests/handouts/test_as_needed.py",
    ),
    Control(
        "H70",
        "the text for another system carries it",
        "taperplanner/tapers/wording/order_text.py",
        'return f"{text} {needed}" if needed else text',
        "return text",
        "tests/tapers/test_as_needed_signed.py",
    ),
    Control(
        "H70",
        "a second person checks it too",
        "taperplanner/tapers/actions/checks.py",
        "    differences += difference_of(schedule.as_needed, typed_as_needed)\n",
        "",
        "tests/tapers/test_needed_check.py",
    ),
    Control(
        "H71",
        "what it allows is not missing",
        "taperplanner/monitoring/supply/balance.py",
        "self.least.thousandths - self.as_needed.thousandths - self._found",
        "self.least.thousandths - self._found",
        "tests/monitoring/test_as_needed.py",
    ),
    Control(
        "H71",
        "what lies beyond it is missing",
        "taperplanner/monitoring/supply/as_needed.py",
        "replace(one, as_needed=Quantity(max(allowed, said)))",
        "replace(one, as_needed=one.least)",
        "tests/monitoring/test_as_needed.py",
    ),
    Control(
        "H71",
        "what the patient said to have taken is not missing",
        "taperplanner/monitoring/supply/as_needed.py",
        "as_needed=Quantity(max(allowed, said))",
        "as_needed=Quantity(allowed)",
        "tests/monitoring/test_as_needed.py",
    ),
)
