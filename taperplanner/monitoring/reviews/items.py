"""What the 2025 joint guideline asks to be considered, in our words; each cites its recommendations. Pure.

A key is stored with what was recorded and is never reworded; an answer is a key of its item.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from taperplanner.guidance.entries import Review
from taperplanner.guidance.library import Entry, Source, library

SOURCE: Final = "guideline"  # a key of guidance/content/sources.toml
REVIEW: Final = Review()  # of the words below
INFANT: Final = "infant_clinician"
DECLINED: Final = ("declined", "Declined")
NOT_NEEDED: Final = ("not_needed", "Considered, not needed")


@dataclass(frozen=True, slots=True)
class Item:
    """`short`: in a list of what is not recorded. `answers`: key and label, in the order in which they are offered.

    `topic` and `slug`: of the guidance that says more.
    """

    key: str
    label: str
    short: str
    answers: tuple[tuple[str, str], ...]
    asks: str
    locator: str
    topic: str
    slug: str
    source: str = SOURCE

    @property
    def cited(self) -> Source:
        return library().content.sources[self.source]

    @property
    def guidance(self) -> Entry:
        return library().entry(self.topic, self.slug)

    def answer_in_words(self, answer: str) -> str:
        return dict(self.answers)[answer]


ITEMS: Final[Mapping[str, Item]] = {
    item.key: item
    for item in (
        Item(
            key="pdmp",
            label="Prescription drug monitoring program (PDMP)",
            short="PDMP",
            answers=(("looked_at", "Looked at"),),
            asks="What the state’s program shows is looked at with each review of risk and benefit.",
            locator="Recommendation 1b",
            topic="monitoring",
            slug="prescription-monitoring-program",
        ),
        Item(
            key="risk_benefit",
            label="Risk and benefit",
            short="risk and benefit",
            answers=(("weighed", "Weighed"),),
            asks="What going on and what tapering may do to this patient is weighed again and again, and at each"
            " new or renewed prescription; more often with an opioid.",
            locator="Recommendations 1 and 16",
            topic="monitoring",
            slug="review-of-risk-and-benefit",
        ),
        Item(
            key="naloxone",
            label="Naloxone",
            short="naloxone",
            answers=(("offered", "Offered"), ("has_it", "Has it"), DECLINED, NOT_NEEDED),
            asks="A medicine that reverses opioid overdose is offered to everybody who is prescribed an opioid too.",
            locator="Recommendation 17",
            topic="interactions",
            slug="naloxone",
        ),
        Item(
            key="cbt",
            label="Cognitive behavioral therapy (CBT), or CBT-I for sleep",
            short="CBT or CBT-I",
            answers=(("offered", "Offered"), ("referred", "Referred"), ("in_it", "In it already"), DECLINED),
            asks="It is offered with the taper, or the patient is referred for it.",
            locator="Recommendation 10",
            topic="non-drug-support",
            slug="offered-with-the-taper",
        ),
        Item(
            key="level_of_care",
            label="Level of care",
            short="level of care",
            answers=(("considered", "Considered"),),
            asks="Most tapers are managed outside hospital. Whether this one can be is considered: what may go wrong,"
            " what else is wrong, and what withdrawal is expected.",
            locator="Recommendation 5",
            topic="tapering",
            slug="where",
        ),
        Item(
            key="psychiatric_care",
            label="Psychiatric care",
            short="psychiatric care",
            answers=(("in_care", "In care"), ("referred", "Referred"), DECLINED, NOT_NEEDED),
            asks="Another mental health condition is treated as well as it can be, before the taper or along with it,"
            " and sleep is watched.",
            locator="Recommendations 24 to 26",
            topic="special-populations",
            slug="mental-health",
        ),
        Item(
            key="harm_reduction",
            label="Harm reduction",
            short="harm reduction",
            answers=(("offered", "Offered"), ("has_it", "Has it"), DECLINED, NOT_NEEDED),
            asks="With a substance use disorder, its treatment goes on along with the taper and after it, and harm"
            " reduction services are offered.",
            locator="Recommendations 19 to 23",
            topic="special-populations",
            slug="substance-use",
        ),
        Item(
            key=INFANT,
            label="The infant’s clinician",
            short="the infant’s clinician",
            answers=(("told", "Told"), ("no_consent", "The parent did not consent")),
            asks="In pregnancy, patient and fetus are thought of together. Of an exposure before birth the infant’s"
            " clinician is told, with the parent’s consent.",
            locator="Recommendations 28 and 29",
            topic="special-populations",
            slug="newborn-and-breastfeeding",
        ),
    )
}
