"""Of check-ins: danger signs, what was taken, and sums of answers."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H38",
        "a danger sign is kept whatever else in the form is wrong",
        "taperplanner/monitoring/check_ins/views.py",
        '    if not new:\n        return {"raised": []}\n',
        '    if new or not new:\n        return {"raised": []}\n',
        "tests/monitoring/test_danger_at_once.py",
    ),
    Control(
        "H38",
        "the same form sent again raises nothing a second time",
        "taperplanner/monitoring/emergencies/actions.py",
        "if sign not in known]",
        "if sign]",
        "tests/monitoring/test_danger_at_once.py",
    ),
    Control(
        "H38",
        "the check-in names what its form raised before",
        "taperplanner/monitoring/check_ins/actions.py",
        "for emergency in earlier\n    )\n    check_in.save()",
        "for emergency in earlier[:0]\n    )\n    check_in.save()",
        "tests/monitoring/test_danger_at_once.py",
    ),
    Control(
        "H31",
        "what to do stands below each question of danger",
        "taperplanner/monitoring/check_ins/forms/layout.py",
        "InlineRadios(name), HTML(act_now),",
        "InlineRadios(name),",
        "tests/monitoring/test_danger_at_once.py",
    ),
    Control(
        "H31",
        "thoughts of suicide are answered by 988 first",
        "taperplanner/monitoring/danger.py",
        "return (CALL_988,)",
        "return (CALL_911, CALL_988)",
        "tests/monitoring/test_danger_at_once.py",
    ),
    Control(
        "H31",
        "confusion that was recorded as an emergency stays one",
        "taperplanner/monitoring/symptoms.py",
        'Symptom("confusion", "Confusion"),',
        'Symptom("confused", "Confusion"),',
        "tests/monitoring/test_danger_at_once.py",
    ),
    Control(
        "H31",
        "a sum of which not everything was asked is not one of everything",
        "taperplanner/monitoring/chart/facts.py",
        "self.asked < self.listed",
        "self.asked > self.listed",
        "tests/monitoring/test_sums.py",
    ),
    Control(
        "H31",
        "a second contact of a day stands beside the first",
        "taperplanner/monitoring/chart/axis.py",
        "        if count == 1:",
        "        if count > 1:\n            return [self.middle(day)] * count\n        if count == 1:",
        "tests/monitoring/test_sums.py",
    ),
    Control(
        "H25",
        "a follow-up that is due later is not chosen beforehand",
        "taperplanner/monitoring/check_ins/forms/check_in.py",
        "if one.due_on > today}",
        "if False}",
        "tests/monitoring/test_check_in_form.py",
    ),
    Control(
        "H13",
        "what was taken is the sum of all that was typed",
        "taperplanner/monitoring/check_ins/taken.py",
        "return total_dose(product.strength.times(quantity) for product, quantity in quantities)",
        "return max(product.strength.times(quantity) for product, quantity in quantities)",
        "tests/monitoring/test_taken_quantities.py",
    ),
)
