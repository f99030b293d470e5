from .audit import audit
from .clinic import clinic
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
