"""Publishing: what becomes of the pairs of a run, and what stands in their way."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring.enums import Initiator, MentorshipState, OverCause, ProposalState, RunState, Tier
from mentoring.models import Capacity, MentorProfile, Mentorship, Proposal
from mentoring.services.mentorships import accept_mentorship, confirm_mentorship, decline_mentorship
from mentoring.services.publishing import Publication, publish_run
from people.models import CohortMembership, Person
from tenancy.scope import tenant_transaction
from tests.factories.mentoring import make_capacity, make_mentorship, make_profile
from tests.factories.people import make_cohort, make_cohort_membership, make_person
from tests.factories.runs import make_finished_run, make_proposal, make_run
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
OFFER_TAKEN_BACK = "An offer that was open is taken back: another mentor was chosen."
PLACE_TO_BE_FREE = (
    "A mentee of this mentor is to change: the place is free when that mentorship begins. Publish then."
)


def make_mentor(world: World, name: str = "Sam", places: int = 1, tier: Tier = Tier.SENIOR) -> Person:
    person = make_person(world.organization, name, world.unit, family_name="Mentor")
    make_capacity(make_profile(person), tier, places=places)
    return person


def make_mentee(world: World, name: str = "Mia") -> Person:
    person = make_person(world.organization, name, world.unit, family_name="Mentee")
    make_cohort_membership(world.cohort, person)
    return person


def mentorships() -> list[tuple[str, str, str]]:
    rows = Mentorship.objects.order_by("offered_on", "mentor__given_name", "mentee__given_name")
    return list(rows.values_list("mentee__given_name", "mentor__given_name", "state"))


@pytest.mark.usefixtures("in_mercy")
class TestPublishing:
    def test_a_pair_is_offered_with_its_score_and_sentence(self, mercy: World) -> None:
        run = make_finished_run(mercy.cohort)
        make_proposal(run, mercy.ada, make_mentor(mercy))
        done = publish_run(run, by=member_of(mercy.paula))
        mentorship = Mentorship.objects.get()
        assert done == Publication(offered=1, kept=0, replaced=0, withheld=0)
        assert (mentorship.state, mentorship.initiator) == (MentorshipState.OFFERED, Initiator.MATCHER)
        assert (mentorship.score, mentorship.why, mentorship.tier) == (0.7, "Fits.", Tier.SENIOR)
        run.refresh_from_db()
        assert (run.state, run.published_by_id) == (RunState.PUBLISHED, mercy.paula.pk)

    def test_above_the_bar_both_sides_are_told_and_at_it_the_mentor_alone(self, mercy: World) -> None:
        above, at = make_mentee(mercy, "Abe"), make_mentee(mercy, "Bea")
        mentors = [make_mentor(mercy, "Sam"), make_mentor(mercy, "Tom")]
        run = make_finished_run(mercy.cohort)
        make_proposal(run, above, mentors[0], interest=3_501)
        make_proposal(run, at, mentors[1], interest=3_500)
        publish_run(run, by=member_of(mercy.paula))
        assert told() == [
            ({mentor.pk for mentor in mentors}, "You are asked to mentor somebody."),
            ({above.pk}, "A mentor who fits you well was found and asked."),
        ]

    def test_ticked_pairs_alone_are_published_and_the_others_wait(self, mercy: World) -> None:
        run = make_finished_run(mercy.cohort)
        first = make_proposal(run, mercy.ada, make_mentor(mercy))
        second = make_proposal(run, make_mentee(mercy), make_mentor(mercy, "Tom"))
        publish_run(run, chosen=[first.pk], by=member_of(mercy.paula))
        second.refresh_from_db()
        assert mentorships() == [("Ada", "Sam", "offered")]
        assert second.state == ProposalState.PROPOSED
        assert publish_run(run, by=member_of(mercy.paula)).offered == 1

    def test_a_pair_that_runs_goes_on_and_nobody_is_told(self, mercy: World) -> None:
        mentor = make_mentor(mercy)
        make_mentorship(mentor, mercy.ada, tier=Tier.SENIOR)
        run = make_finished_run(mercy.cohort)
        make_proposal(run, mercy.ada, mentor, running=True)
        assert publish_run(run, by=member_of(mercy.paula)) == Publication(0, kept=1, replaced=0, withheld=0)
        assert mentorships() == [("Ada", "Sam", "active")]
        assert told() == []

    def test_what_runs_goes_on_until_the_mentor_chosen_instead_begins(self, mercy: World) -> None:
        old, new = make_mentor(mercy, "Old"), make_mentor(mercy, "Una")
        before = make_mentorship(old, mercy.ada, tier=Tier.SENIOR)
        run = make_finished_run(mercy.cohort)
        make_proposal(run, mercy.ada, new)
        assert publish_run(run, by=member_of(mercy.paula)).replaced == 1
        assert mentorships() == [("Ada", "Old", "active"), ("Ada", "Una", "offered")]
        change = "A change of mentor is proposed. What runs goes on until the new mentorship begins."
        assert told()[-1] == ({mercy.ada.pk, old.pk}, change)
        offer = accept_mentorship(Mentorship.objects.get(mentor=new), by=member_of(new))
        assert mentorships() == [("Ada", "Old", "active"), ("Ada", "Una", "accepted")]
        confirm_mentorship(offer, by=member_of(mercy.ada))
        assert mentorships() == [("Ada", "Old", "ended"), ("Ada", "Una", "active")]
        before.refresh_from_db()
        assert (before.over_on, before.over_cause, before.over_by) == (TODAY, OverCause.CHANGE, None)
        assert before.over_reason == "Another mentor was chosen in a matching."
        assert Capacity.objects.get(mentor__person=old).taken == 0

    def test_nobody_is_left_without_a_mentor_where_the_new_one_declines(self, mercy: World) -> None:
        make_mentorship(make_mentor(mercy, "Old"), mercy.ada, tier=Tier.SENIOR)
        new = make_mentor(mercy, "Una")
        run = make_finished_run(mercy.cohort)
        make_proposal(run, mercy.ada, new)
        publish_run(run, by=member_of(mercy.paula))
        offer = Mentorship.objects.get(mentor=new)
        decline_mentorship(offer, cause=OverCause.NO_TIME, by=member_of(new))
        assert mentorships() == [("Ada", "Old", "active"), ("Ada", "Una", "declined")]

    def test_a_place_that_a_change_frees_is_given_when_it_is_free(self, mercy: World) -> None:
        """Ada leaves Old for Una; Mia is to have Old, whose one place is Ada's until then."""
        old, new, mia = make_mentor(mercy, "Old"), make_mentor(mercy, "Una"), make_mentee(mercy)
        make_mentorship(old, mercy.ada, tier=Tier.SENIOR)
        run = make_finished_run(mercy.cohort)
        make_proposal(run, mercy.ada, new)
        waits = make_proposal(run, mia, old, interest=3_000)
        done = publish_run(run, by=member_of(mercy.paula))
        waits.refresh_from_db()
        assert (done.offered, done.withheld, waits.problem) == (1, 1, PLACE_TO_BE_FREE)
        offer = accept_mentorship(Mentorship.objects.get(mentor=new), by=member_of(new))
        confirm_mentorship(offer, by=member_of(mercy.ada))
        assert publish_run(run, by=member_of(mercy.paula)).offered == 1
        assert ("Mia", "Old", "offered") in mentorships()

    def test_who_is_asked_to_follow_is_withdrawn_where_the_running_pair_is_published(
        self, mercy: World
    ) -> None:
        old = make_mentor(mercy, "Old")
        running = make_mentorship(old, mercy.ada, tier=Tier.SENIOR)
        asked = {"tier": Tier.SENIOR, "state": MentorshipState.OFFERED, "replaces": running}
        make_mentorship(make_mentor(mercy, "Una"), mercy.ada, **asked)
        run = make_finished_run(mercy.cohort)
        make_proposal(run, mercy.ada, old)
        assert publish_run(run, by=member_of(mercy.paula)).kept == 1
        assert mentorships() == [("Ada", "Old", "active"), ("Ada", "Una", "withdrawn")]

    def test_the_refresh_by_itself_ends_no_mentorship_that_runs(self, mercy: World) -> None:
        make_mentorship(make_mentor(mercy, "Old"), mercy.ada, tier=Tier.SENIOR)
        run = make_finished_run(mercy.cohort)
        kept = make_proposal(run, mercy.ada, make_mentor(mercy, "Una"))
        assert publish_run(run, by=None) == Publication(0, kept=0, replaced=0, withheld=1)
        kept.refresh_from_db()
        assert kept.problem == "A mentorship runs in this tier; only a director ends it."
        assert mentorships() == [("Ada", "Old", "active")]

    def test_an_offer_that_waits_is_withdrawn_where_another_mentor_is_published(self, mercy: World) -> None:
        old = make_mentorship(
            make_mentor(mercy, "Old"), mercy.ada, tier=Tier.SENIOR, state=MentorshipState.OFFERED
        )
        run = make_finished_run(mercy.cohort)
        make_proposal(run, mercy.ada, make_mentor(mercy, "Una"))
        publish_run(run, by=None)
        old.refresh_from_db()
        assert old.state == MentorshipState.WITHDRAWN
        # Ada never heard of the offer, and does not hear of its end.
        assert told()[0] == ({old.mentor_id}, OFFER_TAKEN_BACK)

    @pytest.mark.parametrize(
        ("event", "problem"),
        [
            ("mentor leaves", "The mentor no longer works here."),
            ("mentee leaves", "The mentee no longer works here."),
            ("mentee leaves the cohort", "The mentee is no longer in the cohort."),
            ("mentor pauses", "The mentor takes nobody new now."),
            ("mentor declines", "The mentor declined this pair meanwhile."),
            ("pair elsewhere", "The two have each other in another tier."),
            ("place is taken", "The mentor has no free place in this tier."),
        ],
    )
    def test_what_happened_since_the_run_keeps_a_pair_back_and_says_why(
        self, event: str, problem: str, mercy: World
    ) -> None:
        mentor, other = make_mentor(mercy), make_mentor(mercy, "Tom")
        run = make_finished_run(mercy.cohort)
        stopped = make_proposal(run, mercy.ada, mentor)
        make_proposal(run, make_mentee(mercy), other)
        happen(event, mercy, mentor)
        done = publish_run(run, by=member_of(mercy.paula))
        stopped.refresh_from_db()
        assert (done.offered, done.withheld) == (1, 1)
        assert (stopped.state, stopped.problem) == (ProposalState.PROPOSED, problem)

    def test_the_last_place_goes_to_the_best_pair(self, mercy: World) -> None:
        mentor = make_mentor(mercy, places=1)
        run = make_finished_run(mercy.cohort)
        make_proposal(run, mercy.ada, mentor, interest=1_000)
        make_proposal(run, make_mentee(mercy), mentor, interest=3_000)
        assert publish_run(run, by=member_of(mercy.paula)).withheld == 1
        assert mentorships() == [("Mia", "Sam", "offered")]

    def test_a_second_publication_is_told_who_was_first(self, mercy: World) -> None:
        run = make_finished_run(mercy.cohort)
        pair = make_proposal(run, mercy.ada, make_mentor(mercy))
        publish_run(run, by=member_of(mercy.paula))
        for chosen in (None, [pair.pk]):
            with pytest.raises(ValidationError, match="Paula Mercy published these pairs on"):
                publish_run(run, chosen=chosen, by=member_of(mercy.paula))
        assert len(mentorships()) == 1

    def test_another_run_of_the_cohort_is_superseded(self, mercy: World) -> None:
        first, second = make_finished_run(mercy.cohort), make_finished_run(mercy.cohort)
        other_tier = make_finished_run(mercy.cohort, [Tier.PEER])
        for run in (first, second):
            make_proposal(run, mercy.ada, make_mentor(mercy))
        publish_run(first, by=member_of(mercy.paula))
        with pytest.raises(ValidationError, match="Another matching of this cohort was published meanwhile"):
            publish_run(second, by=member_of(mercy.paula))
        other_tier.refresh_from_db()
        assert other_tier.state == RunState.DONE

    def test_nothing_ticked_nothing_proposed_or_not_ready_is_said(self, mercy: World) -> None:
        run = make_finished_run(mercy.cohort)
        with pytest.raises(ValidationError, match="Tick the pairs"):
            publish_run(run, chosen=[], by=member_of(mercy.paula))
        with pytest.raises(ValidationError, match="There is no pair"):
            publish_run(run, by=member_of(mercy.paula))
        with pytest.raises(ValidationError, match="not ready"):
            publish_run(make_run(mercy.cohort), by=member_of(mercy.paula))

    def test_only_the_cohorts_director_publishes(self, mercy: World) -> None:
        run = make_finished_run(mercy.cohort)
        with pytest.raises(PermissionDenied):
            publish_run(run, by=member_of(mercy.henry))

    def test_many_pairs_cost_no_more_statements_than_one(self, mercy: World) -> None:
        counts = []
        for number in (1, 3):
            run = make_finished_run(mercy.cohort)
            for place in range(number):
                mentee = make_mentee(mercy, f"M{number}{place}")
                make_proposal(run, mentee, make_mentor(mercy, f"N{number}{place}"))
            by = member_of(mercy.paula)
            with CaptureQueriesContext(connection) as captured:
                publish_run(run, by=by)
            counts.append(len(captured))
        assert counts[0] == counts[1]


