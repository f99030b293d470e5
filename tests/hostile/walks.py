"""Random walks over what the product does, by its pages: in any order, again, stale, by the wrong person and from next door.

After each step all that must always be true is looked at. A walk is told by its seed.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any, Final

from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.http import HttpResponse
from django.test import Client

from taperplanner.accounts.permissions import Role
from taperplanner.day_book.writing import rewrite
from taperplanner.inserted_once import InsertedOnce
from taperplanner.tapers.models import Draft, Plan, Version
from taperplanner.tapers.schedule.chain import spans

from ..world.plan_pages import plan_url, posted_draft, posted_signature
from ..world.plans import NARDI, open_plan
from ..world.universe import NOW, PASSWORD, Universe, checker

Row = tuple[str, str]
Sent = tuple[str, dict[str, str]]
# What a refused request may write: that it was refused, the session, how often somebody tried, what form was sent.
OF_ASKING: Final = frozenset({"audit.Event", "accounts.Session", "accounts.SentForm", "audit.Chain"})
PROVIDERS_ALONE: Final = frozenset({"save", "sign", "revise", "hold", "end", "start", "discard"})


@dataclass
class Walk:
    universe: Universe
    random: Random
    plan: Plan
    people: Mapping[str, Client]
    stranger: Client
    sent: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    acts: dict[str, int] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)

    def step(self) -> Iterator[str]:
        """One act, and what is wrong after it."""
        name, url, fields = self._next()
        who = self.random.choices(["provider", "staff", "manager", "stranger"], [12, 5, 1, 2])[0]
        client = self.stranger if who == "stranger" else self.people[who]
        before = rows()
        answer = client.post(url, fields)
        after = rows()
        if 200 <= answer.status_code < 400 and before != after:
            self.acts[name] = self.acts.get(name, 0) + 1
        self.done.append(f"{who} {name} {answer.status_code}")
        yield from of_answer(answer, name, who)
        yield from of_rows(before, after, answer)
        yield from of_versions(self.plan)
        yield from rewrite([self.plan.patient_id]).sentences
        seen = self.stranger.get(plan_url(self.plan)).status_code
        if seen != 404:
            yield f"another clinic is answered {seen}"

    def _next(self) -> tuple[str, str, dict[str, str]]:
        """A new one; or one that was sent before, as it was; or one whose revision is not that of the page."""
        chance = self.random.random()
        if self.sent and chance < 0.2:
            return self.random.choice(self.sent)
        (name,) = self.random.choices(list(ACTS), [WEIGHTS.get(one, 1) for one in ACTS])
        url, fields = ACTS[name](self)
        if chance > 0.9 and "revision" in fields:
            fields["revision"] = self.random.choice(["0", "-1", "9" * 30, "", "x", "1"])
        self.sent.append((name, url, fields))
        return name, url, fields

    @property
    def revision(self) -> str:
        draft = Draft.objects.filter(plan=self.plan).first()
        return str(draft.revision) if draft else "1"

    def fresh(self) -> Plan:
        return Plan.objects.select_related("patient").get(pk=self.plan.pk)


def begin(universe: Universe, seed: int) -> Walk:
    house = universe.ours
    plan = open_plan(house)
    people = {
        "provider": universe.client_of(house.provider),
        "staff": universe.client_of(checker(house)),
        "manager": universe.client_of(house.manager),
    }
    return Walk(
        universe, Random(seed), plan, people, universe.client_of(universe.theirs.people[Role.PROVIDER])
    )


def save(walk: Walk) -> Sent:
    day = NOW.date() + timedelta(days=walk.random.randrange(40))
    fields = posted_draft(walk.plan, first_day=f"{day:%m/%d/%Y}") if _has_draft(walk) else {}
    return plan_url(walk.plan, "draft/"), fields


def sign(walk: Walk) -> Sent:
    fields = posted_signature(walk.plan) if _has_draft(walk) else {"password": PASSWORD}
    return plan_url(walk.plan, "draft/sign/"), fields


def check(walk: Walk) -> Sent:
    number = walk.random.randrange(1, 4)
    doses = {f"dose-{at}": row[1] for at, row in enumerate(NARDI, 1)}
    return plan_url(walk.plan, f"versions/{number}/check/"), doses | {"password": PASSWORD}


def revise(walk: Walk) -> Sent:
    day = NOW.date() + timedelta(days=walk.random.randrange(1, 60))
    return plan_url(walk.plan, "revise/"), {"first_day": f"{day:%m/%d/%Y}", "reason": "symptoms"}


def end(walk: Walk) -> Sent:
    revision = str(walk.fresh().revision)
    fields = {"state": "discontinued", "reason": "Moved", "stopped_on": "03/02/2026", "revision": revision}
    return plan_url(walk.plan, "end/"), fields if walk.random.random() < 0.1 else {"revision": revision}


def archive(walk: Walk) -> Sent:
    revision = str(walk.fresh().patient.revision)
    return f"/patients/{walk.plan.patient_id}/archive/", {"revision": revision, "reason": "Away"}


def restore(walk: Walk) -> Sent:
    return f"/patients/{walk.plan.patient_id}/restore/", {"revision": str(walk.fresh().patient.revision)}


def print_(walk: Walk) -> Sent:
    fields = {"layout": "schedule", "size": "regular", "language": "en"}
    return plan_url(walk.plan, "versions/1/handout/print/"), fields


def add_patient(walk: Walk) -> Sent:
    mrn = f"W-{walk.random.randrange(5)}"
    return "/patients/add/", {
        "given_name": "Wu",
        "family_name": mrn,
        "date_of_birth": "03/02/1980",
        "mrn": mrn,
    }


def bare(rest: str) -> Callable[[Walk], Sent]:
    return lambda walk: (plan_url(walk.plan, rest), {"revision": walk.revision})


ACTS: Final[Mapping[str, Callable[[Walk], Sent]]] = {
    "save": save, "sign": sign, "check": check, "revise": revise, "end": end, "archive": archive, "restore": restore,
    "print": print_, "add": add_patient, "hold": bare("hold/"), "start": bare("draft/start/"), "discard": bare("draft/discard/"),
}  # fmt: skip
# So that most walks come to something that is signed.
WEIGHTS: Final = {"save": 6, "sign": 8, "revise": 3, "restore": 4, "start": 4, "check": 2, "hold": 2}


def _has_draft(walk: Walk) -> bool:
    return Draft.objects.filter(plan=walk.plan).exists()


def rows() -> dict[Row, str]:
    """Every row of the product as text, by its table and key."""
    found = {}
    for model in apps.get_models():
        if model.__module__.startswith("taperplanner.") and model._meta.label not in OF_ASKING:
            for row in models.QuerySet(model).values():
                found[model._meta.label, str(row[model._meta.pk.attname])] = repr(row)
    return found


def of_answer(answer: HttpResponse, name: str, who: str) -> Iterator[str]:
    if answer.status_code >= 500:
        yield f"answered {answer.status_code}"
    if who == "stranger" and name != "add" and answer.status_code != 404:
        yield f"another clinic's {name} is answered {answer.status_code}"
    if who in {"staff", "manager"} and name in PROVIDERS_ALONE and answer.status_code != 403:
        yield f"the {who}'s {name} is answered {answer.status_code}"


def of_rows(before: Mapping[Row, str], after: Mapping[Row, str], answer: HttpResponse) -> Iterator[str]:
    changed = {row for row in before if after.get(row) != before[row]}
    for label, key in sorted(changed):
        if issubclass(apps.get_model(label), InsertedOnce):
            yield f"{label} {key} was changed"
    if 400 <= answer.status_code < 500:
        written = {label for label, _ in changed | (set(after) - set(before))}
        yield from (f"what was refused ({answer.status_code}) wrote {label}" for label in sorted(written))


def of_versions(plan: Plan) -> Iterator[str]:
    """Each day has at most one version that answers for it."""
    versions = list(Version.objects.filter(plan=plan).order_by("number"))
    if [version.number for version in versions] != list(range(1, len(versions) + 1)):
        yield "versions are not numbered one by one"
    last: Any = None
    for _, first_day, last_day in spans(versions):
        if last is not None and first_day <= last:
            yield f"two versions are in force on {first_day}"
        last = last_day or last


def of_evidence() -> Iterator[str]:
    """Whether audit_verify and verify_signed find all as it was written."""
    for command in ("audit_verify", "verify_signed"):
        try:
            call_command(command, stdout=io.StringIO(), stderr=io.StringIO())
        except CommandError as error:
            yield f"{command}: {error}"


def walk(universe: Universe, seed: int, steps: int) -> tuple[Walk, list[str]]:
    """What was wrong, each with the step after which it was."""
    walked, wrong = begin(universe, seed), []
    for _ in range(steps):
        wrong += [f"{walked.done[-1]}: {one}" for one in walked.step()]
    return walked, [*wrong, *of_evidence()]
