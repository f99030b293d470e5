"""Every way around the evidence that we know, and where it ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import QuerySet

from taperplanner.append_only import append_only_models
from taperplanner.audit import heads, log
from taperplanner.audit.models import Event
from taperplanner.audit.rows import digests
from taperplanner.audit.verify.evidence import findings
from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Version

from ..world.tampering import copied, past_the_triggers, run
from ..world.universe import NOW, House

REFUSED, FOUND, HEADS = "refused", "found", "found by the head"


@dataclass
class Scene:
    """A clinic whose patient has two signed versions, and the heads of that day."""

    ours: House
    theirs: House
    version: Version
    folder: Path

    @property
    def newest(self) -> Event:
        return Event.objects.filter(clinic_id=self.ours.clinic.pk).order_by("-number")[0]

    @property
    def signature(self) -> Event:
        """Of the newest version."""
        return Event.objects.filter(action="draft.signed").order_by("-number")[0]

    def found(self, *, with_heads: bool = False) -> list[str]:
        return [finding.sentence for finding in findings(self.folder if with_heads else None)]


@dataclass(frozen=True)
class Way:
    """`says`: what the finding says, or the refusal."""

    what: str
    go: Callable[[Scene], None]
    end: str
    says: str


def key(of: UUID) -> str:
    return f"'{of if connection.vendor == 'postgresql' else of.hex}'"


def without_its_rows(version: Version) -> Iterator[str]:
    for table in ("dose", "step", "signedproduct"):
        yield f"DELETE FROM tapers_{table} WHERE version_id = {key(version.pk)}"
    yield f"DELETE FROM tapers_version WHERE id = {key(version.pk)}"


def delete_the_newest_version(scene: Scene) -> None:
    number = scene.signature.number
    for statement in without_its_rows(scene.version):
        past_the_triggers(statement)
    past_the_triggers(
        f"DELETE FROM audit_event WHERE chain_id = {key(scene.ours.clinic.pk)} AND number >= {number}"
    )


def rewrite_everything(scene: Scene) -> None:
    forged = "0" * 64
    details = json.dumps(scene.signature.details | {"hash": forged})
    past_the_triggers(
        f"UPDATE tapers_step SET days = 3 WHERE version_id = {key(scene.version.pk)} AND position = 1"
    )
    past_the_triggers(
        f"UPDATE tapers_version SET content_hash = '{forged}' WHERE id = {key(scene.version.pk)}"
    )
    past_the_triggers(f"UPDATE audit_event SET details = '{details}' WHERE id = {key(scene.signature.pk)}")


def rewrite_and_name_again(scene: Scene) -> None:
    """And the digest of the row in the event, but the key is not there."""
    rewrite_everything(scene)
    event = Event.objects.get(pk=scene.signature.pk)
    ((_, digest),) = digests([("tapers.version", str(scene.version.pk))])
    rows = [[label, pk, digest if label == "tapers.version" else own] for label, pk, own in event.rows or []]
    past_the_triggers(f"UPDATE audit_event SET rows = '{json.dumps(rows)}' WHERE id = {key(event.pk)}")


def forge_a_signature(scene: Scene) -> None:
    """By INSERT alone, whole, with an event that says so, children first as the triggers want it."""
    new, version = {"v": uuid4(), "s": uuid4(), "c": uuid4(), "e": uuid4()}, scene.version
    of_it = f"version_id = {key(version.pk)}"
    run(
        f"INSERT {copied_from('tapers_step', f'{of_it} AND position = 1', id=key(new['s']), version_id=key(new['v']))}"
    )
    run(
        "INSERT "
        + copied_from(
            "tapers_version",
            f"id = {key(version.pk)}",
            id=key(new["v"]),
            number="number + 1",
            replaces="number",
        )
    )
    run(
        "INSERT INTO tapers_versioncheck"
        " (id, version_id, checked_by_id, checked_by_name, checked_at, typed, differences, agrees)"
        f" SELECT {key(new['c'])}, {key(new['v'])}, signed_by_id, signed_by_name, signed_at, '[]', '[]', TRUE"
        f" FROM tapers_version WHERE id = {key(new['v'])}"
    )
    run(
        "INSERT "
        + copied_from(
            "audit_event", f"id = {key(scene.signature.pk)}", id=key(new["e"]),
            subject="'plan 1, version 3'", number="NULL", mac="NULL", chain_id="NULL", key_name="NULL", rows="NULL",
        )
    )  # fmt: skip


def forge_an_event_in_the_chain(scene: Scene) -> None:
    run(
        "INSERT "
        + copied_from(
            "audit_event",
            f"id = {key(scene.newest.pk)}",
            id=key(uuid4()),
            number="number + 1",
            action="'a.forged'",
        )
    )


def copied_from(table: str, where: str, **changed: str) -> str:
    model = next(one for one in append_only_models() if one._meta.db_table == table)
    return copied(model, **changed).replace(" LIMIT 1", f" WHERE {where}")


def delete_an_event(scene: Scene) -> None:
    earlier = Event.objects.filter(action="draft.signed").earliest("number")
    past_the_triggers(f"DELETE FROM audit_event WHERE id = {key(earlier.pk)}")


def delete_an_event_and_close_the_gap(scene: Scene) -> None:
    gone = Event.objects.get(chain_id=scene.ours.clinic.pk, number=(scene.newest.number or 0) - 1)
    past_the_triggers(f"DELETE FROM audit_event WHERE id = {key(gone.pk)}")
    past_the_triggers(
        f"UPDATE audit_event SET number = number - 1 WHERE chain_id = {key(scene.ours.clinic.pk)}"
        f" AND number > {gone.number}"
    )


def change_an_event(scene: Scene) -> None:
    past_the_triggers(
        f"UPDATE audit_event SET user_name = 'Somebody Else' WHERE id = {key(scene.signature.pk)}"
    )


def back_date_by_statement(scene: Scene) -> None:
    past_the_triggers(
        f"UPDATE audit_event SET at = '2026-01-01 12:00:00' WHERE id = {key(scene.signature.pk)}"
    )


def back_date_through_the_chain(scene: Scene) -> None:
    log.record("draft.saved", by=scene.ours.provider, at=NOW - timedelta(hours=2))


def date_in_the_future(scene: Scene) -> None:
    log.record("draft.saved", by=scene.ours.provider, at=NOW + timedelta(hours=2))


def delete_history(scene: Scene) -> None:
    past_the_triggers("DELETE FROM patients_historicalsafetyfact")


def change_a_patient(scene: Scene) -> None:
    Patient.objects.filter(pk=scene.version.plan.patient_id).update(allergies="none")


def cut_the_end(scene: Scene) -> None:
    last = scene.newest
    for number in range(3):
        log.record("plan.shown", by=scene.ours.staff, at=NOW, subject=str(number))
    heads.append(scene.folder, heads.heads_now(NOW))
    past_the_triggers(
        f"DELETE FROM audit_event WHERE chain_id = {key(scene.ours.clinic.pk)} AND number > {last.number}"
    )


def exchange_two_clinics_events(scene: Scene) -> None:
    """Each gets the other's words."""
    ours, theirs = (
        Event.objects.get(chain_id=house.clinic.pk, number=1) for house in (scene.ours, scene.theirs)
    )
    for event, other in ((ours, theirs), (theirs, ours)):
        past_the_triggers(
            f"UPDATE audit_event SET clinic_id = {key(other.chain_id)}, chain_id = {key(other.chain_id)},"
            f" number = 901 WHERE id = {key(event.pk)}"
        )
    past_the_triggers("UPDATE audit_event SET number = 1 WHERE number = 901")


