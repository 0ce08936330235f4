"""Stages, missing logs and who may be left behind, of the people that a dashboard chooses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.enums import CareerStage
from people.models import Person, RoleGrant
from readiness.cohorts import CohortFilter, scores_of
from readiness.models import Snapshot
from readiness.stages import StageCount, at_risk, funnel_of, missing_logs
from tenancy.jobs.periods import previous_quarter, quarter_start
from tests.factories.exposure import make_exposure
from tests.factories.mentoring import make_mentorship
from tests.factories.passport import make_stage
from tests.factories.readiness import QUARTER, make_snapshot
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
BEGUN = quarter_start(QUARTER) - dt.timedelta(days=60)

pytestmark = pytest.mark.usefixtures("in_mercy")


def chosen(world: World, **filters: Any) -> QuerySet[Snapshot]:
    question = CohortFilter(QUARTER, **filters)
    return scores_of(question, member_of(world.henry), persons=True, on=timezone.localdate())


def mentored(mentor: Person, mentee: Person) -> Any:
    return make_mentorship(mentor, mentee, started_on=BEGUN, accepted_on=BEGUN, offered_on=BEGUN)


class TestFunnel:
    def test_people_by_stage_and_who_has_all_that_is_due(self, mercy: World) -> None:
        resident = make_stage(mercy.organization)
        fellow = make_stage(mercy.organization, "fellow", position=2)
        Person.objects.filter(pk__in=[mercy.ada.pk, mercy.colin.pk, mercy.paula.pk]).update(
            career_stage=CareerStage.RESIDENT
        )
        make_snapshot(mercy.ada, stage=resident, earned=[10] * 5, due=[10] * 5)
        make_snapshot(mercy.colin, stage=resident, earned=[10, 10, 10, 10, 9], due=[10] * 5)
        make_snapshot(mercy.paula, stage=fellow, earned=[None] * 5, due=[0] * 5)
        make_snapshot(mercy.eli, stage=resident, earned=[10] * 5, due=[10] * 5)  # in no stage
        assert funnel_of(chosen(mercy)) == [
            StageCount("Resident", 2, 1),
            StageCount("Fellow", 1, 1),
            StageCount("", 1, 1),
        ]
        assert funnel_of(chosen(mercy, stage=fellow.pk)) == [StageCount("Fellow", 1, 1)]


class TestAtRisk:
    def test_below_the_line_without_evidence_or_ten_points_down(self, mercy: World) -> None:
        before = previous_quarter(QUARTER)
        for person, then, now in (
            (mercy.ada, 95.0, 85.0),  # ten down
            (mercy.colin, 94.9, 85.0),
            (mercy.paula, 60.0, 62.0),  # below the line
            (mercy.eli, 80.0, None),  # too little evidence
            (mercy.aude, None, 85.0),
        ):
            make_snapshot(person, then, quarter=before)
            make_snapshot(person, now)
        found = [each.person.given_name for each in at_risk(chosen(mercy), QUARTER)]
        assert found == ["Paula", "Ada", "Eli"]


class TestMissingLogs:
    def test_mentorships_of_the_chosen_without_a_log_of_the_quarter(self, mercy: World) -> None:
        for person in (mercy.ada, mercy.colin):
            make_snapshot(person)
        silent, logged = mentored(mercy.mara, mercy.ada), mentored(mercy.mara, mercy.colin)
        mentored(mercy.mara, mercy.paula)  # has no score, and is not among the chosen
        make_exposure(logged, quarter_start(QUARTER) + dt.timedelta(days=3))
        make_exposure(silent, quarter_start(QUARTER) - dt.timedelta(days=3))  # of the quarter before
        assert [each.pk for each in missing_logs(chosen(mercy), QUARTER)] == [silent.pk]


class TestPage:
    def test_the_director_sees_their_own_people_alone(self, mercy: World, sign_in: SignIn) -> None:
        RoleGrant.objects.filter(person=mercy.paula).update(cohort=mercy.cohort)
        make_snapshot(mercy.ada, 50.0, stage=make_stage(mercy.organization))
        make_snapshot(mercy.colin, 40.0)
        mentored(mercy.mara, mercy.ada)
        page = sign_in(mercy.paula).get(reverse("readiness:stages", args=["mercy"])).content.decode()
        assert "Ada" in page
        assert "below the line" in page
        assert f"{mercy.mara.name}, peer" in page
        assert mercy.colin.name not in page

    def test_the_filter_of_the_address_holds(self, mercy: World, sign_in: SignIn) -> None:
        Person.objects.filter(pk=mercy.colin.pk).update(profession="nurse")
        for person in (mercy.ada, mercy.colin):
            make_snapshot(person, 50.0)
        url = reverse("readiness:stages", args=["mercy"])
        page = sign_in(mercy.henry).get(f"{url}?profession=nurse").content.decode()
        assert mercy.colin.name in page
        assert mercy.ada.name not in page

    def test_nobody_yet(self, mercy: World, sign_in: SignIn) -> None:
        page = sign_in(mercy.henry).get(reverse("readiness:stages", args=["mercy"])).content.decode()
        assert "Nobody here" in page
