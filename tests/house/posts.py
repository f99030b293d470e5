"""Which addresses are posted to, and which of them may do without a key."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, Final

from ..addresses import Address
from .views import function_of

ONE_ROW: Final = "changes one row, and only while it is as it was read: the second post is told of the first"
ONE_WAY: Final = "turns one thing one way: the second post finds it so, and says so"
# Addresses that take a POST and make nothing that a second one would make again, and why.
WITHOUT_A_KEY: Final = {
    "accounts:clinic": ONE_ROW,
    "accounts:emergency_chain": ONE_ROW,
    "accounts:csp_report": "makes nothing but a line of the server’s log; a browser sends it by itself",
    "accounts:user_edit": ONE_ROW,
    "accounts:user_deactivate": ONE_WAY,
    "accounts:user_reactivate": ONE_WAY,
    "accounts:user_reset": "one reset of a person waits at a time: the second post is told of the first",
    "accounts:user_confirm": ONE_WAY,
    "accounts:reset_approve": ONE_WAY,
    "accounts:reset_withdraw": ONE_WAY,
    "accounts:access": ONE_WAY,
    "accounts:own_sessions": ONE_WAY,
    "accounts:access_confirm": "a recovery code works once",
    "accounts:fold": "sent twice it says the same",
    "accounts:user_work": ONE_ROW,
    "accounts:leave_withdraw": ONE_WAY,
    "accounts:own_leave_withdraw": ONE_WAY,
    "accounts:user_password_link": "the link is in the answer and nowhere else, and only the one shown last works",
    "protocols:protocol_edit": ONE_ROW,
    "protocols:protocol_withdraw": ONE_ROW,
    "patients:patient_edit": ONE_ROW,
    "patients:patient_archive": ONE_ROW,
    "patients:patient_restore": ONE_ROW,
    "patients:safety_facts": ONE_ROW,
    "patients:medication_edit": ONE_ROW,
    "patients:medication_stop": ONE_ROW,
    "patients:medication_restart": ONE_ROW,
    "patients:emergency_access_end": ONE_WAY,
    "flags:flag_seen": ONE_WAY,
    "flags:flag_done": ONE_WAY,
    "recall:notices": "what was dealt with is not on the list any more: the second post finds it so, and says so",
    "tapers:plan_edit": ONE_ROW,
    "tapers:plan_end": ONE_ROW,
    "tapers:product_retire": ONE_WAY,
    "tapers:product_edit": ONE_ROW,
    "tapers:product_excipients": ONE_ROW,
    "tapers:draft_edit": "saves while somebody types, each time only over what it last saved",
    "tapers:draft_discard": ONE_ROW,
    "monitoring:follow_up_edit": ONE_ROW,
    "monitoring:check_in_draft": "saves while somebody types, each time only over what it last saved",
    "monitoring:check_in_draft_discard": ONE_ROW,
    "monitoring:follow_up_settle": ONE_ROW,
    "monitoring:follow_ups_moved": "changes rows, each only while it is as it was read",
    "monitoring:new_medicines": "makes nothing: says what the sources say to a medicine while its name is typed",
    "monitoring:down_time_form_aside": ONE_WAY,
    "monitoring:down_time_run_aside": ONE_WAY,
    "handouts:handout_preview": "makes nothing: leads to the page of what was chosen",
    "handouts:patient_handout": "makes nothing: leads to the page of what was chosen",
    "handouts:batch_next": "prints those that still wait, each of them once, and is asked again until none is left",
}
# Forms of those addresses, by template and where they are posted to. The others draw the shared form, with its key.
FORMS_WITHOUT_A_KEY: Final = {
    ("components/_navigation.html", "account_logout"): "signs out",
    ("components/_confirm.html", "its own address"): ONE_WAY,
    ("accounts/user_access.html", "accounts:user_confirm"): ONE_WAY,
    ("accounts/_reset_buttons.html", "accounts:reset_approve"): ONE_WAY,
    ("accounts/_reset_buttons.html", "accounts:reset_withdraw"): ONE_WAY,
    ("accounts/access.html", "its own address"): ONE_WAY,
    ("accounts/user_leave.html", "accounts:leave_withdraw"): ONE_WAY,
    ("accounts/own_leave.html", "accounts:own_leave_withdraw"): ONE_WAY,
    ("accounts/own_sessions.html", "its own address"): ONE_WAY,
    (
        "accounts/_typed.html",
        "its own address",
    ): "has a new key where something was saved with the one it came with,"
    " and else that one, whose claim was undone",
    ("patients/patient.html", "patients:patient_restore"): ONE_ROW,
    ("patients/_emergency_access.html", "patients:emergency_access_end"): ONE_WAY,
    ("patients/patient_edit.html", "its own address"): ONE_ROW,
    ("patients/_medication.html", "patients:medication_restart"): ONE_ROW,
    ("worklist/_rows.html", "its own address"): "of a row’s button: a flag is seen, or done, once",
    ("flags/_flag.html", "flags:flag_seen"): ONE_WAY,
    ("flags/_flag.html", "flags:flag_done"): ONE_WAY,
    ("tapers/_products.html", "tapers:product_retire"): ONE_WAY,
    ("tapers/draft_edit.html", "tapers:draft_edit"): WITHOUT_A_KEY["tapers:draft_edit"],
    ("monitoring/_draft_offer.html", "monitoring:check_in_draft_discard"): ONE_ROW,
    ("monitoring/down_time_run.html", "monitoring:down_time_form_aside"): ONE_WAY,
    ("monitoring/down_time_run.html", "monitoring:down_time_run_aside"): ONE_WAY,
    ("handouts/_batch.html", "handouts:batch_next"): WITHOUT_A_KEY["handouts:batch_next"],
}
_METHODS: Final = {"require_safe": set(), "require_GET": set(), "require_POST": {"POST"}}


def takes_posts(function: ast.FunctionDef) -> bool:
    """A view that does not say which methods it takes, takes each."""
    for decorator in function.decorator_list:
        text = ast.unparse(decorator)
        if text in _METHODS:
            return "POST" in _METHODS[text]
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "require_http_methods":
            return "POST" in ast.literal_eval(decorator.args[0])
    return True


def is_taken_once(address: Address) -> bool:
    view: Any = address.view
    return bool(getattr(view, "is_taken_once", False))


def unkept(found: list[Address]) -> Iterator[str]:
    """Addresses that take a POST, neither once nor excused."""
    for address in found:
        if takes_posts(function_of(address)) and not is_taken_once(address):
            yield address.name
