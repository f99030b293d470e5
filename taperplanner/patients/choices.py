"""The choices in a patient's record and medication list, each with its label."""

from __future__ import annotations

from typing import Final

from django.db import models

from taperplanner.guidance.patient_texts import Language


class LetterSize(models.TextChoices):
    """The print size of the patient’s handouts."""

    REGULAR = "regular", "Regular print"
    LARGE = "large", "Large print"


class Sex(models.TextChoices):
    """As the clinic recorded it. It identifies nobody by itself, and no hash of what is signed covers it."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    ANOTHER = "another", "Another, in words"


PAPER_LANGUAGES: Final = [(language.value, language.label) for language in Language]


class Fact(models.TextChoices):
    """The safety facts, in the order in which they are asked: of the reference document, its sources and the label."""

    SEIZURE_DISORDER = "seizure_disorder", "Seizure disorder"
    EARLIER_WITHDRAWAL = "earlier_withdrawal", "Earlier withdrawal seizure, delirium or failed taper"
    ALCOHOL_USE = "alcohol_use", "Alcohol use"
    OPIOID_USE = "opioid_use", "Opioid use"
    OTHER_SEDATIVES = "other_sedatives", "Other sedatives"
    SUBSTANCE_USE_DISORDER = "substance_use_disorder", "Substance use disorder"
    PAST_SUICIDAL_THOUGHTS = "past_suicidal_thoughts", "Past suicidal thoughts"
    MOOD_OR_PSYCHOTIC_DISORDER = (
        "mood_or_psychotic_disorder",
        "Bipolar, other mood or psychotic disorder",
    )
    PTSD = "ptsd", "Post-traumatic stress disorder"
    FALLS = "falls", "A fall in the last year"
    PREGNANCY_OR_BREASTFEEDING = "pregnancy_or_breastfeeding", "Pregnancy or breastfeeding"
    BREATHING_DISEASE = "breathing_disease", "Breathing disease"
    LIVER_DISEASE = "liver_disease", "Liver disease"
    KIDNEY_DISEASE = "kidney_disease", "Kidney disease"
    GLAUCOMA = "glaucoma", "Glaucoma"


# How a form asks for them; each stands in one group, and the groups in the order of the facts.
FACT_GROUPS: Final = (
    ("Seizures and withdrawal", (Fact.SEIZURE_DISORDER, Fact.EARLIER_WITHDRAWAL)),
    (
        "Alcohol, opioids and other substances",
        (Fact.ALCOHOL_USE, Fact.OPIOID_USE, Fact.OTHER_SEDATIVES, Fact.SUBSTANCE_USE_DISORDER),
    ),
    ("Mental health", (Fact.PAST_SUICIDAL_THOUGHTS, Fact.MOOD_OR_PSYCHOTIC_DISORDER, Fact.PTSD)),
    (
        "Body",
        (
            Fact.FALLS,
            Fact.PREGNANCY_OR_BREASTFEEDING,
            Fact.BREATHING_DISEASE,
            Fact.LIVER_DISEASE,
            Fact.KIDNEY_DISEASE,
            Fact.GLAUCOMA,
        ),
    ),
)


class Answer(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Unknown"


class Kind(models.TextChoices):
    PRESCRIPTION = "prescription", "Prescription"
    OVER_THE_COUNTER = "otc", "Over the counter"
    SUPPLEMENT = "supplement", "Supplement"
    SUBSTANCE = "substance", "Alcohol or other substance"


class Use(models.TextChoices):
    REGULAR = "regular", "Regularly"
    AS_NEEDED = "as_needed", "As needed"
