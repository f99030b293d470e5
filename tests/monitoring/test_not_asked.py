"""What was not asked is said so: of a list that has grown since, of one group, of one symptom."""

from __future__ import annotations

from django.test import Client

from taperplanner.monitoring.check_ins.lines import check_in_parts
from taperplanner.monitoring.models import CheckIn, SymptomRating
from taperplanner.monitoring.symptoms import GROUPS, SYMPTOMS
from taperplanner.monitoring.visit_summary.from_rows import visit_summary_of
from taperplanner.tapers.models import Plan

from ..world.course import check_in
from ..world.plan_pages import plan_url
from ..world.plans import TODAY
from ..world.universe import NOW, Universe

FIRST_LIST = (
    "anxiety", "irritability", "tremor", "muscle_spasms", "hallucinations", "seizure",
    "drowsiness", "dizziness", "fatigue", "slow_breathing",
    "low_mood", "aggression", "mood_swings", "suicidal_thoughts",
    "memory", "concentration", "confusion", "insomnia",
)  # fmt: skip
ADDED = len(SYMPTOMS) - len(FIRST_LIST)


def old_check_in(plan: Plan, universe: Universe, listed: int | None = None) -> CheckIn:
    """As it was recorded when the list was shorter: every symptom asked, none there."""
    made = CheckIn(
        plan=plan, number=1, happened_on=TODAY, contact="phone", symptoms_listed=listed,
        recorded_by=universe.ours.staff, recorded_by_name="Sam Staff, RN", recorded_at=NOW,
    )  # fmt: skip
    for key in FIRST_LIST:
        SymptomRating(check_in=made, symptom=key, severity=0).save()
    made.save()
    return made


def symptoms_of(made: CheckIn) -> dict[str, str]:
    [part] = [part for part in check_in_parts(made) if part.title == "Symptoms"]
    return dict(part.pairs)


def test_no_key_of_an_earlier_list_was_taken_out() -> None:
    assert set(FIRST_LIST) < set(SYMPTOMS)


def test_what_was_added_later_was_not_asked_in_an_old_check_in(universe: Universe, plan: Plan) -> None:
    said = symptoms_of(old_check_in(plan, universe))
    assert said["Body"] == said["Senses"] == "not asked"
    assert said["Mood"].endswith("\nNot asked: Thoughts of hurting somebody else")
    assert "Chest pain" not in " ".join(said.values())
    assert said["Total"] == f"0, 18 of 18 asked ({ADDED} added since)"


def test_an_old_check_in_is_never_read_as_one_of_the_whole_list(
    universe: Universe, plan: Plan, staff: Client
) -> None:
    old_check_in(plan, universe)
    asked = f"18 of 18 asked ({ADDED} added since)"
    page = staff.get(plan_url(plan, "progress/")).content.decode()
    assert f"symptoms 0, {asked}" in page
    assert f"<bdi>0, {asked}</bdi>" in page
    assert "chart-hollow" in page
    assert f"none; {asked}" in staff.get(plan_url(plan, "summary/")).content.decode()


def test_every_symptom_is_said_or_said_not_to_be_asked(universe: Universe, plan: Plan) -> None:
    said = symptoms_of(check_in(plan, universe.ours, ratings={"tremor": 2}))
    assert said["Total"] == f"2, 1 of {len(SYMPTOMS)} asked"
    for group in GROUPS:
        if group.key == "withdrawal":
            assert said[group.title].startswith("Tremor: moderate\nNot asked: Anxiety, Panic, ")
        else:
            assert said[group.title] == "not asked"


def test_the_summary_names_each_sign_of_danger_however_mild_and_how_many_were_asked(
    universe: Universe, plan: Plan
) -> None:
    check_in(plan, universe.ours, ratings={"chest_pain": 1, "headache": 1, "anxiety": 3})
    check_in(plan, universe.ours, ratings={"headache": 1})
    check_in(plan, universe.ours)
    summary = visit_summary_of(plan, today=TODAY, by=universe.ours.staff)
    [table] = [table for table in summary.tables if table.title == "Check-ins"]
    many = len(SYMPTOMS)
    assert [row[2] for row in table.rows] == [
        f"Anxiety (severe), Chest pain or passing out (mild); 3 of {many} asked",
        f"none; 1 of {many} asked",
        "not asked",
    ]
