"""A difference is kept, and looked at. Both are rows that never change, in the records of each clinic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.log import audited_transaction, record
from taperplanner.saving import Refused, next_number

from .models import ClockDifference, ClockLook
from .rule import Difference

# So many at which nobody has looked; a clock that jumps to and fro all night fills no table.
MOST_STANDING: Final = 10
NO_SENTENCE: Final = "Write what you found, and who sees to the clock."
NOTHING_STANDS: Final = "Somebody has looked already, so nothing was recorded. What they wrote stands below."


class CannotLook(Refused):
    pass


@audited_transaction()
def note_differences(
    *, clinic: Clinic, found: Sequence[Difference], server: str, by: User | None, at: datetime
) -> list[ClockDifference]:
    """Those that say something new: nothing like them stands already of this server. `by`: None, for it finds itself."""
    locked = _lock(clinic)
    standing = list(locked.clock_differences.standing())
    of_server = [one.difference for one in standing if one.server == server]
    new = [one for one in found if not any(one.is_like(other) for other in of_server)]
    new = new[: MOST_STANDING - len(standing)]
    if not new:
        return []
    first = next_number(locked.clock_differences.all())
    rows = ClockDifference.objects.bulk_create(
        ClockDifference(
            clinic=locked,
            number=number,
            source=one.source,
            seconds=one.seconds,
            server=server,
            found_at=at,
        )
        for number, one in enumerate(new, first)
    )
    record(
        "clock.difference_found",
        by=by,
        at=at,
        clinic_id=locked.pk,
        details={"found": [one.sentence for one in new], "server": server},
        tells_of=rows,
    )
    return rows


@audited_transaction()
def look_at_clock(*, clinic: Clinic, up_to: int, sentence: str, by: User, at: datetime) -> list[ClockLook]:
    """Of the differences that stood on the page, whose newest has the number `up_to`. Raises: CannotLook."""
    locked = _lock(clinic)
    standing = list(locked.clock_differences.standing().up_to(up_to).by_number())
    if not sentence:
        raise CannotLook(NO_SENTENCE)
    if not standing:
        raise CannotLook(NOTHING_STANDS)
    looks = ClockLook.objects.bulk_create(
        ClockLook(
            difference=one,
            sentence=sentence,
            looked_by=by,
            looked_by_name=by.full_title,
            looked_at=at,
        )
        for one in standing
    )
    record(
        "clock.looked_at",
        by=by,
        at=at,
        details={"found": [one.sentence for one in standing]},
        tells_of=looks,
    )
    return looks


def _lock(clinic: Clinic) -> Clinic:
    """Two processes find the same at once, and two managers look at once."""
    return Clinic.objects.select_for_update().get(pk=clinic.pk)
