"""What each event says in plain words: the one table, and the sentence made of it.

Whoever reads it did not write the code: a manager, or a patient who asked who looked. `{page}` is the page that was
shown or refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from .page_names import A_PAGE, page_name

SENTENCES: Final[Mapping[str, str]] = {
    # who looked
    "patient.page_shown": "opened {page}",
    "patients.list_shown": "opened a list of patients",
    "worklist.shown": "opened the worklist",
    "registry.shown": "opened the registry",
    "registry.exported": "saved the registry as a file",
    "access_report.shown": "opened the report of who looked",
    "access_report.saved": "saved the report of who looked as a file",
    "audit.shown": "read the audit log",
    "audit.exported": "saved the audit log as a file",
    "user.page_shown": "opened {page}",
    "users.list_shown": "opened the list of people",
    "users.activity_shown": "opened what people did",
    "users.activity_exported": "saved what people did as a file",
    "emergency_accesses.shown": "opened what was opened in an emergency",
    "request.refused": "was refused {page}",
    "request.refused_more": "was refused more often in that minute than is written down",
    # patients
    "patient.added": "added the patient",
    "patient.edited": "changed the patient’s details",
    "patient.archived": "archived the patient",
    "patient.restored": "restored the patient",
    "patient.restricted": "restricted the record to chosen people",
    "patient.restriction_changed": "changed who may open the restricted record",
    "patient.restriction_lifted": "lifted the restriction of the record",
    "emergency_access.begun": "opened the restricted record in an emergency",
    "emergency_access.ended": "ended an emergency access",
    "emergency_access.reviewed": "reviewed an emergency access",
    "safety_facts.answered": "answered safety facts",
    "far_day.kept": "kept an unusual date, with a reason",
    "medication.added": "added a medicine to the list",
    "medication.edited": "changed a medicine of the list",
    "medication.stopped": "recorded that a medicine was stopped",
    "medication.restarted": "recorded that a medicine was started again",
    "medications.reviewed": "reviewed the medication list",
    "allergy.noted": "put a substance on the list of allergies",
    "allergy.entered_in_error": "marked a substance of the list of allergies as entered in error",
    "allergies.reviewed": "recorded that the patient was asked about allergies",
    "home_helper.recorded": "recorded who helps at home, and what they may be told",
    "home_helper.ended": "recorded that somebody who helped at home is told nothing any more",
    # flags
    "flag.written": "wrote a flag to a colleague",
    "flag.seen": "said that a flag was seen",
    "flag.done": "said that a flag is done",
    # the plan
    "plan.opened": "opened a plan",
    "plan.edited": "changed the details of a plan",
    "plan.reassigned": "gave a plan of somebody who is away to another provider",
    "plan.ended": "ended a plan",
    "product.added": "added a product to a plan",
    "product.corrected": "corrected a product of a plan",
    "product.retired": "retired a product of a plan",
    "excipients.typed": "typed what a package contains",
    "draft.started": "started a draft",
    "draft.revision_started": "started a revision",
    "draft.hold_started": "started a hold",
    "draft.saved": "typed in the draft",
    "draft.discarded": "discarded the draft",
    "draft.signed": "signed the schedule",
    "draft.signing_refused": "tried to sign, and was refused",
    "version.checked": "did the second check of a version",
    "version.check_refused": "tried to do the second check, and was refused",
    "version.hash_mismatch": "met a version that is no longer what was signed",
    # monitoring
    "follow_up.added": "added a follow-up",
    "follow_up.added_with_steps": "added the follow-ups of a plan’s steps",
    "follow_up.edited": "changed a follow-up",
    "follow_up.reassigned": "gave a follow-up of somebody who is away to somebody else",
    "follow_up.moved_decided": "decided whether follow-ups move",
    "follow_up.settled": "settled a follow-up",
    "check_in.recorded": "recorded a check-in",
    "check_in.draft_kept": "kept a draft of a check-in",
    "check_in.draft_discarded": "discarded a draft of a check-in",
    "check_in.corrected": "corrected a check-in",
    "check_in.entered_in_error": "marked a check-in as entered in error",
    "emergency.raised": "recorded a sign of danger, which raised an emergency",
    "emergency.answered": "recorded what was done in an emergency",
    "emergency.closed": "closed an emergency",
    "supply.dispensed": "recorded what was dispensed",
    "supply.corrected": "corrected what was dispensed",
    "supply.counted": "recorded a count at home",
    "supply.shortfall_explained": "explained a shortfall",
    "dispensing.entered_in_error": "marked a dispensing as entered in error",
    "home_count.entered_in_error": "marked a count at home as entered in error",
    "follow_up.entered_in_error": "marked a follow-up as entered in error",
    "review.recorded": "recorded a review",
    "review.corrected": "corrected a review",
    "review.entered_in_error": "marked a review as entered in error",
    "note.written": "wrote a note on the patient",
    "note.entered_in_error": "marked a note on the patient as entered in error",
    "down_time_forms.written": "wrote blank forms for times when the system is down",
    "down_time_forms.shown": "opened a list of down-time forms",
    "down_time_form.entered": "typed in a record from a down-time form",
    "down_time_form.set_aside": "set aside a down-time form",
    "down_time_forms.set_aside": "set aside the down-time forms of a file that were not used",
    "hold.asked_for": "recorded that a hold was asked for",
    "hold.answered": "answered a hold that was asked for",
    # stays
    "stay.begun": "recorded that the patient is in a hospital or another facility",
    "stay.corrected": "recorded anew what is known of a stay",
    "stay.ended": "recorded that the patient left the hospital or other facility",
    "stay.goes_on": "decided after a stay that the schedule goes on as signed",
    "stay.entered_in_error": "marked a stay as entered in error",
    "stay.end_in_error": "marked the end of a stay as entered in error",
    # the paper
    "handout.printed": "printed the paper",
    "handout.refused": "could not print the paper in a print job",
    "handout.outcome_said": "recorded what became of a printed copy",
    "handout.file_altered": "met a file that is no longer what was printed",
    "handout.kept_for_down_time": "kept the paper for times when the system is down",
    "notice.answered": "said what was done because of a fault of an earlier release",
    "handout_batch.started": "started a print job of many patients",
    # the clinic and its people
    "clinic.created": "set up the clinic",
    "clinic.emergency_chain_set": "changed to whom an emergency is raised that nobody opened",
    "clinic.edited": "changed the clinic’s settings",
    "clock.difference_found": "found that the server’s clock differs",
    "clock.looked_at": "looked at what is wrong with the server’s clock",
    "protocol.added": "added a note of the clinic",
    "protocol.edited": "changed a note of the clinic",
    "protocol.withdrawn": "withdrew a note of the clinic",
    "user.added": "added a person",
    "user.edited": "changed a person’s details",
    "user.work_details_typed": "changed a person’s license, NPI or last day of work",
    "user.leave_typed": "recorded when somebody is on leave",
    "user.leave_withdrawn": "withdrew a leave",
    "user.deactivated": "deactivated a person",
    "user.reactivated": "let a person in again",
    "user.reset_asked": "asked for a reset of a person’s password or two-step sign-in",
    "user.reset_approved": "approved a reset",
    "user.reset_confirmed": "confirmed with a recovery code that a reset was their own",
    "user.reset_withdrawn": "withdrew a reset",
    "user.reset_refused": "refused a reset",
    "user.access_confirmed": "confirmed that an account is in the right hands",
    "user.change_acknowledged": "knew of a change to their account",
    "user.change_denied": "said of a change to their account: “That was not me”",
    "user.password_link_shown": "made a link to set a password",
    "user.password_set": "set a password",
    "user.password_refused": "typed a wrong password",
    "user.recovery_codes_made": "made recovery codes",
    "user.two_step_turned_on": "turned on the second step of signing in",
    "user.two_step_turned_off": "turned off the second step of signing in",
    "user.passkey_added": "added a passkey",
    "user.passkey_renamed": "named a passkey anew",
    "user.passkey_removed": "removed a passkey",
    "user.signed_in": "signed in",
    "user.signed_in_first": "signed in for the first time",
    "user.signed_out": "signed out",
    "user.session_ended": "ended another session of their own",
    "user.other_sessions_ended": "ended all other sessions of their own",
    "user.signed_out_when_idle": "was signed out when inactive",
    "user.signed_out_after_12_hours": "was signed out 12 hours after signing in",
    "user.sign_in_failed": "could not sign in",
    "user.sign_in_failed_unknown": "could not sign in, with an address that is nobody’s",
    "user.sign_in_failed_unknown_more": "could not sign in more often in that minute than is written down",
}
WHY_REFUSED: Final[Mapping[str, str]] = {
    "role": "the role does not include it",
    "restricted": "the record is restricted",
    "absent": "what the address names is not there",
    "session": "the form was of another session",
    "sent twice": "it had been sent already",
    "no key": "the form came without its key",
    "Conflict": "somebody else had changed it",
}
# Of these the subject is the page itself.
_PAGE_IS_SUBJECT: Final = frozenset({"patient.page_shown", "request.refused"})
_ANY_PAGE: Final = {"patient.page_shown": "a page of a patient", "user.page_shown": "a page of a person"}
# What a sentence, or a place of its own on the page, says already.
SAID: Final = frozenset({"from", "page", "why", "user"})
_WORD: Final = re.compile(r"(?<!^)(?=[A-Z])")


def sentence_of(action: str, subject: str = "", details: Mapping[str, Any] | None = None) -> str:
    """Without its author, and with a capital: "Opened the schedule page"."""
    given = details or {}
    page = subject if action in _PAGE_IS_SUBJECT else str(given.get("page", ""))
    words = _words(action).format(page=page_name(page) if page else _ANY_PAGE.get(action, A_PAGE))
    if why := given.get("why"):
        words += f": {', '.join(map(_why, why)) if isinstance(why, list) else why}"
    return words[:1].upper() + words[1:]


def about(action: str, subject: str, details: Mapping[str, Any]) -> str:
    """What it was done to, where the sentence has not said so: a number, or an id."""
    return str(details.get("user", "")) if action in _PAGE_IS_SUBJECT else subject


def _words(action: str) -> str:
    noun, _, verb = action.partition(".")
    return SENTENCES.get(action, f"{noun}: {verb}".replace("_", " ").strip(": "))


def _why(word: str) -> str:
    """An action that refuses has a name of its own: `CannotEditUser` is "cannot edit user"."""
    return WHY_REFUSED.get(word, _WORD.sub(" ", word).lower())
