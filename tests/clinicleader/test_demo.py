"""The demo organisations: what is made, and that every persona can look at it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from django.db.models import F
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from clinicleader.demo import making
from clinicleader.demo.making import SHAPES, dice
from clinicleader.demo.staff import hire
from insights.enums import GroupedBy, Measure, Scale
from insights.models import Pilot, RolePulse
from insights.queries.exchange import newest_letters, own_figures
from insights.queries.pilots import outcomes_of, readings, units_of
from mentoring.enums import RunOrigin, RunState
from mentoring.models import (
    AlumniHour,
    Contract,
    Deliverable,
    Exposure,
    ExposureReview,
    MatchRun,
    MentorProfile,
    Mentorship,
    Proposal,
    Satisfaction,
    Session,
    SessionNote,
)
from mentoring.queries.alumni import library
from partnerships.models import AuditAnalysis, Meeting, PartnershipCheck
from partnerships.queries.findings import themes_told
from partnerships.queries.partnerships import load_of, partnerships, registered_partnerships
from passport.badge_queries import awards_in_force
from passport.models import Award, PassportHolder, Stamp
from people.models import Appointment, Notification, Person, ReportingLine, Unit
from people.queries import member_for
from readiness.models import CoachingTask, Snapshot, WeightSet
from sponsors.models import (
    Action,
    Conference,
    Diagnosis,
    DiagnosisQuestion,
    Gate,
    GateProof,
    Onboarding,
    RegimenVersion,
    SponsorProfile,
    Sponsorship,
    TeamSeat,
)
from sponsors.plan.diff import changes_between
from sponsors.queries.onboarding import appointments_to_propose
from sponsors.queries.regimens import plan_behind
from surveys.debrief_queries import debrief_share
from surveys.instrument_queries import composition_of
from surveys.models import (
    ConfidencePulse,
    Instrument,
    PublishedGap,
    PublishedIndex,
    PublishedPool,
    PublishedWave,
    RollEntry,
    Wave,
)
from tenancy.audit import check_seals
from tenancy.models import JobStep, Membership, Organization, User
from tenancy.scope import tenant_transaction
from tests.conftest import delete_organization

TODAY = dt.date(2026, 11, 22)
SLUGS = [shape.slug for shape in SHAPES]
PERSONAS = [(shape.slug, part.key) for shape in SHAPES for part in shape.parts]
PAGES_OF_A_PERSONA = 25


class PowerCutError(Exception):
    pass


def cut_power(**_: Any) -> None:
    raise PowerCutError


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    owner_url: str,
) -> Iterator[list[Organization]]:
    """Both organisations, committed and removed at the end. Making them is interrupted between the close of
    their annual surveys and the publication, and taken up again."""
    folder = tmp_path_factory.mktemp("var")
    with django_db_blocker.unblock(), override_settings(VAR_DIR=folder):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(making, "publish_annual", cut_power)
            with pytest.raises(PowerCutError):
                making.make_demo_organizations(tell=lambda line: None, today=TODAY)
        assert making.half_made()
        organizations = making.finish_demo_organizations(today=TODAY)
        assert not making.half_made()
        yield organizations
        connections.close_all()
        for organization in organizations:
            delete_organization(owner_url, organization.pk)
        User.objects.filter(email__in=[persona["email"] for persona in listed_personas()]).delete()


@pytest.fixture(autouse=True)
def alone(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test writes is gone before the next one."""
    if "demo" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("demo")
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_each_organization_is_made_on_its_own_day() -> None:
    west, east = (replace(SHAPES[0], time_zone=zone) for zone in ("Etc/GMT+12", "Etc/GMT-14"))
    assert making.today_at(east) > making.today_at(west)


def test_the_same_seed_and_day_give_the_same_people() -> None:
    first, second = (hire(SHAPES[0], TODAY, dice(SHAPES[0], "staff")) for _ in range(2))

    def content(staff: Any) -> list[tuple[object, ...]]:
        return [
            (p.external_id, p.given, p.family, p.title, p.unit.name, p.start, p.end) for p in staff.people
        ]

    assert content(first) == content(second)
    assert [(line.start, line.end) for line in first.lines] == [
        (line.start, line.end) for line in second.lines
    ]


