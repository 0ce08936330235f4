"""The arithmetic of a regimen: cautions, differences, and what a version keeps."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sponsors.enums import ActionKind, Domain, Outcome
from sponsors.plan.cautions import Caution, cautions_of, training_share
from sponsors.plan.diff import FieldChange, ItemChange, changes_between
from sponsors.plan.items import Plan, PlannedAction, PlannedGoal, plan_as_json, plan_from_json

DAY = dt.date(2026, 6, 1)
GOAL = PlannedGoal("g", "Lead a service", "execute")


def action(key: str = "a", **fields: Any) -> PlannedAction:
    values: dict[str, Any] = {
        "goal": "g",
        "title": "Chair a meeting",
        "kind": "experience",
        "need": "To be heard",
        "domain": "",
        "owner": "o",
        "hours": Decimal(8),
        "start_on": DAY,
        "due_on": DAY,
        "evidence": "",
        "private": False,
    }
    return PlannedAction(key, **(values | fields))


def plan(*actions: PlannedAction) -> Plan:
    return Plan((GOAL,), actions)


actions = st.builds(
    PlannedAction,
    id=st.text("abcdef", min_size=1, max_size=2),
    goal=st.just("g"),
    title=st.text(max_size=5),
    kind=st.sampled_from(ActionKind.values),
    need=st.text(max_size=5),
    domain=st.sampled_from(["", *Domain.values]),
    owner=st.sampled_from(["", "o", "p"]),
    hours=st.decimals(0, 999, places=1),
    start_on=st.dates(),
    due_on=st.dates(),
    evidence=st.text(max_size=3),
    private=st.booleans(),
)
goals = st.builds(
    PlannedGoal,
    id=st.text("gh", min_size=1, max_size=2),
    title=st.text(),
    outcome=st.sampled_from(Outcome.values),
)
plans = st.builds(
    Plan,
    st.lists(goals, max_size=4, unique_by=lambda goal: goal.id).map(tuple),
    st.lists(actions, max_size=6, unique_by=lambda each: each.id).map(tuple),
)


class TestCautions:
    def test_real_work_with_an_owner_in_time_raises_none(self) -> None:
        assert cautions_of(plan(action(), action("b", kind="training", hours=Decimal(8))), on=DAY) == []

    def test_more_than_half_of_the_hours_in_training_is_said(self) -> None:
        mixed = plan(action(), action("b", kind="training", hours=Decimal("8.1")))
        assert cautions_of(mixed, on=DAY) == [Caution.MOSTLY_TRAINING]

    def test_training_alone_is_also_no_experience(self) -> None:
        assert cautions_of(plan(action(kind="training")), on=DAY) == [
            Caution.MOSTLY_TRAINING,
            Caution.NO_EXPERIENCE,
        ]

    def test_coaching_alone_is_no_experience_either(self) -> None:
        assert cautions_of(plan(action(kind="coaching")), on=DAY) == [Caution.NO_EXPERIENCE]

    def test_nobodys_and_late_actions_are_said(self) -> None:
        assert cautions_of(plan(action(owner="")), on=DAY) == [Caution.NOBODYS]
        assert cautions_of(plan(action()), on=DAY + dt.timedelta(days=1)) == [Caution.OVERDUE]

    def test_what_is_over_does_not_count(self) -> None:
        late = plan(action(owner="", kind="training"))
        assert cautions_of(late, over={"a"}, on=dt.date(2030, 1, 1)) == []

    def test_without_hours_the_actions_are_counted(self) -> None:
        none = Decimal(0)
        assert training_share([action(hours=none), action("b", kind="training", hours=none)]) == 0.5
        assert training_share([]) == 0.0


class TestDifferences:
    def test_what_came_changed_and_went_is_named_in_order(self) -> None:
        before = plan(action(), action("b"))
        after = plan(action("c"), action(title="Chair the board", hours=Decimal(9)))
        assert changes_between(before, after) == [
            ItemChange("added", action("c")),
            ItemChange(
                "changed",
                after.actions[1],
                (
                    FieldChange("title", "Chair a meeting", "Chair the board"),
                    FieldChange("hours", Decimal(8), Decimal(9)),
                ),
            ),
            ItemChange("removed", action("b")),
        ]

    def test_goals_come_first(self) -> None:
        changes = changes_between(Plan(), plan(action()))
        assert [change.is_goal for change in changes] == [True, False]

    @given(plans)
    def test_a_plan_does_not_differ_from_itself(self, one: Plan) -> None:
        assert changes_between(one, one) == []

    @given(plans, plans)
    def test_applied_to_the_first_they_give_the_second(self, one: Plan, other: Plan) -> None:
        items = {item.id: item for item in one.actions}
        for change in changes_between(one, other):
            if change.is_goal:
                continue
            if change.what == "removed":
                del items[change.item.id]
            else:
                items[change.item.id] = change.item  # type: ignore[assignment]  # an action
        assert items == {item.id: item for item in other.actions}


class TestKeeping:
    @given(plans)
    def test_json_gives_back_what_it_was_given(self, one: Plan) -> None:
        assert plan_from_json(plan_as_json(one)) == one

    def test_what_a_later_release_adds_does_not_break_what_was_kept(self) -> None:
        content = plan_as_json(plan(action()))
        content["actions"][0]["colour"] = "green"
        assert plan_from_json(content) == plan(action())


class TestWhoReadsWhat:
    def test_the_team_reads_nothing_private(self) -> None:
        assert plan(action(), action("b", private=True)).without_private() == plan(action())

    def test_a_specialist_reads_the_own_domain(self) -> None:
        mixed = plan(action(domain="finance"), action("b", domain="coaching"), action("c"))
        assert mixed.of_domains(frozenset({"finance"})) == plan(action(domain="finance"))
