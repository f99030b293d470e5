"""Releases and notices for the tests: no release of the product has needed a notice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from unittest.mock import patch

from taperplanner.audit.log import audited_transaction, record
from taperplanner.recall import notices
from taperplanner.recall.models import NoticeAnswer, Outcome
from taperplanner.tapers.models import Version

from .universe import NOW, House

KEY: Final = "2027-1"
TITLE: Final = "Day-by-day lists may lack the last day of a step"
TEXT: Final = """
[[notice]]
key = "{key}"
releases = {releases}
before_recorded = {before_recorded}
layouts = {layouts}
schedules = {schedules}
title = "{title}"
wrong = "The last day of a step may not stand on the paper."
what_to_do = "Call the patient, and hand out a new paper."
"""


def notice_text(
    key: str = KEY,
    *releases: str,
    layouts: tuple[str, ...] = (),
    schedules: bool = False,
    before_recorded: bool = False,
    title: str = TITLE,
) -> str:
    return TEXT.format(
        key=key,
        releases=list(releases),
        layouts=list(layouts),
        schedules=str(schedules).lower(),
        before_recorded=str(before_recorded).lower(),
        title=title,
    )


@contextmanager
def with_notices(folder: Path, text: str) -> Iterator[None]:
    """As if this release had come with them."""
    path = folder / "notices.toml"
    path.write_text(text)
    with patch.object(notices, "NOTICES", path):
        notices.notices.cache_clear()
        try:
            yield
        finally:
            notices.notices.cache_clear()


@audited_transaction()
def answer_of_a_notice(version: Version, house: House) -> NoticeAnswer:
    """To one that this release does not have."""
    by, patient = house.staff, version.plan.patient
    said = {"outcome": Outcome.RIGHT, "words": "Looked at", "said_by_name": by.full_title, "said_at": NOW}
    answer = NoticeAnswer.objects.create(
        patient=patient, number=1, notice=KEY, version=version, said_by=by, **said
    )
    record("notice.answered", by=by, at=NOW, patient_id=patient.pk, subject=str(answer))
    return answer


@contextmanager
def made_by(release: str) -> Iterator[None]:
    """What is signed and printed within says this release."""
    with (
        patch("taperplanner.tapers.actions.signing.THIS_RELEASE", release),
        patch("taperplanner.handouts.copies.actions.THIS_RELEASE", release),
    ):
        yield
