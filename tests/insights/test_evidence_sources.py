"""Each source counts what was made by hand, in its year and not in the one before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from insights.enums import EvidenceSource
from insights.evidence_figures import Figure
from insights.evidence_sources import SOURCES, evidence_of
from insights.models import LeadershipQuarter
from insights.self_study_years import StudyYear, study_year
from mentoring.enums import Tier
from partnerships.enums import Part
from people.enums import CareerStage, Profession
from people.models import Person
from sponsors.enums import GateDecision
from sponsors.models import Gate
from succession.models import ExposureMonth, RollMember, Selection
from succession.queries.selections import coverage_of
from tenancy.jobs.periods import end_of
from tenancy.scope import Scope
from tests.factories.mentoring import make_mentorship, make_session
from tests.factories.onboarding import make_onboarding, make_words
from tests.factories.partnerships import make_meeting, make_partner, make_partnership
from tests.factories.passport import make_milestone, make_stage, make_stamp
from tests.factories.people import make_person
from tests.factories.readiness import make_snapshot
from tests.factories.selections import make_slate
from tests.factories.sponsors import make_held_review, make_sponsorship, make_version
from tests.factories.surveys import make_published_wave
from tests.world import World

YEAR, BEFORE = study_year(2025, 7), study_year(2024, 7)
ON = dt.date(2026, 3, 1)
DAY = dt.timedelta(days=1)
FEW = "not told: fewer than 5 people"


def told(source: EvidenceSource, year: StudyYear = YEAR, on: dt.date = ON) -> dict[str, Figure]:
    (figures,) = evidence_of([source], year, on=on).values()
    return {each.label: each for each in figures}


def words(source: EvidenceSource, year: StudyYear = YEAR, on: dt.date = ON) -> dict[str, str]:
    return {label: figure.value for label, figure in told(source, year, on).items()}


def noon(day: dt.date) -> dt.datetime:
    return end_of(day) - dt.timedelta(hours=12)


@pytest.fixture
def doctors(mercy: World, in_mercy: Scope) -> Sequence[Person]:
    """Twelve residents and six attendings; nobody else is a physician."""
    Person.objects.update(profession=Profession.OTHER)
    return [
        make_person(
            mercy.organization,
            f"Doctor{number}",
            mercy.unit,
            profession=Profession.PHYSICIAN,
            career_stage=CareerStage.RESIDENT if number < 12 else CareerStage.ATTENDING,
            start_date=dt.date(2020, 1, 1),
        )
        for number in range(18)
    ]


def test_every_source_has_its_function() -> None:
    assert list(SOURCES) == list(EvidenceSource)


def test_only_what_is_asked_for_is_counted(mercy: World, in_mercy: Scope) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert list(evidence_of(["pools"], YEAR, on=ON)) == [EvidenceSource.POOLS]
    assert len(asked) == 1


def test_physicians_with_a_mentor_and_their_sessions(mercy: World, doctors: Sequence[Person]) -> None:
    for doctor in doctors[:6]:
        pair = make_mentorship(mercy.mara, doctor)
        make_mentorship(mercy.eli, doctor, tier=Tier.SENIOR)
        make_session(pair, noon(dt.date(2026, 2, 2)), minutes=90)
        make_session(pair, noon(dt.date(2026, 2, 9)), cancelled_at=timezone.now())
        make_session(pair, noon(ON + DAY))
    make_mentorship(mercy.mara, doctors[6], over_on=ON, state="ended")
    make_mentorship(mercy.mara, doctors[12])
    found = told(EvidenceSource.MENTORED)
    assert [(each.label, each.value, each.note) for each in found.values()] == [
        ("Residents and fellows with a mentor", "6 of 12, 50 %", ""),
        ("Other physicians with a mentor", "fewer than 5 of 6", ""),
        ("Mentoring sessions", "6", "9 hours"),
    ]
    assert found["Residents and fellows with a mentor"].interval == "25 to 75 %"
    assert words(EvidenceSource.MENTORED, BEFORE)["Residents and fellows with a mentor"] == "0 of 12, 0 %"


def test_mentoring_is_what_mentoring_counts(mercy: World, in_mercy: Scope) -> None:
    make_mentorship(mercy.mara, mercy.ada)
    found = told(EvidenceSource.MENTORING)
    assert found["People in a programme"].value == FEW
    assert found["Quarterly logs made, of those asked for"].value == "none to count"
    assert told(EvidenceSource.MENTORING, BEFORE)["Mentors"].note == "calendar year 2025"
    assert told(EvidenceSource.MENTORING, study_year(2025, 1))["Mentors"].note == ""


def test_milestones_by_stage(mercy: World, doctors: Sequence[Person]) -> None:
    resident, fellow = make_stage(mercy.organization), make_stage(mercy.organization, "fellow", position=2)
    first, second = make_milestone(resident), make_milestone(resident, "Lead a round")
    for doctor in doctors[:5]:
        for milestone in (first, second):
            make_stamp(doctor, milestone, mercy.mara, earned_on=YEAR.first, submitted_on=YEAR.first)
    make_stamp(doctors[5], first, mercy.mara, earned_on=BEFORE.last, submitted_on=BEFORE.last)
    rare = make_milestone(fellow, "Chair a board")
    make_stamp(doctors[0], rare, mercy.mara, earned_on=YEAR.first, submitted_on=YEAR.first)
    assert [each.words for each in told(EvidenceSource.MILESTONES).values()] == ["10 · by 5 people", FEW]
    assert words(EvidenceSource.MILESTONES, BEFORE) == {resident.name: FEW}


def test_scores_of_the_quarters_that_end_in_the_year(mercy: World, doctors: Sequence[Person]) -> None:
    for place, doctor in enumerate(doctors):
        make_snapshot(doctor, None if place < 6 else 62.0, quarter="2025Q3")
        make_snapshot(doctor, 50.0, quarter="2025Q2")
    make_snapshot(doctors[0], 70.0, quarter="2025Q3", revision=2)
    assert words(EvidenceSource.READINESS) == {"With enough attested evidence, Q3 2025": "13 of 18, 72 %"}
    assert words(EvidenceSource.READINESS, BEFORE) == {
        "With enough attested evidence, Q2 2025": "18 of 18, 100 %"
    }
    assert words(EvidenceSource.READINESS, on=dt.date(2025, 9, 29)) == {}


def test_surveys_say_no_more_than_their_own_page(mercy: World, in_mercy: Scope) -> None:
    """Of an imported one nobody knows how many were asked."""
    at = noon(dt.date(2025, 11, 3))
    make_published_wave(mercy, 20, title="Autumn", imported=True, published_at=at)
    found = told(EvidenceSource.SURVEYS)
    assert found["Leader surveys published"].count == 1
    assert found["Autumn"].words == "20 answers · from a file: nobody was asked here"
    assert told(EvidenceSource.SURVEYS, BEFORE)["Leader surveys published"].count == 0


def test_sponsorships_that_ran_on_the_day(mercy: World, doctors: Sequence[Person]) -> None:
    begun = {"asked_on": BEFORE.first, "started_on": YEAR.first}
    for doctor in doctors[:7]:
        make_sponsorship(mercy.eli, doctor, **begun)
    make_sponsorship(
        mercy.eli,
        doctors[7],
        asked_on=BEFORE.first,
        started_on=BEFORE.first,
        state="ended",
        over_on=YEAR.first,
    )
    Person.objects.filter(pk=doctors[0].pk).update(end_date=ON - DAY)
    assert words(EvidenceSource.SPONSORSHIPS) == {
        "Leaders with a primary sponsor": "6",
        "Sponsors": FEW,
        "Sponsorships begun in the year": "7",
        "Sponsorships ended in the year": FEW,
    }


def test_regimens_that_were_reviewed(mercy: World, doctors: Sequence[Person]) -> None:
    for place, doctor in enumerate(doctors[:8]):
        make_version(doctor, by=mercy.eli, published_at=noon(YEAR.first))
        begun = {"begun_on": BEFORE.first, "due_on": YEAR.first, "next_on": YEAR.last}
        closed = YEAR.first if place < 5 else ON + DAY
        make_held_review(doctor, sponsor=mercy.eli, manager=mercy.mara, closed_on=closed, **begun)
    assert words(EvidenceSource.REGIMENS) == {
        "Leaders with a regimen": "8",
        "Leaders whose regimen was reviewed": "5",
        "Reviews closed": "5",
    }


def test_pools_as_they_were_kept(mercy: World, in_mercy: Scope) -> None:
    assert words(EvidenceSource.POOLS) == {"Positions with a pool": "not kept for this year"}
    for month, without in ((dt.date(2025, 12, 1), 9), (dt.date(2026, 2, 1), 4), (dt.date(2026, 4, 1), 0)):
        ExposureMonth.objects.create(
            month=month, positions=20, exposed=9, counts={"no_pool": without, "no_ready": 6}
        )
    found = told(EvidenceSource.POOLS)
    assert found["Positions with a pool"].words == "16 of 20, 80 % · in February 2026"
    assert found["Positions with somebody ready now"].value == "10 of 20, 50 %"


def test_partnerships_and_triads(mercy: World, in_mercy: Scope) -> None:
    dyad = make_partnership(mercy.unit, mercy.mara, mercy.olga)
    triad = make_partnership(mercy.root, mercy.eli, mercy.henry)
    make_partner(triad, mercy.stella, Part.NURSE)
    make_partnership(mercy.unit, mercy.colin, mercy.aude, end_date=ON)
    make_meeting(dyad, mercy.mara, held_on=dt.date(2026, 2, 2))
    make_meeting(dyad, mercy.mara, held_on=ON + DAY)
    assert words(EvidenceSource.PARTNERSHIPS) == {
        "Partnerships that lead a unit": "2",
        "of them triads, with a nurse leader": "1 of 2, 50 %",
        "Meetings held": "1",
    }


def test_who_led_at_the_end_of_the_newest_quarter(mercy: World, in_mercy: Scope) -> None:
    assert words(EvidenceSource.LEADERSHIP) == {"Who leads": "not kept for this year"}
    for quarter, leaders in (("2025Q2", 9), ("2025Q3", 10), ("2025Q4", 20), ("2026Q1", 30)):
        LeadershipQuarter.objects.create(
            quarter=quarter, profession=Profession.PHYSICIAN, staff=100, holders=5, leaders=leaders
        )
    (found,) = told(EvidenceSource.LEADERSHIP).values()
    assert (found.label, found.value, found.note) == (
        "Physician: who lead",
        "20 of 100, 20 %",
        "end of Q4 2025",
    )
    assert [each.value for each in told(EvidenceSource.LEADERSHIP, BEFORE).values()] == ["9 of 100, 9 %"]


def test_gates_apart_only_where_no_decision_is_about_a_few(mercy: World, doctors: Sequence[Person]) -> None:
    def decide(doctor: Person, decision: GateDecision, **more: object) -> None:
        gate = make_words(
            make_onboarding(doctor, by=mercy.henry, started_on=BEFORE.first),
            sponsor=mercy.eli,
            manager=mercy.mara,
        )
        Gate.objects.filter(pk=gate.pk).update(
            decision=decision,
            reason="It goes well.",
            sponsor=mercy.eli,
            manager=mercy.mara,
            decided_by=mercy.olga,
            decided_on=YEAR.first,
            **more,
        )

    for doctor in doctors[:5]:
        decide(doctor, GateDecision.GO_ON)
    assert words(EvidenceSource.GATES) == {"Gates decided": "5", "Go on to the next year": "5"}
    decide(doctors[5], GateDecision.EXTEND, until=YEAR.last, obstacles=["time"])
    assert words(EvidenceSource.GATES) == {"Gates decided": "6"}
    assert words(EvidenceSource.GATES, BEFORE) == {"Gates decided": "0"}


def test_selections_and_their_interviews(mercy: World, in_mercy: Scope) -> None:
    selection = make_slate(mercy).selection
    assert words(EvidenceSource.SELECTIONS)["Selections completed"] == "0"
    Selection.objects.filter(pk=selection.pk).update(
        state="decided", chosen=mercy.ada, reason="The best of the slate.", decided_on=YEAR.first
    )
    asked = coverage_of(selection).asked
    assert asked >= 5
    held = RollMember.objects.filter(selection=selection, person__in=[mercy.ada, mercy.colin])
    held.update(held_says_staff=True, held_says_interviewer=True)
    assert words(EvidenceSource.SELECTIONS) == {
        "Selections completed": "1",
        "Staff offered an interview": f"{asked} of {asked}, 100 %",
        "Staff interviewed": f"fewer than 5 of {asked}",
    }
    assert words(EvidenceSource.SELECTIONS, BEFORE)["Selections completed"] == "0"
