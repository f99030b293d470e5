"""What a signer and a checker confirm, as a digest: what their confirmation is bound to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from taperplanner.accounts.proofs import digest_of
from taperplanner.doses import Dose

from .models import Draft, Version
from .signed.needed_check import NeededCheck


def what_is_signed(draft: Draft, revision: int, reasons: Mapping[str, str]) -> str:
    """The draft that they read, and the reasons that they typed."""
    return digest_of("signature", draft.pk, draft.plan_id, revision, draft.content, dict(reasons))


def what_is_checked(version: Version, typed: Sequence[Dose], typed_as_needed: NeededCheck | None) -> str:
    """The version, and what they typed."""
    return digest_of("check", version.pk, version.content_hash, as_typed(typed, typed_as_needed))


def as_typed(typed: Sequence[Dose], typed_as_needed: NeededCheck | None) -> list[str]:
    return [*(str(dose) for dose in typed), *([typed_as_needed.text] if typed_as_needed else [])]
