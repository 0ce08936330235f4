"""A matching from its request to its proposals, by a login that sees nobody; and that what it cannot see
changes nothing."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict

import psycopg2
import psycopg2.errors
import pytest
from django.db import connections
from django.utils import timezone

from mentoring.blind.outcome import hash_of, solve
from mentoring.blind.profiles import Inputs, read_profiles, unkept_locks
from mentoring.enums import MentorshipState, PairRuleKind, RunState, Side, Tier
from mentoring.models import LeftOut, MatchProfile, MatchRun, Proposal
from mentoring.services.matching import UnseenProfilesError, match_run
from mentoring.services.runs import Trial, freeze_run, request_match
from people.enums import CareerStage, PositionType
from people.models import Person
from people.queries import member_for
from tenancy.jobs.ledger import work_all_steps
from tenancy.models import JobRun
from tests.factories.mentoring import make_capacity, make_interest, make_mentorship, make_profile, make_tag
from tests.factories.people import make_appointment, make_cohort_membership, make_person, make_position
from tests.factories.runs import make_pair_rule, make_run
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
Next = Callable[[], None]


@pytest.fixture
def world(committed_mercy: World, next_transaction: Next) -> World:
    """Ada and three more mentees; two attendings, a chair and a resident a year or more ahead."""
    next_transaction()
    make_people(committed_mercy)
    next_transaction()
    return committed_mercy


def make_people(world: World) -> None:
    tags = [make_tag(world.organization, f"Tag {number}") for number in range(5)]
    for number in range(3):
        mentee = make_person(
            world.organization,
            f"Mentee{number}",
            world.unit,
            career_stage=CareerStage.RESIDENT,
            training_grade="PGY-1",
        )
        make_cohort_membership(world.cohort, mentee)
        for tag in tags[number : number + 3]:
            make_interest(mentee, tag)
    make_interest(world.ada, tags[0])
    for name, stage, tier, places in [
        ("Sam", CareerStage.ATTENDING, Tier.SENIOR, 2),
        ("Tia", CareerStage.ATTENDING, Tier.SENIOR, 1),
        ("Cho", CareerStage.ATTENDING, Tier.CHAIR, 4),
        ("Pia", CareerStage.RESIDENT, Tier.PEER, 4),
    ]:
        mentor = make_person(world.organization, name, world.unit, career_stage=stage, training_grade="PGY-3")
        make_capacity(make_profile(mentor, tags[1:4], free_slots=len(name)), tier, places=places)
        if tier == Tier.CHAIR:
            make_appointment(make_position(world.unit, "Chair", type=PositionType.DEPARTMENT_CHAIR), mentor)


def trial(*tiers: Tier) -> Trial:
    weights = {"interest": 0.5, "availability": 0.3, "past_success": 0.2}
    return Trial(tiers=tiers or tuple(Tier), weights=weights, stickiness=0.05, floor=0.0, places={})


def work(world: World) -> None:
    """What a worker does, on a connection of its own: what is frozen has to be committed."""

    def work() -> None:
        work_all_steps(world.organization.pk)
        connections.close_all()

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()


def matched(world: World, begin: Next, *tiers: Tier) -> MatchRun:
    """A matching as Paula asks for it and the worker does it."""
    paula = member_for(world.paula.pk, on=TODAY)
    assert paula is not None
    run = request_match(world.cohort, trial(*tiers), by=paula)
    begin()
    work(world)
    begin()
    run.refresh_from_db()
    return run


def test_a_matching_is_made_by_the_job_ledger_and_proven(world: World, next_transaction: Next) -> None:
    run = matched(world, next_transaction)
    assert (run.state, run.problem) == (RunState.DONE, "")
    assert {tier: proof["gap"] for tier, proof in run.proof.items()} == {"peer": 0, "senior": 0, "chair": 0}
    assert len(run.input_hash) == 64
    senior = Proposal.objects.filter(run=run, tier=Tier.SENIOR)
    assert senior.count() == 3
    assert LeftOut.objects.get(run=run).cause == "all_full"
    covered = {tier: (of["covered"], of["mentees"]) for tier, of in run.figures["tiers"].items()}
    assert covered == {"peer": (4, 4), "senior": (3, 4), "chair": (4, 4)}
    assert told()[-1] == ({world.paula.pk}, "The matching of Cohort 2024 is ready to look at.")


def test_a_proposal_adds_up_and_explains_itself(world: World, next_transaction: Next) -> None:
    matched(world, next_transaction, Tier.SENIOR)
    pair = Proposal.objects.get(mentee__given_name="Mentee1")
    assert pair.cosine == 1.0
    assert (pair.interest, pair.availability, pair.past_success) == (5_000, 3_000, 1_200)
    assert pair.sentence.startswith("Shares 3 of 3 interests (Tag ")
    assert "3 free half-hours in the next eight weeks." in pair.sentence
    [other] = pair.alternatives
    assert other["why"] == "As many points; the lot decided."
    assert other["open"]


def test_who_is_working_on_it_can_die_and_nothing_is_lost_or_double(
    world: World, next_transaction: Next
) -> None:
    run = matched(world, next_transaction, Tier.SENIOR)
    pairs = set(Proposal.objects.values_list("pk", flat=True))
    assert match_run(run) == {"state": RunState.DONE}
    freeze_run(run, on=TODAY)
    assert set(Proposal.objects.values_list("pk", flat=True)) == pairs
    assert set(JobRun.objects.filter(period=str(run.pk)).values_list("job", flat=True)) == {
        "mentoring.freeze",
        "mentoring.match",
    }


def test_a_running_pair_stays_where_little_is_gained(world: World, next_transaction: Next) -> None:
    tia = Person.objects.get(given_name="Tia")
    tia.mentor_profiles.get().capacities.update(places=2)
    make_mentorship(tia, world.ada, tier=Tier.SENIOR, state=MentorshipState.ACTIVE)
    run = matched(world, next_transaction, Tier.SENIOR)
    assert Proposal.objects.get(mentee=world.ada).mentor_id == tia.pk
    assert Proposal.objects.get(mentee=world.ada).running
    figures = run.figures["tiers"]["senior"]
    assert (figures["running"], figures["changed"], figures["before"]["covered"]) == (1, 0, 1)


def test_a_lock_that_breaks_a_rule_ends_the_run_with_the_names(world: World, next_transaction: Next) -> None:
    sam = Person.objects.get(given_name="Sam")
    make_pair_rule(world.cohort, world.ada, sam, PairRuleKind.LOCK, tier=Tier.SENIOR, by=world.paula)
    make_mentorship(sam, world.ada, tier=Tier.SENIOR, state=MentorshipState.DECLINED)
    run = matched(world, next_transaction, Tier.SENIOR)
    assert run.state == RunState.FAILED
    names = f"{world.ada.name} cannot be kept together with {sam.name}"
    assert run.problem == f"{names} as Senior attending: the pair was declined."
    assert told()[-1] == ({world.paula.pk}, "The matching of Cohort 2024 could not be done.")


def test_a_lock_with_somebody_who_does_not_mentor_in_the_tier_says_so(
    world: World, next_transaction: Next
) -> None:
    make_pair_rule(world.cohort, world.ada, world.colin, PairRuleKind.LOCK, tier=Tier.PEER, by=world.paula)
    run = matched(world, next_transaction, Tier.PEER)
    assert "somebody unavailable as Peer mentor: the mentor is not available in this tier" in run.problem


def test_no_mentors_and_no_mentees_are_said(world: World, next_transaction: Next) -> None:
    MatchProfile.objects.all().delete()
    empty = make_run(world.cohort, [Tier.SENIOR])
    Person.objects.filter(given_name__in=["Sam", "Tia"]).update(end_date=TODAY)
    freeze_run(empty, on=TODAY)
    assert empty.problem == "Nobody offers to mentor in these tiers today. Invite mentors, then match again."
    nobody = make_run(world.cohort, [Tier.CHAIR])
    world.cohort.memberships.update(end_date=TODAY)
    freeze_run(nobody, on=TODAY)
    assert (nobody.state, nobody.problem.split(":")[0]) == (
        RunState.FAILED,
        "Nobody in this cohort can be matched today",
    )


@pytest.mark.parametrize("places", [0, 1])
def test_mentors_without_places_leave_everybody_out_with_the_cause(
    world: World, next_transaction: Next, places: int
) -> None:
    for name in ("Sam", "Tia"):
        Person.objects.get(given_name=name).mentor_profiles.get().capacities.update(places=places)
    run = matched(world, next_transaction, Tier.SENIOR)
    assert run.figures["tiers"]["senior"]["covered"] == 2 * places
    causes = set(LeftOut.objects.values_list("cause", flat=True))
    assert causes == {"all_full" if places else "no_places"}


def test_mentees_without_interests_and_nobody_eligible_are_no_errors(
    world: World, next_transaction: Next
) -> None:
    Person.objects.filter(given_name="Pia").update(training_grade="PGY-1")
    run = matched(world, next_transaction, Tier.PEER)
    assert run.figures["tiers"]["peer"]["covered"] == 0
    assert set(LeftOut.objects.values_list("cause", flat=True)) == {"nobody_eligible"}
    for interest in world.ada.mentoring_interests.all():
        interest.delete()
    run = matched(world, next_transaction, Tier.CHAIR)
    pair = Proposal.objects.get(run=run, mentee=world.ada)
    assert pair.interest == 0
    assert pair.sentence.startswith("The mentee has stated no interests yet")


# What it cannot see.


def inputs_of(run: MatchRun) -> Inputs:
    """As the blind login reads them."""
    return Inputs(tuple(run.tiers), run.cycle, run.rule, read_profiles(run.pk))


def outcome_bytes(world: World, begin: Next) -> tuple[str, bytes]:
    """What a new matching of everybody is told, as its hash, and finds."""
    run = matched(world, begin)
    inputs = inputs_of(run)
    return hash_of(inputs), json.dumps(asdict(solve(inputs))).encode()


def declare(owner_url: str, world: World, said: list[tuple[str, str]]) -> None:
    """Everybody says one of these pairs, by turns; as the tables' owner, for the application cannot."""
    with psycopg2.connect(owner_url) as owner, owner.cursor() as cursor:
        scope = "SELECT set_config('clinicleader.organization', %s, true)"
        cursor.execute(scope, [str(world.organization.pk)])
        cursor.execute("DELETE FROM people_demographics WHERE organization_id = %s", [world.organization.pk])
        people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
        for place, person in enumerate(people if said else []):
            cursor.execute(
                "INSERT INTO people_demographics "
                "(id, organization_id, person_id, gender, ethnicity, declared_at) "
                "VALUES (gen_random_uuid(), %s, %s, %s, %s, now())",
                [world.organization.pk, str(person), *said[place % len(said)]],
            )
    owner.close()


