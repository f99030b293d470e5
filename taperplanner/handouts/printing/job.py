"""What one paper is set from, loaded once."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from copy import copy as shallow
from dataclasses import asdict
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Self

from taperplanner.accounts.models import Clinic
from taperplanner.guidance.library import PatientText, library
from taperplanner.guidance.patient_texts import Language
from taperplanner.patients.models import Patient
from taperplanner.stays.rule import Whereabouts, whereabouts_of_one
from taperplanner.tapers.models import PlanQuerySet, Version, VersionCheck
from taperplanner.tapers.signed.content import SignedContent, verified_content

from ..paper.content import Copy, Handout, Mark, make_handout
from ..paper.data import PaperData, paper_data
from ..paper.earlier import Earlier
from ..paper.language import Translator
from ..paper.layouts import Choice
from ..paper.texts import texts_of
from .earlier import earlier_than
from .may_print import Obstacle, obstacles_to, texts_that_stop_printing
from .signed_paper import as_signed, identity_of, mark_of, preview_mark, signature_of


class Job(ABC):
    """What one paper is set from, of one version or of several.

    `version`: the first of them. `at`: when it is printed, or was. `today`: the day on which it is looked at, which
    says whether it was replaced.
    """

    version: Version
    further_versions: tuple[Version, ...] = ()
    choice: Choice
    at: datetime
    patient: Patient
    clinic: Clinic
    today: date
    sheet: str

    @property
    @abstractmethod
    def obstacles(self) -> tuple[Obstacle, ...]: ...

    @property
    def why_not(self) -> str:
        """All that stands in the way, in sentences; empty where it may be printed."""
        return " ".join(obstacle.sentence for obstacle in self.obstacles)

    @abstractmethod
    def verify(self) -> None:
        """Raises: Tampered."""

    @abstractmethod
    def chosen(self, choice: Choice) -> Self:
        """The same in another layout, size or language; what is loaded stays loaded."""

    @abstractmethod
    def again(self, plans: PlanQuerySet) -> Self:
        """The same paper as the record says it now. `plans`: with patient and clinic; those of this paper are read.

        Only what was signed is not read again: it never changes. Raises: CannotPrint.
        """

    @abstractmethod
    def mark(self) -> Mark | None:
        """What holds of it today."""

    @abstractmethod
    def data(self, copy: Copy | None = None, mark: Mark | None = None) -> PaperData:
        """Without a copy it is a preview, and says so on every page. `mark`: in place of the one that it has today.

        Raises: CannotLayOut.
        """

    @abstractmethod
    def fingerprint(self) -> str:
        """A digest of all that may change about the paper: while it is the same, so is the paper."""


class PrintJob(Job):
    """A version, read back and checked against its hash at most once, and what the record says beside it.

    `today`: the day of printing where none is given. `version.plan.patient.clinic` must be at hand. Raises: Tampered,
    from whatever needs the content.
    """

    def __init__(
        self,
        version: Version,
        choice: Choice | None = None,
        *,
        at: datetime,
        today: date | None = None,
        sheet: str = "",
    ) -> None:
        self.version, self.choice, self.at = version, choice or Choice(), at
        self.patient = version.plan.patient
        self.clinic = self.patient.clinic
        self.today = today or self.clinic.day_of(at)
        self.sheet = sheet or self.clinic.paper_size

    def verify(self) -> None:
        _ = self.content

    def chosen(self, choice: Choice) -> Self:
        job = shallow(self)
        job.choice = choice
        vars(job).pop("obstacles", None)
        return job

    def again(self, plans: PlanQuerySet) -> Self:
        version = shallow(self.version)
        version.plan = plans.get(pk=version.plan_id)
        job = type(self)(version, self.choice, at=self.at, today=self.today, sheet=self.sheet)
        job.content = self.content
        return job

    @cached_property
    def content(self) -> SignedContent:
        return verified_content(self.version)

    @cached_property
    def versions(self) -> list[Version]:
        return list(self.version.plan.versions.all())

    @cached_property
    def newest_check(self) -> VersionCheck | None:
        return self.version.checks.oldest_first().last()

    @property
    def agreeing_check(self) -> VersionCheck | None:
        check = self.newest_check
        return check if check and check.agrees else None

    @cached_property
    def earlier(self) -> Earlier | None:
        return earlier_than(self.version, self.versions, self.at)

    @cached_property
    def obstacles(self) -> tuple[Obstacle, ...]:
        return obstacles_to(
            self.version,
            self.patient,
            is_checked=self.clinic.requires_check and self.agreeing_check is not None,
            unreviewed=texts_that_stop_printing(self.clinic, self._texts(), today=self.today),
            away=self.whereabouts.why_no_paper(self.version.plan_id, self.versions),
        )

    @cached_property
    def whereabouts(self) -> Whereabouts:
        return whereabouts_of_one(self.patient)

    def mark(self) -> Mark | None:
        return mark_of(self.version, self.versions, Translator(self.choice.language), self.today)

    def paper(
        self, copy: Copy | None = None, mark: Mark | None = None, begins: date | None = None
    ) -> Handout:
        """As `data` is given it. `begins`: the day with which it begins, where that is not the day of printing."""
        t = Translator(self.choice.language)
        mark = mark or self.mark() or (None if copy else preview_mark(t))
        return make_handout(
            schedule=self.content.schedule,
            identity=as_signed(identity_of(self.patient, self.clinic, t), self.content, t),
            drug_name=self.content.drug_name,
            signature=signature_of(self.content, self.agreeing_check, self.clinic, t),
            mark=mark,
            printed_at=self.at.astimezone(self.clinic.zone),
            language=self.choice.language,
            copy=copy,
            begins=begins,
        )

    def data(self, copy: Copy | None = None, mark: Mark | None = None) -> PaperData:
        paper = self.paper(copy, mark)
        return paper_data(paper, self.content.schedule, self.choice, sheet=self.sheet, earlier=self.earlier)

    def fingerprint(self) -> str:
        t, check, mark = Translator(self.choice.language), self.newest_check, self.mark()
        beside = {
            "identity": asdict(identity_of(self.patient, self.clinic, t)),
            "mark": asdict(mark) if mark else None,
            "versions": sorted(version.number for version in self.versions),
            "check": str(check.pk) if check else None,
            "today": self.today.isoformat(),
            "texts": [digest_of(repr(library().patient_texts(language))) for language in _languages(t)],
        }
        return digest_of(json.dumps(beside, sort_keys=True))

    def _texts(self) -> Iterator[PatientText]:
        """Read only if somebody looks: it takes the schedule to know them."""
        yield from texts_of(self.content.schedule, self.choice.language)


def _languages(t: Translator) -> list[str]:
    """Under a translation that nobody has reviewed stands the English."""
    return sorted({t.language.value, Language.ENGLISH.value})


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()
