"""When the quarter turns every cohort is matched again; directors are told, or it publishes itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from mentoring.enums import MentorshipState, RunOrigin, RunState, Tier
from mentoring.models import MatchRun, MentorProfile, Mentorship, Proposal
from mentoring.services.refresh import finish_refresh, refresh_cohorts
from tenancy.jobs import request_run
from tenancy.models import JobRun
from tests.factories.mentoring import make_weights
from tests.factories.people import make_cohort, make_cohort_membership
from tests.factories.runs import make_finished_run
from tests.mentoring.test_blind_matching import make_people, work, world  # noqa: F401 - a fixture
from tests.notices import told
from tests.world import World

TODAY = dt.date(2027, 1, 1)


def turn_the_quarter(world: World, begin: Callable[[], None]) -> MatchRun:  # noqa: F811
    begin()
    request_run("mentoring.refresh", "2026Q3", by=None)
    begin()
    work(world)
    begin()
    return MatchRun.objects.get(origin=RunOrigin.QUARTERLY)


def test_the_refresh_proposes_and_tells_the_directors(
    world: World,  # noqa: F811
    next_transaction: Callable[[], None],
) -> None:
    run = turn_the_quarter(world, next_transaction)
    assert (run.state, run.requested_by_id, run.tiers) == (RunState.DONE, None, ["peer", "senior", "chair"])
    assert Proposal.objects.filter(run=run).count() == 11
    assert not Mentorship.objects.exists()
    assert told()[-1] == ({world.paula.pk}, "Quarterly mentoring proposals for Cohort 2024 wait for you.")


def test_where_the_rule_says_so_it_publishes_itself(
    world: World,  # noqa: F811
    next_transaction: Callable[[], None],
) -> None:
    make_weights(world.organization, publishes_itself=True)
    run = turn_the_quarter(world, next_transaction)
    assert (run.state, run.published_by_id) == (RunState.PUBLISHED, None)
    assert set(Mentorship.objects.values_list("state", flat=True)) == {MentorshipState.OFFERED}
    assert Mentorship.objects.count() == 11


@pytest.mark.usefixtures("in_mercy")
class TestWhoIsMatched:
    def test_each_cohort_with_somebody_in_it_once_a_quarter(self, mercy: World) -> None:
        make_people(mercy)
        make_cohort(mercy.programme, "Nobody yet")
        over = make_cohort(mercy.programme, "Over", end_date=TODAY)
        make_cohort_membership(over, mercy.ada)
        assert [refresh_cohorts(on=TODAY), refresh_cohorts(on=TODAY)] == [1, 0]
        run = MatchRun.objects.get()
        assert (run.cohort_id, run.cycle) == (mercy.cohort.pk, "2027Q1")
        assert JobRun.objects.get(period=str(run.pk)).job == "mentoring.freeze"
        assert refresh_cohorts(on=dt.date(2027, 4, 1)) == 1

    def test_without_mentors_nothing_is_matched(self, mercy: World) -> None:
        make_people(mercy)
        MentorProfile.objects.update(offering=False)
        assert refresh_cohorts(on=TODAY) == 0

    def test_a_refresh_without_pairs_publishes_nothing(self, mercy: World) -> None:
        run = make_finished_run(mercy.cohort, [Tier.SENIOR], origin=RunOrigin.QUARTERLY)
        finish_refresh(run, publishes_itself=True)
        run.refresh_from_db()
        assert run.state == RunState.DONE
