"""A clinic and its users."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from functools import cache, cached_property
from typing import ClassVar, Final, Self
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from taperplanner.append_only import AppendOnly
from taperplanner.foldable import Foldable

from .access_changes import AccessChange, AccessStep
from .permissions import Permission, Role, permissions_of
from .session_model import Session
from .work import Leave, LeaveWithdrawal, WorkDetails

__all__ = [
    "AccessChange",
    "AccessStep",
    "Clinic",
    "Leave",
    "LeaveWithdrawal",
    "PaperSize",
    "SentForm",
    "Session",
    "User",
    "WorkDetails",
    "time_zones",
]

LONGEST_PATH: Final = 200


class PaperSize(models.TextChoices):
    LETTER = "letter", "Letter (8.5 × 11 inches)"
    A4 = "a4", "A4 (210 × 297 mm)"


class Clinic(models.Model):
    """The tenant. Its phone numbers stand on every handout."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    address = models.TextField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    after_hours_phone = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=64, default="America/New_York")
    paper_size = models.CharField(max_length=10, choices=PaperSize, default=PaperSize.LETTER)
    requires_check = models.BooleanField(default=False)
    requires_reviewed_texts = models.BooleanField(default=False)
    requires_second_factor = models.BooleanField(default=True)
    idle_limit_minutes = models.PositiveSmallIntegerField(
        default=15, validators=[MinValueValidator(2), MaxValueValidator(120)]
    )
    # After how long an emergency that nobody opened is raised to the first of these people, and after as long again to the
    # next: ids as text. Null: never.
    emergency_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    emergency_people = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(idle_limit_minutes__range=(2, 120)), name="clinic_idle_limit_2_to_120"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def day_of(self, moment: datetime) -> date:
        """The calendar date of a moment at this clinic."""
        return moment.astimezone(self.zone).date()


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def working_on(self, day: date) -> Self:
        """Active, and not past their last day of work here; on leave too."""
        return self.active().exclude(works_until__lt=day)

    def away_on(self, day: date) -> Self:
        """Deactivated, past their last day of work here, or on leave."""
        return self.knowing_away(day).filter(is_away=True)

    def knowing_away(self, day: date) -> Self:
        """Each knows as `is_away` whether they are, on that day."""
        on_leave = models.Exists(Leave.objects.covering(day).filter(user=models.OuterRef("pk")))
        is_over = models.Q(works_until__isnull=False, works_until__lt=day)
        away = models.Q(is_active=False) | is_over | on_leave
        return self.annotate(is_away=models.ExpressionWrapper(away, models.BooleanField()))

    def managers(self) -> Self:
        return self.filter(is_manager=True)

    def by_name(self) -> Self:
        return self.order_by(Lower("name"), "email")

    def active_first(self) -> Self:
        return self.order_by("-is_active", Lower("name"), "email")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> User:
        user: User = self.get(email__iexact=username)
        return user


