"""Every copy that was printed: of which versions it is, its file and its outcome."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse

from taperplanner import releases
from taperplanner.accounts.models import Clinic, PaperSize, User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.guidance.patient_texts import Language
from taperplanner.stays.models import Stay
from taperplanner.tapers.models import Plan, State, Version

from ..paper.codes import written
from ..paper.layouts import Choice, Layout, Size
from .further import FurtherVersion

LAYOUTS = [(layout.value, layout.label) for layout in Layout]
SIZES = [(size.value, size.label) for size in Size]
LANGUAGES = [(language.value, language.label) for language in Language]


class Outcome(models.TextChoices):
    """Of a copy that is no longer valid; the newest counts."""

    COLLECTED = "collected", "Collected"
    REPLACED = "replaced", "Replaced by a new copy"
    STILL_OUT = "still_out", "Still out"


DONE = (Outcome.COLLECTED, Outcome.REPLACED)


class AlteredFile(Exception):
    """The bytes that are stored are not those that were printed."""


class PrintedHandoutQuerySet(AppendOnlyQuerySet["PrintedHandout"]):
    def of_clinic(self, clinic: Clinic) -> Self:
        return self.filter(version__plan__patient__clinic=clinic)

    def of_plan(self, plan_id: uuid.UUID) -> Self:
        """Also those on which it stands beside other plans."""
        beside_others = _further().filter(version__plan_id=plan_id)
        return self.filter(models.Q(version__plan_id=plan_id) | models.Exists(beside_others))

    def of_one_plan(self) -> Self:
        return self.filter(~models.Exists(_further()))

    def of_items(self, items: models.QuerySet[Any]) -> Self:
        """Of a batch, in its order, and ready to be set."""
        order = models.Subquery(items.filter(copy=models.OuterRef("pk")).values("position")[:1])
        return self.alias(position=order).exclude(position=None).order_by("position").with_version()

    def newest_first(self) -> Self:
        return self.order_by("-printed_at", "-number")

    def stale(self) -> Self:
        """Of one of its versions a newer one is signed, whenever it begins, or the plan has ended; or it is the paper of
        all open plans no more."""
        newer = Version.objects.filter(
            plan=models.OuterRef("version__plan"), number__gt=models.OuterRef("version__number")
        )
        is_over = ~models.Q(version__plan__state=State.OPEN) | models.Exists(newer)
        # Asked of the first version, and again of each further one.
        one_is_over = is_over | models.Exists(_further().filter(is_over))
        is_incomplete = models.Exists(_further()) & models.Exists(_plans_not_on_it())
        return self.filter(one_is_over | is_incomplete)

    def out(self) -> Self:
        """Not recorded as collected or replaced, or no longer so."""
        return self.with_outcome().filter(models.Q(outcome=None) | ~models.Q(outcome__in=DONE))

    def with_outcome(self) -> Self:
        newest = CopyOutcome.objects.filter(copy=models.OuterRef("pk")).order_by("-said_at", "-id")
        return self.annotate(outcome=models.Subquery(newest.values("outcome")[:1]))

    def with_file(self) -> Self:
        """Its file at hand, for one copy: a list never needs the bytes."""
        return self.select_related("file")

    def with_has_file(self) -> Self:
        """`has_file`: whether it was stored as it was printed."""
        return self.annotate(has_file=models.Exists(PaperFile.objects.filter(copy=models.OuterRef("pk"))))

    def with_version(self) -> Self:
        """And whether there are further ones (`read_further`), and whether a stay of the patient was ever recorded."""
        related = self.select_related("version__plan__patient__clinic")
        stays = Stay.objects.filter(patient=models.OuterRef("version__plan__patient"))
        return related.annotate(has_further=models.Exists(_further()), has_stays=models.Exists(stays))


def _further() -> models.QuerySet[FurtherVersion]:
    """Of the copy of the query around it."""
    return FurtherVersion.objects.filter(copy=models.OuterRef("pk"))


def _plans_not_on_it() -> models.QuerySet[Plan]:
    """Open plans of its patient of which something is signed, and nothing stands on it."""
    on_it = FurtherVersion.objects.filter(
        copy=models.OuterRef(models.OuterRef("pk")), version__plan=models.OuterRef("pk")
    )
    signed = Plan.objects.open().filter(
        patient=models.OuterRef("version__plan__patient"), versions__isnull=False
    )
    return signed.exclude(pk=models.OuterRef("version__plan")).filter(~models.Exists(on_it))


class PrintedHandout(AppendOnly):
    """One copy on paper. `number` counts the copies of its version.

    A joint one is of all open plans of the patient: `version` is that of the first of them by number, and
    `FurtherVersion` has the others. `release`: of the product that made it; None: before that was recorded.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=15, unique=True)
    layout = models.CharField(max_length=20, choices=LAYOUTS)
    size = models.CharField(max_length=10, choices=SIZES)
    language = models.CharField(max_length=10, choices=LANGUAGES)
    fill_days = models.PositiveIntegerField(null=True)
    sheet = models.CharField(max_length=10, choices=PaperSize)
    printed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    printed_by_name = models.CharField(max_length=200)
    printed_at = models.DateTimeField()
    release = models.CharField(max_length=releases.LONGEST, null=True)

    objects: ClassVar[PrintedHandoutQuerySet] = PrintedHandoutQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="copy_number_once_per_version"),
            models.CheckConstraint(
                condition=models.Q(layout=Layout.PHARMACY.value, fill_days__gte=1)
                | (~models.Q(layout=Layout.PHARMACY.value) & models.Q(fill_days=None)),
                name="copy_fill_days_for_the_pharmacy",
            ),
        ]

    def __str__(self) -> str:
        return f"copy {self.number}"

    @property
    def written_code(self) -> str:
        return written(self.code)

    @property
    def choice(self) -> Choice:
        return Choice(Layout(self.layout), Size(self.size), Language(self.language), self.fill_days)

    @cached_property
    def further_versions(self) -> tuple[Version, ...]:
        """Of the other plans, by their numbers. `version.plan.patient` must be at hand."""
        return read_further([self])[0]

    @property
    def versions(self) -> tuple[Version, ...]:
        return (self.version, *self.further_versions)

    @property
    def is_joint(self) -> bool:
        return bool(self.further_versions)

    @property
    def of_what(self) -> str:
        """ "version 2"; of a joint one "plan 1, version 2, and plan 4, version 1"."""
        return _named(self.versions) if self.is_joint else str(self.version)

    @property
    def full_name(self) -> str:
        """ "plan 1, version 2, copy 3"."""
        return f"{_named(self.versions)}, {self}"

    @property
    def page_url(self) -> str:
        """What the browser prints. `version.plan` must be at hand."""
        return self._url("copy")

    def get_absolute_url(self) -> str:
        """The PDF. `version.plan` must be at hand."""
        return self._url("copy_pdf")

    @property
    def print_url(self) -> str:
        """Where a new one is made."""
        plan = self.version.plan
        if self.is_joint:
            return reverse("handouts:patient_handout_print", args=[plan.patient_id])
        return reverse("handouts:handout_print", args=[plan.patient_id, plan.number, self.version.number])

    def _url(self, name: str) -> str:
        plan = self.version.plan
        args = [plan.patient_id, plan.number, self.version.number, self.number]
        return reverse(f"handouts:{name}", args=args)


