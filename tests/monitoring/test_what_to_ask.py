"""What the guidance beside the check-in says to ask, the check-in can record."""

from __future__ import annotations

import re
from typing import Final

from django.test import Client

from taperplanner.guidance.library import library
from taperplanner.monitoring.models import CheckIn
from taperplanner.tapers.models import Plan

from ..world.plan_pages import plan_url

# Each thing that the entry names, and the fields in which its answer is kept.
FIELDS: Final = {
    "what was really taken": ("taken_0_of_1", "taken_0_of_2"),
    "and when": ("taken_0_first", "taken_0_last"),
    "doses missed or added": ("missed_or_extra",),
    "seizures": ("symptom_seizure",),
    "confusion": ("symptom_confusion", "symptom_disorientation"),
    "seeing or hearing things that are not there": ("symptom_hallucinations",),
    "chest pain": ("symptom_chest_pain",),
    "sweating": ("symptom_sweating",),
    "headache": ("symptom_headache",),
    "sleep": ("symptom_insomnia", "symptom_nightmares"),
    "anxiety": ("symptom_anxiety",),
    "panic": ("symptom_panic",),
    "mood": ("symptom_low_mood", "symptom_mood_swings"),
    "thoughts of suicide or self-harm": ("symptom_suicidal_thoughts", "phq9_9"),
    "memory": ("symptom_memory",),
    "concentration": ("symptom_concentration",),
    "senses": ("symptom_senses", "symptom_unreal"),
    "tremor": ("symptom_tremor",),
    "twitching": ("symptom_muscle_spasms",),
    "balance": ("symptom_dizziness",),
    "falls": ("symptom_fall",),
    "heart": ("symptom_heart", "pulse"),
    "blood pressure": ("systolic", "diastolic"),
    "stomach": ("symptom_vomiting",),
    "bowels": ("symptom_bowels",),
    "new or changed medicines": ("new_medicines", "new_medicines_note"),
    "alcohol": ("alcohol", "alcohol_note"),
    "other substances": ("substances", "substances_note"),
}
ABOUT_THE_LIST: Final = "The groups of symptoms are the guideline's."
CONNECTING: Final = frozenset(
    [
        "and",
        "since",
        "the",
        "last",
        "contact",
        "first",
        "what",
        "is",
        "dangerous",
        "then",
        "other",
        "groups",
        "of",
        "withdrawal",
        "symptoms",
    ]
)


def asked_for() -> str:
    said = " ".join(library().entry("monitoring", "what-to-ask").paragraphs)
    return said[: said.index(ABOUT_THE_LIST)].casefold()


def test_each_thing_that_is_to_be_asked_about_has_its_fields(plan: Plan, staff: Client) -> None:
    page = staff.get(plan_url(plan, "check-ins/add/")).content.decode()
    names = set(re.findall(r'\bname="([^"]+)"', page))
    for thing, fields in FIELDS.items():
        assert names >= set(fields), thing


def test_the_entry_asks_for_nothing_else_and_for_all_of_these() -> None:
    rest = asked_for()
    for thing in sorted(FIELDS, key=len, reverse=True):
        assert re.search(rf"\b{thing}\b", rest), thing
        rest = re.sub(rf"\b{thing}\b", " ", rest)
    assert set(re.findall(r"[\w-]+", rest)) <= CONNECTING


def test_other_substances_are_recorded_and_read(plan: Plan, staff: Client) -> None:
    sent = {"happened_on": "03/02/2026", "contact": "phone", "rows": "3"}
    staff.post(plan_url(plan, "check-ins/add/"), sent)
    staff.post(plan_url(plan, "check-ins/add/"), sent | {"substances": "yes", "substances_note": "Cannabis"})
    assert [row.substances for row in CheckIn.objects.oldest_first()] == ["", "yes"]
    assert "Other substances" not in staff.get(plan_url(plan, "check-ins/1/")).content.decode()
    assert "Yes: Cannabis" in staff.get(plan_url(plan, "check-ins/2/")).content.decode()
    for rest in ("check-ins/2/correct/", "summary/"):
        assert "Cannabis" in staff.get(plan_url(plan, rest)).content.decode(), rest
