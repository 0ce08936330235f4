"""Planning, publishing, reading: who may change which part, what is kept, and who is told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.models import Person
from sponsors.enums import ActionKind, ActionState, Domain, Outcome
from sponsors.models import Action, Goal, RegimenChange, RegimenVersion
from sponsors.queries.regimens import next_plan_of, plan_behind, version_in_force
from sponsors.services.meanwhile import ChangedMeanwhileError
from sponsors.services.outcomes import Report, report_progress
from sponsors.services.proposals import answer_proposal, propose
from sponsors.services.regimens import (
    Step,
    acknowledge_version,
    add_action,
    add_goal,
    change_action,
    change_goal,
    disown_leavers,
    publish_regimen,
    remove_action,
    remove_goal,
)
from tenancy.scope import Scope
from tests.factories.sponsors import (
    ASKED_ON,
    make_action,
    make_goal,
    make_seat,
    make_sponsor,
    make_sponsorship,
)
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()


@pytest.fixture
def goal(mercy: World, in_mercy: Scope) -> Goal:
    """Of Ada's: Eli sponsors her, Mara leads her, Colin looks after finance."""
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    make_seat(mercy.ada, mercy.colin, by=mercy.eli)
    return make_goal(mercy.ada)


def step(goal: Goal, **fields: Any) -> Step:
    values: dict[str, Any] = {
        "title": "Chair a meeting",
        "kind": ActionKind.EXPERIENCE,
        "need": "To be heard",
        "start_on": TODAY,
        "due_on": TODAY + dt.timedelta(days=30),
        "hours": Decimal(8),
        **fields,
    }
    return Step(goal.pk, **values)


class TestPlanning:
    @pytest.mark.parametrize("who", ["eli", "mara"])
    def test_sponsor_and_manager_plan_with_a_reason(self, mercy: World, goal: Goal, who: str) -> None:
        by = member_of(mercy.people[who])
        made = add_action(mercy.ada, step(goal), reason="She asked for it.", by=by)
        assert (made.title, made.state, made.revision) == ("Chair a meeting", "open", 1)
        change = RegimenChange.objects.get()
        assert (change.item_id, change.by_id, change.reason) == (
            made.pk,
            mercy.people[who].pk,
            "She asked for it.",
        )

    def test_no_change_without_a_reason(self, mercy: World, goal: Goal) -> None:
        with pytest.raises(ValidationError, match="Say why"), transaction.atomic():
            add_action(mercy.ada, step(goal), reason=" ", by=member_of(mercy.eli))
        assert not Action.objects.exists()

    def test_a_specialist_plans_the_own_domain(self, mercy: World, goal: Goal) -> None:
        colin = member_of(mercy.colin)
        made = add_action(mercy.ada, step(goal, domain=Domain.FINANCE), reason="Budget.", by=colin)
        for domain in (None, Domain.COACHING):
            with pytest.raises(PermissionDenied):
                add_action(mercy.ada, step(goal, domain=domain), reason="More.", by=colin)
            # Nor is an action taken out of somebody's domain by changing whose it is.
            with pytest.raises(PermissionDenied):
                change_action(made, step(goal, domain=domain), revision=1, reason="Mine.", by=colin)

    @pytest.mark.parametrize("who", ["ada", "paula", "henry", "olga"])
    def test_nobody_else_plans(self, mercy: World, goal: Goal, who: str) -> None:
        action, by = make_action(goal), member_of(mercy.people[who])
        for act in (
            lambda: add_goal(mercy.ada, "More", Outcome.RENEW, reason="Why", by=by),
            lambda: change_goal(goal, "More", Outcome.RENEW, revision=1, reason="Why", by=by),
            lambda: add_action(mercy.ada, step(goal), reason="Why", by=by),
            lambda: change_action(action, step(goal), revision=1, reason="Why", by=by),
            lambda: remove_action(action, revision=1, reason="Why", by=by),
            lambda: publish_regimen(mercy.ada, reason="Why", after=0, by=by),
        ):
            with pytest.raises(PermissionDenied):
                act()

    def test_what_is_private_stays_between_the_two(self, mercy: World, goal: Goal) -> None:
        made = add_action(mercy.ada, step(goal, private=True), reason="Quietly.", by=member_of(mercy.eli))
        for who in ("mara", "colin"):
            by = member_of(mercy.people[who])
            with pytest.raises(PermissionDenied):
                change_action(made, step(goal), revision=1, reason="Why", by=by)
            with pytest.raises(PermissionDenied):
                report_progress(made, Report(ActionState.STARTED), by=by)
        assert report_progress(made, Report(ActionState.STARTED), by=member_of(mercy.ada)).state == "started"

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"due_on": TODAY - dt.timedelta(days=1)}, "The end comes after the beginning"),
            ({"need": " "}, "which need of the leader it serves"),
            ({"hours": Decimal(-1)}, "not less than none"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, mercy: World, goal: Goal, fields: dict[str, Any], words: str
    ) -> None:
        with pytest.raises(ValidationError, match=words):
            add_action(mercy.ada, step(goal, **fields), reason="Why", by=member_of(mercy.eli))

    def test_a_goal_of_somebody_else_is_refused(self, mercy: World, goal: Goal) -> None:
        other = make_goal(mercy.colin)
        with pytest.raises(ValidationError, match="one of the leader's goals"):
            add_action(mercy.ada, step(other), reason="Why", by=member_of(mercy.eli))

    def test_of_two_changes_the_second_sees_the_first(self, mercy: World, goal: Goal) -> None:
        action = make_action(goal)
        change_action(
            action, step(goal, title="Chair the board"), revision=1, reason="A", by=member_of(mercy.eli)
        )
        with pytest.raises(ChangedMeanwhileError, match="Meanwhile Eli Mercy changed this") as caught:
            change_action(
                action, step(goal, title="Minute it"), revision=1, reason="B", by=member_of(mercy.mara)
            )
        assert (caught.value.current.title, caught.value.current.revision) == ("Chair the board", 2)
        after = change_action(
            action, step(goal, title="Minute it"), revision=2, reason="B", by=member_of(mercy.mara)
        )
        assert after.title == "Minute it"

    def test_a_goal_goes_when_nothing_serves_it(self, mercy: World, goal: Goal) -> None:
        action, eli = make_action(goal), member_of(mercy.eli)
        with pytest.raises(ValidationError, match="Actions serve this goal"):
            remove_goal(goal, revision=1, reason="Why", by=eli)
        remove_action(action, revision=1, reason="Why", by=eli)
        remove_goal(goal, revision=1, reason="Why", by=eli)
        assert next_plan_of(mercy.ada.pk).goals == ()

    def test_the_database_refuses_dates_backwards(self, goal: Goal) -> None:
        with pytest.raises(IntegrityError, match="sponsors_action_dates"), transaction.atomic():
            make_action(goal, due_on=TODAY - dt.timedelta(days=9))


