from .access import access, access_confirm
from .activity import user_activity, user_activity_file
from .audit import audit, audit_file
from .clinic import clinic, emergency_chain
from .csp_report import csp_report
from .folds import fold
from .own_sessions import own_sessions
from .presence import still_here
from .resets import reset_approve, reset_withdraw, user_access, user_confirm, user_reset
from .users import (
    user_add,
    user_deactivate,
    user_edit,
    user_password_link,
    user_reactivate,
    users,
)
from .work import leave_withdraw, own_leave, own_leave_withdraw, user_leave, user_work

__all__ = [
    "access",
    "access_confirm",
    "audit",
    "audit_file",
    "clinic",
    "csp_report",
    "emergency_chain",
    "fold",
    "leave_withdraw",
    "own_leave",
    "own_leave_withdraw",
    "own_sessions",
    "reset_approve",
    "reset_withdraw",
    "still_here",
    "user_access",
    "user_activity",
    "user_activity_file",
    "user_add",
    "user_confirm",
    "user_deactivate",
    "user_edit",
    "user_leave",
    "user_password_link",
    "user_reactivate",
    "user_reset",
    "user_work",
    "users",
]
