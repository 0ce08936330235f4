"""What comes of an action: told, attested, let go by the leader; and who never reads it before that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from passport.models import Milestone, Stamp
from passport.services import withdraw_evidence
from people.models import Person
from sponsors.enums import ActionKind, ActionState, SponsorshipState
from sponsors.models import Action, Goal, RegimenChange, Sponsorship
from sponsors.services.outcomes import (
    Report,
    attest_outcome,
    release_to_passport,
    release_to_team,
    report_progress,
    take_back,
)
from sponsors.services.regimens import Step, change_action
from tenancy.models import AuditEntry
from tenancy.scope import Scope
from tests.due import due_items
from tests.factories.passport import find_milestone, make_milestone, make_presets, make_stage
from tests.factories.sponsors import make_action, make_goal, make_seat, make_sponsor, make_sponsorship
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
LINK = "https://example.org/minutes"
SignIn = Callable[..., Client]


@pytest.fixture
def goal(mercy: World, in_mercy: Scope) -> Goal:
    """Of Ada's: Eli sponsors her, Mara leads her, Colin looks after finance."""
    make_presets(mercy.organization)
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    make_seat(mercy.ada, mercy.colin, by=mercy.eli)
    return make_goal(mercy.ada)


@pytest.fixture
def milestone(mercy: World, goal: Goal) -> Milestone:
    return find_milestone(mercy.organization, "Shadow a chair meeting")


def done(action: Action, mercy: World, milestone: Milestone | None = None) -> Action:
    key = milestone.pk if milestone else None
    report = Report(ActionState.DONE, "They listened.", LINK, key)
    return report_progress(action, report, by=member_of(mercy.ada))


def attested(action: Action, mercy: World, milestone: Milestone, *, by: str = "eli") -> Action:
    after = done(action, mercy, milestone)
    return attest_outcome(after, seen=after.outcome_mark, by=member_of(mercy.people[by]))


class TestTelling:
    @pytest.mark.parametrize("who", ["ada", "eli", "mara"])
    def test_whoever_reads_it_says_how_far_it_is(self, mercy: World, goal: Goal, who: str) -> None:
        action, by = make_action(goal), member_of(mercy.people[who])
        with pytest.raises(ValidationError, match="what came of it"):
            report_progress(action, Report(ActionState.DONE), by=by)
        after = report_progress(action, Report(ActionState.DONE, "They listened."), by=by)
        assert (after.state, after.over_on, after.outcome) == ("done", TODAY, "They listened.")
        again = report_progress(action, Report(ActionState.STARTED), by=by)
        assert (again.over_on, again.outcome) == (None, "")

    def test_what_is_done_says_where_to_look_and_the_sponsor_is_told(
        self, mercy: World, goal: Goal, milestone: Milestone
    ) -> None:
        after = done(done(make_action(goal), mercy), mercy, milestone)
        assert (after.link, after.milestone_id) == (LINK, milestone.pk)
        told_once = [({mercy.eli.pk}, "An action of Ada Mercy is done: attest what came of it.")]
        assert told() == told_once
        back = report_progress(after, Report(ActionState.STARTED, link=LINK), by=member_of(mercy.ada))
        assert (back.link, back.milestone_id) == ("", None)

    def test_links_and_milestones_are_checked(self, mercy: World, goal: Goal, fenwick: World) -> None:
        action, ada = make_action(goal), member_of(mercy.ada)
        with pytest.raises(ValidationError, match="begins with https"):
            report_progress(action, Report(ActionState.DONE, "Yes.", "javascript:alert(1)"), by=ada)
        foreign = make_milestone(make_stage(fenwick.organization))
        with pytest.raises(ValidationError, match="milestones in use"):
            report_progress(action, Report(ActionState.DONE, "Yes.", "", foreign.pk), by=ada)


