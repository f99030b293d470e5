"""Any story of typing, signing, revising, holding, printing and ending, told by two users, against a model."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from taperplanner.accounts.models import User
from taperplanner.days import in_words
from taperplanner.saving import Conflict
from taperplanner.tapers import actions
from taperplanner.tapers.draft.typed import TypedDraft, TypedStep, from_json
from taperplanner.tapers.models import Draft, Plan, State, Version
from taperplanner.tapers.schedule.chain import version_in_force
from taperplanner.tapers.schedule.reasons import Reason
from taperplanner.tapers.signed.content import verified_content

from ..handouts.test_handout import paper_of
from ..world.plans import TODAY, open_plan, reasons_by_key
from ..world.steps import every_day
from ..world.universe import NOW, build

ROW = st.builds(
    lambda days, halves: TypedStep(
        str(days),
        f"{halves / 4:.2f}".rstrip("0").rstrip("."),
        "",
        {"bedtime-2": f"{halves // 2}½" if halves % 2 else str(halves // 2)},
    ),
    st.integers(1, 30),
    st.integers(2, 8),
)
ROWS = st.lists(ROW, min_size=1, max_size=4).map(tuple)
ALL_REASONS = {f"{code}-{step}": "Meant." for code in ("rise", "zero") for step in range(1, 9)} | {
    "past": "Meant.",
    "gap": "Meant.",
}


@dataclass
class Model:
    """What must be true, kept without the product's code."""

    draft: TypedDraft | None = None
    revision: dict[str, int] = field(default_factory=dict)
    signed: list[tuple[date, tuple[TypedStep, ...]]] = field(default_factory=list)
    is_open: bool = True

    def taken_on(self, day: date) -> str | None:
        """By the newest that has begun, its days walked one by one; before any, the first day of all.

        None: nothing is taken.
        """
        day = max(day, min(first for first, _ in self.signed))
        first, steps = [signed for signed in self.signed if signed[0] <= day][-1]
        lasts = [step.dose for step in steps for _ in range(int(step.days))]
        at = (day - first).days
        return lasts[at] if at < len(lasts) else None