@pytest.mark.parametrize("shape", SHAPES, ids=SLUGS)
def test_nobody_manages_themselves_or_two_managers_at_a_time(shape: Any) -> None:
    staff = hire(shape, TODAY, dice(shape, "staff"))
    lines: dict[Any, list[Any]] = {}
    for line in staff.lines:
        assert line.person is not line.manager
        assert line.end is None or line.start < line.end
        lines.setdefault(line.person, []).append(line)
    for own in lines.values():
        own.sort(key=lambda line: line.start)
        for before, after in pairwise(own):
            assert before.end is not None
            assert before.end <= after.start
    assert sum(len(own) > 1 for own in lines.values()) > 20


@pytest.mark.parametrize("slug", SLUGS)
def test_an_organisation_has_people_with_a_past(demo: list[Organization], slug: str) -> None:
    organization = Organization.objects.get(slug=slug)
    with tenant_transaction(organization.pk):
        assert Person.objects.count() > 400
        assert Person.objects.filter(end_date__isnull=False).count() > 10
        assert ReportingLine.objects.filter(end_date__isnull=False).count() > 40
        assert Appointment.objects.filter(end_date__lte=TODAY).exists()
        assert Appointment.objects.filter(term_number=2).exists()
        assert Unit.objects.filter(depth=0).count() == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_two_files_are_published_with_units_too_small_to_show(demo: list[Organization], slug: str) -> None:
    organization = Organization.objects.get(slug=slug)
    with tenant_transaction(organization.pk):
        waves = list(PublishedWave.objects.filter(wave__imported=True).order_by("wave__closes_on"))
        assert len(waves) == 2
        for wave in waves:
            assert wave.icc1 is not None
            assert 0.03 < wave.icc1 < 0.3
            assert wave.withheld > 0
        assert PublishedIndex.objects.filter(state="published").count() > 50


@pytest.mark.parametrize("slug", SLUGS)
def test_two_surveys_ran_here_from_the_roll_to_the_results(demo: list[Organization], slug: str) -> None:
    with tenant_transaction(Organization.objects.get(slug=slug).pk):
        ran = PublishedWave.objects.filter(wave__imported=False).order_by("wave__closes_on")
        last, this = ran.exclude(wave__instrument__key="cultural_audit")
        assert ran.count() == 4  # and both audits of a programme
        assert [wave.wave.title for wave in (last, this)] == [
            "Culture and teamwork 2025",
            "Culture and teamwork 2026",
        ]
        for wave in (last, this):
            asked = RollEntry.objects.filter(wave=wave.wave_id).count()
            assert 0.7 * asked < wave.responses + wave.left_out < 0.85 * asked
            assert 0 < wave.published_on.toordinal() - wave.wave.closes_on.toordinal() < 30
            gaps = PublishedGap.objects.filter(wave=wave.wave_id)
            assert gaps.get(unit__depth=0).gap > 0.2
        assert PublishedPool.objects.filter(wave=this.wave_id, waves=2).exists()


@pytest.mark.parametrize("slug", SLUGS)
def test_quarters_are_scored_flagged_and_coached(demo: list[Organization], slug: str) -> None:
    organization = Organization.objects.get(slug=slug)
    with tenant_transaction(organization.pk):
        assert Snapshot.objects.values("quarter").distinct().count() >= 8
        states = set(Snapshot.objects.values_list("state", flat=True))
        assert states == {"on_track", "flagged", "insufficient_evidence"}
        assert set(CoachingTask.objects.values_list("state", flat=True)) == {"open", "assigned", "closed"}
        assert ConfidencePulse.objects.count() > 250


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_is_older_than_what_it_rests_on(demo: list[Organization], slug: str) -> None:
    organization = Organization.objects.get(slug=slug)
    with tenant_transaction(organization.pk):
        issued = dict(PassportHolder.objects.values_list("person", "issued_on"))
        earned = Stamp.objects.filter(prior_learning=False).values_list("person", "earned_on")
        assert all(day >= issued[person] for person, day in earned)
        assert WeightSet.objects.get(version=1).changed_at == organization.created_at


