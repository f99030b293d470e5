"""The filters of the audit log: from when to when, by whom, what, about which patient."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from crispy_forms.layout import Div, Layout
from django.http import QueryDict
from django_filters import CharFilter, ChoiceFilter, Filter, FilterSet

from taperplanner.fields import DayField
from taperplanner.forms import PlainForm
from taperplanner.places import Registry

from .models import Event, EventQuerySet

# Given a clinic's id and what people call a patient by (the MRN), the patients it may mean.
PatientFinder = Callable[[UUID, str], Iterable[UUID]]
# A room above, which knows patients, says whom an MRN means. The log knows ids only.
patient_finders: Registry[PatientFinder] = Registry()


class ClinicOfLog(Protocol):
    """A clinic, seen from below."""

    @property
    def pk(self) -> UUID: ...
    @property
    def zone(self) -> ZoneInfo: ...


class DayFilter(Filter):  # type: ignore[misc]
    field_class = DayField


class FilterForm(PlainForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow, wide = "col-6 col-lg-2", "col-12 col-sm-6 col-lg-4"
        self.helper.layout = Layout(
            Div(
                Div("first_day", css_class=narrow),
                Div("last_day", css_class=narrow),
                Div("user", css_class=wide),
                Div("action", css_class=wide),
                Div("patient", css_class="col-12 col-lg-6"),
                css_class="row",
            )
        )

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        if first and last and first > last:
            self.add_error("last_day", "The last day is before the first. Swap the two.")
        return self.cleaned_data


class EventFilter(FilterSet):  # type: ignore[misc]
    """Days are those of the clinic's time zone, both included."""

    first_day = DayFilter(label="First day", method="from_day")
    last_day = DayFilter(label="Last day", method="to_day")
    user = ChoiceFilter(field_name="user_id", label="By whom", empty_label="Anybody")
    action = ChoiceFilter(field_name="action", label="What", empty_label="Anything")
    patient = CharFilter(label="About the patient with the MRN", method="about_patient")

    class Meta:
        model = Event
        fields: Sequence[str] = ()
        form = FilterForm

    def __init__(
        self, data: QueryDict, clinic: ClinicOfLog, events: EventQuerySet, *, people: list[tuple[str, str]]
    ) -> None:
        super().__init__(data, events)
        self.clinic = clinic
        self.patient_ids: list[UUID] = []
        self.filters["user"].extra["choices"] = people
        self.filters["action"].extra["choices"] = [
            (action, Event(action=action).sentence) for action in events.actions()
        ]

    @property
    def found(self) -> EventQuerySet:
        """Nothing if a filter is invalid: showing everything would look like an answer to it."""
        events: EventQuerySet = self.qs if self.form.is_valid() else self.qs.none()
        return events

    @property
    def asked(self) -> list[str]:
        """Names of the filters that were set."""
        return [name for name, value in self.form.cleaned_data.items() if value]

    @property
    def patient_id(self) -> UUID | None:
        """The patient asked for, once `found` was asked, if it is one."""
        return self.patient_ids[0] if len(self.patient_ids) == 1 else None

    def from_day(self, events: EventQuerySet, _name: str, day: date) -> EventQuerySet:
        return events.filter(at__gte=self._start_of(day))

    def to_day(self, events: EventQuerySet, _name: str, day: date) -> EventQuerySet:
        return events.filter(at__lt=self._start_of(day + timedelta(days=1)))

    def about_patient(self, events: EventQuerySet, _name: str, text: str) -> EventQuerySet:
        try:
            self.patient_ids = [UUID(text)]
        except ValueError:
            self.patient_ids = [found for finder in patient_finders for found in finder(self.clinic.pk, text)]
        return events.filter(patient_id__in=self.patient_ids)

    def _start_of(self, day: date) -> datetime:
        return datetime.combine(day, time.min, tzinfo=self.clinic.zone)
