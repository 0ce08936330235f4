"""The statement that scores a quarter: the same numbers as the pure arithmetic, once each, never changed."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
from uuid import uuid4

import numpy as np
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from passport.enums import StampState
from passport.models import Milestone, Stage, Stamp
from people.models import CohortMembership, Person
from readiness.enums import CloseReason, CoachingState
from readiness.evidence import breakdown_of, rule_of, scores_from
from readiness.models import CoachingTask, Snapshot, WeightSet
from readiness.models.weights import SHARES
from readiness.rule_services import install_weights
from readiness.services import score_quarter
from surveys.enums import Dimension
from surveys.models import PublishedIndex
from tenancy.models import Organization
from tenancy.scope import Scope, tenant_scope
from tests.factories.passport import (
    DECIDED,
    find_milestone,
    make_marked,
    make_pod,
    make_presets,
    make_stamp,
    make_verified_capstone,
)
from tests.factories.people import make_cohort, make_cohort_membership, make_person, make_programme, make_unit
from tests.factories.readiness import LAST_DAY, QUARTER, make_index, make_pulse, make_snapshot
from tests.world import World


@pytest.fixture
def world(mercy: World, in_mercy: Scope) -> World:
    make_presets(mercy.organization)
    return mercy


def stamp(world: World, person: Person, *titles: str) -> None:
    for title in titles:
        make_stamp(person, find_milestone(world.organization, title), world.mara)


RESIDENT_STAMPS = (
    "Shadow a chair meeting",
    "Strategic-thinking pod",
    "Read a service budget",
    "Agree goals with a mentor",
)


def test_a_resident_is_scored_from_pulse_and_stamps(world: World) -> None:
    stamp(world, world.ada, *RESIDENT_STAMPS)
    make_pulse(world.ada, [50, 60, 70, 80, 90])
    score_quarter(QUARTER)
    snapshot = Snapshot.objects.get()
    # Every milestone due in four dimensions is earned; team leadership has self-report alone.
    assert snapshot.points == [85.0, 88.0, 70.0, 94.0, 97.0]
    assert (snapshot.known, snapshot.known_count) == (0b11011, 4)
    assert snapshot.total == 91.0
    assert snapshot.state == "on_track"


def test_no_stamp_is_missing_evidence_and_not_zero(world: World) -> None:
    make_pulse(world.ada)
    score_quarter(QUARTER)
    snapshot = Snapshot.objects.get()
    assert snapshot.points == [50.0] * 5
    assert (snapshot.known_count, snapshot.total, snapshot.state) == (0, None, "insufficient_evidence")
    assert not CoachingTask.objects.exists()


def test_nothing_known_at_all_is_no_points(world: World) -> None:
    score_quarter(QUARTER)
    assert Snapshot.objects.get().points == [None] * 5


def test_milestones_of_earlier_stages_are_due_as_well(world: World) -> None:
    Person.objects.filter(pk=world.ada.pk).update(career_stage="fellow")
    stamp(world, world.ada, "Read a service budget")
    score_quarter(QUARTER)
    snapshot = Snapshot.objects.get()
    assert snapshot.financial_acumen == pytest.approx(100 * 10 / 30, abs=1e-6)
    assert snapshot.due == [25, 30, 35, 30, 30]


def test_what_is_for_other_professions_is_not_due(world: World) -> None:
    Milestone.objects.filter(title="Read a service budget").update(professions=["nurse", "pharmacist"])
    Person.objects.filter(pk=world.ada.pk).update(profession="physician")
    score_quarter(QUARTER)
    Person.objects.filter(pk=world.ada.pk).update(profession="nurse")
    score_quarter(QUARTER)
    due = Snapshot.objects.order_by("revision").values_list("due", flat=True)
    assert list(due) == [[10, 0, 20, 10, 10], [10, 10, 20, 10, 10]]


def test_more_than_due_is_full_marks_only(world: World) -> None:
    stamp(world, world.ada, "Read a service budget", "Own a budget for a year")
    score_quarter(QUARTER)
    assert Snapshot.objects.get().financial_acumen == 100.0


def test_stamps_count_from_the_day_they_were_earned_and_while_they_hold(world: World) -> None:
    late = find_milestone(world.organization, "Shadow a chair meeting")
    day = LAST_DAY + dt.timedelta(days=1)
    make_stamp(world.ada, late, world.mara, earned_on=day, submitted_on=day)
    revoked = make_stamp(world.ada, find_milestone(world.organization, "Strategic-thinking pod"), world.mara)
    Stamp.objects.filter(pk=revoked.pk).update(
        state=StampState.REVOKED, revoked_by=world.paula, revoked_at=DECIDED, revoke_reason="Mistaken."
    )
    score_quarter(QUARTER)
    assert Snapshot.objects.get().known == 0


def test_the_newest_leader_index_counts_for_team_leadership(world: World) -> None:
    make_index(world.ada, 40.0, closes_on=dt.date(2025, 6, 30))
    newest = make_index(world.ada, 80.0)
    make_index(world.ada, 10.0, closes_on=LAST_DAY + dt.timedelta(days=1))
    score_quarter(QUARTER)
    snapshot = Snapshot.objects.get()
    assert (snapshot.team_leadership, snapshot.index_id) == (80.0, newest.pk)


def test_a_survey_of_some_people_is_no_evidence_of_the_whole_team(world: World) -> None:
    whole = make_index(world.ada, 80.0, closes_on=dt.date(2025, 6, 30))
    make_index(world.ada, 10.0, cohort=world.cohort)
    make_index(world.ada, 20.0, audience="leaders")
    score_quarter(QUARTER)
    assert Snapshot.objects.get().index_id == whole.pk


def test_an_index_of_three_years_ago_is_no_evidence(world: World) -> None:
    make_index(world.ada, 80.0, closes_on=dt.date(2023, 6, 30))
    score_quarter(QUARTER)
    assert Snapshot.objects.get().team_leadership is None


@pytest.mark.parametrize(
    ("membership", "scored"),
    [
        ({"end_date": LAST_DAY}, 0),  # the first day it no longer holds
        ({"end_date": LAST_DAY + dt.timedelta(days=1)}, 1),
        ({"start_date": LAST_DAY}, 1),
        ({"start_date": LAST_DAY + dt.timedelta(days=1)}, 0),
    ],
)
def test_members_on_the_last_day_are_scored(
    world: World, membership: dict[str, dt.date], scored: int
) -> None:
    CohortMembership.objects.update(**membership)
    assert score_quarter(QUARTER).snapshots == scored


def test_leavers_are_not_scored(world: World) -> None:
    Person.objects.filter(pk=world.ada.pk).update(end_date=LAST_DAY - dt.timedelta(days=1))
    assert score_quarter(QUARTER).snapshots == 0


def test_a_second_run_adds_nothing_and_a_change_adds_a_revision(world: World) -> None:
    stamp(world, world.ada, *RESIDENT_STAMPS)
    assert score_quarter(QUARTER).snapshots == 1
    assert score_quarter(QUARTER).snapshots == 0
    stamp(world, world.ada, "Lead a quality-improvement project")
    assert score_quarter(QUARTER).snapshots == 1
    assert list(Snapshot.objects.order_by("revision").values_list("revision", "known_count")) == [
        (1, 4),
        (2, 5),
    ]


def test_a_quarter_keeps_its_rule_and_a_person_the_stage(world: World) -> None:
    stamp(world, world.ada, *RESIDENT_STAMPS)
    score_quarter(QUARTER)
    WeightSet.objects.create(
        version=2,
        strategic_insight=60,
        financial_acumen=10,
        team_leadership=10,
        governance_experience=10,
        mentorship_engagement=10,
        reason="Strategy first",
    )
    Person.objects.filter(pk=world.ada.pk).update(career_stage="fellow")
    assert score_quarter(QUARTER).snapshots == 0
    score_quarter("2026Q4")
    later = Snapshot.objects.select_related("weights", "stage").get(quarter="2026Q4")
    assert later.weights.version == 2
    assert later.stage is not None
    assert later.stage.key == "fellow"


def test_people_in_no_stage_start_with_the_first(world: World) -> None:
    Person.objects.filter(pk=world.ada.pk).update(career_stage="none")
    stamp(world, world.ada, *RESIDENT_STAMPS)
    score_quarter(QUARTER)
    assert Snapshot.objects.get().stage_id == Stage.objects.get(key="resident").pk


def test_a_score_below_the_line_opens_one_task(world: World) -> None:
    Person.objects.filter(pk=world.ada.pk).update(career_stage="early_attending")
    stamp(world, world.ada, *RESIDENT_STAMPS)
    assert score_quarter(QUARTER).opened == 1
    assert score_quarter(QUARTER).opened == 0
    task = CoachingTask.objects.get()
    assert (task.person_id, task.state) == (world.ada.pk, CoachingState.OPEN)
    assert score_quarter("2026Q4").opened == 0  # the task of the third quarter is still open


def test_a_corrected_score_closes_its_task(world: World) -> None:
    Person.objects.filter(pk=world.ada.pk).update(career_stage="early_attending")
    stamp(world, world.ada, *RESIDENT_STAMPS)
    score_quarter(QUARTER)
    stamp(
        world,
        world.ada,
        "Leadership development plan",
        "Write a strategy note",
        "Own a budget for a year",
        "Budget a service line",
        "Serve on a chair-track committee",
        "Chair-level governance simulation",
        "Sponsor two emerging leaders",
        "Mentorship contract with deliverables",
    )
    assert score_quarter(QUARTER).closed == 1
    assert CoachingTask.objects.get().close_reason == CloseReason.SCORE_CORRECTED


def test_scoring_takes_a_constant_number_of_statements(world: World) -> None:
    def statements(quarter: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            score_quarter(quarter)
        return len(captured)

    score_quarter("2026Q1")
    one = statements("2026Q2")
    for name in ("Ben", "Cleo"):
        make_cohort_membership(world.cohort, make_person(world.organization, name, world.unit))
    assert statements("2026Q3") == one


@pytest.mark.parametrize(
    "change", ["UPDATE readiness_snapshot SET total = 99", "DELETE FROM readiness_snapshot"]
)
def test_snapshots_are_never_changed(world: World, change: str) -> None:
    make_snapshot(world.ada)
    with (
        pytest.raises(DatabaseError, match="never changed or removed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_the_owner_does_not_change_them_either(world: World, owner_connection: None) -> None:
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        tenant_scope(world.organization.pk),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE readiness_snapshot SET total = 99")


@pytest.mark.parametrize("link", ["weights", "stage", "index"])
def test_links_of_a_snapshot_stay_inside_the_organization(world: World, fenwick: World, link: str) -> None:
    make_presets(fenwick.organization)
    with tenant_scope(fenwick.organization.pk):
        theirs = {"weights": install_weights, "stage": Stage.objects.first, "index": uuid4}[link]()
    strange = getattr(theirs, "pk", theirs)
    make_snapshot(world.ada)
    with (
        pytest.raises(IntegrityError, match=f"{link}_id of readiness_snapshot is not in"),
        transaction.atomic(),
    ):
        make_snapshot(world.ada, quarter="2026Q1", weights=install_weights(), **{f"{link}_id": strange})


@pytest.mark.parametrize(
    "change", ["DELETE FROM passport_stage", "UPDATE passport_stage SET id = gen_random_uuid()"]
)
def test_stages_stay(world: World, change: str) -> None:
    with (
        pytest.raises(DatabaseError, match="never changed or removed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_another_organization_is_neither_scored_nor_seen(world: World, fenwick: World) -> None:
    make_presets(fenwick.organization)
    make_stamp(fenwick.ada, find_milestone(fenwick.organization, "Shadow a chair meeting"), fenwick.mara)
    score_quarter(QUARTER)
    with tenant_scope(fenwick.organization.pk):
        assert not Snapshot.objects.exists()


# Points are kept in millionths; PostgreSQL refuses products so small that they underflow, and none can occur.
numbers = st.floats(0, 100).map(lambda value: round(value, 6))
points = st.one_of(st.none(), st.sampled_from([0.0, 12.5, 50.0, 70.0, 100.0]), numbers)


@st.composite
def recipe(draw: st.DrawFn) -> list[int]:
    """Shares of a dimension: self-report at most 30 %, four sources of which any may be left out."""
    own = draw(st.integers(0, 30))
    cuts = sorted(draw(st.lists(st.integers(0, 100 - own), min_size=3, max_size=3)))
    return [own, *(high - low for low, high in itertools.pairwise([0, *cuts, 100 - own]))]


@st.composite
def evidence(draw: st.DrawFn) -> dict[str, object]:
    return {
        "stage": draw(st.sampled_from(["resident", "fellow", "early_attending", "attending", "none"])),
        "stamps": draw(st.sets(st.integers(0, 20), max_size=12)),
        "pulse": draw(st.one_of(st.none(), st.lists(numbers, min_size=5, max_size=5))),
        "index": draw(st.one_of(st.none(), numbers)),
        "marks": draw(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=3), max_size=2)),
        "capstones": draw(st.sets(st.integers(0, 1))),
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cases=st.lists(evidence(), min_size=1, max_size=5),
    cuts=st.lists(st.integers(1, 96), min_size=4, max_size=4, unique=True),
    recipes=st.lists(recipe(), min_size=5, max_size=5),
    rule=st.tuples(st.integers(0, 100), st.integers(1, 5)),
)
def test_the_statement_gives_the_numbers_of_the_pure_score(
    world: World,
    cases: list[dict[str, object]],
    cuts: list[int],
    recipes: list[list[int]],
    rule: tuple[int, int],
) -> None:
    edges = [0, *sorted(cuts), 100]
    weights = [high - low for low, high in itertools.pairwise(edges)]
    with transaction.atomic():
        save = transaction.savepoint()
        flag_below, minimum_known = rule
        WeightSet.objects.create(
            version=9,
            reason="Random",
            **dict(zip(SHARES, map(list, zip(*recipes, strict=True)), strict=True)),
            flag_below=flag_below,
            minimum_known=minimum_known,
            **dict(zip(Dimension.values, weights, strict=True)),
        )
        milestones = list(Milestone.objects.order_by("position"))
        pods = [
            make_pod(world.organization, f"pod-{place}", milestone=milestones[place]) for place in range(2)
        ]
        CohortMembership.objects.all().delete()
        for number, case in enumerate(cases):
            person = make_person(world.organization, f"Case {number}", world.unit, career_stage=case["stage"])
            make_cohort_membership(world.cohort, person)
            for place in case["stamps"]:  # type: ignore[attr-defined]
                make_stamp(person, milestones[place], world.mara)
            if case["pulse"] is not None:
                make_pulse(person, case["pulse"])  # type: ignore[arg-type]
            if case["index"] is not None:
                make_index(person, case["index"])  # type: ignore[arg-type]
            for pod, levels in zip(pods, case["marks"], strict=False):  # type: ignore[call-overload]
                make_marked(person, pod, levels, world.mara)
            for place in case["capstones"]:  # type: ignore[attr-defined]
                make_verified_capstone(person, pods[place], world.mara)
        score_quarter(QUARTER)
        snapshots = list(Snapshot.objects.select_related("weights"))
        scores = scores_from(snapshots, rule_of(snapshots[0].weights))
        assert len(snapshots) == len(cases)
        expected = np.array([each.points for each in snapshots], dtype=np.float64)
        np.testing.assert_array_equal(expected, scores.value)
        np.testing.assert_array_equal(
            np.array([each.total for each in snapshots], dtype=np.float64), scores.total
        )
        assert [each.state for each in snapshots] == list(scores.state)
        assert [[each.knows(place) for place in range(5)] for each in snapshots] == scores.known.tolist()
        transaction.savepoint_rollback(save)


def test_the_breakdown_of_a_snapshot_sums_to_its_total(world: World) -> None:
    stamp(world, world.ada, *RESIDENT_STAMPS)
    make_pulse(world.ada, [33.0, 66.0, 12.5, 99.0, 0.0])
    make_index(world.ada, 61.7)
    score_quarter(QUARTER)
    snapshot = Snapshot.objects.select_related("weights").get()
    breakdown = breakdown_of(snapshot)
    assert breakdown.total == snapshot.total
    assert sum(each.contribution for each in breakdown.dimensions) == pytest.approx(snapshot.total, abs=1e-5)


def test_two_workers_at_once_write_every_snapshot_once(committed_organization: Organization) -> None:
    """Committed, in two connections: both runs end well, and each person has one snapshot."""
    unit = make_unit(committed_organization)
    champion = make_person(committed_organization, "Eli", unit)
    cohort = make_cohort(make_programme(champion))
    for number in range(30):
        make_cohort_membership(cohort, make_person(committed_organization, f"P{number}", unit))
    gate, written = threading.Barrier(2), []

    def work() -> None:
        with tenant_scope(committed_organization.pk), transaction.atomic():
            gate.wait()
            written.append(score_quarter(QUARTER).snapshots)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(written) == [0, 30]
    with tenant_scope(committed_organization.pk), transaction.atomic():
        assert Snapshot.objects.count() == 30


def test_a_survey_result_counts_when_the_leaders_own_week_is_over(world: World) -> None:
    now, early = timezone.now(), dt.timedelta(days=6, hours=23)
    make_index(world.ada, 75.0, published_at=now - early)
    assert index_in_score(world) is None
    make_index(world.ada, 60.0, published_at=now - early - dt.timedelta(hours=2))
    assert index_in_score(world) == 60.0


def test_a_survey_that_is_not_about_leaders_does_not_count(world: World) -> None:
    make_index(world.ada, 75.0, about="workplace")
    assert index_in_score(world) is None


def index_in_score(world: World) -> float | None:
    """The leader index that counts in Ada's score after another scoring."""
    score_quarter(QUARTER)
    index_id = Snapshot.objects.filter(person=world.ada).latest("revision").index_id
    return PublishedIndex.objects.get(pk=index_id).percent if index_id else None
