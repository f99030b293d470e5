"""Of what the guideline asks to be considered, and when it is considered again."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H48",
        "what nobody recorded is shown as not recorded",
        "taperplanner/monitoring/reviews/lines.py",
        "return ItemLine(item, NOT_RECORDED, is_gap=True, hint=hint)",
        'return ItemLine(item, "", is_gap=False, hint=hint)',
        "tests/monitoring/test_reviews.py",
    ),
    Control(
        "H48",
        "what is not recorded stands with the patient on the worklist",
        "taperplanner/monitoring/reviews/latest.py",
        "if key not in self.latest and self.applies(key))",
        "if False)",
        "tests/worklist/test_reviews_due.py",
    ),
    Control(
        "H48",
        "a review that is overdue stands on the worklist",
        "taperplanner/worklist/reviews.py",
        "if state.due_on is None or state.due_on > query.today + THIS_WEEK:",
        "if state.due_on != query.today:",
        "tests/worklist/test_reviews_due.py",
    ),
    Control(
        "H48",
        "a plan for which nobody typed a date stands there too",
        "taperplanner/worklist/reviews.py",
        "if state.due_on is None else None",
        "if False else None",
        "tests/worklist/test_reviews_due.py",
    ),
    Control(
        "H48",
        "a typed date stands until another is typed",
        "taperplanner/monitoring/reviews/latest.py",
        "next((row.next_due_on for row in reviews if row.next_due_on), None)",
        "reviews[0].next_due_on if reviews else None",
        "tests/monitoring/test_reviews.py",
    ),
    Control(
        "H48",
        "another patient's review fills no gap",
        "taperplanner/monitoring/models/reviews.py",
        "return self.filter(correction=None, error=None)",
        "return self.filter(correction=None)",
        "tests/monitoring/test_reviews_put_right.py",
    ),
    Control(
        "H48",
        "what was recorded is shown, whatever is answered since",
        "taperplanner/monitoring/reviews/latest.py",
        "if key in self.latest or self.may_apply(key))",
        "if self.may_apply(key))",
        "tests/monitoring/test_reviews.py",
    ),
)