def replay_an_event(scene: Scene) -> None:
    last = scene.newest.number or 0
    run(
        "INSERT "
        + copied_from("audit_event", f"id = {key(scene.signature.pk)}", id=key(uuid4()), number=str(last + 1))
    )


def put_a_cut_event_back(scene: Scene) -> None:
    """It has its seal, and its place in the chain was another's since."""
    log.record("a.cut", by=scene.ours.staff, at=NOW)
    cut = Event.objects.filter(action="a.cut").values().get()
    past_the_triggers("DELETE FROM audit_event WHERE action = 'a.cut'")
    log.record("b.instead", by=scene.ours.staff, at=NOW)
    log.record("c.after", by=scene.ours.staff, at=NOW)
    past_the_triggers("DELETE FROM audit_event WHERE action = 'b.instead'")
    QuerySet(Event).bulk_create([Event(**cut)])


def fork(scene: Scene) -> None:
    run("INSERT " + copied_from("audit_event", f"id = {key(scene.signature.pk)}", id=key(uuid4())))


def delete_history_by_statement(scene: Scene) -> None:
    run("DELETE FROM patients_historicalpatient")


def change_history(scene: Scene) -> None:
    past_the_triggers("UPDATE patients_historicalpatient SET family_name = 'Other'")


def write_a_head_by_hand(scene: Scene) -> None:
    with (scene.folder / heads.FILE).open("a") as file:
        line = json.loads((scene.folder / heads.FILE).read_text().splitlines()[-1])
        file.write(json.dumps(line | {"count": 1}) + "\n")


