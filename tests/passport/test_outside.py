"""Results of skill pods that a learning system hands in as xAPI statements."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from passport.enums import OutsideState, StampState
from passport.models import OutsideResult, Pod, PodActivity, PodAttempt, Stamp
from people.enums import TokenPurpose
from people.models import Person, RoleGrant
from tenancy.models import OutboxMessage
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.passport import make_milestone, make_pod, make_stage
from tests.rest import bearing, faults, make_token, path, problem
from tests.world import World

SignIn = Callable[[Person], Client]
ACTIVITY = "https://lms.example/courses/budget"
VERSION = "X-Experience-API-Version"


@pytest.fixture
def lms(mercy: World) -> Client:
    """A learning system with Henry's token for it."""
    return bearing(make_token(mercy, mercy.henry, purpose=TokenPurpose.LEARNING))


@pytest.fixture
def pod(mercy: World) -> Pod:
    milestone = make_milestone(make_stage(mercy.organization), title="Balanced a budget")
    return make_pod(mercy.organization, milestone=milestone)


@pytest.fixture
def named(mercy: World, pod: Pod) -> Pod:
    with tenant_transaction(mercy.organization.pk):
        PodActivity.objects.create(activity=ACTIVITY, pod_key=pod.key, set_by=mercy.henry)
    return pod


def statement(person: Person | None, verb: str = "passed", **more: Any) -> dict[str, Any]:
    number = person.external_id if person else "NOBODY-1"
    return {
        "id": str(uuid.uuid4()),
        "actor": {"account": {"homePage": "https://lms.example", "name": number}},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}", "display": {"en": verb}},
        "object": {"id": ACTIVITY},
        "timestamp": "2026-03-04T10:00:00Z",
        **more,
    }


def send(client: Client, world: World, body: Any, version: str = "1.0.3") -> Any:
    return client.post(
        path(world, "xapi", "statements"),
        json.dumps(body),
        content_type="application/json",
        headers={VERSION: version} if version else {},
    )


def kept(world: World) -> list[OutsideResult]:
    with tenant_transaction(world.organization.pk):
        return list(OutsideResult.objects.order_by("received_at"))


def claims(world: World) -> list[Stamp]:
    with tenant_transaction(world.organization.pk):
        return list(Stamp.objects.select_related("milestone"))


def test_what_was_passed_elsewhere_waits_for_a_verifier(mercy: World, lms: Client, named: Pod) -> None:
    sent = statement(mercy.ada, result={"score": {"scaled": 0.84}, "success": True, "duration": "PT2H"})
    answer = send(lms, mercy, sent)
    assert (answer.status_code, answer.json(), answer[VERSION]) == (200, [sent["id"]], "1.0.3")
    [claim] = claims(mercy)
    # Henry's token brought it, and Henry may verify: it is a claim all the same.
    assert (claim.state, claim.person_id, claim.verified_by_id) == (
        StampState.SUBMITTED,
        mercy.ada.pk,
        None,
    )
    assert (claim.milestone_id, claim.earned_on.isoformat()) == (named.milestone_id, "2026-03-04")
    assert claim.statement == (
        "A learning system recorded “Budget” as passed. Score: 84 %. "
        f"It was not marked here. Statement {sent['id']}."
    )
    [result] = kept(mercy)
    assert (result.state, result.stamp_id, json.loads(result.content)) == ("claimed", claim.pk, sent)
    with tenant_transaction(mercy.organization.pk):
        assert not PodAttempt.objects.exists()
        assert OutboxMessage.objects.filter(payload__to=[str(mercy.mara.pk)]).exists()


def test_sent_again_it_changes_nothing_and_something_else_is_refused(
    mercy: World, lms: Client, named: Pod
) -> None:
    sent = statement(mercy.ada)
    assert send(lms, mercy, sent).status_code == 200
    turned = dict(reversed(sent.items()))
    assert send(lms, mercy, turned).json() == [sent["id"]]
    fresh = statement(mercy.colin)
    conflict = problem(send(lms, mercy, [fresh, {**sent, "actor": fresh["actor"]}]), 409)
    assert conflict["detail"] == f"Another statement was kept under the id {sent['id']}."
    assert [str(each.statement_id) for each in kept(mercy)] == [sent["id"]]
    assert len(claims(mercy)) == 1


