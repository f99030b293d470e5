"""Every copy that was printed, with its file and its outcome, and what each user last chose to print."""

from __future__ import annotations

import uuid
from datetime import timedelta
from hashlib import sha256
from typing import ClassVar, Final, Self

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from taperplanner.accounts.models import Clinic, PaperSize, User
from taperplanner.append_only import AppendOnly, AppendOnlyQuerySet
from taperplanner.guidance.patient_texts import Language
from taperplanner.tapers.models import Plan, State, Version

from .paper.codes import written
from .paper.layouts import Choice, Layout, Size

LAYOUTS = [(layout.value, layout.label) for layout in Layout]
SIZES = [(size.value, size.label) for size in Size]
LANGUAGES = [(language.value, language.label) for language in Language]


class Outcome(models.TextChoices):
    """Of a copy that is no longer valid; the newest counts."""

    COLLECTED = "collected", "Collected"
    REPLACED = "replaced", "Replaced by a new copy"
    STILL_OUT = "still_out", "Still out"


CLAIM_LASTS: Final = timedelta(minutes=10)  # longer than any paper is waited for
DONE = (Outcome.COLLECTED, Outcome.REPLACED)


class AlteredFile(Exception):
    """The bytes that are stored are not those that were printed."""


class PrintedHandoutQuerySet(AppendOnlyQuerySet["PrintedHandout"]):
    def of_clinic(self, clinic: Clinic) -> Self:
        return self.filter(version__plan__patient__clinic=clinic)

    def of_plan(self, plan_id: uuid.UUID) -> Self:
        return self.filter(version__plan_id=plan_id)

    def of_batch(self, batch: PrintBatch) -> Self:
        """In the order of the batch, and ready to be set."""
        items = BatchItem.objects.filter(batch=batch, copy=models.OuterRef("pk"))
        order = models.Subquery(items.values("position")[:1])
        return self.alias(position=order).exclude(position=None).order_by("position").with_version()

    def newest_first(self) -> Self:
        return self.order_by("-printed_at", "-number")

    def stale(self) -> Self:
        """A newer version is signed, whenever it begins, or the plan has ended."""
        newer = Version.objects.filter(
            plan=models.OuterRef("version__plan"), number__gt=models.OuterRef("version__number")
        )
        return self.filter(~models.Q(version__plan__state=State.OPEN) | models.Exists(newer))

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
        return self.select_related("version__plan__patient__clinic")


class PrintedHandout(AppendOnly):
    """One copy on paper. `number` counts the copies of its version."""

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

    @property
    def page_url(self) -> str:
        """What the browser prints. `version.plan` must be at hand."""
        return self._url("copy")

    def get_absolute_url(self) -> str:
        """The PDF. `version.plan` must be at hand."""
        return self._url("copy_pdf")

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


class PrintChoice(models.Model):
    """How a user last printed, offered to them the next time. Language and letters are the patient's, so not kept."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="print_choice")
    layout = models.CharField(max_length=20, choices=LAYOUTS)

    def __str__(self) -> str:
        return self.layout


class ItemState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    PRINTED = "printed", "Printed"
    REFUSED = "refused", "Refused"


class PrintBatch(models.Model):
    """Handouts of many patients in one file, made a few at a time while somebody watches.

    Each is in the language and the letters of its own patient. `for_day`: the day whose papers were asked for,
    so that a version which begins on it is printed before; None: of today.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="print_batches")
    layout = models.CharField(max_length=20, choices=LAYOUTS)
    for_day = models.DateField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A fill lasts as long as staff type for one patient, so a pharmacy summary is printed alone.
            models.CheckConstraint(
                condition=~models.Q(layout=Layout.PHARMACY.value), name="batch_is_for_patients"
            ),
        ]

    def __str__(self) -> str:
        return f"batch {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("handouts:batch", args=[self.pk])


class BatchItemQuerySet(models.QuerySet["BatchItem"]):
    def in_state(self, state: ItemState) -> Self:
        return self.filter(state=state)

    def in_order(self) -> Self:
        return self.order_by("position")

    def claim_next(self) -> BatchItem | None:
        """The next that waits and that nobody else is printing, ready to be set, in a transaction of its own.

        A claim is given up after a time, so that what a server left unfinished is printed by the next who asks.
        """
        now = timezone.now()
        free = models.Q(claimed_at=None) | models.Q(claimed_at__lt=now - CLAIM_LASTS)
        with transaction.atomic():
            waiting = self.in_state(ItemState.WAITING).filter(free).in_order()
            item = waiting.select_for_update(skip_locked=True).first()
            if item is None:
                return None
            item.claimed_at, item.claim = now, uuid.uuid4()
            item.save(update_fields=["claimed_at", "claim"])
        item.plan = Plan.objects.select_related("patient__clinic").get(pk=item.plan_id)
        return item


class BatchItem(models.Model):
    """One patient of a batch. `refusal`: why there is no copy, for the page. `claim`: of whoever is printing it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(PrintBatch, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.WAITING)
    refusal = models.CharField(max_length=500, blank=True)
    copy = models.OneToOneField(PrintedHandout, on_delete=models.PROTECT, null=True, related_name="+")
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)

    objects: ClassVar[BatchItemQuerySet] = BatchItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="batch_position_once"),
            models.UniqueConstraint(fields=["batch", "plan"], name="batch_plan_once"),
            models.CheckConstraint(
                condition=models.Q(state=ItemState.WAITING, copy=None, refusal="")
                | models.Q(state=ItemState.PRINTED, copy__isnull=False, refusal="")
                | (models.Q(state=ItemState.REFUSED, copy=None) & ~models.Q(refusal="")),
                name="batch_item_has_a_copy_or_a_refusal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.state}"


def copies_of(clinic: Clinic) -> PrintedHandoutQuerySet:
    return PrintedHandout.objects.of_clinic(clinic)


def stale_copies(clinic: Clinic) -> PrintedHandoutQuerySet:
    """The clinic's copies that must not be followed any more and are still out, newest first."""
    return copies_of(clinic).stale().out().with_version().newest_first()


def newest_copy_by(version: Version, user: User) -> PrintedHandout | None:
    copies = PrintedHandout.objects.filter(version=version, printed_by=user)
    return copies.with_file().newest_first().first()


def copy_with(code: str) -> PrintedHandout | None:
    """Whatever the clinic: the code is the secret."""
    return PrintedHandout.objects.with_version().filter(code=code).first() if code else None