WAYS: Final = {
    "newest-version": Way("the newest version deleted with its events", delete_the_newest_version, HEADS, "Its last events are gone"),
    "rows-hash-event": Way("rows, hash and event rewritten together", rewrite_everything, FOUND, r"Event [0-9]+ \(draft.signed, .*\) is not what was written"),
    "rows-hash-event-digest": Way("the same, and the digest in the event too", rewrite_and_name_again, FOUND, r"Event [0-9]+ \(draft.signed, .*\) is not what was written"),
    "event-deleted": Way("an event deleted", delete_an_event, FOUND, "there is no event"),
    "event-deleted-renumbered": Way("an event deleted and the others renumbered", delete_an_event_and_close_the_gap, FOUND, "is not what was written, or the one before it is not"),
    "event-changed": Way("an event changed", change_an_event, FOUND, r"draft.signed, .*\) is not what was written"),
    "event-back-dated": Way("an event back-dated by statement", back_date_by_statement, FOUND, "2026-01-01 12:00 UTC. is not what was written"),
    "back-dated-through-the-chain": Way("an event written by the product more than an hour back", back_date_through_the_chain, FOUND, "dated more than an hour before"),
    "dated-in-the-future": Way("an event written by the product more than an hour ahead", date_in_the_future, FOUND, "dated in the future"),
    "forged-by-insert": Way("a whole signed version, an agreeing check and an event by INSERT alone, triggers untouched", forge_a_signature, FOUND, "is told of by no event"),
    "forged-event": Way("an event put at the end of the chain by INSERT", forge_an_event_in_the_chain, FOUND, r"a.forged, .*\) is not what was written"),
    "event-replayed": Way("an event replayed at the end of the chain", replay_an_event, FOUND, "is not what was written"),
    "event-put-back": Way("an event that was cut off put back in the place of the one written since", put_a_cut_event_back, FOUND, r"c.after, .*\) is not what was written, or the one before it is not"),
    "event-fork": Way("a second event with the number of another", fork, REFUSED, "append-only|unique"),
    "clinics-exchanged": Way("events of two clinics exchanged", exchange_two_clinics_events, FOUND, "Event 1 .* is not what was written"),
    "history-deleted": Way("history rows deleted past the triggers", delete_history, FOUND, "The historical safety fact [0-9]+ is gone"),
    "history-deleted-by-statement": Way("history rows deleted", delete_history_by_statement, REFUSED, "append-only"),
    "history-changed": Way("history rows changed past the triggers", change_history, FOUND, "The historical patient [0-9]+ is not what was written"),
    "patient-changed": Way("a patient's row changed without a row of history", change_a_patient, FOUND, "is not what its newest history says"),
    "end-cut": Way("the last events cut off", cut_the_end, HEADS, "Its last events are gone"),
    "head-forged": Way("a head written without the key", write_a_head_by_hand, HEADS, "was not signed with a key"),
}  # fmt: skip
