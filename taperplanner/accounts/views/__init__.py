from .audit import audit
from .clinic import clinic
from .csp_report import csp_report
from .presence import healthz, still_here
from .users import (
    user_add,
    user_deactivate,
    user_edit,
    user_password_link,
    user_reactivate,
    user_two_step_off,
    users,
)

__all__ = [
    "audit",
    "clinic",
    "csp_report",
    "healthz",
    "still_here",
    "user_add",
    "user_deactivate",
    "user_edit",
    "user_password_link",
    "user_reactivate",
    "user_two_step_off",
    "users",
]
