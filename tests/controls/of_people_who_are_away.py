"""Of what belongs to people who are away: it stands on everybody's worklist, and is given to somebody who is here."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H105",
        "of what is given together all is given, or nothing",
        "taperplanner/monitoring/reassigning/actions.py",
        "if (len(found), len(due)) != (len(set(plans)), len(set(follow_ups))):",
        "if False:",
        "tests/worklist/test_away.py",
    ),
    Control(
        "H105",
        "what is theirs goes to somebody who is here",
        "taperplanner/monitoring/reassigning/actions.py",
        "if to.pk in away or not may_see",
        "if not may_see",
        "tests/worklist/test_away.py",
    ),
    Control(
        "H105",
        "an emergency of somebody who is away is on every provider's list",
        "taperplanner/worklist/contacts.py",
        "also=query.away)",
        "also=())",
        "tests/worklist/test_away.py",
    ),
    Control(
        "H105",
        "nobody signs after their last day of work here",
        "taperplanner/accounts/signing_rights.py",
        "user.has_left_by(user.clinic.day_of(now))",
        "not user.has_left_by(user.clinic.day_of(now))",
        "tests/accounts/test_work_and_leave.py",
    ),
    Control(
        "H106",
        "an emergency that nobody opened stands on every page of whom the clinic named",
        "templates/base.html",
        "{% with emergencies=raised_emergencies %}",
        "{% with emergencies='' %}",
        "tests/monitoring/test_raised_emergencies.py",
    ),
    Control(
        "H106",
        "whoever raised it has not opened it for others",
        "taperplanner/monitoring/emergencies/raised.py",
        '.exclude(user_id=OuterRef("raised_by_id"))',
        "",
        "tests/monitoring/test_raised_emergencies.py",
    ),
    Control(
        "H106",
        "whoever is away is passed over",
        "taperplanner/monitoring/emergencies/raised.py",
        "pk__in=people, is_away=False",
        "pk__in=people",
        "tests/monitoring/test_raised_emergencies.py",
    ),
)
