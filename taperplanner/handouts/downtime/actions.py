"""That papers are kept for down time."""

from __future__ import annotations

from datetime import datetime

from taperplanner.accounts.models import Clinic, User
from taperplanner.audit.log import audited_transaction, record

from .papers import DownTimePapers


@audited_transaction()
def record_kept(*, clinic: Clinic, papers: DownTimePapers, by: User | None, at: datetime) -> None:
    """One event for each paper."""
    for version in papers.versions:
        record(
            "handout.kept_for_down_time",
            by=by,
            at=at,
            clinic_id=clinic.pk,
            patient_id=version.plan.patient_id,
            subject=f"{version.plan}, {version}",
        )
