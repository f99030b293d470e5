"""A patient and their safety facts; the models of what they take stand in `medication_records`."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Upper
from django.urls import reverse
from simple_history.models import HistoricalRecords

from taperplanner.accounts.models import Clinic, User
from taperplanner.append_only import AppendOnly, InsertedOnce
from taperplanner.phones import dial_address

from .ages import Age
from .allergy_records import Allergy, AllergyInError, AllergyKind, AllergyReview
from .at_home_records import HomeHelper, HomeHelperEnd, MayBeTold
from .births import Birth
from .choices import PAPER_LANGUAGES, Answer, Fact, Kind, LetterSize, Sex, Use
from .finding import OfClinic, Sought
from .medication_records import (
    REVIEW_IS_STALE_AFTER_DAYS,
    MedicationRecord,
    MedicationRecordQuerySet,
    MedicationReview,
)
from .names import list_name
from .restriction_records import (
    EmergencyAccess,
    EmergencyAccessEnd,
    EmergencyAccessReview,
    MayOpen,
    Restriction,
    RestrictionKind,
)
from .search_key_records import SearchKey

__all__ = [
    "PAPER_LANGUAGES",
    "REVIEW_IS_STALE_AFTER_DAYS",
    "Allergy",
    "AllergyInError",
    "AllergyKind",
    "AllergyReview",
    "Answer",
    "EmergencyAccess",
    "EmergencyAccessEnd",
    "EmergencyAccessReview",
    "Fact",
    "FarDay",
    "HomeHelper",
    "HomeHelperEnd",
    "Kind",
    "LetterSize",
    "MayBeTold",
    "MayOpen",
    "MedicationRecord",
    "MedicationRecordQuerySet",
    "MedicationReview",
    "Patient",
    "PatientQuerySet",
    "Restriction",
    "RestrictionKind",
    "SafetyFact",
    "SearchKey",
    "Sex",
    "Use",
]


class PatientQuerySet(models.QuerySet["Patient"]):
    def active(self) -> Self:
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        return self.exclude(archived_at=None)

    def restricted(self) -> Self:
        return self.filter(restriction__isnull=False)

    def found_by(self, text: str, *, clinic: Clinic) -> Self:
        """Whose name, preferred name or MRN has, for each word of the text, a word that begins so, or whose birth
        was in the year that the word is; or whose phone ends with the number in the text."""
        return self.filter(searching(clinic).found_by(text))

    def named_near(self, text: str, *, clinic: Clinic) -> Self:
        """Who may come near, by each word of the text: more than do; fewer only of a word near very many. See `near_names`."""
        return self.filter(searching(clinic).named_near(text))

    def found_under(self, sought: Sought, *, clinic: Clinic, archived: bool) -> Self:
        """Each once, with the key they stand under as `listed`. `archived`: which of the two lists is searched."""
        of_clinic = self.annotate(
            listed=F("search_keys__key"),
            listed_id=F("search_keys__patient"),
            listed_at=F("search_keys__clinic"),
        ).filter(listed_at=clinic.pk)
        return of_clinic.filter(sought.under("listed", archived=archived))

    def found_exactly(self, key: bytes, *, clinic: Clinic) -> Self:
        """Who is found under just this key: a superset of those whose name or MRN, run together, it is."""
        return self.filter(searching(clinic).under_exactly(key))

    def born_on(self, day: date) -> Self:
        """Also those of whom only the year is known: it may be them."""
        return self.filter(Q(date_of_birth=day) | Q(birth_year=day.year))

    def known_to_be_born_on(self, day: date) -> Self:
        return self.filter(date_of_birth=day)

    def who_could_be_born(self, birth: Birth) -> Self:
        """Whose birth may be this one, though it is not known of both that it is."""
        if birth.day:
            return self.filter(birth_year=birth.year)
        return self.filter(Q(birth_year=birth.year) | Q(date_of_birth__year=birth.year))

    def named_like(self, sort_key: bytes) -> Self:
        """The same name, whatever its accents and capitals."""
        return self.filter(sort_key=sort_key)

    def ids_with_mrn(self, clinic_id: uuid.UUID, mrn: str) -> list[uuid.UUID]:
        """One or none. Upper case as in the constraint, whose index answers this."""
        found = self.filter(clinic_id=clinic_id).annotate(upper=Upper("mrn")).filter(upper=Upper(Value(mrn)))
        return list(found.values_list("pk", flat=True))

    def is_of(self, clinic_id: uuid.UUID, pk: uuid.UUID) -> bool:
        return self.filter(clinic_id=clinic_id, pk=pk).exists()

    def by_name(self) -> Self:
        return self.order_by("sort_key", "id")


class Patient(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="patients")
    mrn = models.CharField("MRN", max_length=40)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100)
    preferred_name = models.CharField(max_length=100, blank=True)
    # One of the two, never both: no day is made up where only the year is known.
    date_of_birth = models.DateField(null=True)
    birth_year = models.PositiveSmallIntegerField("Year of birth, where no more is known", null=True)
    # Empty: not recorded. It is no part of who a version was signed for.
    sex = models.CharField(max_length=10, choices=Sex, blank=True)
    sex_in_words = models.CharField(max_length=60, blank=True)
    pronoun = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    # As it was written before there was a list (`allergy_records`). Nothing new is written here.
    allergies = models.TextField(max_length=500, blank=True)
    emergency_contact_name = models.CharField(max_length=120, blank=True)
    emergency_contact_relation = models.CharField(max_length=60, blank=True)
    emergency_contact_phone = models.CharField(max_length=40, blank=True)
    home_caregiver = models.CharField(max_length=200, blank=True)
    # Empty: not asked. Handouts are printed so unless somebody chooses otherwise.
    paper_language = models.CharField(
        "Language of the papers", max_length=10, choices=PAPER_LANGUAGES, blank=True
    )
    letter_size = models.CharField("Letters of the papers", max_length=10, choices=LetterSize, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_reason = models.CharField(max_length=200, blank=True)
    # The restriction that holds now. Written by the actions of `restricted` alone, with the row that it names.
    restriction = models.ForeignKey(
        Restriction, on_delete=models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    # Who stands on papers that are printed. Written by the actions of `at_home` alone, with the row that it names.
    helper_on_paper = models.ForeignKey(
        HomeHelper, on_delete=models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    sort_key = models.BinaryField(editable=False)
    revision = models.PositiveIntegerField(default=1)
    safety_facts_revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[PatientQuerySet] = PatientQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords(
        bases=[InsertedOnce],
        excluded_fields=["sort_key", "restriction", "helper_on_paper", "revision", "safety_facts_revision"],
    )

    class Meta:
        constraints = [
            # "ab-1" and "AB-1" are one number: nobody reads a difference in capitals aloud.
            models.UniqueConstraint("clinic", Upper("mrn"), name="patient_mrn_once_per_clinic"),
            models.CheckConstraint(condition=~Q(mrn="") & ~Q(family_name=""), name="patient_is_named"),
            models.CheckConstraint(
                condition=Q(archived_at=None, archived_reason="")
                | Q(archived_at__isnull=False) & ~Q(archived_reason=""),
                name="patient_archived_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(date_of_birth__isnull=False, birth_year=None)
                | Q(date_of_birth=None, birth_year__isnull=False),
                name="patient_birth_is_a_day_or_a_year",
            ),
            models.CheckConstraint(
                condition=Q(sex__in=["", Sex.FEMALE, Sex.MALE], sex_in_words="")
                | Q(sex=Sex.ANOTHER) & ~Q(sex_in_words=""),
                name="patient_sex_is_a_choice_or_words",
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "sort_key", "id"], name="patient_by_name"),
            models.Index(fields=["clinic", "date_of_birth"], name="patient_by_birth"),
            models.Index(
                fields=["clinic", "birth_year"],
                name="patient_by_birth_year",
                condition=Q(birth_year__isnull=False),
            ),
            models.Index(
                fields=["clinic", "restriction"],
                name="patient_restricted",
                condition=Q(restriction__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("patients:patient", args=[self.pk])

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def list_name(self) -> str:
        return list_name(self.given_name, self.family_name)

    @property
    def phone_address(self) -> str:
        return dial_address(self.phone)

    @property
    def paper_preferences(self) -> str:
        """ "Spanish, large print"; says what was not asked."""
        if not self.paper_language and not self.letter_size:
            return "not asked"
        language = self.get_paper_language_display() if self.paper_language else "language not asked"
        size = self.get_letter_size_display().lower() if self.letter_size else "letter size not asked"
        return f"{language}, {size}"

    @property
    def sex_shown(self) -> str:
        """ "female"; the clinic's own words for another; says what was not recorded."""
        return self.sex_in_words or self.get_sex_display().lower() or "not recorded"

    @property
    def birth(self) -> Birth:
        return Birth(self.date_of_birth, self.birth_year)

    def age_on(self, day: date) -> Age:
        return self.birth.age_on(day)


def searching(clinic: Clinic) -> OfClinic:
    return OfClinic(
        Clinic.objects.filter(pk=clinic.pk),
        SearchKey.objects.filter(clinic=clinic),
        Patient.objects.filter(clinic=clinic),
    )


class SafetyFact(models.Model):
    """One answered question. No row: never asked. Unknown is an answer, and still a gap."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="safety_facts")
    fact = models.CharField(max_length=40, choices=Fact)
    answer = models.CharField(max_length=10, choices=Answer)
    note = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    history = HistoricalRecords(bases=[InsertedOnce])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "fact"], name="safety_fact_answered_once"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="safety_fact_answer_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_fact_display()}: {self.get_answer_display()}"


class FarDay(AppendOnly):
    """A date far from the dates around it, and why it is correct. `of`: what it is the date of."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="far_days")
    of = models.CharField(max_length=120)
    day = models.DateField()
    reason = models.CharField(max_length=300)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_by_name = models.CharField(max_length=200)
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.of}, {self.day}"
