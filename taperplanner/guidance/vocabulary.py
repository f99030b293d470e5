"""The fixed words of guidance content: topics, claim statuses, concerns. Anything else is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True)
class Topic:
    slug: str
    title: str
    summary: str


class ClaimStatus(StrEnum):
    """What became of the reference document's claim. Content files call it the entry's `standing`."""

    KEPT = "kept"  # the document's claim, in our words
    CORRECTED = "corrected"  # the document's claim, with what corrects or completes it beside it
    ADDED = "added"  # not in the document

    @property
    def label(self) -> str:
        return {
            ClaimStatus.KEPT: "Kept from the reference document",
            ClaimStatus.CORRECTED: "From the reference document, with a correction",
            ClaimStatus.ADDED: "Added: not from the reference document",
        }[self]


# In the order in which pages list them: what a clinician needs soonest stands first.
TOPICS: Final = {
    topic.slug: topic
    for topic in (
        Topic("withdrawal", "Withdrawal", "What brings it on, what it looks like, who is at most risk."),
        Topic("emergency", "Emergency signs", "What needs 911, 988 or the clinic on the same day."),
        Topic("monitoring", "Monitoring", "What to look for at each contact, and how often to review."),
        Topic("stopping", "Stopping", "Why never suddenly; missed doses and running out."),
        Topic("tapering", "Tapering", "How the sources describe a gradual, supervised reduction."),
        Topic(
            "interactions", "Interactions", "Opioids, alcohol, other sedatives, and what changes its level."
        ),
        Topic("boxed-warnings", "Boxed warnings", "The three warnings that head the label."),
        Topic("dependence", "Dependence and tolerance", "Three different things that are often confused."),
        Topic("side-effects", "Side effects", "Common and serious, also at a steady dose."),
        Topic("special-populations", "Special populations", "Who needs more care, and why."),
        Topic("non-drug-support", "Non-drug support", "Therapies to offer before, during and after a taper."),
        Topic("uses", "Uses", "What it is labelled for, and what is off-label."),
        Topic("how-it-works", "How it works", "What is known and what is believed."),
        Topic("storage", "Storage and disposal", "Keeping it safe, and getting rid of what is left."),
    )
}

# A drug may be of several: phenobarbital sedates, and lowers the level.
MEDICATION_CLASSES: Final = frozenset(
    {
        "opioid",
        "alcohol",
        "benzodiazepine",
        "z_drug",
        "barbiturate",
        "gabapentinoid",
        "sedating_antihistamine",
        "antipsychotic",
        "muscle_relaxant",
        "other_sedative",
        "raises_level",
        "lowers_level",
        "valproate",
    }
)
SAFETY_FACTS: Final = frozenset(
    {
        "seizure_disorder",
        "alcohol_use",
        "opioid_use",
        "other_sedatives",
        "pregnancy_or_breastfeeding",
        "breathing_disease",
        "liver_disease",
        "past_suicidal_thoughts",
        "earlier_withdrawal",
        "substance_use_disorder",
        "mood_or_psychotic_disorder",
        "ptsd",
        "falls",
        "kidney_disease",
        "glaucoma",
    }
)
# What follows from the birth date and a day.
AGES: Final = frozenset({"age_65_or_more", "under_18"})
CONCERNS: Final = MEDICATION_CLASSES | SAFETY_FACTS | AGES
# The class of a medication that does not sedate: a page may ask about it, no entry may be filed under it.
NO_CONCERN: Final = "other"

AUDIENCES: Final = frozenset({"clinician"})
AWAITING_REVIEW: Final = "awaiting clinical review"
# The one topic whose entries may state figures of pace, and then only on the guidance pages.
PACE: Final = "tapering"
