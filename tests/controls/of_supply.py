"""Of what is counted, and of what was entered in error."""

from __future__ import annotations

from typing import Final

from .control import Control

MONITORING: Final = "taperplanner/monitoring"
TESTS: Final = "tests/monitoring"

CONTROLS: Final = (
    Control(
        "H32",
        "the first day short is the first whose doses are not all there",
        f"{MONITORING}/supply/balance.py",
        "return Gap(first + timedelta(days=days_there), need.last_taking(last))",
        "return Gap(first + timedelta(days=days_there + 1), need.last_taking(last))",
        f"{TESTS}/test_books.py",
    ),
    Control(
        "H32",
        "the first day short is one from today on",
        f"{MONITORING}/supply/balance.py",
        "        if gap and gap.first_day >= today:",
        "        if gap:",
        f"{TESTS}/test_books.py",
    ),
    Control(
        "H32",
        "what could not be taken was not taken",
        f"{MONITORING}/supply/balance.py",
        "self.stock = max(self.stock - need.in_days(first, days), 0)",
        "self.stock = self.stock - need.in_days(first, days)",
        f"{TESTS}/test_books.py",
    ),
    Control(
        "H32",
        "what was entered in error is not there to be taken",
        f"{MONITORING}/models/supply.py",
        "return self.filter(correction=None, error=None)",
        "return self.filter(correction=None)",
        f"{TESTS}/test_errors.py",
    ),
    Control(
        "H36",
        "a count replaces the balance",
        f"{MONITORING}/supply/balance.py",
        "= count, count.quantity.thousandths + later, later",
        "= count, self.stock, later",
        f"{TESTS}/test_counts.py",
    ),
    Control(
        "H36",
        "a count lower than expected goes to the worklist",
        f"{MONITORING}/supply/stock.py",
        "if one.missing and (answered",
        "if False and (answered",
        f"{TESTS}/test_counts.py",
    ),
    Control(
        "H36",
        "a correction is not counted a second time beside the count of its day",
        f"{MONITORING}/supply/stock.py",
        "    while row.corrects and _is_same(row, row.corrects):",
        "    while False:",
        f"{TESTS}/test_counts.py",
    ),
    Control(
        "H36",
        "a part that cannot be counted is refused",
        f"{MONITORING}/supply/counted.py",
        "    if quantity.is_multiple_of(product.smallest_part):",
        "    if True:",
        f"{TESTS}/test_counts.py",
    ),
    Control(
        "H36",
        "the same again is asked before it is kept",
        f"{MONITORING}/supply/questions.py",
        "    if any(question.key not in answered for question in asked):",
        "    if False:",
        f"{TESTS}/test_supply.py",
    ),
    Control(
        "H36",
        "a check-in that was entered in error leaves every sum and picture",
        f"{MONITORING}/models/check_ins.py",
        "return self.filter(correction=None, error=None)",
        "return self.filter(correction=None)",
        f"{TESTS}/test_errors.py",
    ),
    Control(
        "H31",
        "marking the check-in takes no emergency away",
        f"{MONITORING}/models/emergencies.py",
        'takes the mark away."""\n        return self.exclude(_has(EntryKind.CLOSED))',
        'takes the mark away."""\n        return self.exclude(_has(EntryKind.CLOSED)).filter(check_in__error=None)',
        f"{TESTS}/test_errors_and_emergencies.py",
    ),
    Control(
        "H25",
        "a follow-up that only a check-in in error had answered is open again",
        f"{MONITORING}/in_error/actions.py",
        "reopened = _reopen(row) if isinstance(row, CheckIn) else None",
        "reopened = None",
        f"{TESTS}/test_errors.py",
    ),
)
