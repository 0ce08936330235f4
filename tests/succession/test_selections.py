"""From a vacancy to an appointment: who may do what (requirements 1.13), and what the database refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from partnerships.models import Partner
from people.enums import Profession
from people.models import Appointment, Person, Position
from people.terms import months_later, years_later
from sponsors.models import Onboarding
from succession.approval_box import receipts
from succession.enums import (
    CandidacyState,
    Rung,
    SelectionCause,
    SelectionState,
    SelectionStep,
    StandingState,
)
from succession.models import (
    LadderTask,
    PanelMember,
    PanelScore,
    Pool,
    RollMember,
    Selection,
    SelectionEvent,
    Standing,
)
from succession.queries.selections import coverage_of, scores_in, seat_in
from succession.services.appointing import Term, appoint
from succession.services.interviews import (
    Slots,
    ask_another_time,
    confirm_held,
    decline_interview,
    offer,
    share_out,
)
from succession.services.panels import decide, declare, hand_in, name_panel_member, score
from succession.services.selections import open_by_ladder, open_selection, stop_selection
from succession.services.slate_ballots import (
    count_ballot,
    count_ballots_that_are_over,
    open_ballot,
    remind_voters,
    vote,
)
from succession.services.standings import name, say_no, stand, withdraw
from tests.factories.people import make_appointment, make_person, make_position, make_unit
from tests.factories.selections import (
    acting,
    cast_votes,
    end_ballot,
    make_ballot,
    make_candidates,
    make_election,
    make_leaders,
    make_scores,
    make_selection,
    make_slate,
    offer_interviews,
    rows,
)
from tests.factories.succession import make_candidacy, make_ladder_task
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.usefixtures("in_mercy")


def steps(selection: Selection) -> list[str]:
    return [*SelectionEvent.objects.filter(selection=selection).order_by("at").values_list("step", flat=True)]


class TestOpening:
    def test_the_roll_is_the_units_staff_but_whoever_holds_the_position(self, mercy: World) -> None:
        made = make_selection(mercy)
        people = {*RollMember.objects.filter(selection=made).values_list("person", flat=True)}
        assert people == {each.pk for each in mercy.people.values()} - {mercy.mara.pk}
        assert (made.asked, made.state, made.unit_id) == (8, SelectionState.PREPARING, mercy.unit.pk)
        assert SelectionEvent.objects.get(selection=made).facts == {"asked": 8}

    def test_whoever_comes_later_is_not_on_it(self, mercy: World) -> None:
        made = make_selection(mercy)
        late = make_person(mercy.organization, "Late", mercy.unit)
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            RollMember.objects.create(selection=made, person=late)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            RollMember.objects.filter(selection=made).delete()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            RollMember.objects.filter(selection=made).update(person=late)
        with pytest.raises(IntegrityError, match="not changed"), transaction.atomic():
            Selection.objects.filter(pk=made.pk).update(asked=None)

    def test_a_small_unit_joins_its_neighbours(self, mercy: World) -> None:
        small = make_unit(mercy.organization, "Echo lab", parent=mercy.unit)
        position = make_position(small, "Head of the echo lab")
        made = open_selection(position, cause=SelectionCause.VACANCY, by=member_of(mercy.henry))
        assert (made.unit_id, made.asked) == (mercy.unit.pk, 9)

    def test_too_few_in_all_have_no_secret_ballot(self, mercy: World) -> None:
        Person.objects.exclude(pk__in=[mercy.mara.pk, mercy.henry.pk]).update(end_date=TODAY - DAY)
        with pytest.raises(ValidationError, match="among fewer than 8 no ballot is secret"):
            make_selection(mercy)

    def test_one_at_a_time(self, mercy: World) -> None:
        make_selection(mercy)
        with pytest.raises(ValidationError, match="one at a time"):
            make_selection(mercy)

    def test_by_hr_alone(self, mercy: World) -> None:
        head = Position.objects.get(title="Head of cardiology")
        for person in (mercy.mara, mercy.eli, mercy.olga):
            with pytest.raises(PermissionDenied):
                open_selection(head, cause=SelectionCause.PLANNED, by=member_of(person))

    def test_the_pool_is_asked_but_for_whom_its_terms_keep_out(self, mercy: World, pool: Pool) -> None:
        make_candidacy(pool, mercy.ada, mercy.mara)
        make_candidacy(pool, mercy.eli, mercy.mara, state=CandidacyState.ASKED)
        for start in (1990, 1994):  # Colin held it twice
            make_appointment(
                pool.position,
                mercy.colin,
                start_date=dt.date(start, 1, 1),
                end_date=dt.date(start + 4, 1, 1),
                term_number=1 + (start > 1990),
            )
        make_candidacy(pool, mercy.colin, mercy.mara)
        made = make_selection(mercy)
        (asked,) = Standing.objects.filter(selection=made)
        assert (asked.person_id, asked.state, asked.named_by_id) == (mercy.ada.pk, StandingState.ASKED, None)

    def test_the_ladder_opens_it_by_itself_and_its_rung_is_taken(self, mercy: World, pool: Pool) -> None:
        held = Appointment.objects.get(position=pool.position)
        task = make_ladder_task(held, Rung.OPEN)
        make_ladder_task(held, Rung.SELECT)
        assert open_by_ladder() == 1
        made = Selection.objects.get(position=pool.position)
        assert (made.cause, made.opened_by_id) == (SelectionCause.LADDER, None)
        task.refresh_from_db()
        assert (task.done_on, task.done_by_id) == (TODAY, None)
        assert LadderTask.objects.get(rung=Rung.SELECT).done_on is None
        assert open_by_ladder() == 0
        assert any(mercy.henry.pk in people for people, _title in told())


class TestNames:
    def test_the_staff_name_and_whoever_is_named_answers(self, mercy: World) -> None:
        made = make_selection(mercy)
        asked = name(made, person=mercy.ada, by=member_of(mercy.stella))
        with pytest.raises(PermissionDenied):
            stand(asked, by=member_of(mercy.stella))
        stand(asked, says=" I would listen. ", by=member_of(mercy.ada))
        asked.refresh_from_db()
        assert (asked.state, asked.says) == (StandingState.STANDING, "I would listen.")
        with pytest.raises(ValidationError, match="answered meanwhile"):
            say_no(asked, by=member_of(mercy.ada))

    def test_nobody_names_themselves_also_not_in_the_database(self, mercy: World) -> None:
        made = make_selection(mercy)
        with pytest.raises(ValidationError, match="Nobody names themselves"):
            name(made, person=mercy.ada, by=member_of(mercy.ada))
        with pytest.raises(IntegrityError, match="not_oneself"), transaction.atomic():
            Standing.objects.create(selection=made, person=mercy.ada, named_by=mercy.ada, asked_on=TODAY)

    def test_neither_the_panel_nor_the_incumbent_nor_another_department_adds_a_name(
        self, mercy: World
    ) -> None:
        election = make_election(mercy)
        for person in (*election.panel, mercy.mara):
            with pytest.raises(PermissionDenied):
                name(election.selection, person=mercy.ada, by=member_of(person))

    def test_who_cannot_stand_is_said(self, mercy: World, pool: Pool) -> None:
        Pool.objects.filter(pk=pool.pk).update(professions=[Profession.PHYSICIAN])
        election = make_election(mercy)
        stella = member_of(mercy.stella)
        for person, why in (
            (mercy.mara, "holds the position"),
            (election.panel[0], "other professions"),
            (mercy.colin, "other professions"),
        ):
            Person.objects.filter(pk=mercy.mara.pk).update(profession=Profession.PHYSICIAN)
            person.refresh_from_db()
            with pytest.raises(ValidationError, match=why):
                name(election.selection, person=person, by=stella)
        Pool.objects.filter(pk=pool.pk).update(professions=[])
        with pytest.raises(ValidationError, match="on the panel"):
            name(election.selection, person=election.panel[0], by=stella)

    def test_naming_somebody_again_tells_nothing(self, mercy: World) -> None:
        made = make_selection(mercy)
        first = name(made, person=mercy.ada, by=member_of(mercy.stella))
        say_no(first, by=member_of(mercy.ada))
        assert name(made, person=mercy.ada, by=member_of(mercy.colin)).pk == first.pk
        assert Standing.objects.get(selection=made).named_by_id == mercy.stella.pk


class TestPanel:
    def test_nobody_of_the_own_department_also_not_in_the_database(self, mercy: World) -> None:
        made = make_selection(mercy)
        below = make_unit(mercy.organization, "Echo lab", parent=mercy.unit)
        near = make_person(mercy.organization, "Near", below)
        make_appointment(make_position(below, "Head of the echo lab"), near)
        for person in (near, mercy.mara):
            with pytest.raises(ValidationError, match="own department"):
                name_panel_member(made, person=person, by=member_of(mercy.henry))
            with pytest.raises(IntegrityError, match="other departments"), transaction.atomic():
                PanelMember.objects.create(selection=made, person=person)

    def test_leaders_alone_and_none_who_stands(self, mercy: World) -> None:
        made = make_selection(mercy)
        (leader,) = make_leaders(mercy, 1)
        plain = make_person(mercy.organization, "Plain", leader.unit)
        with pytest.raises(ValidationError, match="no titled position"):
            name_panel_member(made, person=plain, by=member_of(mercy.henry))
        name(made, person=leader, by=member_of(mercy.stella))
        with pytest.raises(ValidationError, match="cannot choose as well"):
            name_panel_member(made, person=leader, by=member_of(mercy.henry))

    def test_hr_who_stands_no_longer_runs_it(self, mercy: World) -> None:
        made = make_selection(mercy)
        name(made, person=mercy.henry, by=member_of(mercy.stella))
        (leader,) = make_leaders(mercy, 1)
        with pytest.raises(PermissionDenied):
            name_panel_member(made, person=leader, by=member_of(mercy.henry))

    def test_one_chair(self, mercy: World) -> None:
        election = make_election(mercy)
        assert [each.chairs for each in map(election.place_of, election.panel)] == [True, False, False]
        (fourth,) = make_leaders(mercy, 1)
        name_panel_member(election.selection, person=fourth, chairs=True, by=member_of(mercy.henry))
        (chair,) = PanelMember.objects.filter(selection=election.selection, chairs=True)
        assert chair.person_id == fourth.pk


class TestInterviews:
    def test_shared_out_in_turn_once_three_declared(self, mercy: World) -> None:
        made = make_selection(mercy)
        with pytest.raises(ValidationError, match="3 of the panel first"):
            share_out(made, by=member_of(mercy.henry))

    def test_offered_in_a_row_and_confirmed_by_both(self, mercy: World) -> None:
        election = make_election(mercy)
        assert share_out(election.selection, by=member_of(mercy.henry)) == 8
        leader = election.panel[0]
        slots = Slots(timezone.now() + DAY, 30, 2, "Room 4")
        first, second = offer(election.selection, slots=slots, by=member_of(leader))
        assert second.offered_for is not None
        assert first.offered_for is not None
        assert second.offered_for - first.offered_for == dt.timedelta(minutes=30)
        with pytest.raises(ValidationError, match="not begun"):
            confirm_held(first, by=member_of(leader))
        RollMember.objects.filter(pk=first.pk).update(offered_for=timezone.now() - DAY)
        with pytest.raises(PermissionDenied):
            confirm_held(first, by=member_of(election.panel[1]))
        confirm_held(first, by=member_of(leader))
        assert coverage_of(election.selection).held == 0
        confirm_held(first, by=member_of(first.person))
        found = coverage_of(election.selection)
        assert (found.asked, found.shared, found.offered, found.held) == (8, 8, 2, 1)
        assert found.percent == 25

    def test_another_time_and_rather_not(self, mercy: World) -> None:
        election = make_election(mercy)
        offer_interviews(election)
        entry = RollMember.objects.select_related("selection", "interviewer__person").get(person=mercy.ada)
        assert entry.interviewer is not None
        with pytest.raises(PermissionDenied):
            ask_another_time(entry, by=member_of(mercy.colin))
        ask_another_time(entry, by=member_of(mercy.ada))
        leader = entry.interviewer.person
        (again,) = offer(
            election.selection,
            slots=Slots(timezone.now() + 3 * DAY, 20, 5, "Office"),
            by=member_of(leader),
        )
        assert (again.person_id, again.wants_other, again.place) == (mercy.ada.pk, False, "Office")
        decline_interview(entry, by=member_of(mercy.ada))
        assert coverage_of(election.selection).declined == 1
        with pytest.raises(ValidationError, match="answered already"):
            ask_another_time(entry, by=member_of(mercy.ada))

    def test_the_staff_offer_none(self, mercy: World) -> None:
        election = make_election(mercy)
        with pytest.raises(PermissionDenied):
            offer(election.selection, slots=Slots(timezone.now() + DAY, 30, 1, ""), by=member_of(mercy.ada))


class TestBallot:
    def test_it_opens_with_panel_interviews_and_names(self, mercy: World) -> None:
        made = make_selection(mercy)
        with pytest.raises(ValidationError) as refused:
            open_ballot(made, closes_on=TODAY + DAY, by=member_of(mercy.henry))
        said = " ".join(refused.value.messages)
        for rule in ("at least three leaders", "chairs it", "the rule says 80 %", "at least 3 names"):
            assert rule in said

    def test_a_slate_of_two_is_refused(self, mercy: World) -> None:
        election = make_election(mercy)
        make_candidates(election, mercy.ada, mercy.colin)
        offer_interviews(election)
        with pytest.raises(ValidationError, match="2 stand; a slate takes at least 3 names"):
            open_ballot(election.selection, closes_on=TODAY + DAY, by=member_of(mercy.henry))

    @pytest.mark.parametrize("days", [-1, 0, 61])
    def test_its_last_day_lies_ahead(self, mercy: World, days: int) -> None:
        made = make_selection(mercy)
        with pytest.raises(ValidationError, match="between tomorrow"):
            open_ballot(made, closes_on=TODAY + days * DAY, by=member_of(mercy.henry))

    def test_who_may_not_vote(self, mercy: World) -> None:
        election = make_ballot(mercy)
        for person in (mercy.mara, *election.panel):
            with acting(person), pytest.raises(PermissionDenied):
                vote(election.fresh(), [], by=member_of(person))

    def test_once_and_only_for_names_that_stand(self, mercy: World) -> None:
        election = make_ballot(mercy)
        (code,) = cast_votes(election, (mercy.eli, [mercy.ada]))
        assert len(code) == 14
        with pytest.raises(ValidationError, match="everybody votes once"):
            cast_votes(election, (mercy.eli, [mercy.colin]))
        ada, paper = election.names(mercy.ada), election.fresh()
        with acting(mercy.aude), pytest.raises(ValidationError, match="does not stand"):
            vote(paper, [mercy.mara.pk], by=member_of(mercy.aude))
        with acting(mercy.aude), pytest.raises(ValidationError, match="does not stand"):
            vote(paper, [*ada, *ada], by=member_of(mercy.aude))

    def test_a_voter_who_left_and_a_closed_ballot(self, mercy: World) -> None:
        election = make_ballot(mercy)
        eli = member_of(mercy.eli)
        Person.objects.filter(pk=mercy.eli.pk).update(end_date=TODAY - DAY)
        with acting(mercy.eli), pytest.raises(ValidationError, match="left"):
            vote(election.fresh(), [], by=eli)
        Selection.objects.filter(pk=election.selection.pk).update(closes_on=TODAY - DAY)
        with acting(mercy.aude), pytest.raises(ValidationError, match="closed"):
            vote(election.fresh(), [], by=member_of(mercy.aude))

    def test_nothing_is_learnt_before_its_end(self, mercy: World) -> None:
        election = make_ballot(mercy)
        cast_votes(election, (mercy.eli, [mercy.ada]))
        assert receipts(election.selection) == []
        with pytest.raises(ValidationError, match="until then nobody learns"):
            count_ballot(election.fresh(), by=member_of(mercy.henry))
        with pytest.raises(DataError, match="not over"), transaction.atomic():
            rows("SELECT * FROM succession_close_ballot(%s)", election.selection.pk)

    @pytest.mark.parametrize(
        "table",
        ["approvalkey", "approvalparticipation", "pendingapproval", "approvaltally", "ballotreceipt"],
    )
    def test_the_box_is_shut_to_the_application(self, mercy: World, table: str) -> None:
        make_ballot(mercy)
        for statement in ("SELECT * FROM succession_{}", "DELETE FROM succession_{}"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                rows(statement.format(table))

    def test_without_a_quorum_it_is_repeated_and_nothing_is_told(self, mercy: World) -> None:
        election = make_ballot(mercy)
        cast_votes(
            election, *((each, [mercy.ada]) for each in (mercy.eli, mercy.aude, mercy.olga, mercy.colin))
        )
        current = end_ballot(election)
        assert (current.state, current.voted) == (SelectionState.PREPARING, None)
        assert steps(current)[-1] == SelectionStep.NO_QUORUM
        assert not Standing.objects.filter(selection=current).exclude(by_half=None).exists()
        open_ballot(current, closes_on=TODAY + DAY, by=member_of(mercy.henry))
        cast_votes(election, (mercy.eli, [mercy.ada]))  # anew

    def test_everybody_is_reminded_once_whoever_voted(self, mercy: World) -> None:
        election = make_ballot(mercy)
        cast_votes(election, (mercy.stella, [mercy.ada]))
        ballots = Selection.objects.filter(pk=election.selection.pk)
        ballots.update(closes_on=TODAY + 3 * DAY)
        assert remind_voters() == 0
        ballots.update(closes_on=TODAY + 2 * DAY)
        assert remind_voters() == 1
        assert remind_voters() == 0
        panel = [each.pk for each in election.panel]
        roll = RollMember.objects.filter(selection=election.selection).exclude(person__in=panel)
        reminded = [people for people, title in told() if "If you have voted, all is done." in title]
        assert reminded == [{*roll.values_list("person", flat=True)}]
        assert mercy.stella.pk in reminded[0]

    def test_the_nightly_job_counts_and_every_receipt_is_on_the_list(self, mercy: World) -> None:
        election = make_ballot(mercy)
        voters = (mercy.ada, mercy.eli, mercy.aude, mercy.olga, mercy.colin)
        codes = cast_votes(election, *((each, [mercy.ada, mercy.colin]) for each in voters))
        assert count_ballots_that_are_over() == 0
        Selection.objects.filter(pk=election.selection.pk).update(closes_on=TODAY - DAY)
        assert count_ballots_that_are_over() == 1
        current = election.fresh()
        assert (current.state, current.voted) == (SelectionState.SELECTING, 5)
        assert receipts(current) == sorted(codes)
        slate = Standing.objects.filter(selection=current, state=StandingState.ON_SLATE)
        halves = {each.person_id: each.by_half for each in slate}
        assert halves == {mercy.ada.pk: True, mercy.colin.pk: True, mercy.paula.pk: False}


class TestSelecting:
    def test_scores_stay_apart_until_all_have_handed_in(self, mercy: World) -> None:
        election = make_slate(mercy)
        first, second, third = election.panel
        make_scores(election, first, second)
        with acting(first):
            assert {each.panel_member.person_id for each in scores_in(election.selection)} == {first.pk}
        with acting(mercy.henry):
            assert not scores_in(election.selection).exists()
        make_scores(election, third)
        with acting(first):
            assert scores_in(election.selection).count() == 9
        assert steps(election.selection)[-1] == SelectionStep.SCORED

    def test_what_was_handed_in_stays(self, mercy: World) -> None:
        election = make_slate(mercy)
        first = election.panel[0]
        make_scores(election, first)
        with acting(first), pytest.raises(ValidationError, match="handed in"):
            score(election.standing_of(mercy.ada), scores=[1] * 5, by=member_of(first))
        with acting(first), pytest.raises(IntegrityError, match="stay"), transaction.atomic():
            PanelScore.objects.update(scores=[1] * 5)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            PanelMember.objects.filter(selection=election.selection).delete()

    def test_every_name_is_scored_first(self, mercy: World) -> None:
        election = make_slate(mercy)
        first = election.panel[0]
        with acting(first), pytest.raises(ValidationError, match="not scored"):
            hand_in(election.selection, by=member_of(first))
        for wrong in ([4] * 4, [0, *[4] * 4], [6, *[4] * 4]):
            with acting(first), pytest.raises(ValidationError, match="one to five"):
                score(election.standing_of(mercy.ada), scores=wrong, by=member_of(first))

    def test_the_staff_the_incumbent_and_hr_score_nobody(self, mercy: World) -> None:
        election = make_slate(mercy)
        for person in (mercy.stella, mercy.mara, mercy.henry):
            with acting(person), pytest.raises(PermissionDenied):
                score(election.standing_of(mercy.ada), scores=[4] * 5, by=member_of(person))

    def test_the_chair_decides_for_one_of_the_slate_when_all_have_scored(self, mercy: World) -> None:
        election = make_slate(mercy)
        chair, second, third = election.panel
        make_scores(election, chair, second)
        ada = election.standing_of(mercy.ada)
        with acting(chair), pytest.raises(ValidationError, match="Not all"):
            decide(election.selection, standing=ada, reason="She listens.", by=member_of(chair))
        make_scores(election, third)
        for person in (second, mercy.henry, mercy.mara):
            with acting(person), pytest.raises(PermissionDenied):
                decide(election.selection, standing=ada, reason="She listens.", by=member_of(person))
        with acting(chair), pytest.raises(ValidationError, match="Say why"):
            decide(election.selection, standing=ada, reason=" ", by=member_of(chair))
        with acting(chair):
            decide(election.selection, standing=ada, reason="She listens.", by=member_of(chair))
        assert election.fresh().chosen_id == mercy.ada.pk

    def test_who_has_a_conflict_steps_back_and_two_decide_nothing(self, mercy: World) -> None:
        election = make_slate(mercy)
        chair, second, third = election.panel
        with acting(third), pytest.raises(ValidationError, match="which conflict"):
            declare(election.place_of(third), steps_back=True, by=member_of(third))
        with acting(third):
            declare(
                election.place_of(third), conflict="We write together.", steps_back=True, by=member_of(third)
            )
        assert not seat_in(election.selection, third.pk, on=TODAY).chooses
        make_scores(election, chair, second)
        with acting(chair), pytest.raises(ValidationError, match="takes at least 3"):
            decide(
                election.selection,
                standing=election.standing_of(mercy.ada),
                reason="She listens.",
                by=member_of(chair),
            )

    def test_too_few_left_on_the_slate_go_back_to_names(self, mercy: World) -> None:
        election = make_slate(mercy)
        make_scores(election, *election.panel)
        with acting(mercy.paula):
            withdraw(election.standing_of(mercy.paula), by=member_of(mercy.paula))
        current = election.fresh()
        assert (current.state, current.voted) == (SelectionState.PREPARING, None)
        assert election.standing_of(mercy.ada).state == StandingState.STANDING
        with acting(election.panel[0]):
            assert not PanelScore.objects.exists()


class TestAppointing:
    def decided(self, mercy: World) -> Selection:
        election = make_slate(mercy)
        make_scores(election, *election.panel)
        chair = election.panel[0]
        with acting(chair):
            decide(
                election.selection,
                standing=election.standing_of(mercy.ada),
                reason="She listens.",
                by=member_of(chair),
            )
        return election.fresh()

    def test_not_while_somebody_holds_it(self, mercy: World) -> None:
        found = self.decided(mercy)
        with pytest.raises(ValidationError, match="holds it until"):
            appoint(found, term=Term(TODAY), by=member_of(mercy.henry))

    def test_a_term_an_onboarding_and_a_partnership_begin(self, mercy: World, pool: Pool) -> None:
        found = self.decided(mercy)
        held = Appointment.objects.get(position=found.position)
        held.end_date = TODAY
        held.save(update_fields=["end_date"])
        make_ladder_task(held, Rung.SELECT)
        Person.objects.filter(pk=mercy.colin.pk).update(profession=Profession.ADMINISTRATOR)
        mercy.colin.refresh_from_db()
        with acting(mercy.henry):
            appoint(found, term=Term(TODAY, partner=mercy.colin), by=member_of(mercy.henry))
        found.refresh_from_db()
        made = found.appointment
        assert made is not None
        assert (made.person_id, made.start_date) == (mercy.ada.pk, TODAY)
        assert made.end_date == years_later(TODAY, 4)
        assert Onboarding.objects.get(leader=mercy.ada).started_on == TODAY
        partners = Partner.objects.filter(partnership__unit=mercy.unit)
        assert {each.person_id for each in partners} == {mercy.ada.pk, mercy.colin.pk}
        assert steps(found)[-1] == SelectionStep.APPOINTED

    def test_two_physicians_are_no_partners_and_nothing_is_written(self, mercy: World) -> None:
        found = self.decided(mercy)
        Appointment.objects.filter(position=found.position).update(end_date=TODAY)
        Person.objects.filter(pk=mercy.colin.pk).update(profession=Profession.PHYSICIAN)
        mercy.colin.refresh_from_db()
        with acting(mercy.henry), pytest.raises(ValidationError, match="another profession"):
            appoint(found, term=Term(TODAY, partner=mercy.colin), by=member_of(mercy.henry))
        assert not Appointment.objects.filter(person=mercy.ada).exists()
        found.refresh_from_db()
        assert found.is_decided

    def test_in_two_years_at_the_latest(self, mercy: World) -> None:
        found = self.decided(mercy)
        for start in (TODAY - DAY, months_later(TODAY, 30)):
            with pytest.raises(ValidationError, match="between today"):
                appoint(found, term=Term(start), by=member_of(mercy.henry))


class TestStopping:
    def test_an_open_ballot_goes_uncounted(self, mercy: World) -> None:
        election = make_ballot(mercy)
        cast_votes(election, (mercy.eli, [mercy.ada]))
        with pytest.raises(ValidationError, match="Say why"):
            stop_selection(election.selection, reason="", by=member_of(mercy.henry))
        stop_selection(election.selection, reason="The units merge.", by=member_of(mercy.henry))
        current = election.fresh()
        assert current.state == SelectionState.STOPPED
        with acting(mercy.aude), pytest.raises(ValidationError, match="closed"):
            vote(current, [], by=member_of(mercy.aude))
        with pytest.raises(ValidationError, match="went on meanwhile"):
            stop_selection(current, reason="Again.", by=member_of(mercy.henry))
        with pytest.raises(IntegrityError, match="not changed"), transaction.atomic():
            Selection.objects.filter(pk=current.pk).update(state=SelectionState.PREPARING)