class Story(RuleBasedStateMachine):
    """Two providers: each acts on the draft as they last saw it."""

    @initialize()
    def open(self) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        universe = build()
        self.plan = open_plan(universe.ours)
        self.people: dict[str, User] = {"one": universe.ours.provider, "two": universe.ours.staff}
        self.model = Model(draft=from_json(Draft.objects.get(plan=self.plan).content))
        for who in self.people:
            self.look(who)

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def look(self, who: str) -> None:
        draft = Draft.objects.filter(plan=self.plan).first()
        self.model.revision[who] = draft.revision if draft else 0

    @rule(who=st.sampled_from(["one", "two"]))
    def looks_again(self, who: str) -> None:
        self.look(who)

    @precondition(lambda self: self.model.draft is not None)
    @rule(who=st.sampled_from(["one", "two"]), rows=ROWS, start=st.integers(0, 60))
    def types(self, who: str, rows: tuple[TypedStep, ...], start: int) -> None:
        draft = Draft.objects.get(plan=self.plan)
        assert self.model.draft is not None
        day = f"{TODAY + timedelta(days=start):%m/%d/%Y}"
        mine = replace(self.model.draft, first_day=day, ending="stop", steps=rows)
        seen = self.model.revision[who] == draft.revision
        try:
            saved = actions.save_draft(
                draft=draft, revision=self.model.revision[who], typed=mine, by=self.people[who], at=NOW
            )
        except Conflict:
            assert not seen
        else:
            # What somebody else saved letter for letter the same takes nothing from them.
            assert seen or mine == self.model.draft
            self.model.draft, self.model.revision[who] = mine, saved.revision

    @precondition(lambda self: self.model.draft is not None)
    @rule(who=st.sampled_from(["one", "two"]))
    def signs(self, who: str) -> None:
        draft, typed = Draft.objects.get(plan=self.plan), self.model.draft
        assert typed is not None
        try:
            version = actions.sign_draft(
                draft=draft,
                revision=self.model.revision[who],
                reasons=reasons_by_key(draft.plan, typed, ALL_REASONS),
                today=TODAY,
                by=self.people[who],
                at=NOW,
            )
        except Conflict:
            assert self.model.revision[who] != draft.revision
        except actions.CannotSign:
            assert not typed.first_day or not typed.ending or typed.base
        else:
            month, day, year = (int(part) for part in typed.first_day.split("/"))
            self.model.signed.append((date(year, month, day), typed.steps))
            self.model.draft = None
            assert version.number == len(self.model.signed)

    @precondition(lambda self: self.model.draft is None and self.model.signed and self.model.is_open)
    @rule(who=st.sampled_from(["one", "two"]), days=st.integers(0, 40), is_hold=st.booleans())
    def revises(self, who: str, days: int, is_hold: bool) -> None:
        first_day = min(first for first, _ in self.model.signed) + timedelta(days=days - 5)
        try:
            if is_hold:
                draft = actions.start_hold(plan=self.plan, today=first_day, by=self.people[who], at=NOW)
            else:
                draft = actions.start_revision(
                    plan=self.plan,
                    first_day=first_day,
                    typed_day=f"{first_day:%m/%d/%Y}",
                    reason=Reason.SYMPTOMS,
                    explanation="",
                    by=self.people[who],
                    at=NOW,
                )
        except actions.CannotDraft:
            assert is_hold
            assert self.model.taken_on(first_day) is None
        else:
            self.model.draft = from_json(draft.content)
            for step in self.model.draft.steps:
                if step.carried:
                    _, signed = self.model.signed[step.carried.version - 1]
                    assert step.dose == signed[step.carried.position - 1].dose
            taken = self.model.taken_on(first_day)
            if taken is not None:
                assert self.model.draft.steps[0].dose == taken

    @precondition(lambda self: self.model.draft is not None and self.model.signed)
    @rule(who=st.sampled_from(["one", "two"]))
    def discards(self, who: str) -> None:
        draft = Draft.objects.get(plan=self.plan)
        try:
            actions.discard_draft(draft=draft, revision=self.model.revision[who], by=self.people[who], at=NOW)
        except Conflict:
            assert self.model.revision[who] != draft.revision
        else:
            self.model.draft = None

    @precondition(lambda self: self.model.draft is None and self.model.is_open)
    @rule(who=st.sampled_from(["one", "two"]))
    def ends(self, who: str) -> None:
        plan = Plan.objects.get(pk=self.plan.pk)
        actions.end_plan(
            plan=plan,
            revision=plan.revision,
            state=State.COMPLETED,
            reason="Done",
            by=self.people[who],
            at=NOW,
        )
        self.model.is_open = False

    @precondition(lambda self: self.model.signed)
    @rule(data=st.data())
    def prints(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(1, len(self.model.signed)))
        version = Version.objects.select_related("plan").get(plan=self.plan, number=number)
        paper = paper_of(verified_content(version).schedule)
        first_day, steps = self.model.signed[number - 1]
        printed = [
            (block.days.partition(" ")[0], [part.dose for part in block.parts]) for block in paper.steps
        ]
        assert printed == [(step.days, [f"{step.dose} mg"]) for step in steps]
        assert paper.steps[0].first_day == in_words(first_day)

    @invariant()
    def what_was_signed_is_what_was_typed_and_one_version_answers_for_each_day(self) -> None:
        if not hasattr(self, "plan"):
            return
        versions = list(Version.objects.select_related("plan").filter(plan=self.plan).order_by("number"))
        assert [version.number for version in versions] == list(range(1, len(self.model.signed) + 1))
        assert [version.replaces for version in versions] == [None, *range(1, len(versions))][: len(versions)]
        for version, (first_day, steps) in zip(versions, self.model.signed, strict=True):
            schedule = verified_content(version).schedule
            assert schedule.first_day == first_day
            assert [(str(step.days), every_day(step).dose.number) for step in schedule.steps] == [
                (step.days, step.dose) for step in steps
            ]
        for offset in range(-1, 70):
            day = TODAY + timedelta(days=offset)
            expected = max(
                (number for number, (first, _) in enumerate(self.model.signed, 1) if first <= day),
                default=None,
            )
            answer = version_in_force(versions, on=day)
            assert (answer.number if answer else None) == expected
        stored = Draft.objects.filter(plan=self.plan).first()
        assert (from_json(stored.content) if stored else None) == self.model.draft


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.property
def test_any_story_of_a_plan_ends_as_the_model_says() -> None:
    examples = max(20, settings().max_examples // 20)
    run_state_machine_as_test(
        Story, settings=settings(max_examples=examples, stateful_step_count=15, deadline=None)
    )
