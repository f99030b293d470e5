"""What can be done: to a plan (`plans`), its products (`products`) and its draft (`drafts`), by signing (`signing`), and by a
second person (`checks`)."""

from ..locking import AlreadySigned
from .checks import CannotCheck, check_version, refuse_to_check
from .drafts import (
    CannotDraft,
    discard_draft,
    save_draft,
    start_draft,
    start_hold,
    start_revision,
)
from .excipients import CannotTypeExcipients, type_excipients
from .plans import (
    CannotEditPlan,
    CannotEnd,
    CannotOpenPlan,
    PlanDetails,
    edit_plan,
    end_plan,
    open_plan,
)
from .products import (
    CannotEditProduct,
    ProductDetails,
    SameProduct,
    add_product,
    correct_product,
    retire_product,
)
from .signing import CannotSign, refuse_to_sign, report_tampering, sign_draft, sign_first_versions

__all__ = [
    "AlreadySigned",
    "CannotCheck",
    "CannotDraft",
    "CannotEditPlan",
    "CannotEditProduct",
    "CannotEnd",
    "CannotOpenPlan",
    "CannotSign",
    "CannotTypeExcipients",
    "PlanDetails",
    "ProductDetails",
    "SameProduct",
    "add_product",
    "check_version",
    "correct_product",
    "discard_draft",
    "edit_plan",
    "end_plan",
    "open_plan",
    "refuse_to_check",
    "refuse_to_sign",
    "report_tampering",
    "retire_product",
    "save_draft",
    "sign_draft",
    "sign_first_versions",
    "start_draft",
    "start_hold",
    "start_revision",
    "type_excipients",
]
