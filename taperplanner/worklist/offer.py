"""What there is to give of people who are away, and what of it is ticked: one by one, or all of a person at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from taperplanner.accounts.away import away_on
from taperplanner.accounts.http import ClinicRequest
from taperplanner.monitoring.reassigning import actions
from taperplanner.monitoring.reassigning.forms import ReassignForm
from taperplanner.monitoring.reassigning.theirs import follow_ups_of_people, plans_of_people
from taperplanner.saving import Submission, bound_data, submit

from .away import OF_FOLLOW_UP, OF_PLAN, follow_up_row, plan_row
from .sections import WorklistQuery, WorklistRow

MOST: Final = 200  # of plans, and of follow-ups: what is left follows once these are given


@dataclass(frozen=True, slots=True)
class Theirs:
    """What one person who is away has. `who`: in words. `rows`: with whether each is ticked."""

    user_id: UUID
    who: str
    rows: Sequence[tuple[WorklistRow, bool]]


class Offer:
    """What there is to give, what of it is ticked, and the form."""

    def __init__(self, request: ClinicRequest) -> None:
        self.request, clinic = request, request.clinic
        self.away = away_on(clinic, request.today)
        data = bound_data(request)
        self.ticked = set(data.getlist("given")) if data else set()
        self.everything = set(data.getlist("everything")) if data else set()
        self.offered = set(data.getlist("offered")) if data else set()
        is_sent = data is not None and "to" in data
        self.form = ReassignForm(data if is_sent else None, clinic=clinic, away=self.away.keys())
        self.people = self._people()
        self.patients = list(
            dict.fromkeys(row.patient.pk.hex for one in self.people for row, _ in one.rows if row.patient)
        )

    def submitted(self) -> Submission[int]:
        give = partial(actions.reassign, **self.request.stamp)
        chosen = self.ticked | self._everything()
        plans, follow_ups = _ids(chosen, OF_PLAN), _ids(chosen, OF_FOLLOW_UP)
        return submit(
            self.request,
            self.form,
            lambda: give(
                plans=plans,
                follow_ups=follow_ups,
                to=self.form.chosen,
                why=self.form.cleaned_data["why"],
            ),
            refused_at="to",
        )

    def _everything(self) -> set[str]:
        """All of a person's that the page had, and nothing that came since."""
        theirs = (one for one in self.people if str(one.user_id) in self.everything)
        return {row.given for one in theirs for row, _ in one.rows if row.given in self.offered}

    def _people(self) -> list[Theirs]:
        request = self.request
        query = WorklistQuery(request.clinic, request.today, None, MOST, request.user, away=self.away)
        rows: dict[UUID, list[WorklistRow]] = {}
        for plan in plans_of_people(self.away.keys(), request.user)[:MOST]:
            rows.setdefault(vars(plan)["provider"], []).append(plan_row(plan, query, is_under_name=True))
        for one in follow_ups_of_people(self.away.keys(), request.user)[:MOST]:
            rows.setdefault(one.assigned_to_id, []).append(follow_up_row(one, query, is_under_name=True))
        return [
            Theirs(user_id, who, [(row, row.given in self.ticked) for row in rows[user_id]])
            for user_id, who in self.away.items()
            if user_id in rows
        ]


def _ids(chosen: Iterable[str], kind: str) -> set[UUID]:
    """Anything that is no id is as absent as an invented one."""
    found = set()
    for text in chosen:
        name, _, pk = text.partition(":")
        try:
            if name == kind:
                found.add(UUID(pk))
        except ValueError:
            found.add(UUID(int=0))
    return found


def counted(number: int) -> str:
    """Of what was given, as a page says it."""
    return "1 plan or follow-up was" if number == 1 else f"{number} plans and follow-ups were"
