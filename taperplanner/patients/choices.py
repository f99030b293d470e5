"""The choices in a patient's record and medication list, each with its label."""

from __future__ import annotations

from typing import Final

from django.db import models

from taperplanner.guidance.patient_texts import Language


class LetterSize(models.TextChoices):
    """The print size of the patient’s handouts."""

    REGULAR = "regular", "Regular print"
    LARGE = "large", "Large print"


PAPER_LANGUAGES: Final = [(language.value, language.label) for language in Language]


class Fact(models.TextChoices):
    """The safety facts, which the reference document names."""

    SEIZURE_DISORDER = "seizure_disorder", "Seizure disorder"
    ALCOHOL_USE = "alcohol_use", "Alcohol use"
    OPIOID_USE = "opioid_use", "Opioid use"
    OTHER_SEDATIVES = "other_sedatives", "Other sedatives"
    PREGNANCY_OR_BREASTFEEDING = "pregnancy_or_breastfeeding", "Pregnancy or breastfeeding"
    BREATHING_DISEASE = "breathing_disease", "Breathing disease"
    LIVER_DISEASE = "liver_disease", "Liver disease"
    PAST_SUICIDAL_THOUGHTS = "past_suicidal_thoughts", "Past suicidal thoughts"


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
