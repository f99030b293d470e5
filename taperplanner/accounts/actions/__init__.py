"""What is done to a clinic and its users. Who signs in and out stands in `adapter`."""

from ..people import CannotAddUser, CannotEditUser
from .access import deactivate_user, make_password_link, reactivate_user, set_password, turn_off_two_step
from .clinics import create_clinic, edit_clinic
from .confirmations import use_confirmation
from .users import add_user, edit_user

__all__ = [
    "CannotAddUser",
    "CannotEditUser",
    "add_user",
    "create_clinic",
    "deactivate_user",
    "edit_clinic",
    "edit_user",
    "make_password_link",
    "reactivate_user",
    "set_password",
    "turn_off_two_step",
    "use_confirmation",
]
