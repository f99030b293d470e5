"""Whether somebody may check a version: neither its signer, nor a typist of its draft, nor who saw the doses."""

from __future__ import annotations

from typing import Final

from taperplanner.accounts.models import User
from taperplanner.audit.models import Event

from ..models import Version

SIGNED: Final = "You signed this version, so you cannot check it. Ask a colleague."
TYPED: Final = "You typed in the draft of this version, so you cannot check it. Ask a colleague."
SEEN: Final = (
    "You checked this version before, and have seen where you differed from what was signed. Ask another colleague, or"
    " have a new version signed."
)


def why_not_independent(version: Version, user: User) -> str:
    """A sentence that says why not; empty if it would be."""
    if user.pk == version.signed_by_id:
        return SIGNED
    if _typed_in_it(version, user):
        return TYPED
    return SEEN if version.checks.filter(checked_by=user, agrees=False).exists() else ""


def _typed_in_it(version: Version, user: User) -> bool:
    if version.typed_by is None:
        return _saved_in_the_log(version, user)
    return str(user.pk) in version.typed_by


def _saved_in_the_log(version: Version, user: User) -> bool:
    """Whether the audit log has a draft of this plan saved by them since the version before was signed."""
    plan = version.plan
    saved = Event.objects.filter(
        patient_id=plan.patient_id,
        user_id=user.pk,
        action="draft.saved",
        subject=str(plan),
        at__lte=version.signed_at,
    )
    earlier = plan.versions.filter(number__lt=version.number).newest_first().first()
    return (saved.filter(at__gte=earlier.signed_at) if earlier else saved).exists()