class TestProgress:
    def test_progress_makes_no_new_version(self, mercy: World, goal: Goal) -> None:
        action, eli = make_action(goal), member_of(mercy.eli)
        publish_regimen(mercy.ada, reason="Begin.", after=0, by=eli)
        report_progress(action, Report(ActionState.DONE, "They listened."), by=eli)
        with pytest.raises(ValidationError, match="Nothing has changed since version 1"):
            publish_regimen(mercy.ada, reason="Again.", after=1, by=eli)


class TestLeavers:
    def test_what_they_saw_to_is_nobodys_and_planners_are_told_once(self, mercy: World, goal: Goal) -> None:
        open_still = make_action(goal, owner=mercy.henry)
        private = make_action(goal, owner=mercy.henry, private=True)
        done = make_action(goal, owner=mercy.henry, state="done", over_on=TODAY, outcome="It went well.")
        staying = make_action(goal, owner=mercy.colin)
        Person.objects.filter(pk=mercy.henry.pk).update(end_date=TODAY)
        assert disown_leavers(on=TODAY) == 0  # the last day is one of work
        assert disown_leavers(on=TODAY + dt.timedelta(days=1)) == 2
        assert disown_leavers(on=TODAY + dt.timedelta(days=1)) == 0
        owners = dict(Action.objects.values_list("pk", "owner"))
        assert owners == {
            open_still.pk: None,
            private.pk: None,
            done.pk: mercy.henry.pk,
            staying.pk: mercy.colin.pk,
        }
        words = "Henry Mercy is no longer here: name who sees to an action of Ada Mercy."
        assert sorted(told(), key=lambda each: len(each[0])) == [
            ({mercy.eli.pk}, words),
            ({mercy.eli.pk, mercy.mara.pk}, words),
        ]

    def test_the_plan_is_flagged_and_who_had_it_open_is_told(self, mercy: World, goal: Goal) -> None:
        action = make_action(goal, owner=mercy.henry)
        Person.objects.filter(pk=mercy.henry.pk).update(end_date=TODAY - dt.timedelta(days=1))
        disown_leavers(on=TODAY)
        with pytest.raises(ChangedMeanwhileError):
            change_action(action, step(goal), revision=1, reason="Why", by=member_of(mercy.eli))
        version = publish_regimen(mercy.ada, reason="The first", after=0, by=member_of(mercy.eli))
        assert version.cautions == ["nobodys"]


