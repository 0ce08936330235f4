"""Reverse mentoring by API."""

from __future__ import annotations

from django.utils import timezone

from mentoring.models import ReverseMentoring
from people.models import Person
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.exposure import make_reverse
from tests.rest import api, faults, get, path, post, problem
from tests.world import World


def test_it_is_arranged_once_and_ended_by_either_side(mercy: World, in_mercy: Scope) -> None:
    paula, url = api(mercy, mercy.paula), path(mercy, "mentoring/reverse")
    body = {"junior": str(mercy.ada.pk), "senior": str(mercy.eli.pk), "topic": "Messages on the ward"}
    made = post(paula, url, **body)
    assert (made.status_code, made.json()["junior"]["name"]) == (201, "Ada Mercy")
    problem(post(paula, url, **body), 409)
    problem(post(api(mercy, mercy.ada), url, **body), 403)
    end = f"{url}/{made.json()['id']}/end"
    problem(post(api(mercy, mercy.colin), end), 404)
    for _twice in range(2):
        ended = post(api(mercy, mercy.eli), end).json()["ended_on"]
        assert ended == str(timezone.localdate())
    assert post(paula, url, **body).status_code == 201


def test_who_cannot_be_a_pair_is_refused_at_the_field(mercy: World, fenwick: World, in_mercy: Scope) -> None:
    paula, url = api(mercy, mercy.paula), path(mercy, "mentoring/reverse")
    body = {"junior": str(mercy.ada.pk), "senior": str(mercy.mara.pk), "topic": "Rounds"}
    assert faults(post(paula, url, **body | {"senior": str(mercy.ada.pk)}), 422).keys() == {"/senior"}
    assert faults(post(paula, url, **body | {"senior": str(fenwick.eli.pk)}), 422).keys() == {"/senior"}
    Person.objects.filter(pk=mercy.mara.pk).update(career_stage="attending")
    other_way = {"junior": body["senior"], "senior": body["junior"], "topic": "Rounds"}
    assert faults(post(paula, url, **other_way), 422).keys() == {"/junior"}
    wrong = {"junior": "x", "topic": " \n"}
    assert faults(post(paula, url, **wrong), 400).keys() == {"/junior", "/senior", "/topic"}
    assert not ReverseMentoring.objects.exists()


def test_everybody_sees_their_own_at_the_same_cost(mercy: World, in_mercy: Scope) -> None:
    url, costs = path(mercy, "mentoring/reverse"), []
    for seniors in ([mercy.eli], [mercy.mara, mercy.henry]):
        for senior in seniors:
            make_reverse(mercy.ada, senior, arranged_by=mercy.paula)
        costs.append(queries_of(api(mercy, mercy.ada), url))
    assert costs[0] == costs[1]
    seen = {
        who: len(get(api(mercy, mercy.people[who]), url)["results"])
        for who in ("ada", "eli", "paula", "colin")
    }
    assert seen == {"ada": 3, "eli": 1, "paula": 3, "colin": 0}
