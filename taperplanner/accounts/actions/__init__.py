"""What is done to a clinic and its users. Who signs in and out stands in `adapter`."""

from ..people import CannotAddUser, CannotEditUser
from .access import deactivate_user, reactivate_user, set_password
from .clinics import create_clinic, edit_clinic, set_emergency_chain
from .confirmations import use_confirmation
from .confirming import acknowledge_changes, confirm_access, confirm_with_code, deny_changes, note_sign_in
from .own_sessions import end_other_sessions, end_own_session
from .resets import (
    WRONG_CODE,
    approve_reset,
    ask_reset,
    make_password_link,
    set_password_with_link,
    withdraw_reset,
)
from .users import add_user, edit_user
from .work import CannotTypeLeave, type_leave, type_work_details, withdraw_leave

__all__ = [
    "WRONG_CODE",
    "CannotAddUser",
    "CannotEditUser",
    "CannotTypeLeave",
    "acknowledge_changes",
    "add_user",
    "approve_reset",
    "ask_reset",
    "confirm_access",
    "confirm_with_code",
    "create_clinic",
    "deactivate_user",
    "deny_changes",
    "edit_clinic",
    "edit_user",
    "end_other_sessions",
    "end_own_session",
    "make_password_link",
    "note_sign_in",
    "reactivate_user",
    "set_emergency_chain",
    "set_password",
    "set_password_with_link",
    "type_leave",
    "type_work_details",
    "use_confirmation",
    "withdraw_leave",
    "withdraw_reset",
]
