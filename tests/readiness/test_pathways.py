"""Where somebody could go: the graph, the arithmetic of the advice, its page, and what it never reads."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from passport.models import PodAttempt, PodMark
from passport.presets import MILESTONES
from people.models import Person
from readiness.pathways.advice import Evidence, PodStep, Step, Term, advise, years_in
from readiness.pathways.evidence import evidence_of
from readiness.pathways.graph import Defect, Fault, Kind, Requirement, Role, Track, faults_of
from readiness.pathways.presets import ROLES
from readiness.pathways.words import ROLE_NAMES
from tenancy.scope import tenant_scope
from tests.factories.passport import (
    DECIDED,
    find_milestone,
    make_attempt,
    make_claim,
    make_holder,
    make_pod,
    make_presets,
    make_publication,
    make_stamp,
    make_transfer_outcome,
)
from tests.factories.people import make_appointment, make_position
from tests.world import World

SignIn = Callable[[Person], Client]
RESIDENCY = ("Shadow a chair meeting", "Strategic-thinking pod", "Read a service budget")
DAY = dt.date(2024, 1, 1)
ASKED = (Requirement(Kind.POINTS, ("team_leadership",), 10),)


def step(title: str, **fields: Any) -> Step:
    values = {"stage": "resident", "dimension": "team_leadership", "points": 10, "required": True, **fields}
    return Step(uuid.uuid5(uuid.NAMESPACE_URL, title), title, **{"stamped": False, **values})


def evidence(*steps: Step, terms: tuple[Term, ...] = (), stamps: int = 3) -> Evidence:
    points: dict[str, int] = {}
    for each in steps:
        points[each.dimension] = points.get(each.dimension, 0) + each.points * each.stamped
    return Evidence(steps, terms, stamps, points)


def term(years: int, start: dt.date = DAY, office: str = "division_chair", *, current: bool = False) -> Term:
    return Term(office, True, start, start.replace(year=start.year + years), current)


def role(key: str, *requirements: Requirement, **fields: Any) -> Role:
    return Role(key, Track.ACADEMIC, requirements or ASKED, **fields)


def test_the_presets_are_a_sound_graph_with_a_name_for_each_role() -> None:
    assert faults_of(ROLES) == []
    assert {each.key for each in ROLES} == set(ROLE_NAMES)


def test_the_preset_milestones_can_give_what_the_preset_roles_ask_for() -> None:
    for each in ROLES:
        for asked in each.requirements:
            if asked.kind == Kind.POINTS:
                given = sum(one.points for one in MILESTONES if one.dimension in asked.of)
                assert given >= asked.amount, (each.key, asked)


@pytest.mark.parametrize(
    ("roles", "faults"),
    [
        (
            [role("a", up=("b",)), role("b", up=("a",))],
            [Fault(Defect.CIRCLE, "a"), Fault(Defect.CIRCLE, "b")],
        ),
        ([role("a", up=("a",))], [Fault(Defect.CIRCLE, "a")]),
        ([role("a", sideways=("b",)), role("b", sideways=("a",))], []),
        ([role("a", up=("b",))], [Fault(Defect.MISSING, "b")]),
        ([role("a"), role("a")], [Fault(Defect.TWICE, "a")]),
        ([Role("a", Track.ACADEMIC, ())], [Fault(Defect.NOTHING_ASKED, "a")]),
        ([role("a", sideways=("a",))], [Fault(Defect.ITSELF, "a")]),
        (
            [role("a", up=("b",)), role("b", up=("c",)), role("c")],
            [],
        ),
        (
            [role("a", up=("b",), sideways=("c",)), role("b", up=("c",)), role("c")],
            [Fault(Defect.TWO_WAYS, "a")],
        ),
        ([role("a", Requirement(Kind.STAGE, ("student",)))], [Fault(Defect.UNKNOWN, "a")]),
        ([role("a", Requirement(Kind.STAGE))], [Fault(Defect.UNKNOWN, "a")]),
        ([role("a", Requirement(Kind.POINTS, ("charisma",), 10))], [Fault(Defect.UNKNOWN, "a")]),
        ([role("a", Requirement(Kind.PODS, ("budget",), 1))], [Fault(Defect.UNKNOWN, "a")]),
        ([role("a", Requirement(Kind.OFFICE, ("pope",), 1))], [Fault(Defect.UNKNOWN, "a")]),
        ([role("a", office="pope")], [Fault(Defect.UNKNOWN, "a")]),
        ([role("a", Requirement(Kind.POINTS, ("team_leadership",), 0))], [Fault(Defect.AMOUNT, "a")]),
        ([role("a", Requirement(Kind.POINTS, ("team_leadership",), 1001))], [Fault(Defect.AMOUNT, "a")]),
        ([role("a", Requirement(Kind.LEADING, (), 31))], [Fault(Defect.AMOUNT, "a")]),
    ],
)
def test_faults_of_a_graph_are_named(roles: list[Role], faults: list[Fault]) -> None:
    assert faults_of(roles) == faults


def test_without_enough_evidence_there_is_no_advice() -> None:
    few = evidence(step("one", stamped=True), stamps=2)
    assert advise([role("a")], few) == replace(advise([role("a")], few), enough=False, matches=(), actions=())
    assert advise([role("a")], replace(few, stamps=3)).enough
    assert advise([role("a")], replace(few, stamps=0, terms=(term(1),))).enough


def test_the_nearest_role_lacks_the_fewest_requirements_then_the_least_of_them() -> None:
    far = role("far", Requirement(Kind.POINTS, ("team_leadership",), 40), Requirement(Kind.LEADING, (), 2))
    near = role("near", Requirement(Kind.POINTS, ("team_leadership",), 30))
    nearer = role("nearer", Requirement(Kind.POINTS, ("team_leadership",), 20))
    steps = [step("done", stamped=True), *(step(f"open {number}") for number in range(3))]
    matches = advise([far, near, nearer], evidence(*steps)).matches
    assert [match.role.key for match in matches] == ["nearer", "near", "far"]
    assert [(match.met, match.total) for match in matches] == [(0, 1), (0, 1), (0, 2)]
    assert [match.left for match in matches] == pytest.approx([1 / 2, 2 / 3, 3 / 4 + 1])


def test_actions_are_three_open_milestones_with_the_requirement_that_asks_for_them() -> None:
    stage = Requirement(Kind.STAGE, ("resident",))
    roles = [role("a", stage), role("b", stage, *ASKED, Requirement(Kind.LEADING, (), 2))]
    steps = [
        step("stamped", dimension="financial_acumen", stamped=True),
        step("claimed", waiting=True),
        step("open"),
        step("not required", required=False),
    ]
    actions = advise(roles, evidence(*steps)).actions
    named = [(each.role.key, each.step and each.step.title, each.check.requirement.kind) for each in actions]
    assert named == [
        ("a", "open", Kind.STAGE),
        ("b", "not required", Kind.POINTS),
        ("b", None, Kind.LEADING),
    ]


def test_pods_publications_and_committees_are_counted_and_asked_for() -> None:
    asked = [
        Requirement(Kind.PODS, (), 2),
        Requirement(Kind.PUBLICATIONS, (), 3),
        Requirement(Kind.COMMITTEES, (), 1),
    ]
    pods = (
        PodStep(uuid.uuid4(), "Done", done=True),
        PodStep(uuid.uuid4(), "Waits to be marked", done=False, waiting=True),
        PodStep(uuid.uuid4(), "Open", done=False),
        PodStep(uuid.uuid4(), "Retired", done=False, open=False),
    )
    advice = advise([role("a", *asked)], replace(evidence(), pods=pods, publications=1))
    assert [(check.have, check.need) for check in advice.matches[0].checks] == [(1, 2), (1, 3), (0, 1)]
    assert [(each.step, each.check.requirement.kind) for each in advice.actions] == [
        (pods[2], Kind.PODS),
        (None, Kind.PUBLICATIONS),
        (None, Kind.COMMITTEES),
    ]
    two_open = replace(evidence(), pods=(pods[2], PodStep(uuid.uuid4(), "Open, too", done=False)))
    fewer = advise([role("a", Requirement(Kind.PODS, (), 1))], two_open)
    assert [each.step for each in fewer.actions] == [pods[2]]  # no more pods than are missing
    met = replace(evidence(), pods=pods[:1] * 2, publications=3, committees=1)
    assert advise([role("a", *asked)], met).matches[0].gaps == ()


def test_where_there_are_no_pods_none_are_asked_for() -> None:
    wanting = role("a", Requirement(Kind.PODS, (), 2), Requirement(Kind.LEADING, (), 1))
    (match,) = advise([wanting], evidence()).matches
    assert [check.requirement.kind for check in match.checks] == [Kind.LEADING]


def test_what_the_map_cannot_give_is_not_asked_for() -> None:
    wanting = role(
        "a",
        Requirement(Kind.POINTS, ("team_leadership",), 50),
        Requirement(Kind.POINTS, ("financial_acumen",), 50),
        Requirement(Kind.STAGE, ("fellow",)),
    )
    (match,) = advise([wanting], evidence(step("one", stamped=True), step("two"))).matches
    assert [(check.have, check.need) for check in match.checks] == [(10, 20)]


def test_a_role_held_now_and_those_below_it_are_reached() -> None:
    roles = [
        role("first", up=("second",)),
        role("second", up=("third",), office="division_chair"),
        role("third"),
    ]
    assert advise(roles, evidence(terms=(term(1, current=True),))).reached == {"first", "second"}
    former = advise(roles, evidence(terms=(term(1),)))
    assert former.reached == frozenset()
    assert [match.role.key for match in former.matches] == []  # nothing on this map gives points


def test_years_in_two_positions_at_once_count_once() -> None:
    assert years_in([]) == 0
    assert years_in([term(4), term(2)]) == pytest.approx(4)
    assert years_in([term(4), term(4, DAY.replace(year=2026))]) == pytest.approx(6, abs=0.01)
    assert years_in([term(1), term(1, DAY.replace(year=2030))]) == pytest.approx(2, abs=0.01)


def mark(attempt: PodAttempt, by: Person, levels: list[int]) -> None:
    with tenant_scope(attempt.organization_id):
        PodAttempt.objects.filter(pk=attempt.pk).update(marked_by=by, marked_at=DECIDED)
        for criterion, level in enumerate(levels):
            PodMark.objects.create(attempt=attempt, criterion=f"c{criterion}", level=level, words="Seen.")


def stamped(world: World) -> None:
    make_presets(world.organization)
    make_holder(world.ada)
    for title in RESIDENCY:
        make_stamp(world.ada, find_milestone(world.organization, title), world.mara)


def page(client: Client, world: World, person: Person) -> str:
    answer = client.get(reverse("readiness:pathway", args=[world.slug, person.pk]))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_evidence_is_stamps_and_positions_until_today(mercy: World) -> None:
    stamped(mercy)
    claimed = find_milestone(mercy.organization, "Agree goals with a mentor")
    make_claim(mercy.ada, claimed)
    today = timezone.localdate()
    lead = make_position(mercy.unit, type="division_chair", leads_unit=True)
    later = today + dt.timedelta(days=100)
    make_appointment(lead, mercy.ada, start_date=today - dt.timedelta(days=100), end_date=later)
    make_appointment(lead, mercy.ada, start_date=later)
    with tenant_scope(mercy.organization.pk):
        found = evidence_of(mercy.ada.pk, on=today)
    assert found.stamps == 3
    assert {each.title for each in found.steps if each.stamped} == set(RESIDENCY)
    assert {each.title for each in found.steps if each.waiting} == {claimed.title}
    assert found.terms == (Term("division_chair", True, today - dt.timedelta(days=100), today, current=True),)


def test_the_evidence_reads_no_demographics_and_no_survey(mercy: World) -> None:
    """Every table that its statements name is one of these."""
    stamped(mercy)
    make_appointment(make_position(mercy.unit), mercy.ada)
    with tenant_scope(mercy.organization.pk), CaptureQueriesContext(connection) as captured:
        assert evidence_of(mercy.ada.pk, on=timezone.localdate()).enough
    text = " ".join(query["sql"] for query in captured)
    tables = set(connection.introspection.table_names())
    named = {table for table in tables if re.search(rf"\b{table}\b(?!\()", text)}  # no function
    assert "people_demographics" in tables
    assert named == {
        "passport_stage",
        "passport_milestone",
        "passport_stamp",
        "people_person",  # the names of verifiers
        "people_appointment",
        "people_position",
        "passport_pod",
        "passport_podattempt",
        "passport_podmark",
        "passport_publication",
        "passport_transferoutcome",
    }
    assert "confidence" not in text  # how sure somebody was before and after a pod
    people = set(re.findall(r"verifier\.(\w+)", text))
    assert people == {"id", "given_name", "family_name", "organization_id"}


def test_neither_does_the_whole_answer(mercy: World, sign_in: SignIn) -> None:
    stamped(mercy)
    client = sign_in(mercy.ada)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(reverse("readiness_api:pathway", args=[mercy.slug, mercy.ada.pk]))
    assert answer.json()["enough_evidence"] is True
    text = " ".join(query["sql"] for query in captured)
    assert "passport_stamp" in text
    assert re.findall(r"\b(?:people_demographics|surveys_\w+)\b", text) == []


@pytest.mark.parametrize(
    ("levels", "done", "waiting"), [([3, 2], True, False), ([3, 1], False, False), ([], False, True)]
)
def test_of_a_pod_the_latest_marked_attempt_counts(
    mercy: World, levels: list[int], done: bool, waiting: bool
) -> None:
    pod = make_pod(mercy.organization, expected_level=2)
    make_pod(mercy.organization, key="other", title="Never begun")
    earlier = make_attempt(mercy.ada, pod, finished_at=DECIDED)
    mark(earlier, mercy.mara, [4, 4])
    make_attempt(mercy.mara, pod, finished_at=DECIDED)
    latest = make_attempt(mercy.ada, pod, finished_at=DECIDED + dt.timedelta(days=1))
    if levels:
        mark(latest, mercy.mara, levels)
    with tenant_scope(mercy.organization.pk):
        found = {each.title: each for each in evidence_of(mercy.ada.pk, on=timezone.localdate()).pods}
    assert (found[pod.title].done, found[pod.title].waiting, found[pod.title].open) == (done, waiting, True)
    assert (found["Never begun"].done, found["Never begun"].waiting) == (False, False)


def test_publications_count_with_their_doi_and_committees_when_confirmed(mercy: World) -> None:
    make_publication(mercy.ada, title="With", doi="10.1000/182")
    make_publication(mercy.ada, title="Without")
    make_publication(mercy.mara, title="Another person's", doi="10.1000/183")
    pod = make_pod(mercy.organization)
    make_transfer_outcome(mercy.ada, pod)
    confirmed = {"confirmed_by": mercy.mara, "confirmed_at": DECIDED}
    make_transfer_outcome(mercy.ada, pod, committee="Quality board", **confirmed)
    with tenant_scope(mercy.organization.pk):
        found = evidence_of(mercy.ada.pk, on=timezone.localdate())
    assert (found.publications, found.committees) == (1, 1)


def test_the_passport_leads_to_the_page_and_the_page_to_the_milestones(mercy: World, sign_in: SignIn) -> None:
    stamped(mercy)
    ada = sign_in(mercy.ada)
    address = reverse("readiness:pathway", args=[mercy.slug, mercy.ada.pk])
    assert address in ada.get(reverse("passport:mine", args=[mercy.slug])).content.decode()
    shown = page(ada, mercy, mercy.ada)
    assert "Chief resident" in shown
    assert "Because Chief resident asks for: All required milestones of the stage “Resident”." in shown
    project = find_milestone(mercy.organization, "Lead a quality-improvement project")
    assert reverse("passport:milestone", args=[mercy.slug, mercy.ada.pk, project.pk]) in shown
    assert "Not enough evidence yet" not in shown


def test_the_page_refuses_without_evidence_in_plain_words(mercy: World, sign_in: SignIn) -> None:
    make_presets(mercy.organization)
    shown = page(sign_in(mercy.ada), mercy, mercy.ada)
    assert "Not enough evidence yet" in shown
    assert "Chief resident" not in shown


def test_the_holder_sees_who_looked(mercy: World, sign_in: SignIn) -> None:
    stamped(mercy)
    assert "sees that you looked" in page(sign_in(mercy.mara), mercy, mercy.ada)
    reads = sign_in(mercy.ada).get(reverse("passport:reads", args=[mercy.slug])).content.decode()
    assert mercy.mara.name in reads


def test_the_api_tells_what_the_page_tells(mercy: World, sign_in: SignIn) -> None:
    stamped(mercy)
    answer = sign_in(mercy.ada).get(reverse("readiness_api:pathway", args=[mercy.slug, mercy.ada.pk]))
    told = answer.json()
    assert told["enough_evidence"] is True
    assert told["reached"] == []
    assert {each["key"] for each in told["roles"]} == set(ROLE_NAMES)
    assert len(told["actions"]) == 3
    assert all(each["rule"] and each["url"] for each in told["actions"])
