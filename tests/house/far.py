"""The law that every field of a day asks about one that is far from its neighbours."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from .law import Law, Source


def unasked_days(source: Source) -> Iterator[str]:
    """Fields of days of which no form of the same module asks, each by its label."""
    asked = set(_asked(source))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Assign) and _is_day(node.value):
            target = node.targets[0]
            if not (isinstance(target, ast.Name) and target.id in asked):
                yield _label(node.value)


def _asked(source: Source) -> Iterator[str]:
    """Names that are given to `ask_about_far_days`, or to the `day` of a class which gives that."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "self.ask_about_far_days":
            yield from (key.value for key in _keys(node) if isinstance(key, ast.Constant))
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if ast.unparse(target) == "day" and "self.ask_about_far_days({self.day:" in source.text:
                yield node.value.value


def _keys(call: ast.Call) -> list[ast.expr | None]:
    return call.args[0].keys if call.args and isinstance(call.args[0], ast.Dict) else []


def _is_day(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2].endswith("DayField")


def _label(call: ast.expr) -> str:
    assert isinstance(call, ast.Call)
    return next(ast.literal_eval(word.value) for word in call.keywords if word.arg == "label")


OF_FAR_DAYS: Final = Law(
    says="a field of a day asks about one that is far from its neighbours, or it is said here why not",
    finder=unasked_days,
    within=("taperplanner/**/*.py",),
    broken_by=(
        'class F(AsksAboutFarDays, PlainForm):\n    due_on = DayField(label="Due on")',
        (
            'class F(AsksAboutFarDays, PlainForm):\n    def __init__(self): self.ask_about_far_days({"due_on": None})\n'
            '    seen_on = PastDayField(label="Seen on")'
        ),
        'fields["first"] = fields.PartialDayField(label="From")',
    ),
    excused={
        "taperplanner/accounts/work_forms.py: Last day of work here": "of a person’s work, years away as often as not;"
        " while it is over they cannot sign, and are told so with the day",
        "taperplanner/accounts/work_forms.py: First day": "of a leave; one of more than two years is refused",
        "taperplanner/accounts/work_forms.py: Last day": "of a leave; one of more than two years is refused",
        "taperplanner/handouts/batches/forms.py: Patients whose step changes on": "only looked at: nothing is kept of it",
        "taperplanner/registry/forms.py: From": "only looked at: nothing is kept of it",
        "taperplanner/patients/access/forms.py: From": "only looked at: nothing is kept of it",
        "taperplanner/patients/access/forms.py: To": "only looked at: nothing is kept of it",
        "taperplanner/registry/forms.py: To": "only looked at: nothing is kept of it",
        "taperplanner/monitoring/check_ins/forms/runs.py: From": "the check-in's form asks of each row that there is",
        "taperplanner/monitoring/check_ins/forms/runs.py: To (empty: that day only)": "between the first day of its row,"
        " which is asked about, and today",
        "taperplanner/monitoring/reviews/forms.py: When, if on another day": "some of it was done years before the plan;"
        " one that is wrong stands there as long ago as it says",
        "taperplanner/patients/medications/forms.py: Started": "some are taken for a lifetime: a day before the"
        " birth, and one after today, are refused",
        "taperplanner/patients/allergy_pages/forms.py: Known since": "the same",
    },
)