class PaperFile(AppendOnly):
    """The PDF of one copy, byte for byte as it was handed out, which is evidence.

    A copy that the browser printed has none, nor has one from before files were stored. `fingerprint`: of all that
    may change about the paper (`PrintJob.fingerprint`), as it was when this was set.
    """

    copy = models.OneToOneField(PrintedHandout, on_delete=models.PROTECT, related_name="file")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"SHA-256 {self.sha256}"

    @property
    def content(self) -> bytes:
        """Raises: AlteredFile."""
        content = bytes(self.pdf)
        if sha256(content).hexdigest() != self.sha256:
            raise AlteredFile(str(self))
        return content


class CopyOutcome(AppendOnly):
    copy = models.ForeignKey(PrintedHandout, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.CharField(max_length=20, choices=Outcome)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_by_name = models.CharField(max_length=200)
    said_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["copy", "said_at"], name="outcome_of_copy")]

    def __str__(self) -> str:
        return f"{self.outcome}, {self.said_by_name}"


def _named(versions: Iterable[Version]) -> str:
    return ", and ".join(f"{version.plan}, {version}" for version in versions)


def copies_of(clinic: Clinic) -> PrintedHandoutQuerySet:
    return PrintedHandout.objects.of_clinic(clinic)


def stale_copies(clinic: Clinic) -> PrintedHandoutQuerySet:
    """The clinic's copies that must not be followed any more and are still out, newest first."""
    return copies_of(clinic).stale().out().with_version().newest_first()


def read_further(copies: Iterable[PrintedHandout]) -> list[tuple[Version, ...]]:
    """The further versions of each, in one query for them all, and none where `with_version` found none.

    They know the patient of the copy, which must be at hand.
    """
    rows = list(copies)
    asked = {copy.pk: copy for copy in rows if getattr(copy, "has_further", True)}
    found: dict[uuid.UUID, list[Version]] = {copy.pk: [] for copy in rows}
    further = FurtherVersion.objects.filter(copy__in=asked).select_related("version__plan")
    for one in further.order_by("copy", "position") if asked else ():
        one.version.plan.patient = asked[one.copy_id].version.plan.patient
        found[one.copy_id].append(one.version)
    for copy in rows:
        copy.further_versions = tuple(found[copy.pk])
    return [copy.further_versions for copy in rows]


def newest_copy_by(version: Version, user: User) -> PrintedHandout | None:
    """Of this version alone."""
    copies = PrintedHandout.objects.filter(version=version, printed_by=user).of_one_plan()
    return copies.with_file().newest_first().first()


def copy_with(code: str) -> PrintedHandout | None:
    """Whatever the clinic: the code is the secret."""
    return PrintedHandout.objects.with_version().filter(code=code).first() if code else None
