"""Taper Planner, room by room, from the ground up.

doses        exact amounts: the only parser and the only printer of a dose or a quantity
number_words whole numbers in words, English and Spanish, for reading back what was typed
unbroken     a page's amounts, each kept on one line
append_only  rows that are born and never change
typesetting  a page description and plain data in, a tagged PDF out (typeset: the process that sets one)
audit        what was done, by whom, when
guidance     what the sources say, each paragraph with its source
accounts     who asks, and for which clinic
clock        whether the server's clock can be relied on
protocols    a clinic's own notes beside the guidance, in versions
patients     the person and everything they take
flags        a sentence about a patient, from one colleague to another
tapers       the plan: draft, problems, signed versions, the schedule page
monitoring   the patient's progress: follow-ups, check-ins, emergencies, supply
stays        a patient in a hospital or another facility, and what is decided then
day_book     what of which plan is to be seen to from which day on
worklist     who needs attention today
registry     counts over all plans of a clinic, for its own quality work
handouts     the paper
recall       a fault of an earlier release, followed to whom it concerns
serving      how it is served and seen from outside
backups      the database in one file, verified, and back again
demo         synthetic clinics to try it with, of a dozen patients or of a million

Imports point up this list and never down (`lint-imports`).
"""

__version__ = "0.2.0"