def happen(event: str, mercy: World, mentor: Person) -> None:
    gone = TODAY - dt.timedelta(days=1)
    if event in {"mentor leaves", "mentee leaves"}:
        who = mentor if event.startswith("mentor") else mercy.ada
        Person.objects.filter(pk=who.pk).update(end_date=gone)
    elif event == "mentee leaves the cohort":
        CohortMembership.objects.filter(person=mercy.ada).update(end_date=gone)
    elif event == "mentor pauses":
        MentorProfile.objects.filter(person=mentor).update(offering=False)
    elif event == "mentor declines":
        make_mentorship(mentor, mercy.ada, tier=Tier.SENIOR, state=MentorshipState.DECLINED)
    elif event == "pair elsewhere":
        make_mentorship(mentor, mercy.ada, tier=Tier.PEER)
    else:
        make_mentorship(mentor, mercy.colin, tier=Tier.SENIOR)


def test_of_two_directors_at_once_one_publishes_and_the_other_is_told(
    committed_mercy: World, next_transaction: Callable[[], None]
) -> None:
    world = committed_mercy
    next_transaction()
    run = make_finished_run(world.cohort)
    make_proposal(run, world.ada, make_mentor(world))
    next_transaction()
    outcomes: list[str] = []
    barrier = threading.Barrier(2)

    def publish() -> None:
        try:
            with tenant_transaction(world.organization.pk):
                director = member_of(world.paula)
                barrier.wait()
                publish_run(run, by=director)
            outcomes.append("published")
        except ValidationError as error:
            outcomes.append(error.messages[0])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    next_transaction()
    assert Proposal.objects.get().state == ProposalState.PUBLISHED
    assert Mentorship.objects.count() == 1
    told_second, first = sorted(outcomes)
    assert first == "published"
    assert told_second.startswith(f"{world.paula.name} published these pairs on ")


def test_a_cohort_of_another_programme_is_not_touched(mercy: World) -> None:
    with tenant_transaction(mercy.organization.pk):
        other = make_cohort(mercy.programme, "Other")
        runs = [make_finished_run(cohort) for cohort in (mercy.cohort, other)]
        make_proposal(runs[0], mercy.ada, make_mentor(mercy))
        publish_run(runs[0], by=member_of(mercy.paula))
        runs[1].refresh_from_db()
        assert runs[1].state == RunState.DONE