class TestAttesting:
    @pytest.mark.parametrize("who", ["eli", "mara"])
    def test_sponsor_or_manager_attest_it_and_it_stays(
        self, mercy: World, goal: Goal, milestone: Milestone, who: str
    ) -> None:
        after = attested(make_action(goal), mercy, milestone, by=who)
        assert (after.attested_by_id, after.is_attested) == (mercy.people[who].pk, True)
        name = mercy.people[who].name
        assert told()[-1] == ({mercy.ada.pk}, f"{name} attested what came of an action.")
        for by in ("ada", who):
            with pytest.raises(ValidationError, match="does not change any more"):
                report_progress(after, Report(ActionState.STARTED), by=member_of(mercy.people[by]))
        with pytest.raises(ValidationError, match="attested already"):
            attest_outcome(after, seen=after.outcome_mark, by=member_of(mercy.eli))

    @pytest.mark.parametrize("who", ["ada", "colin", "paula", "henry", "olga"])
    def test_nobody_else_does_and_nobody_their_own(self, mercy: World, goal: Goal, who: str) -> None:
        after = done(make_action(goal, domain="finance", owner=mercy.people[who]), mercy)
        with pytest.raises(PermissionDenied):
            attest_outcome(after, seen=after.outcome_mark, by=member_of(mercy.people[who]))

    def test_what_is_private_the_sponsor_alone_attests(self, mercy: World, goal: Goal) -> None:
        after = done(make_action(goal, private=True), mercy)
        with pytest.raises(PermissionDenied):
            attest_outcome(after, seen=after.outcome_mark, by=member_of(mercy.mara))
        assert attest_outcome(after, seen=after.outcome_mark, by=member_of(mercy.eli)).is_attested

    def test_what_is_not_done_or_was_told_otherwise_is_not_attested(self, mercy: World, goal: Goal) -> None:
        action, eli = make_action(goal), member_of(mercy.eli)
        with pytest.raises(ValidationError, match="It is not done"):
            attest_outcome(action, seen=action.outcome_mark, by=eli)
        seen = done(action, mercy).outcome_mark
        report_progress(action, Report(ActionState.DONE, "They cheered."), by=member_of(mercy.ada))
        with pytest.raises(ValidationError, match="Meanwhile somebody told it otherwise"):
            attest_outcome(action, seen=seen, by=eli)

    def test_the_database_knows_it_too(self, mercy: World, goal: Goal) -> None:
        now = timezone.now()
        for name, fields in {
            "sponsors_action_attested": {"attested_by": mercy.eli, "attested_at": now},
            "sponsors_action_never_oneself": {
                "attested_by": mercy.ada,
                "attested_at": now,
                "state": "done",
                "over_on": TODAY,
            },
        }.items():
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                make_action(goal, **fields)