@pytest.mark.parametrize("slug", SLUGS)
def test_the_ledger_is_done_but_for_one_parked_step_and_the_trail_is_sealed(
    demo: list[Organization], slug: str
) -> None:
    organization = Organization.objects.get(slug=slug)
    with tenant_transaction(organization.pk):
        assert JobStep.objects.filter(state=JobStep.State.WAITING).count() == 0
        assert JobStep.objects.filter(state=JobStep.State.PARKED).count() == 1
        assert [seal.intact for seal in check_seals()] == [True]


def test_people_were_told_of_what_happened(demo: list[Organization]) -> None:
    with tenant_transaction(Organization.objects.get(slug="st-brigid").pk):
        for part in (
            "verified",
            "asks for more",
            "submitted evidence",
            "to coach",
            "is published",
            "stopped",
        ):
            assert Notification.objects.filter(title__contains=part).exists(), part
        assert 0 < Notification.objects.filter(read_at=None).count() < Notification.objects.count() / 2


def test_one_person_belongs_to_both(demo: list[Organization]) -> None:
    user = User.objects.get(email="helena.voss@st-brigid.example")
    assert set(Membership.objects.filter(user=user).values_list("organization__slug", flat=True)) == set(
        SLUGS
    )


def listed_personas() -> list[dict[str, str]]:
    listed: list[dict[str, str]] = json.loads((Path(settings.VAR_DIR) / "demo_personas.json").read_text())
    return listed


def test_personas_are_listed_and_have_no_password(demo: list[Organization]) -> None:
    listed = listed_personas()
    assert len(listed) == sum(len(shape.parts) for shape in SHAPES) - 1
    users = User.objects.filter(email__in=[persona["email"] for persona in listed])
    assert len(users) == len(listed)
    assert not any(user.has_usable_password() for user in users)