class TestPublishing:
    def test_a_version_keeps_the_plan_and_the_leader_reads_it(self, mercy: World, goal: Goal) -> None:
        action, eli = make_action(goal, owner=mercy.ada), member_of(mercy.eli)
        made = publish_regimen(mercy.ada, reason="Begin.", after=0, by=eli)
        assert (made.number, made.cautions, made.reason) == (1, [], "Begin.")
        change_action(action, step(goal, title="Later"), revision=1, reason="Why", by=eli)
        assert [each.title for each in plan_behind(made).actions] == ["Chair a meeting"]
        assert told() == [({mercy.ada.pk}, "Version 1 of your regimen is in force: read it.")]
        with pytest.raises(PermissionDenied):
            acknowledge_version(made, by=eli)
        for _twice in range(2):
            acknowledge_version(made, by=member_of(mercy.ada))
        assert told()[1:] == [({mercy.eli.pk}, "Ada Mercy has read version 1 of the regimen.")]

    def test_training_alone_may_be_published_and_is_flagged(self, mercy: World, goal: Goal) -> None:
        make_action(goal, kind=ActionKind.TRAINING)
        with pytest.raises(ValidationError, match="Say why"):
            publish_regimen(mercy.ada, reason=" ", after=0, by=member_of(mercy.eli))
        made = publish_regimen(mercy.ada, reason="A licence.", after=0, by=member_of(mercy.eli))
        assert made.cautions == ["mostly_training", "no_experience", "nobodys"]

    def test_publishing_tells_nothing_of_what_is_private(self, mercy: World, goal: Goal) -> None:
        eli, mara = member_of(mercy.eli), member_of(mercy.mara)
        quiet = make_action(goal, private=True, due_on=TODAY - dt.timedelta(days=1), start_on=ASKED_ON)
        with pytest.raises(ValidationError, match="There is no action in it yet"), transaction.atomic():
            publish_regimen(mercy.ada, reason="Ours.", after=0, by=mara)
        make_action(goal, kind=ActionKind.TRAINING, owner=mercy.ada)
        made = publish_regimen(mercy.ada, reason="Ours.", after=0, by=mara)
        # Nobody's and overdue is what is private; that it is experience changes nothing for the team either.
        assert made.cautions == ["mostly_training", "no_experience"]
        change_action(quiet, step(goal, private=True), revision=1, reason="Later.", by=eli)
        with (
            pytest.raises(ValidationError, match="Nothing has changed since version 1"),
            transaction.atomic(),
        ):
            publish_regimen(mercy.ada, reason="Again.", after=1, by=mara)
        assert publish_regimen(mercy.ada, reason="Again.", after=1, by=eli).number == 2

    def test_nothing_is_not_published(self, mercy: World, goal: Goal) -> None:
        with pytest.raises(ValidationError, match="There is no action in it yet"):
            publish_regimen(mercy.ada, reason="Begin.", after=0, by=member_of(mercy.eli))

    def test_of_two_publishers_the_second_is_told(self, mercy: World, goal: Goal) -> None:
        make_action(goal)
        publish_regimen(mercy.ada, reason="Begin.", after=0, by=member_of(mercy.eli))
        make_action(goal, title="More")
        with pytest.raises(ValidationError, match="Meanwhile Eli Mercy published version 1"):
            publish_regimen(mercy.ada, reason="Mine.", after=0, by=member_of(mercy.mara))

    def test_nobody_changes_a_version(self, mercy: World, goal: Goal) -> None:
        make_action(goal)
        made = publish_regimen(mercy.ada, reason="Begin.", after=0, by=member_of(mercy.eli))
        with pytest.raises(Exception, match="never changed or removed"), transaction.atomic():
            RegimenVersion.objects.filter(pk=made.pk).update(reason="Otherwise")

    def test_it_outlives_the_sponsor(self, mercy: World, goal: Goal) -> None:
        make_action(goal)
        publish_regimen(mercy.ada, reason="Begin.", after=0, by=member_of(mercy.eli))
        Person.objects.filter(pk=mercy.eli.pk).update(end_date=TODAY - dt.timedelta(days=1))
        found = version_in_force(mercy.ada.pk)
        assert found is not None
        assert found.published_by_id == mercy.eli.pk


class TestProposing:
    def test_what_waits_for_an_answer_has_an_end(self, mercy: World, goal: Goal) -> None:
        ada = member_of(mercy.ada)
        first, *_others = [propose(f"Wish {number}", by=ada) for number in range(10)]
        with pytest.raises(ValidationError, match="answered first"):
            propose("One more", by=ada)
        answer_proposal(first, taken_up=True, answer="", by=member_of(mercy.mara))
        assert propose("One more", by=ada).taken_up is None

    def test_the_leader_proposes_and_gets_an_answer(self, mercy: World, goal: Goal) -> None:
        made = propose(" A look at the board ", by=member_of(mercy.ada))
        assert told() == [({mercy.eli.pk, mercy.mara.pk}, "Ada Mercy proposes something for the regimen.")]
        with pytest.raises(PermissionDenied):
            answer_proposal(made, taken_up=True, answer="", by=member_of(mercy.colin))
        with pytest.raises(ValidationError, match="Say why not"):
            answer_proposal(made, taken_up=False, answer=" ", by=member_of(mercy.mara))
        answered = answer_proposal(made, taken_up=True, answer="", by=member_of(mercy.mara))
        assert (answered.words, answered.taken_up) == ("A look at the board", True)
        with pytest.raises(ValidationError, match="answered meanwhile"):
            answer_proposal(made, taken_up=False, answer="No", by=member_of(mercy.eli))
