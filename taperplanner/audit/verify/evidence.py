"""All of it, in one walk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from uuid import UUID

from taperplanner.places import Registry

from ..chain import OF_NO_CLINIC
from ..genesis import models_before
from ..heads import Head, NotAHead, read
from ..models import Event
from ..rows import rows_of
from . import history, loose
from .chains import Walk
from .finding import Finding
from .known import Known

# What rooms above know to compare: a sentence for each difference.
further: Registry[Callable[[], Iterator[str]]] = Registry()
Tell = Callable[[str], None]
AT_ONCE: Final = 500
MOST_TOLD: Final = 20


def findings(heads: Path | None = None, tell: Tell = lambda _: None) -> Iterator[Finding]:
    """Everything that is not as it was written. `tell` is told how far it is."""
    with Known() as known:
        walk = Walk(known)
        tell("The chains.")
        yield from walk.onward()
        tell(f"{walk.count} events are read. Rows that no event names.")
        for model in models_before():
            for some in rows_of(model):
                known.keep_unnamed([key for key, _ in some])
        # Those that were written since the chains were read are told of by events that were, too.
        yield from walk.onward()
        yield from loose.findings(known, walk.geneses)
    _tell_of_order(walk.dated_back, tell)
    tell("History.")
    yield from history.findings()
    tell("What was signed.")
    for others in further:
        yield from (Finding(None, sentence) for sentence in others())
    if heads is not None:
        tell("Heads.")
        yield from _of_heads(heads)


def _tell_of_order(dated_back: list[str], tell: Tell) -> None:
    """Nothing is hidden, and nobody reads thousands."""
    for sentence in dated_back[:MOST_TOLD]:
        tell(sentence)
    if len(dated_back) > MOST_TOLD:
        tell(f"… and {len(dated_back) - MOST_TOLD} more are dated before the one before them.")


def _of_heads(folder: Path) -> Iterator[Finding]:
    some: list[Head] = []
    try:
        for head in read(folder):
            some.append(head)
            if len(some) == AT_ONCE:
                yield from _compared(some)
                some = []
    except (NotAHead, OSError) as problem:
        yield Finding(OF_NO_CLINIC, str(problem))
    yield from _compared(some)


def _compared(heads: list[Head]) -> Iterator[Finding]:
    numbers = {head.count for head in heads}
    found = Event.objects.filter(chain_id__in={UUID(head.chain_id) for head in heads}, number__in=numbers)
    macs = {
        (str(chain), number): mac for chain, number, mac in found.values_list("chain_id", "number", "mac")
    }
    for head in heads:
        mac = macs.get((head.chain_id, head.count))
        said = f"the head of {head.at} tells of"
        if mac is None:
            yield Finding(UUID(head.chain_id), f"Its last events are gone: {said} {head.count}.")
        elif mac != head.mac:
            yield Finding(UUID(head.chain_id), f"Event {head.count} is not the one that {said}.")