@pytest.mark.parametrize(("slug", "part"), PERSONAS)
def test_every_persona_reaches_whatever_they_are_offered(
    demo: list[Organization], slug: str, part: str
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(user_of(slug, part))
    seen: dict[str, int] = {}
    waiting = [reverse("today", args=[slug])]
    while waiting and len(seen) < PAGES_OF_A_PERSONA:
        address = waiting.pop(0)
        if address in seen:
            continue
        response = client.get(address)
        seen[address] = response.status_code
        if response.headers.get("Content-Type", "").startswith("text/html") and response.status_code == 200:
            page = response.content.decode()
            assert "{{" not in page, address
            waiting += links_in(page, slug)
    assert len(seen) > 1
    assert {address: status for address, status in seen.items() if status >= 400} == {}


def links_in(page: str, slug: str) -> list[str]:
    """Links of a page into the organisation, without their queries: filters have tests of their own."""
    return [
        link for link in re.findall(r'<a[^>]* href="(/o/[^"?#]*)', page) if link.startswith(f"/o/{slug}/")
    ]


def user_of(slug: str, part: str) -> User:
    shape = next(shape for shape in SHAPES if shape.slug == slug)
    played = next(one for one in shape.parts if one.key == part)
    organization = Organization.objects.get(slug=slug)
    with tenant_transaction(organization.pk):
        person = Person.objects.get(given_name=played.given, family_name=played.family)
    return Membership.objects.get(organization=organization, person_id=person.pk).user


def test_a_run_if_empty_finishes_what_was_interrupted(
    demo: list[Organization], capsys: pytest.CaptureFixture[str]
) -> None:
    people = {persona["email"] for persona in listed_personas()}
    User.objects.filter(email__in=people).delete()
    call_command("demo", "--if-empty")
    assert "Finished" in capsys.readouterr().out
    assert (
        set(User.objects.filter(memberships__organization__in=demo).values_list("email", flat=True)) == people
    )


def test_a_second_run_if_empty_does_nothing(
    demo: list[Organization], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("demo", "--if-empty")
    assert "nothing was made" in capsys.readouterr().out
    assert Organization.objects.count() == len(SLUGS)


@override_settings(PRODUCTION=True)
def test_production_refuses_without_a_yes() -> None:
    with pytest.raises(CommandError, match="production"):
        call_command("demo")


def test_most_debriefs_of_last_year_were_held(demo: list[Organization]) -> None:
    for organization in demo:
        with tenant_transaction(organization.pk):
            shares = {
                wave.closes_on.year: debrief_share(wave, on=TODAY)
                for wave in Wave.objects.filter(state="published", imported=True)
            }
        assert shares[2025] > 0.7
        assert 0.1 < shares[2026] < 0.6


@pytest.mark.parametrize("slug", SLUGS)
def test_a_questionnaire_is_being_written(demo: list[Organization], slug: str) -> None:
    with tenant_transaction(Organization.objects.get(slug=slug).pk):
        draft = Instrument.objects.get(built_in=False)
        assert (draft.state, composition_of(draft).obstacle) == ("draft", "")


def mentorships_of(slug: str, part: str, side: str) -> set[tuple[str, str]]:
    person = Membership.objects.get(organization__slug=slug, user=user_of(slug, part)).person_id
    return set(Mentorship.objects.filter(**{side: person}).values_list("tier", "state"))


@pytest.mark.parametrize("slug", SLUGS)
def test_two_quarters_of_mentoring_have_gone_by(demo: list[Organization], slug: str) -> None:
    with tenant_transaction(Organization.objects.get(slug=slug).pk):
        running = Mentorship.objects.filter(state="active")
        assert running.count() > 30
        assert min(one.started_on for one in running if one.started_on) < dt.date(2026, 5, 1)
        for logged in (Exposure, Satisfaction):
            assert logged.objects.count() > 0
        assert set(Satisfaction.objects.values_list("quarter", flat=True)) == {"2026Q2", "2026Q3"}
        assert Exposure.objects.filter(day__gt=TODAY).count() == 0
        assert MentorProfile.objects.filter(free_slots__gt=2).count() > 10
        assert ExposureReview.objects.filter(quarter="2026Q3", closed_on=None).exists()
        assert [hour.title for hour in library(words="committ budg")] == ["Ask who wrote the line"]
        assert AlumniHour.objects.filter(starts_at__date__gt=TODAY).count() == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_the_quarters_matchings_wait_for_the_director(demo: list[Organization], slug: str) -> None:
    with tenant_transaction(Organization.objects.get(slug=slug).pk):
        runs = list(MatchRun.objects.all())
        assert {(run.origin, run.published_at) for run in runs} == {(RunOrigin.QUARTERLY, None)}
        done = [run for run in runs if run.state == RunState.DONE]
        assert len(done) >= 4
        assert {proof["gap"] for run in done for proof in run.proof.values()} == {0}
        assert Proposal.objects.filter(run__in=done).exists()


@pytest.mark.parametrize("slug", SLUGS)
def test_pairs_have_contracts_and_meet(demo: list[Organization], slug: str) -> None:
    with tenant_transaction(Organization.objects.get(slug=slug).pk):
        running = Mentorship.objects.filter(state="active").count()
        signed = Contract.objects.filter(mentor_signed_at__isnull=False).count()
        assert 0.5 * running < signed <= running
        assert set(Deliverable.objects.values_list("state", flat=True)) == {"open", "reported", "completed"}
        assert Session.objects.filter(starts_at__date__lt=TODAY).count() > running
        assert SessionNote.objects.exists()


@pytest.mark.parametrize("slug", SLUGS)
def test_nobody_is_mentored_in_their_own_line(demo: list[Organization], slug: str) -> None:
    with tenant_transaction(Organization.objects.get(slug=slug).pk):
        lines = ReportingLine.objects.filter(end_date=None).values_list("person_id", "manager_id")
        pairs = set(Mentorship.objects.values_list("mentee_id", "mentor_id"))
        assert pairs
        assert not pairs & set(lines)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_resident_has_somebody_to_confirm_and_the_chair_somebody_to_accept(
    demo: list[Organization], slug: str
) -> None:
    with tenant_transaction(Organization.objects.get(slug=slug).pk):
        assert mentorships_of(slug, "resident", "mentee") == {("peer", "active"), ("senior", "accepted")}
        assert ("chair", "offered") in mentorships_of(slug, "chair", "mentor")


@pytest.mark.parametrize("slug", SLUGS)
def test_most_leaders_have_a_sponsor_and_some_have_changed(demo: list[Organization], slug: str) -> None:
    with tenant_transaction(Organization.objects.get(slug=slug).pk):
        running = Sponsorship.objects.filter(state="active")
        assert running.count() > 20
        assert min(one.started_on for one in running if one.started_on) < TODAY - dt.timedelta(days=365)
        followed = running.filter(follows__isnull=False).select_related("follows")
        assert {one.follows.over_on == one.started_on for one in followed if one.follows} == {True}
        assert SponsorProfile.objects.filter(interests__isnull=True).count() == 0
        assert TeamSeat.objects.exists()
        lines = set(ReportingLine.objects.filter(end_date=None).values_list("person_id", "manager_id"))
        assert lines.isdisjoint(running.values_list("leader_id", "sponsor_id"))


@pytest.mark.parametrize("slug", SLUGS)
def test_diagnoses_come_before_plans_and_some_questions_wait(demo: list[Organization], slug: str) -> None:
    with tenant_transaction(Organization.objects.get(slug=slug).pk):
        assert Conference.objects.filter(concluded_at__isnull=False).count() > 10
        told = Diagnosis.objects.select_related("conference")
        assert {each.author_id == each.conference.leader_id for each in told} == {False}
        assert DiagnosisQuestion.objects.filter(answered_at__isnull=False).count() > 5
        assert not Conference.objects.filter(attendees__person=F("leader")).exists()


def test_a_leader_waits_for_the_chairs_answer_and_the_resident_has_still_to_choose(
    demo: list[Organization],
) -> None:
    chair, resident = (
        Membership.objects.get(organization=demo[0], user=user_of(demo[0].slug, part)).person_id
        for part in ("chair", "resident")
    )
    with tenant_transaction(demo[0].pk):
        assert Sponsorship.objects.filter(sponsor=chair, state="asked").count() == 1
        assert not Sponsorship.objects.filter(leader=resident).exists()


@pytest.mark.parametrize("slug", SLUGS)
def test_leaders_with_a_sponsor_have_a_plan_that_goes_on(demo: list[Organization], slug: str) -> None:
    with tenant_transaction(Organization.objects.get(slug=slug).pk):
        assert RegimenVersion.objects.filter(number=2).count() > 5
        assert set(Action.objects.values_list("state", flat=True)) == {"open", "started", "done"}
        for version in RegimenVersion.objects.filter(number=2).select_related("leader"):
            before = RegimenVersion.objects.get(leader=version.leader, number=1)
            assert changes_between(plan_behind(before), plan_behind(version))
        assert not Action.objects.filter(state="done", over_on__gt=TODAY).exists()


@pytest.mark.parametrize("slug", SLUGS)
def test_what_was_written_in_audits_is_coded_by_two_and_told(demo: list[Organization], slug: str) -> None:
    with tenant_transaction(Organization.objects.get(slug=slug).pk):
        first = AuditAnalysis.objects.select_related("audit__programme").get(audit__which="start")
        themes = themes_told(first.audit.programme)
        assert themes.start is not None
        kappa = themes.start.agreement.kappa
        assert kappa is not None
        assert 0.6 < kappa < 0.95
        assert themes.start.comments >= 30
        assert len(themes.start.themes) >= 3
        second = AuditAnalysis.objects.get(audit__which="end")
        told = slug == SHAPES[0].slug
        assert second.state == ("released" if told else "coding")
        clear = [shift.name for shift in themes.shifts if shift.change and shift.change.is_clear]
        assert bool(clear) == told


@pytest.mark.parametrize("slug", SLUGS)
def test_new_leaders_are_on_their_way_to_a_permanent_appointment(demo: list[Organization], slug: str) -> None:
    with tenant_transaction(Organization.objects.get(slug=slug).pk):
        decided = set(Gate.objects.exclude(decision="").values_list("decision", flat=True))
        assert {"go_on", "extend"} < decided
        assert decided & {"permanent", "leave"}  # some have come to the end
        assert Onboarding.objects.filter(state="running").count() > 10
        near = Gate.objects.filter(decision="", due_on__lte=TODAY + dt.timedelta(days=90))
        assert near.count() > 1
        assert GateProof.objects.filter(state="shown").exists()
        hr = Person.objects.filter(role_grants__role="hr_admin").first()
        assert hr is not None
        member = member_for(hr.pk, on=TODAY)
        assert member is not None
        assert appointments_to_propose(member, on=TODAY).exists()


@pytest.mark.parametrize("slug", SLUGS)
def test_some_carry_badges_and_one_was_revoked(demo: list[Organization], slug: str) -> None:
    organization = Organization.objects.get(slug=slug)
    fellow = Membership.objects.get(organization=organization, user=user_of(slug, "fellow")).person_id
    with tenant_transaction(organization.pk):
        assert awards_in_force(fellow).count() > 2
        assert Award.objects.filter(revoked_at__isnull=False).count() == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_units_are_led_together_and_partners_meet(demo: list[Organization], slug: str) -> None:
    with tenant_transaction(Organization.objects.get(slug=slug).pk):
        found = partnerships(on=TODAY)
        assert found.count() > 4
        assert {str(one.kind) for one in found} == {"Dyad", "Triad"}
        assert not [one for one in found if one.missing]
        assert registered_partnerships(on=TODAY, state="changed").count() == 1
        assert (
            max(
                each.share for each in load_of(Person.objects.values_list("pk", flat=True), on=TODAY).values()
            )
            <= 100
        )
        assert Meeting.objects.count() > 100
        assert PartnershipCheck.objects.filter(state="revealed").count() > found.count()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_partner_told_figures_that_stand_beside_the_own(demo: list[Organization], slug: str) -> None:
    (organization,) = (each for each in demo if each.slug == slug)
    with tenant_transaction(organization.pk):
        ((_letter, theirs),) = newest_letters()
        assert {each.key for each in theirs} == {each.key for each in own_figures()}
        assert {each.measure for each in theirs} == {*Measure}


@pytest.mark.parametrize("slug", SLUGS)
def test_leaders_said_in_two_role_pulses_how_it_is_and_a_third_asks(
    demo: list[Organization], slug: str
) -> None:
    (organization,) = (each for each in demo if each.slug == slug)
    with tenant_transaction(organization.pk):
        first, second, third = RolePulse.objects.order_by("opened_on")
        for pulse in (first, second):
            assert pulse.is_closed
            structures = pulse.figures.filter(grouped_by=GroupedBy.STRUCTURE, scale=Scale.STRUCTURE)
            assert structures.count() >= 2
            assert pulse.figures.filter(grouped_by=GroupedBy.ALL).count() == len(Scale)
        assert third.roll.count() == third.asked > 50


@pytest.mark.parametrize("slug", SLUGS)
def test_a_pilot_has_run_for_a_year_against_as_many_others(demo: list[Organization], slug: str) -> None:
    (organization,) = (each for each in demo if each.slug == slug)
    with tenant_transaction(organization.pk):
        pilot = Pilot.objects.get()
        found = readings(pilot, outcomes_of(pilot), units_of(pilot))
        assert sum(each.hidden for each in found) == 1
        for each in found:
            assert each.difference is not None
            assert (each.difference.pilot.n, each.difference.comparison.n) == (5, 5)
            assert each.difference.contrast.low is not None
            assert each.trend is not None