class TestRelease:
    def test_the_leader_lets_the_team_read_it_and_takes_it_back(self, mercy: World, goal: Goal) -> None:
        action, ada = make_action(goal, private=True), member_of(mercy.ada)
        assert not release_to_team(action, by=ada).private
        with pytest.raises(ValidationError, match="reads it already"):
            release_to_team(action, by=ada)
        assert take_back(action, by=ada).private
        acts = RegimenChange.objects.filter(item_id=action.pk).order_by("at")
        assert list(acts.values_list("into", "private", "by_id")) == [
            ("shared", False, mercy.ada.pk),
            ("private", True, mercy.ada.pk),
        ]
        trail = AuditEntry.objects.filter(table_name="sponsors_regimenchange")
        assert trail.count() == 2

    @pytest.mark.parametrize("who", ["eli", "mara", "colin", "paula", "henry"])
    def test_nobody_else_does(self, mercy: World, goal: Goal, milestone: Milestone, who: str) -> None:
        private, by = make_action(goal, private=True), member_of(mercy.people[who])
        after = attested(make_action(goal), mercy, milestone)
        for act, action in ((release_to_team, private), (take_back, after), (release_to_passport, after)):
            with pytest.raises(PermissionDenied):
                act(action, by=by)
        assert not Stamp.objects.exists()

    def test_planning_moves_nothing_upwards(self, mercy: World, goal: Goal, milestone: Milestone) -> None:
        def same(private: bool) -> Step:
            days = {"start_on": TODAY, "due_on": TODAY}
            return Step(goal.pk, "Speak", ActionKind.PROJECT, "To be heard", private=private, **days)

        quiet, eli = make_action(goal, private=True), member_of(mercy.eli)
        with pytest.raises(ValidationError, match="The leader alone"):
            change_action(quiet, same(private=False), revision=1, reason="Why", by=eli)
        shared = attested(make_action(goal), mercy, milestone)
        with pytest.raises(ValidationError, match="the team keeps reading"):
            change_action(shared, same(private=True), revision=1, reason="Why", by=eli)

    def test_what_is_attested_or_was_never_ones_own_is_not_taken_back(
        self, mercy: World, goal: Goal, milestone: Milestone
    ) -> None:
        ada = member_of(mercy.ada)
        with pytest.raises(ValidationError, match="Only what you let go yourself"):
            take_back(make_action(goal), by=ada)
        quiet = make_action(goal, private=True)
        release_to_team(quiet, by=ada)
        attested(quiet, mercy, milestone)
        with pytest.raises(ValidationError, match="nobody has attested"):
            take_back(quiet, by=ada)


class TestToday:
    def due(self, who: Person, on: dt.date = TODAY) -> list[str]:
        items = due_items("sponsors", member_of(who), "mercy", on)
        return [each.title for each in items if each.icon == "rosette"]

    def test_first_it_waits_for_the_sponsor_then_for_the_leader(
        self, mercy: World, goal: Goal, milestone: Milestone
    ) -> None:
        make_action(goal, state=ActionState.DONE, over_on=TODAY)  # for no milestone
        after = done(make_action(goal, private=True), mercy, milestone)
        assert (self.due(mercy.eli), self.due(mercy.ada)) == (["Attest what Ada Mercy reached"], [])
        assert self.due(mercy.eli, TODAY + dt.timedelta(days=90)) == []
        after = attest_outcome(after, seen=after.outcome_mark, by=member_of(mercy.eli))
        yours = ["Stamp your Passport: Shadow a chair meeting"]
        assert (self.due(mercy.eli), self.due(mercy.ada)) == ([], yours)
        release_to_passport(release_to_team(after, by=member_of(mercy.ada)), by=member_of(mercy.ada))
        assert self.due(mercy.ada) == []

    def test_what_is_stamped_already_waits_for_nobody(
        self, mercy: World, goal: Goal, milestone: Milestone
    ) -> None:
        first, second = (attested(make_action(goal), mercy, milestone) for _each in range(2))
        assert len(self.due(mercy.ada)) == 2
        release_to_passport(first, by=member_of(mercy.ada))
        assert self.due(mercy.ada) == []
        withdraw_evidence(Stamp.objects.get(), by=member_of(mercy.ada))
        assert len(self.due(mercy.ada)) == 1  # the second one: the first was let go and taken out again
        milestone.retired_on = TODAY
        milestone.save()
        assert self.due(mercy.ada) == []
        assert second.is_attested

    def test_without_a_sponsor_it_waits_for_the_immediate_leader(
        self, mercy: World, goal: Goal, milestone: Milestone
    ) -> None:
        for private in (True, False):
            done(make_action(goal, private=private), mercy, milestone)
        assert self.due(mercy.mara) == []
        Sponsorship.objects.update(state=SponsorshipState.ENDED, over_on=TODAY)
        assert self.due(mercy.mara) == ["Attest what Ada Mercy reached"]


