"""What the matcher is told of the people of a run."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.enums import MentorshipState, PairRuleKind, Side, Tier
from mentoring.models import MatchProfile, MatchRun, Tag
from mentoring.services.freezing import freeze_profiles
from people.enums import CareerStage, PositionType
from people.models import Person
from tests.factories.exposure import make_satisfaction
from tests.factories.mentoring import (
    make_capacity,
    make_interest,
    make_mentorship,
    make_profile,
    make_tag,
)
from tests.factories.people import (
    make_appointment,
    make_cohort_membership,
    make_line,
    make_person,
    make_position,
)
from tests.factories.runs import make_pair_rule, make_run
from tests.world import World

TODAY = dt.date(2026, 11, 22)
pytestmark = pytest.mark.usefixtures("in_mercy")


def make_mentor(
    mercy: World, name: str, *tiers: Tier, tags: list[Tag] | None = None, **fields: Any
) -> Person:
    """An attending with three places in the tiers."""
    traits = {"career_stage": CareerStage.ATTENDING, "family_name": "Mentor", **fields}
    places, offering = traits.pop("places", 3), traits.pop("offering", True)
    person = make_person(mercy.organization, name, mercy.unit, **traits)
    profile = make_profile(person, tags or [], free_slots=5, offering=offering)
    for tier in tiers or (Tier.SENIOR,):
        make_capacity(profile, tier, places=places)
    return person


def frozen(run: MatchRun) -> dict[tuple[str, str, Any], MatchProfile]:
    """(side, tier, person id) -> what the matcher is told, as it is today."""
    freeze_profiles(run, on=TODAY)
    return {(one.side, one.tier, one.person_id): one for one in MatchProfile.objects.filter(run=run)}


def mentors_of(run: MatchRun) -> set[tuple[str, Any]]:
    return {(tier, person) for side, tier, person in frozen(run) if side == Side.MENTOR}


def key_of(run: MatchRun, person: Person) -> Any:
    return MatchProfile.objects.filter(run=run, person=person).values_list("key", flat=True)[0]


def test_a_mentee_and_a_mentor_are_told_as_keys_levels_and_numbers(mercy: World) -> None:
    tags = sorted([make_tag(mercy.organization, weight=3), make_tag(mercy.organization)], key=lambda t: t.pk)
    make_tag(mercy.organization, retired_on=TODAY)
    for tag in tags:
        make_interest(mercy.ada, tag)
    mentor = make_mentor(mercy, "Sam", Tier.SENIOR, tags=[tags[1]])
    told = frozen(make_run(mercy.cohort, [Tier.SENIOR]))
    mentee, offered = told["mentee", "senior", mercy.ada.pk], told["mentor", "senior", mentor.pk]
    assert len(told) == 2
    assert (mentee.level, mentee.tags, mentee.tag_weights) == (2, [0, 1], [tag.weight for tag in tags])
    assert (mentee.places, mentee.excluded, mentee.locked, mentee.running) == (0, [], [], [])
    assert (offered.level, offered.tags, offered.places, offered.free_slots) == (30, [1], 3, 5)
    assert mentee.key != mercy.ada.pk


def test_keys_stay_the_same_from_run_to_run(mercy: World) -> None:
    runs = [make_run(mercy.cohort, [Tier.PEER]) for _ in range(2)]
    for run in runs:
        freeze_profiles(run, on=TODAY)
    assert key_of(runs[0], mercy.ada) == key_of(runs[1], mercy.ada)


def test_peers_are_sought_for_whoever_is_in_training(mercy: World) -> None:
    nurse = make_person(mercy.organization, "Nia", mercy.unit)
    attending = make_person(mercy.organization, "Eve", mercy.unit, career_stage=CareerStage.EARLY_ATTENDING)
    for person in (nurse, attending):
        make_cohort_membership(mercy.cohort, person)
    told = frozen(make_run(mercy.cohort, [Tier.PEER, Tier.CHAIR]))
    sought = {(tier, person) for side, tier, person in told if side == Side.MENTEE}
    assert sought == {
        (Tier.PEER, mercy.ada.pk),
        *((Tier.CHAIR, person.pk) for person in (mercy.ada, nurse, attending)),
    }


def test_each_tier_has_the_mentors_who_may_be_one_in_it(mercy: World) -> None:
    everywhere = list(Tier)
    resident = make_mentor(
        mercy, "Rob", *everywhere, career_stage=CareerStage.RESIDENT, training_grade="PGY-4"
    )
    attending = make_mentor(mercy, "Ann", *everywhere)
    early = make_mentor(mercy, "Eve", *everywhere, career_stage=CareerStage.EARLY_ATTENDING)
    chair = make_mentor(mercy, "Cho", *everywhere)
    make_appointment(make_position(mercy.unit, "Chair", type=PositionType.DEPARTMENT_CHAIR), chair)
    former = make_mentor(mercy, "Fay", *everywhere)
    make_appointment(make_position(mercy.unit, "Dean", type=PositionType.DEAN), former, end_date=TODAY)
    assert mentors_of(make_run(mercy.cohort, everywhere)) == {
        ("peer", resident.pk),
        ("senior", attending.pk),
        ("senior", early.pk),
        ("senior", chair.pk),
        ("senior", former.pk),
        ("chair", chair.pk),
    }


@pytest.mark.parametrize(
    ("end_date", "takes_part"),
    [(dt.date(2026, 11, 21), False), (dt.date(2027, 1, 16), False), (dt.date(2027, 1, 17), True)],
)
def test_leavers_are_not_proposed_on_either_side(mercy: World, end_date: dt.date, takes_part: bool) -> None:
    mentor = make_mentor(mercy, "Lea", end_date=end_date)
    leaver = make_person(mercy.organization, "Leo", mercy.unit, end_date=end_date)
    make_cohort_membership(mercy.cohort, leaver)
    told = frozen(make_run(mercy.cohort, [Tier.SENIOR]))
    assert (("mentor", "senior", mentor.pk) in told) is takes_part
    assert (("mentee", "senior", leaver.pk) in told) is takes_part


def test_who_left_the_cohort_is_no_mentee_of_it(mercy: World) -> None:
    former = make_person(mercy.organization, "Flo", mercy.unit)
    make_cohort_membership(mercy.cohort, former, end_date=TODAY)
    told = frozen(make_run(mercy.cohort, [Tier.PEER]))
    assert [person for side, _tier, person in told if side == "mentee"] == [mercy.ada.pk]


def test_kept_apart_are_leaders_reports_decliners_and_whom_the_director_says(mercy: World) -> None:
    names = ["Boss", "Dec", "Exc", "Rep", "Oth", "Free"]
    people = {name: make_mentor(mercy, name, Tier.SENIOR, Tier.CHAIR) for name in names}
    upper = make_mentor(mercy, "Upper")
    mentee = make_person(mercy.organization, "Mia", mercy.unit)
    make_cohort_membership(mercy.cohort, mentee)
    make_line(mentee, people["Boss"])
    make_line(people["Boss"], upper)
    make_line(people["Rep"], mentee)
    make_mentorship(people["Dec"], mentee, tier=Tier.SENIOR, state=MentorshipState.DECLINED)
    make_mentorship(people["Oth"], mentee, tier=Tier.CHAIR)
    make_pair_rule(mercy.cohort, mentee, people["Exc"], PairRuleKind.EXCLUDE, by=mercy.paula)
    run = make_run(mercy.cohort, [Tier.SENIOR])
    told = frozen(run)["mentee", "senior", mentee.pk]
    why = dict(zip(told.excluded, told.excluded_why, strict=True))
    expected = {
        "Boss": "line_manager",
        "Dec": "declined",
        "Exc": "excluded",
        "Rep": "reports_to",
        "Oth": "other_tier",
    }
    assert why == {key_of(run, people[name]): reason for name, reason in expected.items()} | {
        key_of(run, upper): "evaluator"
    }


def test_somebody_who_mentors_and_seeks_a_mentor_is_kept_apart_from_themselves(mercy: World) -> None:
    both = make_mentor(mercy, "Bo")
    make_cohort_membership(mercy.cohort, both)
    told = frozen(make_run(mercy.cohort, [Tier.SENIOR]))["mentee", "senior", both.pk]
    assert (told.excluded, told.excluded_why) == ([told.key], ["oneself"])


def test_a_place_that_a_mentee_outside_the_run_holds_is_not_free(mercy: World) -> None:
    mentor = make_mentor(mercy, "Sam", places=3)
    make_mentorship(mentor, mercy.colin, tier=Tier.SENIOR)
    make_mentorship(mentor, mercy.ada, tier=Tier.SENIOR)
    run = make_run(mercy.cohort, [Tier.SENIOR])
    told = frozen(run)
    assert told["mentor", "senior", mentor.pk].places == 2
    assert told["mentee", "senior", mercy.ada.pk].running == [key_of(run, mentor)]
    assert told["mentee", "senior", mercy.ada.pk].locked == []


def test_of_a_running_pair_and_one_asked_in_its_place_the_latter_is_to_be_kept(mercy: World) -> None:
    before, after = make_mentor(mercy, "Sam"), make_mentor(mercy, "Una")
    running = make_mentorship(before, mercy.ada, tier=Tier.SENIOR)
    asked = {"tier": Tier.SENIOR, "state": MentorshipState.OFFERED, "replaces": running}
    make_mentorship(after, mercy.ada, **asked)
    run = make_run(mercy.cohort)
    assert frozen(run)["mentee", "senior", mercy.ada.pk].running == [key_of(run, after)]


def test_places_can_be_tried_out(mercy: World) -> None:
    mentor = make_mentor(mercy, "Sam", places=3)
    make_mentorship(mentor, mercy.colin, tier=Tier.SENIOR)
    tried = make_run(mercy.cohort, [Tier.SENIOR], places={str(mentor.pk): {"senior": 5}})
    none = make_run(mercy.cohort, [Tier.SENIOR], places={str(mentor.pk): {"senior": 0}})
    assert frozen(tried)["mentor", "senior", mentor.pk].places == 4
    assert frozen(none)["mentor", "senior", mentor.pk].places == 0


def test_who_takes_nobody_new_keeps_the_pairs_that_go_on(mercy: World) -> None:
    mentor = make_mentor(mercy, "Sam", offering=False)
    other = make_mentor(mercy, "Una", offering=False)
    make_mentorship(mentor, mercy.ada, tier=Tier.SENIOR)
    run = make_run(mercy.cohort, [Tier.SENIOR])
    told = frozen(run)
    assert ("mentor", "senior", other.pk) not in told
    assert told["mentor", "senior", mentor.pk].places == 1
    assert told["mentee", "senior", mercy.ada.pk].locked == [key_of(run, mentor)]


def test_a_lock_holds_in_its_tier_alone(mercy: World) -> None:
    mentor = make_mentor(mercy, "Sam", Tier.SENIOR, Tier.CHAIR)
    make_pair_rule(mercy.cohort, mercy.ada, mentor, PairRuleKind.LOCK, tier=Tier.SENIOR, by=mercy.paula)
    run = make_run(mercy.cohort, [Tier.SENIOR, Tier.CHAIR])
    told = frozen(run)
    assert told["mentee", "senior", mercy.ada.pk].locked == [key_of(run, mentor)]
    assert told["mentee", "chair", mercy.ada.pk].locked == []


def test_freezing_again_replaces_and_costs_the_same_for_many(mercy: World) -> None:
    run = make_run(mercy.cohort, [Tier.SENIOR])
    make_mentor(mercy, "Sam")
    freeze_profiles(run, on=TODAY)
    with CaptureQueriesContext(connection) as few:
        freeze_profiles(run, on=TODAY)
    assert MatchProfile.objects.count() == 2
    for number in range(5):
        make_cohort_membership(mercy.cohort, make_person(mercy.organization, f"P{number}", mercy.unit))
        make_mentor(mercy, f"M{number}")
    with CaptureQueriesContext(connection) as many:
        assert freeze_profiles(run, on=TODAY) == {Side.MENTEE: 6, Side.MENTOR: 6}
    assert len(many) == len(few)


def test_ratings_count_in_batches_of_five_mentees_and_never_say_that_all_agreed(mercy: World) -> None:
    """Else the exports of two runs, subtracted, would tell one mentee's rating."""
    mentor = make_mentor(mercy, "Sam", places=20)

    def rate(quarter: str, *ratings: int) -> tuple[int, int]:
        for rating in ratings:
            mentee = make_person(mercy.organization, "Mia", mercy.unit)
            make_satisfaction(make_mentorship(mentor, mentee), quarter, overall=rating)
        told = frozen(make_run(mercy.cohort, [Tier.SENIOR]))["mentor", "senior", mentor.pk]
        return told.rating_sum, told.rating_count

    assert rate("2025Q3", 4, 4, 3, 3) == (0, 0)
    assert rate("2025Q4", 2) == (16, 5)
    assert rate("2026Q1", 1) == (16, 5)
    assert rate("2026Q2", 1, 1, 1, 1) == (16 + 8, 10)  # told as if one had given 4: "all gave 1" is not told
    assert rate("2026Q3", 5, 5, 5, 5, 5) == (16 + 8 + 22, 15)
