"""The patient's progress: follow-ups, check-ins, emergencies, reviews, notes, supply, the chart, the visit summary.

A follow-up is due on a date that somebody typed, or a typed number of days after a step begins. A
check-in says how the patient is and what was really taken; it never changes, and a correction is a
new one that names it. A danger sign in it raises an emergency, which marks the patient until a
provider closes it. A review says which of the things that the guideline asks for were considered,
and when the next one is due. A note is plain text that changes nothing. Supply is counted against
the signed plan. Nothing in here proposes a dose, a date or an interval.
"""
