"""The light log of contacts, by API."""

from __future__ import annotations

from django.utils import timezone

from sponsors.models import Goal
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.sponsors import make_contact
from tests.rest import api, faults, get, path, post, problem
from tests.world import World

TODAY = timezone.localdate().isoformat()


def of(world: World) -> str:
    return path(world, "clinic/leaders", world.ada.pk, "contacts")


def test_one_logs_shares_and_takes_out(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    mara = api(mercy, mercy.mara)
    body = {"whom": str(mercy.ada.pk), "on": TODAY, "about": "The audit"}
    assert faults(post(mara, of(mercy), whom=str(mercy.mara.pk), on=TODAY, about="x"), 422).keys() == {
        "/whom"
    }
    assert faults(post(mara, of(mercy)), 400).keys() == {"/whom", "/on", "/about"}
    own = post(mara, of(mercy), **body).json()
    shared = post(mara, of(mercy), **body, readers="private", next_step="Ask Olga").json()
    assert [each["id"] for each in get(mara, of(mercy))] == [shared["id"], own["id"]]
    assert [each["id"] for each in get(api(mercy, mercy.eli), of(mercy))] == [shared["id"]]
    assert get(api(mercy, mercy.colin), of(mercy)) == []
    assert len(get(mara, path(mercy, "me/contacts"))) == 2
    one = path(mercy, "clinic/contacts", shared["id"])
    problem(api(mercy, mercy.eli).delete(one), 404)
    assert mara.delete(one).status_code == 204
    assert get(api(mercy, mercy.eli), of(mercy)) == []


def test_it_is_for_the_team(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    problem(api(mercy, mercy.paula).get(of(mercy)), 403)
    problem(api(mercy, mercy.stella).get(of(mercy)), 404)


def test_many_cost_the_same(mercy: World, in_mercy: Scope, goal: Goal) -> None:
    ada = api(mercy, mercy.ada)
    make_contact(mercy.ada, mercy.ada, mercy.olga)
    one = queries_of(ada, of(mercy))
    for _number in range(2):
        make_contact(mercy.ada, mercy.ada, mercy.eli)
    assert queries_of(ada, of(mercy)) == one