def test_an_address_says_who_as_well_and_one_of_two_people_is_nobodys(
    mercy: World, lms: Client, named: Pod
) -> None:
    with tenant_transaction(mercy.organization.pk):
        Person.objects.filter(pk=mercy.ada.pk).update(email="Ada@mercy.example")
        Person.objects.filter(pk__in=(mercy.colin.pk, mercy.eli.pk)).update(email="desk@mercy.example")
    one = statement(None, actor={"mbox": "mailto:ada@MERCY.example"})
    two = statement(None, actor={"mbox": "mailto:desk@mercy.example"})
    assert send(lms, mercy, [one, two]).status_code == 200
    assert {str(each.statement_id): each.state for each in kept(mercy)} == {
        one["id"]: OutsideState.CLAIMED,
        two["id"]: OutsideState.NOBODY,
    }
    assert [each.person_id for each in claims(mercy)] == [mercy.ada.pk]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (("completed", {}), "claimed"),
        (("scored", {"success": True}), "claimed"),
        (("scored", {"score": {"scaled": 1}}), "not_reached"),
        (("failed", {}), "not_reached"),
        (("completed", {"success": False}), "not_reached"),
    ],
)
def test_a_claim_needs_that_it_was_reached(
    mercy: World, lms: Client, named: Pod, said: tuple[str, dict[str, Any]], state: str
) -> None:
    verb, result = said
    assert send(lms, mercy, statement(mercy.ada, verb, result=result)).status_code == 200
    assert [each.state for each in kept(mercy)] == [state]
    assert len(claims(mercy)) == (state == "claimed")


def test_what_has_no_place_is_kept_with_its_reason(mercy: World, lms: Client, named: Pod) -> None:
    bare = make_pod(mercy.organization, key="bare")
    with tenant_transaction(mercy.organization.pk):
        PodActivity.objects.create(activity="urn:bare", pod_key=bare.key, set_by=mercy.henry)
    sent = [
        statement(None),
        statement(mercy.ada, object={"id": "urn:unknown"}),
        statement(mercy.ada, object={"id": "urn:bare"}),
        statement(mercy.ada),
        statement(mercy.ada, "completed"),
    ]
    assert send(lms, mercy, sent).status_code == 200
    states = {str(each.statement_id): each.state for each in kept(mercy)}
    assert [states[each["id"]] for each in sent] == [
        "nobody",
        "no_pod",
        "no_milestone",
        "claimed",
        "on_record",
    ]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"id": "7"}, "/1/id"),
        ({"actor": {"name": "Ada"}}, "/1/actor"),
        ({"actor": {"mbox": "ada@mercy.example"}}, "/1/actor/mbox"),
        ({"verb": {"id": "http://adlnet.gov/expapi/verbs/launched"}}, "/1/verb/id"),
        ({"object": {"id": "budget"}}, "/1/object/id"),
        ({"result": {"score": {"scaled": 84}}}, "/1/result/score/scaled"),
        ({"result": {"score": {"scaled": 10**400}}}, "/1/result/score/scaled"),
        ({"result": {"score": {"scaled": "nan"}}}, "/1/result/score/scaled"),
        ({"timestamp": "yesterday"}, "/1/timestamp"),
    ],
)
def test_a_bad_statement_refuses_all_at_its_place(
    mercy: World, lms: Client, named: Pod, change: dict[str, Any], place: str
) -> None:
    sent = [statement(mercy.colin), {**statement(mercy.ada), **change}]
    assert faults(send(lms, mercy, sent), 400).keys() == {place}
    assert kept(mercy) == []


def test_a_moment_beyond_the_calendar_is_refused_by_rule(mercy: World, lms: Client, named: Pod) -> None:
    sent = [{**statement(mercy.ada), "timestamp": "9999-12-31T23:59:59-12:00"}]
    assert faults(send(lms, mercy, sent), 422).keys() == {"/0/timestamp"}
    assert kept(mercy) == []


