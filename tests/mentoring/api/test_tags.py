"""Tags and interests by API."""

from __future__ import annotations

import uuid

import pytest

from mentoring.models import Interest, Tag
from mentoring.services.interests import MOST_INTERESTS
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.mentoring import make_interest, make_profile, make_tag
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World


def test_a_tag_is_added_changed_retired_and_restored(mercy: World, in_mercy: Scope) -> None:
    henry, ada = api(mercy, mercy.henry), api(mercy, mercy.ada)
    made = post(henry, path(mercy, "mentoring/tags"), kind="interest", name="Budgets", weight=3)
    assert made.status_code == 201
    tag = path(mercy, "mentoring/tags", made.json()["id"])
    assert put(henry, tag, name="Budgets of wards", weight=9).json()["weight"] == 9
    assert [each["name"] for each in get(ada, path(mercy, "mentoring/tags"))] == ["Budgets of wards"]
    assert post(henry, f"{tag}/retire").json()["retired_on"] is not None
    assert get(ada, path(mercy, "mentoring/tags")) == []
    assert post(henry, f"{tag}/restore").json()["retired_on"] is None


def test_what_is_wrong_with_a_tag_is_said_at_its_field(mercy: World, in_mercy: Scope) -> None:
    make_tag(mercy.organization, "Budgets")
    henry, url = api(mercy, mercy.henry), path(mercy, "mentoring/tags")
    assert faults(post(henry, url, kind="interest", name="BUDGETS", weight=1), 422).keys() == {"/name"}
    wrong = faults(post(henry, url, kind="colour", name="Two\nlines", weight=10), 400)
    assert wrong.keys() == {"/kind", "/name", "/weight"}
    assert Tag.objects.count() == 1


def test_the_taxonomy_tells_how_often_each_tag_is_used(mercy: World, in_mercy: Scope) -> None:
    tag = make_tag(mercy.organization, "Budgets")
    make_interest(mercy.ada, tag)
    make_profile(mercy.mara, [tag])
    [used] = get(api(mercy, mercy.paula), path(mercy, "mentoring/taxonomy"))
    assert (used["tag"]["name"], used["looking"], used["offering"]) == ("Budgets", 1, 1)


@pytest.mark.parametrize("who", ["ada", "mara", "eli", "olga"])
def test_others_keep_no_tags(mercy: World, in_mercy: Scope, who: str) -> None:
    tag, client = make_tag(mercy.organization, "Budgets"), api(mercy, mercy.people[who])
    problem(client.get(path(mercy, "mentoring/taxonomy")), 403)
    problem(post(client, path(mercy, "mentoring/tags"), kind="interest", name="Mine", weight=1), 403)
    problem(put(client, path(mercy, "mentoring/tags", tag.pk), name="Mine", weight=1), 403)
    for act in ("retire", "restore"):
        problem(post(client, path(mercy, "mentoring/tags", tag.pk, act)), 403)


def test_a_tag_of_another_organisation_does_not_exist(mercy: World, fenwick: World, in_mercy: Scope) -> None:
    foreign, henry = make_tag(fenwick.organization), api(mercy, mercy.henry)
    problem(put(henry, path(mercy, "mentoring/tags", foreign.pk), name="Mine", weight=1), 404)
    problem(post(henry, path(mercy, "mentoring/tags", foreign.pk, "retire")), 404)


def test_interests_are_replaced_by_those_that_are_offered(
    mercy: World, fenwick: World, in_mercy: Scope
) -> None:
    before, after = make_tag(mercy.organization, "Budgets"), make_tag(mercy.organization, "Rosters")
    make_interest(mercy.ada, before)
    ada, url = api(mercy, mercy.ada), path(mercy, "me/mentoring-interests")
    assert [each["name"] for each in get(ada, url)] == ["Budgets"]
    foreign = make_tag(fenwick.organization)
    saved = put(ada, url, tags=[str(after.pk), str(foreign.pk), str(uuid.uuid4())])
    assert [each["name"] for each in saved.json()] == ["Rosters"]
    assert Interest.objects.get().tag == after


def test_more_interests_than_are_sensible_are_refused(mercy: World, in_mercy: Scope) -> None:
    tags = [str(make_tag(mercy.organization).pk) for _ in range(MOST_INTERESTS + 1)]
    refused = put(api(mercy, mercy.ada), path(mercy, "me/mentoring-interests"), tags=tags)
    assert faults(refused, 400).keys() == {"/tags"}


@pytest.mark.parametrize("what", ["mentoring/taxonomy", "mentoring/tags", "me/mentoring-interests"])
def test_tags_cost_the_same_however_many(mercy: World, in_mercy: Scope, what: str) -> None:
    client, costs = api(mercy, mercy.henry), []
    for count in (2, 18):
        for _ in range(count):
            tag = make_tag(mercy.organization)
            make_interest(mercy.henry, tag)
        costs.append(queries_of(client, path(mercy, what)))
    assert costs[0] == costs[1]
