"""What each line of the reference document claims, as the words by which the guidance says it.

For each line: a word or two of ours for each clause of it. The document itself is not in this repository.
"""

from __future__ import annotations

from typing import Final

HEADING: Final = ("Headings",)
AGAIN: Final = ("How it works, twice over",)
LIST_AGAIN: Final = ("A second list of side effects",)

CLAIMS: Final[dict[int, tuple[str, ...]]] = {
    1: HEADING,
    2: HEADING,
    3: (
        "Klonopin",
        "widely prescribed",
        "benzodiazepine",
        "anxiety disorder",
        "panic attacks",
        "seizure",
        "effective therapeutic agent",
        "misuse and dependence",
        "care and monitoring",
    ),
    4: HEADING,
    5: ("depresses the central nervous system", "GABA", "inhibitory", "excited", "calms", "eases anxiety", "sleep"),
    6: ("long half-life", "long-term symptom control", "side effects", "dependence"),
    7: HEADING,
    8: ("anxiety",),
    9: ("generalized anxiety", "social anxiety", "sedative effects", "immediate relief", "quickly", "acute anxiety"),
    10: ("Panic",),
    11: ("panic attacks", "sudden", "fear or discomfort", "calming", "prevent", "fewer"),
    12: ("Seizure",),
    13: ("anticonvulsant", "epilepsy", "absence", "stare", "myoclonic", "jerks", "especially helpful"),
    14: ("Restless legs",),
    15: ("off-label", "FDA", "urge to move", "discomfort", "calming effect may ease"),
    16: HEADING,
    17: HEADING,
    18: HEADING,
    19: ("Drowsiness", "everyday life", "Driving", "alertness", "until it is known"),
    20: ("Dizziness", "coordination", "standing up quickly", "physical activity"),
    21: ("long-term use", "Memory", "concentration", "confusion"),
    22: ("helps people sleep", "fatigue", "next day"),
    23: HEADING,
    24: ("alcohol", "opioid", "slow or shallow", "life-threatening"),
    25: ("prolonged use", "Physical and psychological", "anxiety", "irritability", "seizures", "insomnia", "suddenly"),
    26: ("Depression", "aggression", "swings of mood", "distressing"),
    27: HEADING,
    28: ("used to it", "More is then needed", "escalates", "unable to function"),
    29: (
        "physical addiction",
        "suddenly",
        "too quickly",
        "mild",
        "irritability",
        "severe",
        "seizures",
        "tremor",
        "muscle spasms",
        "never stopped suddenly",
        "under the supervision",
    ),
    30: HEADING,
    31: ("liver", "stronger", "weaker", "best avoided together", "central nervous system"),
    32: ("Alcohol", "slowed breathing, coma and death"),
    33: ("morphine or oxycodone", "add to each other", "life-threatening"),
    34: ("Other benzodiazepines", "sedatives", "drowsiness, confusion", "clumsiness"),
    35: ("before starting", "whole list", "over-the-counter", "supplements"),
    36: HEADING,
    37: ("short-term or as needed", "short courses", "without significant risk"),
    38: ("long-term use", "healthcare provider", "plan", "gradual", "withdrawal", "rebound anxiety", "seizures"),
    39: ("Regular", "still does what it should", "unwanted effects", "thinking", "mood"),
    40: ("behavioral therapy", "mindfulness", "relaxation", "anxiety and panic", "worry about dependence", "in its place"),
    **dict.fromkeys(range(41, 57), AGAIN),
    **dict.fromkeys(range(57, 69), LIST_AGAIN),
    68: (*LIST_AGAIN, "irritability"),
    69: ("no reviews",),
    70: ("no reviews",),
}  # fmt: skip

# The strength stands in three headings with number and unit run together.
RUN_TOGETHER: Final = (41, 49, 58)
