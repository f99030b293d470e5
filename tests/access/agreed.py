"""What was agreed for each address: the permission that it asks for, and the methods that it takes.

A new address is one line here. It is not read from the view, so that a check which is changed or lost is noticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from taperplanner.accounts.permissions import Permission


class Anybody(NamedTuple):
    """Answered without a sign-in."""

    why: str


class AnyRole(NamedTuple):
    """Asks for a sign-in and for no permission."""

    why: str


Methods = frozenset[str]
READ: Final = frozenset({"GET", "HEAD"})
FORM: Final = frozenset({"GET", "POST"})
PRESS: Final = frozenset({"POST"})
READ_AND_FORM: Final = READ | FORM
OWN: Final = "one's own sign-in"
OWN_ACCOUNT: Final = "one's own account"
GUIDANCE: Final = "every role may see guidance, and the room lies below the permissions"

AGREED: Final[Mapping[str, tuple[Permission | Anybody | AnyRole, Methods]]] = {
    "worklist:worklist": (AnyRole("sends each role to where its work begins"), READ),
    "serving:healthz": (Anybody("asked by whoever watches over the server"), READ),
    "serving:healthz_deep": (Anybody("asked by whoever watches over the server"), READ),
    "accounts:csp_report": (
        Anybody("a browser says by itself what a page was not allowed to do, also on the sign-in page"),
        PRESS,
    ),
    "accounts:still_here": (AnyRole("each role works"), READ),
    "accounts:fold": (AnyRole("each role reads pages"), PRESS),
    "accounts:access": (AnyRole(OWN_ACCOUNT), FORM),
    "accounts:access_confirm": (AnyRole(OWN_ACCOUNT), FORM),
    "accounts:own_sessions": (AnyRole(OWN_ACCOUNT), FORM),
    "accounts:clinic": (Permission.MANAGE_CLINIC, FORM),
    "accounts:users": (Permission.MANAGE_CLINIC, READ),
    "accounts:user_add": (Permission.MANAGE_CLINIC, FORM),
    "accounts:user_edit": (Permission.MANAGE_CLINIC, FORM),
    "accounts:user_deactivate": (Permission.MANAGE_CLINIC, FORM),
    "accounts:user_reactivate": (Permission.MANAGE_CLINIC, FORM),
    "accounts:user_password_link": (Permission.MANAGE_CLINIC, FORM),
    "accounts:user_access": (Permission.MANAGE_CLINIC, READ),
    "accounts:user_reset": (Permission.MANAGE_CLINIC, FORM),
    "accounts:user_confirm": (Permission.MANAGE_CLINIC, PRESS),
    "accounts:reset_approve": (Permission.MANAGE_CLINIC, PRESS),
    "accounts:reset_withdraw": (Permission.MANAGE_CLINIC, PRESS),
    "accounts:audit": (Permission.MANAGE_CLINIC, READ),
    "accounts:audit_file": (Permission.MANAGE_CLINIC, READ),
    "accounts:user_activity": (Permission.MANAGE_CLINIC, READ),
    "accounts:user_activity_file": (Permission.MANAGE_CLINIC, READ),
    "account_login": (Anybody("to sign in"), READ_AND_FORM),
    "account_logout": (Anybody("signing out twice is no mistake"), READ_AND_FORM),
    "account_inactive": (Anybody("says that access has ended"), READ),
    "account_reauthenticate": (AnyRole(OWN), READ_AND_FORM),
    "account_change_password": (AnyRole(OWN), READ_AND_FORM),
    "account_reset_password_from_key": (Anybody("the link is the secret"), READ_AND_FORM),
    "mfa_index": (AnyRole(OWN), READ),
    "mfa_authenticate": (Anybody("the second step of signing in"), READ_AND_FORM),
    "mfa_reauthenticate": (AnyRole(OWN), READ_AND_FORM),
    "mfa_activate_totp": (AnyRole(OWN), READ_AND_FORM),
    "mfa_deactivate_totp": (AnyRole(OWN), READ_AND_FORM),
    "mfa_view_recovery_codes": (AnyRole(OWN), READ),
    "mfa_generate_recovery_codes": (AnyRole(OWN), READ_AND_FORM),
    "mfa_download_recovery_codes": (AnyRole(OWN), READ),
    "mfa_list_webauthn": (AnyRole(OWN), READ),
    "mfa_add_webauthn": (AnyRole(OWN), READ_AND_FORM),
    "mfa_reauthenticate_webauthn": (AnyRole(OWN), READ_AND_FORM),
    "mfa_remove_webauthn": (AnyRole(OWN), READ_AND_FORM),
    "mfa_edit_webauthn": (AnyRole(OWN), READ_AND_FORM),
    "protocols:index": (Permission.SEE_GUIDANCE, READ),
    "protocols:protocol_add": (Permission.MANAGE_CLINIC, FORM),
    "protocols:protocol": (Permission.SEE_GUIDANCE, READ),
    "protocols:protocol_edit": (Permission.MANAGE_CLINIC, FORM),
    "protocols:protocol_withdraw": (Permission.MANAGE_CLINIC, FORM),
    "registry:registry": (Permission.SEE_REGISTRY, READ),
    "registry:registry_file": (Permission.SEE_REGISTRY, READ),
    "monitoring:progress": (Permission.SEE_PATIENTS, READ),
    "monitoring:visit_summary": (Permission.SEE_PATIENTS, READ),
    "monitoring:visit_summary_pdf": (Permission.SEE_PATIENTS, READ),
    "monitoring:follow_up_add": (Permission.RECORD_MONITORING, FORM),
    "monitoring:follow_ups_moved": (Permission.RECORD_MONITORING, FORM),
    "monitoring:follow_up_edit": (Permission.RECORD_MONITORING, FORM),
    "monitoring:follow_up_settle": (Permission.RECORD_MONITORING, FORM),
    "monitoring:check_in_add": (Permission.RECORD_MONITORING, FORM),
    "monitoring:new_medicines": (Permission.RECORD_MONITORING, PRESS),
    "monitoring:check_in_draft": (Permission.RECORD_MONITORING, PRESS),
    "monitoring:check_in_draft_discard": (Permission.RECORD_MONITORING, PRESS),
    "monitoring:check_in": (Permission.SEE_PATIENTS, READ),
    "monitoring:check_in_correct": (Permission.RECORD_MONITORING, FORM),
    "monitoring:emergency_answer": (Permission.RECORD_MONITORING, FORM),
    "monitoring:emergency_close": (Permission.CLOSE_EMERGENCY, FORM),
    "monitoring:dispensing_add": (Permission.RECORD_MONITORING, FORM),
    "monitoring:dispensing_correct": (Permission.RECORD_MONITORING, FORM),
    "monitoring:home_count_add": (Permission.RECORD_MONITORING, FORM),
    "monitoring:shortfall_explain": (Permission.RECORD_MONITORING, FORM),
    "monitoring:reviews": (Permission.SEE_PATIENTS, READ),
    "monitoring:review_add": (Permission.RECORD_MONITORING, FORM),
    "monitoring:review_correct": (Permission.RECORD_MONITORING, FORM),
    "monitoring:notes": (Permission.SEE_PATIENTS, READ),
    "monitoring:note_add": (Permission.EDIT_PATIENTS, FORM),
    "monitoring:note_in_error": (Permission.EDIT_PATIENTS, FORM),
    "monitoring:down_time": (Permission.RECORD_MONITORING, READ),
    "monitoring:down_time_run": (Permission.RECORD_MONITORING, READ),
    "monitoring:down_time_run_aside": (Permission.RECORD_MONITORING, PRESS),
    "monitoring:down_time_form_aside": (Permission.RECORD_MONITORING, PRESS),
    "monitoring:hold_request_add": (Permission.RECORD_MONITORING, FORM),
    "monitoring:hold_answer": (Permission.SIGN_PLAN, FORM),
    "monitoring:entered_in_error": (Permission.RECORD_MONITORING, FORM),
    "guidance:index": (AnyRole(GUIDANCE), READ),
    "guidance:about": (AnyRole(GUIDANCE), READ),
    "guidance:paper": (AnyRole(GUIDANCE), READ),
    "guidance:topic": (AnyRole(GUIDANCE), READ),
    "guidance:entry": (AnyRole(GUIDANCE), READ),
    "patients:index": (Permission.SEE_PATIENTS, READ),
    "patients:patient_add": (Permission.EDIT_PATIENTS, FORM),
    "patients:vocabulary": (Permission.EDIT_PATIENTS, READ),
    "patients:patient": (Permission.SEE_PATIENTS, READ),
    "patients:patient_edit": (Permission.EDIT_PATIENTS, FORM),
    "patients:patient_archive": (Permission.EDIT_PATIENTS, FORM),
    "patients:patient_restore": (Permission.EDIT_PATIENTS, PRESS),
    "patients:patient_history": (Permission.SEE_PATIENTS, READ),
    "patients:safety_facts": (Permission.EDIT_PATIENTS, FORM),
    "patients:medication_add": (Permission.EDIT_PATIENTS, FORM),
    "patients:medication_review": (Permission.EDIT_PATIENTS, PRESS),
    "patients:medication_edit": (Permission.EDIT_PATIENTS, FORM),
    "patients:medication_stop": (Permission.EDIT_PATIENTS, FORM),
    "patients:medication_restart": (Permission.EDIT_PATIENTS, PRESS),
    "patients:patient_restrict": (Permission.RESTRICT_PATIENTS, FORM),
    "patients:restriction_lift": (Permission.RESTRICT_PATIENTS, FORM),
    "patients:emergency_access": (Permission.SEE_PATIENTS, FORM),
    "patients:emergency_access_end": (Permission.SEE_PATIENTS, PRESS),
    "patients:emergency_accesses": (Permission.MANAGE_CLINIC, READ),
    "patients:emergency_access_review": (Permission.MANAGE_CLINIC, FORM),
    "patients:access_report": (Permission.SEE_WHO_LOOKED, READ),
    "patients:access_report_pdf": (Permission.SEE_WHO_LOOKED, READ),
    "patients:access_report_by_mrn": (Permission.MANAGE_CLINIC, READ),
    "patients:access_report_by_mrn_pdf": (Permission.MANAGE_CLINIC, READ),
    "recall:notices": (Permission.PRINT_HANDOUT, FORM),
    "flags:flags": (Permission.SEE_PATIENTS, READ),
    "flags:flag_add": (Permission.SEE_PATIENTS, FORM),
    "flags:flag_seen": (Permission.SEE_PATIENTS, PRESS),
    "flags:flag_done": (Permission.SEE_PATIENTS, PRESS),
    "tapers:plan_add": (Permission.EDIT_DRAFT, FORM),
    "tapers:plan": (Permission.SEE_PATIENTS, READ),
    "tapers:plan_edit": (Permission.EDIT_DRAFT, FORM),
    "tapers:plan_end": (Permission.SIGN_PLAN, FORM),
    "tapers:plan_revise": (Permission.EDIT_DRAFT, FORM),
    "tapers:plan_hold": (Permission.EDIT_DRAFT, PRESS),
    "tapers:compare": (Permission.SEE_PATIENTS, READ),
    "tapers:product_add": (Permission.EDIT_DRAFT, FORM),
    "tapers:product_edit": (Permission.EDIT_DRAFT, FORM),
    "tapers:product_retire": (Permission.EDIT_DRAFT, PRESS),
    "tapers:draft_edit": (Permission.EDIT_DRAFT, FORM),
    "tapers:draft_start": (Permission.EDIT_DRAFT, PRESS),
    "tapers:draft_sign": (Permission.SIGN_PLAN, FORM),
    "tapers:draft_discard": (Permission.EDIT_DRAFT, FORM),
    "tapers:version": (Permission.SEE_PATIENTS, READ),
    "tapers:version_check": (Permission.CHECK_VERSION, FORM),
    "handouts:draft_preview": (Permission.EDIT_DRAFT, READ),
    "handouts:handout": (Permission.PRINT_HANDOUT, READ),
    "handouts:handout_pdf": (Permission.PRINT_HANDOUT, READ),
    "handouts:handout_text": (Permission.PRINT_HANDOUT, READ),
    "handouts:handout_print": (Permission.PRINT_HANDOUT, FORM),
    "handouts:handout_preview": (Permission.PRINT_HANDOUT, READ_AND_FORM),
    "handouts:copy": (Permission.PRINT_HANDOUT, READ),
    "handouts:copy_pdf": (Permission.PRINT_HANDOUT, READ),
    "handouts:copy_record": (Permission.PRINT_HANDOUT, READ),
    "handouts:copy_file": (Permission.PRINT_HANDOUT, READ),
    "handouts:copy_outcome": (Permission.PRINT_HANDOUT, PRESS),
    "handouts:patient_handout": (Permission.PRINT_HANDOUT, READ_AND_FORM),
    "handouts:patient_handout_print": (Permission.PRINT_HANDOUT, FORM),
    "handouts:batch_add": (Permission.PRINT_HANDOUT, FORM),
    "handouts:batch": (Permission.PRINT_HANDOUT, READ),
    "handouts:batch_next": (Permission.PRINT_HANDOUT, PRESS),
    "handouts:batch_pdf": (Permission.PRINT_HANDOUT, READ),
    "handouts:code": (Anybody("asks for the code of a paper, and gives the answer of copy_state"), READ),
    "handouts:copy_state": (
        Anybody("asked by whoever holds the paper; the code is the secret, and the answer names nobody"),
        READ,
    ),
}