SAID = [("woman", "Black"), ("man", "White")]


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([SAID[1], SAID[0], ("man", "Black")], id="permuted"),
        pytest.param([("", "")], id="nulled"),  # the rows stay and say nothing
        pytest.param([], id="deleted"),
    ],
)
def test_demographics_permuted_nulled_or_deleted_leave_the_outcome_byte_for_byte(
    said: list[tuple[str, str]], world: World, next_transaction: Next, owner_url: str
) -> None:
    declare(owner_url, world, SAID)
    before = outcome_bytes(world, next_transaction)
    declare(owner_url, world, said)
    assert outcome_bytes(world, next_transaction) == before
    assert len(before[1]) > 1_000


def test_names_and_words_about_people_leave_the_outcome_byte_for_byte(
    world: World, next_transaction: Next
) -> None:
    before = outcome_bytes(world, next_transaction)
    Person.objects.update(given_name="X", family_name="Y", locale="en-us", job_title="Z", specialty="Q")
    assert outcome_bytes(world, next_transaction) == before


def test_the_matcher_reads_the_runs_of_its_organisation_alone(world: World, next_transaction: Next) -> None:
    run = matched(world, next_transaction, Tier.SENIOR)
    profiles = read_profiles(run.pk)
    assert {one.side for one in profiles} == {Side.MENTEE, Side.MENTOR}
    assert len(profiles) == MatchProfile.objects.filter(run=run).count() == 6
    with closing(psycopg2.connect(os.environ["MATCHER_DATABASE_URL"])) as matcher, matcher.cursor() as cursor:
        cursor.execute("SELECT set_config('clinicleader.organization', '0', true)")
        cursor.execute("SELECT count(*) FROM mentoring_matchprofile")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT set_config('clinicleader.organization', '', true)")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="no organisation in scope"):
            cursor.execute("SELECT count(*) FROM mentoring_matchprofile")


def test_profiles_that_are_not_committed_are_never_taken_for_nobody(
    world: World, next_transaction: Next
) -> None:
    run = make_run(world.cohort, [Tier.SENIOR])
    freeze_run(run, on=TODAY)
    with pytest.raises(UnseenProfilesError):
        match_run(run)


def test_inputs_survive_a_file(world: World, next_transaction: Next) -> None:
    run = matched(world, next_transaction)
    again = Inputs.from_plain(json.loads(json.dumps(inputs_of(run).as_plain())))
    assert hash_of(again) == run.input_hash
    assert unkept_locks(again) == []
