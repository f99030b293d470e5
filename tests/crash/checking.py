"""What is in the database, against what was acknowledged: nothing lost, nothing doubled, nothing by half."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.core import checks
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q

from taperplanner.accounts.models import SentForm
from taperplanner.audit.models import Event
from taperplanner.audit.verify.evidence import findings as of_the_evidence
from taperplanner.handouts.models import PaperFile, PrintedHandout
from taperplanner.monitoring.models import CheckIn, Dispensing
from taperplanner.tapers.models import Draft, Step, Version
from taperplanner.tapers.signed.verify import findings as of_what_was_signed

from .ledger import CHECK_IN, COPY, DISPENSING, DRAFT, VERSION, Ledger, Place, Write

# Of the published schedule that is typed: tests/world/plans.py.
STEPS, DOSES, RATINGS = 6, 11, 2
EVENTS: Final = {
    VERSION: "draft.signed",
    CHECK_IN: "check_in.recorded",
    DISPENSING: "supply.dispensed",
    COPY: "handout.printed",
}


@dataclass
class Found:
    """A sentence for each."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.partial)


def check(ledger: Ledger) -> Found:
    found = Found()
    rows = {kind: _rows(kind) for kind in EVENTS}
    notes = _notes()
    for place, writes in ledger.of_places():
        _compare_drafts(found, place, [one for one in writes if one.kind == DRAFT], notes.get(place.plan, []))
        for kind, of_kind in rows.items():
            _compare(
                found,
                place,
                kind,
                [one for one in writes if one.kind == kind],
                of_kind.get(place.plan, Counter()),
            )
    found.partial += [*_without_event(), *_without_parts(), *_as_written()]
    return found


def _compare(found: Found, place: Place, kind: str, writes: list[Write], rows: Counter[str]) -> None:
    sent = {write.mark for write in writes}
    found.lost += [
        f"{kind} {write.mark} of plan {place.number}"
        for write in writes
        if write.is_acknowledged and not rows[write.mark]
    ]
    found.doubled += [
        f"{kind} {mark} of plan {place.number}: {count} times" for mark, count in rows.items() if count > 1
    ]
    found.partial += [
        f"{kind} {mark} of plan {place.number} was never sent" for mark in rows if mark not in sent
    ]


def _compare_drafts(found: Found, place: Place, writes: list[Write], notes: list[str]) -> None:
    """Each save is over the one before it, so the last one that was acknowledged is there, or one that was sent after it."""
    marks = [write.mark for write in writes]
    acknowledged = [number for number, write in enumerate(writes) if write.is_acknowledged]
    for note in notes:
        at = marks.index(note) if note in marks else -1
        found.lost += [
            f"draft {marks[number]} of plan {place.number}" for number in acknowledged if number > at
        ]
    if not notes and acknowledged:
        found.lost.append(f"the draft of plan {place.number}")


def _notes() -> dict[str, list[str]]:
    """Of the first step: of each draft, and of each version that was signed of one."""

    notes: dict[str, list[str]] = {}
    for plan, content in Draft.objects.values_list("plan_id", "content"):
        notes.setdefault(str(plan), []).append(content["steps"][0]["note"] if content["steps"] else "")
    for plan, note in Step.objects.filter(position=1).values_list("version__plan_id", "note"):
        notes.setdefault(str(plan), []).append(note)
    return notes


def _rows(kind: str) -> dict[str, Counter[str]]:
    """By plan: how often each mark is there."""

    with_file = PrintedHandout.objects.annotate(is_file=Exists(PaperFile.objects.filter(copy=OuterRef("pk"))))
    asked: dict[str, tuple[Any, str, str]] = {
        VERSION: (Version.objects, "plan_id", "number"),
        CHECK_IN: (CheckIn.objects, "plan_id", "missed_or_extra"),
        DISPENSING: (Dispensing.objects, "plan_id", "quantity_thousandths"),
        COPY: (with_file, "version__plan_id", "is_file"),
    }
    rows, plan, mark = asked[kind]
    found: dict[str, Counter[str]] = {}
    for of_plan, value in rows.values_list(plan, mark):
        found.setdefault(str(of_plan), Counter())[_mark(kind, value)] += 1
    return found


def _mark(kind: str, value: Any) -> str:
    if kind == DISPENSING:
        return str(value // 1000)
    if kind == COPY:
        return "file" if value else "page"
    return str(value)


def _without_event() -> Iterator[str]:
    """Of each patient there are as many events of a kind as rows."""

    rows: dict[str, tuple[Any, str]] = {
        VERSION: (Version, "plan__patient_id"),
        CHECK_IN: (CheckIn, "plan__patient_id"),
        DISPENSING: (Dispensing, "plan__patient_id"),
        COPY: (PrintedHandout, "version__plan__patient_id"),
    }
    for kind, (model, patient) in rows.items():
        written = Counter(model.objects.values_list(patient, flat=True))
        told = Counter(Event.objects.filter(action=EVENTS[kind]).values_list("patient_id", flat=True))
        for one in written | told:
            if written[one] != told[one]:
                yield f"patient {one}: {written[one]} of {kind}, and {told[one]} events of it"


def _without_parts() -> Iterator[str]:

    counted = Version.objects.annotate(s=Count("steps", distinct=True), d=Count("doses", distinct=True))
    for version in counted.exclude(s=STEPS, d=DOSES):
        yield f"a version of {version.s} steps and {version.d} doses"
    for check_in in CheckIn.objects.annotate(r=Count("ratings")).exclude(r=RATINGS):
        yield f"check-in {check_in.pk} of {check_in.r} symptoms"
    printed = Event.objects.filter(Q(action="handout.printed") & Q(details__has_key="sha256")).count()
    if (files := PaperFile.objects.count()) != printed:
        yield f"{files} papers are kept, and {printed} were printed with one"
    if claimed := SentForm.objects.filter(leads_to="").count():
        yield f"{claimed} forms are claimed, and lead nowhere"


def _as_written() -> Iterator[str]:
    """What the product's own commands find: `verify_signed` and `audit_verify`; and the database's own check."""

    yield from of_what_was_signed()
    yield from (f"{finding.where}: {finding.sentence}" for finding in of_the_evidence())
    yield from (
        message.msg for message in checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    )
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            yield from (
                said for (said,) in cursor.execute("PRAGMA integrity_check").fetchall() if said != "ok"
            )