class TestPassport:
    def test_what_the_immediate_leader_attested_is_stamped(
        self, mercy: World, goal: Goal, milestone: Milestone
    ) -> None:
        """She is a verifier of Ada's Passport."""
        after = attested(make_action(goal), mercy, milestone, by="mara")
        assert not Stamp.objects.exists()
        release_to_passport(after, by=member_of(mercy.ada))
        stamp = Stamp.objects.get()
        assert (stamp.person_id, stamp.milestone_id, stamp.state) == (mercy.ada.pk, milestone.pk, "verified")
        assert (stamp.verified_by_id, stamp.rule, stamp.link) == (
            *(mercy.mara.pk, milestone.evidence_rule, LINK),
        )
        assert stamp.statement == "Regimen: Chair a meeting. They listened. Attested by Mara Mercy."
        assert list(RegimenChange.objects.values_list("into", flat=True)) == ["attested"]

    def test_what_the_chosen_sponsor_attested_is_a_claim_that_one_may_withdraw(
        self, mercy: World, goal: Goal, milestone: Milestone
    ) -> None:
        """The two found each other: a verifier looks at it."""
        after, ada = attested(make_action(goal), mercy, milestone), member_of(mercy.ada)
        stamp = release_to_passport(after, by=ada)
        assert (stamp.state, stamp.verified_by) == ("submitted", None)
        assert told()[-1][0] == {mercy.mara.pk}
        with pytest.raises(ValidationError, match="waits for a verifier"):
            release_to_passport(after, by=ada)
        withdraw_evidence(stamp, by=ada)
        assert release_to_passport(after, by=ada).state == "submitted"

    def test_not_before_its_time(self, mercy: World, goal: Goal, milestone: Milestone) -> None:
        ada = member_of(mercy.ada)
        with pytest.raises(ValidationError, match="Nobody has attested"):
            release_to_passport(done(make_action(goal), mercy, milestone), by=ada)
        with pytest.raises(ValidationError, match="to the team first"):
            release_to_passport(attested(make_action(goal, private=True), mercy, milestone), by=ada)
        nowhere = done(make_action(goal), mercy)
        attest_outcome(nowhere, seen=nowhere.outcome_mark, by=member_of(mercy.eli))
        with pytest.raises(ValidationError, match="names no milestone"):
            release_to_passport(nowhere, by=ada)


def address(world: World, action: Action, act: str) -> str:
    start = f"/o/{world.organization.slug}/clinic/leaders/{world.ada.pk}/regimen/actions"
    return f"{start}/{action.pk}/{act}/"


def test_the_way_of_an_outcome_on_the_pages(
    mercy: World, sign_in: SignIn, goal: Goal, milestone: Milestone
) -> None:
    action = make_action(goal, title="Speak up", private=True)
    ada, eli, mara = (sign_in(mercy.people[who]) for who in ("ada", "eli", "mara"))
    page, url = address(mercy, action, "progress"), lambda act: address(mercy, action, act)
    assert mara.get(page).status_code == 404
    assert "Let the team read it" in ada.get(page).content.decode()
    assert "Let the team read it" not in eli.get(page).content.decode()
    ada.post(url("release"))
    assert "Take it back" in ada.get(page).content.decode()
    assert mara.get(page).status_code == 200
    told_so = {"state": "done", "words": "They listened.", "link": LINK, "milestone": str(milestone.pk)}
    assert ada.post(page, told_so).status_code == 302
    shown = mara.get(page).content.decode()
    assert "Is it so?" in shown
    action.refresh_from_db()
    mara.post(url("attest"), {"seen": action.outcome_mark})
    shown = ada.get(page).content.decode()
    assert "Take it back" not in shown
    assert "Put it into my Passport" in shown
    assert ada.post(page, told_so).status_code == 422
    ada.post(url("to-passport"))
    shown = ada.get(page).content.decode()
    assert "Put it into my Passport" not in shown
    assert "Shadow a chair meeting: verified" in shown
    assert "Let go into the Passport." in eli.get(page).content.decode()