def test_other_bodies_are_refused_too(mercy: World, lms: Client) -> None:
    one = statement(mercy.ada)
    assert faults(send(lms, mercy, [one, one]), 400) == {
        "/1/id": "Statement 0 of this body has this id already."
    }
    for body in (5, "x", None, [None], [[one]]):
        problem(send(lms, mercy, body), 400)
    problem(send(lms, mercy, [one] * 501), 400)
    for version in ("", "2.0.0", "0.9"):
        refused = send(lms, mercy, one, version)
        assert f"/{VERSION}" in faults(refused, 400)
        assert refused[VERSION] == "1.0.3"
    assert kept(mercy) == []


def test_what_postgresql_cannot_hold_is_kept_escaped(mercy: World, lms: Client, named: Pod) -> None:
    sent = statement(mercy.ada, context={"platform": "half \x00 and \ud800"})
    assert send(lms, mercy, sent).status_code == 200
    assert json.loads(kept(mercy)[0].content) == sent


def test_a_token_for_a_learning_system_reads_nothing(mercy: World, lms: Client) -> None:
    for address in ("me", "people", f"people/{mercy.ada.pk}/passport", "changes/stamps"):
        problem(lms.get(path(mercy, address)), 403)
    hr = bearing(make_token(mercy, mercy.henry, purpose=TokenPurpose.HR_SYNC))
    problem(send(hr, mercy, statement(mercy.ada)), 403)
    for name in ("ada", "mara", "olga"):
        secret = make_token(mercy, mercy.people[name], purpose=TokenPurpose.LEARNING)
        problem(send(bearing(secret), mercy, statement(mercy.ada)), 403)


def test_another_organisations_people_are_nobody(mercy: World, fenwick: World, lms: Client) -> None:
    with tenant_transaction(fenwick.organization.pk):
        Person.objects.filter(pk=fenwick.ada.pk).update(external_id="F-77")
        fenwick.ada.refresh_from_db()
    assert send(lms, mercy, statement(fenwick.ada)).status_code == 200
    assert [each.state for each in kept(mercy)] == [OutsideState.NOBODY]
    assert kept(fenwick) == []


def test_naming_an_activity_makes_claims_of_what_waited(
    mercy: World, lms: Client, pod: Pod, sign_in: SignIn
) -> None:
    send(lms, mercy, [statement(mercy.ada), statement(mercy.colin), statement(None)])
    assert claims(mercy) == []
    henry, slug = sign_in(mercy.henry), mercy.slug
    place = reverse("passport:outside_results", args=[slug])
    page = henry.get(place).content.decode()
    assert "Activities that nobody has named" in page
    assert "3 results" in page
    refused = henry.post(reverse("passport:outside_name", args=[slug]), {"activity": ACTIVITY, "pod": "x"})
    assert refused.status_code == 422
    sent = henry.post(reverse("passport:outside_name", args=[slug]), {"activity": ACTIVITY, "pod": pod.key})
    assert sent["Location"] == place
    assert "2 results became claims" in henry.get(place).content.decode()
    assert {each.person_id for each in claims(mercy)} == {mercy.ada.pk, mercy.colin.pk}


def test_looking_again_finds_who_came_meanwhile(
    mercy: World, lms: Client, named: Pod, sign_in: SignIn
) -> None:
    send(lms, mercy, statement(None))
    henry, again = sign_in(mercy.henry), reverse("passport:outside_again", args=[mercy.slug])
    henry.post(again)
    assert claims(mercy) == []
    with tenant_transaction(mercy.organization.pk):
        Person.objects.filter(pk=mercy.colin.pk).update(external_id="NOBODY-1")
    henry.post(again)
    assert [each.person_id for each in claims(mercy)] == [mercy.colin.pk]


def test_a_director_of_one_cohort_keeps_out(mercy: World, sign_in: SignIn) -> None:
    with tenant_transaction(mercy.organization.pk):
        RoleGrant.objects.filter(person=mercy.paula).update(cohort=mercy.cohort)
    place = reverse("passport:outside_results", args=[mercy.slug])
    assert sign_in(mercy.paula).get(place).status_code == 403


def test_three_results_take_as_many_queries_as_one(
    mercy: World, lms: Client, named: Pod, sign_in: SignIn
) -> None:
    henry, place = sign_in(mercy.henry), reverse("passport:outside_results", args=[mercy.slug])
    send(lms, mercy, statement(mercy.ada))
    henry.get(place)
    one = queries_of(henry, place)
    send(lms, mercy, [statement(mercy.ada), statement(mercy.ada)])
    assert queries_of(henry, place) == one
