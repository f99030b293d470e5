"""Of restricted records: nobody else finds them, and whoever must gets in."""

from __future__ import annotations

from typing import Final

from .control import Control

EVERYWHERE: Final = "tests/patients/test_restricted_everywhere.py"
EMERGENCY: Final = "tests/patients/test_emergency_access.py"

CONTROLS: Final = (
    Control(
        "H80",
        "a page of a closed record is not shown",
        "taperplanner/patients/restricted/opening.py",
        "    if access is None:\n        return refusal(request, patient)\n",
        "    if access is None:\n        return page()\n",
        EMERGENCY,
    ),
    Control(
        "H80",
        "a list leaves out what is closed to who asks",
        "taperplanner/patients/restricted/rule.py",
        'rows.exclude(**{f"{patient}__in": closed_to(user).values("pk")})',
        "rows.all()",
        EVERYWHERE,
    ),
    Control(
        "H80",
        "the registry names nobody who is closed",
        "taperplanner/registry/table.py",
        "is_closed = patient.pk in closed",
        "is_closed = False",
        EVERYWHERE,
    ),
    Control(
        "H80",
        "an emergency access ends by time",
        "taperplanner/patients/restriction_records.py",
        "self.filter(begun_at__lte=at, until__gt=at, end=None)",
        "self.filter(end=None)",
        EMERGENCY,
    ),
    Control(
        "H80",
        "nobody reviews their own emergency access",
        "taperplanner/patients/restricted/actions.py",
        "if access.begun_by_id == by.pk:",
        "if False:",
        "tests/patients/test_emergency_reviews.py",
    ),
    Control(
        "H79",
        "a record is opened in an emergency",
        "taperplanner/patients/restricted/opening.py",
        "    access = access_in(request, patient)\n",
        "    access = None\n",
        EMERGENCY,
    ),
    Control(
        "H79",
        "the provider of an open plan is not shut out",
        "taperplanner/patients/restricted/actions.py",
        "who_treats(patient) - ids - (",
        "set() - ids - (",
        "tests/patients/test_restricting.py",
    ),
    Control(
        "H79",
        "an open emergency stays on everybody's worklist",
        "taperplanner/worklist/contacts.py",
        "[_unnamed(row) if row.patient_id in closed else _emergency(query, row) for row in part.rows]",
        "[_emergency(query, row) for row in part.rows if row.patient_id not in closed]",
        EVERYWHERE,
    ),
)