class User(AbstractBaseUser):
    """One person's login at one clinic."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="users")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    credentials = models.CharField(max_length=40, blank=True)
    is_provider = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    is_manager = models.BooleanField(default=False)
    is_checker = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField()
    # When the outstanding set-password link was made. Only the newest link works.
    password_link_at = models.DateTimeField(null=True, blank=True)
    # When their sessions were last ended by somebody or something else than a new password.
    sessions_ended_at = models.DateTimeField(null=True, blank=True)
    # Their last day of work here, as the newest `WorkDetails` say it. Null: no end is known.
    works_until = models.DateField(null=True, blank=True)
    folded = models.JSONField(default=list)  # names of `foldable.Foldable`
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            # Lower case only, so that the address is unique however it is typed at sign-in.
            models.UniqueConstraint(fields=["email"], name="user_email_once"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_small_letters"),
            models.CheckConstraint(
                condition=models.Q(is_provider=True) | models.Q(is_staff=True) | models.Q(is_manager=True),
                name="user_has_a_role",
            ),
            models.CheckConstraint(
                condition=models.Q(is_checker=False) | models.Q(is_provider=True) | models.Q(is_staff=True),
                name="user_who_checks_sees_patients",
            ),
        ]

    def __str__(self) -> str:
        return self.full_title

    @property
    def full_title(self) -> str:
        """As signed: "Ada Alvarez, MD"."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    @property
    def roles(self) -> tuple[Role, ...]:
        held = {
            Role.PROVIDER: self.is_provider,
            Role.STAFF: self.is_staff,
            Role.MANAGER: self.is_manager,
            Role.CHECKER: self.is_checker,
        }
        return tuple(role for role, is_held in held.items() if is_held)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.roles)

    def has_left_by(self, day: date) -> bool:
        """Whether their last day of work here is over."""
        return self.works_until is not None and self.works_until < day

    def may(self, permission: Permission) -> bool:
        return self.is_active and permission in self.permissions

    @transaction.atomic
    def fold(self, panel: Foldable, *, is_folded: bool) -> None:
        """A page's panel, for themselves. Of two tabs, each changes only what was pressed in it."""
        rows = User.objects.filter(pk=self.pk)
        others = {*rows.select_for_update().get().folded} - {panel.value}
        rows.update(folded=sorted(others | {panel.value} if is_folded else others))

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What each of their sessions is held against: another moment here ends them all."""
        of_password: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        if self.sessions_ended_at is None:
            return of_password
        ended = self.sessions_ended_at.astimezone(UTC).isoformat()
        return salted_hmac(
            "taperplanner.accounts.sessions", f"{of_password}{ended}", secret=secret
        ).hexdigest()


@cache
def time_zones() -> list[str]:
    """Names a clinic may choose from, those of the United States first."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return sorted(names, key=lambda name: not name.startswith(("America/", "US/", "Pacific/Honolulu")))


class SentFormQuerySet(models.QuerySet["SentForm"]):
    def sent(self, key: str, path: str) -> SentForm | None:
        """Once its work is committed, not before."""
        return self.filter(key=key, path=path[:LONGEST_PATH]).first()

    def claim(self, user: User, key: str, path: str, content: str, at: datetime) -> tuple[SentForm, bool]:
        """The form, and whether this is its first post. A second claim waits for the first one's transaction."""
        named = {"user": user, "key": key, "path": path[:LONGEST_PATH]}
        try:
            with transaction.atomic():
                return self.create(**named, content=content, sent_at=at), True
        except IntegrityError:
            return self.get(**named), False

    def clear(self, before: datetime) -> int:
        """Forget what was sent before that moment. Returns how many."""
        cleared, _ = self.filter(sent_at__lt=before).delete()
        return cleared


class SentForm(models.Model):
    """A form that made something, by the key its page gave it: see `once.py`.

    One user's, at one address: the same key of another user or page is another form's. `content`: a digest of
    what was sent, to tell the same post from another one of the same page.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sent_forms")
    key = models.CharField(max_length=32)
    path = models.CharField(max_length=LONGEST_PATH)
    content = models.CharField(max_length=64)
    leads_to = models.TextField(blank=True)
    sent_at = models.DateTimeField(db_index=True)

    objects: ClassVar[SentFormQuerySet] = SentFormQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key", "path"], name="sent_form_once"),
        ]

    def __str__(self) -> str:
        return f"{self.path} → {self.leads_to}"

    def complete(self, leads_to: str) -> None:
        self.leads_to = leads_to
        self.save(update_fields=["leads_to"])

    def release(self) -> None:
        self.delete()


class Method(models.TextChoices):
    PASSWORD = "password", "password"
    CODE = "code", "password and a code of the app"
    PASSKEY = "passkey", "passkey"


class Confirmation(AppendOnly):
    """That somebody said again who they are for what they signed or checked. Born in the transaction of its one use.

    `confirmed`: a digest of what they had before them. `content_hash`: of the version that they signed or checked.
    `proof`: a digest of what they showed, such as a passkey's challenge: taken once, whoever asks.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="confirmations")
    method = models.CharField(max_length=10, choices=Method)
    confirmed = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)
    proof = models.CharField(max_length=64, unique=True)
    confirmed_at = models.DateTimeField()
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.method} for {self.content_hash}"
