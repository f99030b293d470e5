"""What can be done: to a plan (`plans`), to its draft (`drafts`), by signing (`signing`), and by a
second person (`checks`)."""

from ..locking import AlreadySigned
from .checks import CannotCheck, check_version
from .drafts import (
    CannotDraft,
    discard_draft,
    save_draft,
    start_draft,
    start_hold,
    start_revision,
)
from .plans import (
    CannotEditPlan,
    CannotEnd,
    CannotOpenPlan,
    CannotRetire,
    PlanDetails,
    ProductDetails,
    add_product,
    edit_plan,
    end_plan,
    open_plan,
    retire_product,
)
from .signing import CannotSign, refuse_to_sign, report_tampering, sign_draft

__all__ = [
    "AlreadySigned",
    "CannotCheck",
    "CannotDraft",
    "CannotEditPlan",
    "CannotEnd",
    "CannotOpenPlan",
    "CannotRetire",
    "CannotSign",
    "PlanDetails",
    "ProductDetails",
    "add_product",
    "check_version",
    "discard_draft",
    "edit_plan",
    "end_plan",
    "open_plan",
    "refuse_to_sign",
    "report_tampering",
    "retire_product",
    "save_draft",
    "sign_draft",
    "start_draft",
    "start_hold",
    "start_revision",
]
