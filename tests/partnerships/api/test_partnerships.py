"""Partnerships by API: the register, who belongs to them, what they agree on and when they met."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from partnerships.enums import ChangeCause, Part
from partnerships.models import PartnerChange, Partnership
from people.enums import Profession
from people.models import Person
from tests.counting import queries_of
from tests.factories.partnerships import (
    make_change,
    make_meeting,
    make_partnership,
    make_responsibility,
    make_shared_goal,
)
from tests.factories.people import make_person, make_unit
from tests.notices import told
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def of(world: World, dyad: Partnership, *more: object) -> str:
    return path(world, "partnerships", dyad.pk, *more)


@pytest.fixture
def nora(mercy: World) -> Person:
    return make_person(mercy.organization, "Nora", mercy.unit, profession=Profession.NURSE)


def registration(world: World, **changes: Any) -> dict[str, Any]:
    Person.objects.filter(pk=world.colin.pk).update(profession=Profession.PHYSICIAN)
    return {
        "unit": str(world.unit.pk),
        "partners": [
            {"part": "physician", "person": str(world.colin.pk), "share": 20},
            {"part": "administrator", "person": str(world.olga.pk), "share": 30},
        ],
        "charter": "One service, two views.",
        "since": str(TODAY),
        **changes,
    }


def test_a_partnership_is_registered(mercy: World, dyad: Partnership) -> None:
    henry, url = api(mercy, mercy.henry), path(mercy, "partnerships")
    made = post(henry, url, **registration(mercy))
    assert made.status_code == 201
    body = made.json()
    assert {one["part"]: one["person"]["name"] for one in body["partners"]} == {
        "physician": "Colin Mercy",
        "administrator": "Olga Mercy",
    }
    assert (body["is_triad"], body["agreed"]["charter"]) == (False, "One service, two views.")
    assert [to for to, _title in told()] == [{mercy.colin.pk, mercy.olga.pk}]
    problem(post(api(mercy, mercy.ada), url, **registration(mercy)), 403)
    elsewhere = make_unit(mercy.organization, "Elsewhere", mercy.root)
    problem(post(api(mercy, mercy.mara), url, **registration(mercy, unit=str(elsewhere.pk))), 403)


def test_a_registration_that_cannot_be_is_refused(mercy: World, fenwick: World, dyad: Partnership) -> None:
    henry, url = api(mercy, mercy.henry), path(mercy, "partnerships")
    partners = registration(mercy)["partners"]
    stranger = [partners[0], {**partners[1], "person": str(fenwick.olga.pk)}]
    for pointer, changes in {
        "/unit": {"unit": str(fenwick.unit.pk)},
        "/partners": {"partners": stranger},
        "/since": {"since": "9999-12-31"},
    }.items():
        assert faults(post(henry, url, **registration(mercy, **changes)), 422).keys() == {pointer}
    twice = [partners[0], {**partners[1], "part": "physician"}]
    problem(post(henry, url, **registration(mercy, partners=twice)), 409)
    wrong = [partners[0], {"part": "nurse", "person": "x", "share": 0}]
    assert faults(post(henry, url, **registration(mercy, partners=wrong, charter=" ")), 400).keys() == {
        *("/partners/1/person", "/partners/1/share", "/charter")
    }
    assert Partnership.objects.count() == 1


def test_everybody_knows_who_leads_together_and_no_more(mercy: World, dyad: Partnership) -> None:
    make_responsibility(dyad)
    make_shared_goal(dyad)
    make_meeting(dyad, mercy.ada)
    told_to = {
        who: get(api(mercy, mercy.people[who]), of(mercy, dyad))["agreed"]
        for who in ("ada", "mara", "henry", "eli", "colin", "olga")
    }
    assert (told_to["colin"], told_to["olga"]) == (None, None)
    agreed = told_to["ada"]
    assert all(told_to[who] == agreed for who in ("mara", "henry", "eli"))
    assert (agreed["charter"], agreed["met_lately"]) == (
        "One service, two views",
        {"count": 1, "minutes": 30},
    )
    assert [one["matter"] for one in agreed["matters"]] == ["New posts"]
    assert [one["share"] for one in agreed["shares"]] == [20, 20]


def test_the_register_is_filtered_by_whoever_watches(mercy: World, dyad: Partnership) -> None:
    make_change(dyad.current[1])
    url = path(mercy, "partnerships")
    henry, colin = api(mercy, mercy.henry), api(mercy, mercy.colin)
    (seen,) = get(henry, url)["results"]
    assert (seen["has_change"], seen["meetings_lately"]) == (True, 0)
    (public,) = get(colin, url)["results"]
    assert (public["has_change"], public["meetings_lately"]) == (None, None)
    found = {
        asked: len(get(henry, f"{url}?{asked}")["results"])
        for asked in ("state=changed", "kind=triad", f"unit={mercy.root.pk}", "state=over")
    }
    assert list(found.values()) == [1, 0, 1, 0]
    problem(colin.get(f"{url}?state=changed"), 403)
    problem(henry.get(f"{url}?unit={dyad.pk}"), 404)
    assert faults(henry.get(f"{url}?kind=quartet"), 400).keys() == {"/kind"}
    of_unit = get(colin, path(mercy, "units", mercy.unit.pk, "partnerships"))
    assert [one["id"] for one in of_unit] == [str(dyad.pk)]
    own = {
        who: len(get(api(mercy, mercy.people[who]), path(mercy, "me/partnerships")))
        for who in ("ada", "colin")
    }
    assert own == {"ada": 1, "colin": 0}


def test_the_charter_keeps_the_words_of_others(mercy: World, dyad: Partnership) -> None:
    ada, mara, url = api(mercy, mercy.ada), api(mercy, mercy.mara), of(mercy, dyad, "charter")
    assert put(ada, url, charter="Hers.", revision=1).json()["agreed"]["revision"] == 2
    refused = faults(put(mara, url, charter="Mine.", revision=1), 422)
    assert refused == {"/charter": "It was changed meanwhile. It now says: Hers."}
    problem(put(api(mercy, mercy.henry), url, charter="HR's.", revision=2), 403)


def test_matters_goals_and_meetings_are_the_partners(mercy: World, dyad: Partnership) -> None:
    ada, henry = api(mercy, mercy.ada), api(mercy, mercy.henry)
    matter = post(ada, of(mercy, dyad, "matters"), matter="Theatre times", decider="physician").json()
    no_nurse = post(ada, of(mercy, dyad, "matters"), matter="Beds", decider="nurse")
    assert faults(no_nurse, 422).keys() == {"/decider"}
    past = post(ada, of(mercy, dyad, "goals"), title="Nobody waits", due_on=str(TODAY - DAY))
    assert faults(past, 422).keys() == {"/due_on"}
    goal = post(ada, of(mercy, dyad, "goals"), title="Nobody waits", due_on=str(TODAY)).json()
    reached = put(ada, of(mercy, dyad, "goals", goal["id"]), state="reached").json()
    assert (reached["state"], reached["over_on"]) == ("reached", str(TODAY))
    early = post(ada, of(mercy, dyad, "meetings"), held_on=str(TODAY + DAY), minutes=30)
    assert faults(early, 422).keys() == {"/held_on"}
    meeting = post(ada, of(mercy, dyad, "meetings"), held_on=str(TODAY), minutes=30, words="Beds").json()
    assert meeting["words"] == "Beds"
    for more, body in (
        ("matters", {"matter": "x", "decider": "together"}),
        ("goals", {"title": "x", "due_on": str(TODAY)}),
        ("meetings", {"held_on": str(TODAY), "minutes": 30}),
    ):
        problem(post(henry, of(mercy, dyad, more), **body), 403)
    assert ada.delete(of(mercy, dyad, "matters", matter["id"])).status_code == 204
    assert ada.delete(of(mercy, dyad, "meetings", meeting["id"])).status_code == 204
    problem(ada.delete(of(mercy, dyad, "meetings", meeting["id"])), 404)


def test_what_was_said_at_a_meeting_stays_with_the_partners(mercy: World, dyad: Partnership) -> None:
    make_meeting(dyad, mercy.ada)
    url = of(mercy, dyad, "meetings")
    words = {
        who: [one["words"] for one in get(api(mercy, mercy.people[who]), url)["results"]]
        for who in ("ada", "mara", "henry", "eli")
    }
    assert words == {"ada": ["Beds"], "mara": ["Beds"], "henry": [None], "eli": [None]}
    problem(api(mercy, mercy.colin).get(url), 403)


def test_an_item_of_another_partnership_is_not_there(mercy: World, dyad: Partnership) -> None:
    other = make_partnership(mercy.unit, mercy.colin, mercy.olga)
    ada = api(mercy, mercy.ada)
    problem(ada.delete(of(mercy, dyad, "matters", make_responsibility(other).pk)), 404)
    problem(ada.delete(of(mercy, dyad, "meetings", make_meeting(other, mercy.colin).pk)), 404)
    problem(put(ada, of(mercy, dyad, "goals", make_shared_goal(other).pk), state="reached"), 404)
    problem(put(ada, of(mercy, dyad, "partners", other.current[0].pk, "share"), share=5), 404)
    problem(post(ada, of(mercy, dyad, "changes", make_change(other.current[0]).pk, "keep")), 404)


def test_partners_come_and_go(mercy: World, dyad: Partnership, nora: Person) -> None:
    henry, url = api(mercy, mercy.henry), of(mercy, dyad, "partners")
    body = {"part": "nurse", "person": str(nora.pk), "share": 90}
    triad = post(henry, url, **body)
    assert (triad.status_code, triad.json()["is_triad"]) == (201, True)
    problem(post(henry, url, **body), 409)
    problem(post(api(mercy, mercy.colin), url, **body), 403)
    (seat,) = [one for one in triad.json()["partners"] if one["part"] == Part.NURSE]
    changed = put(henry, f"{url}/{seat['id']}/share", share=40).json()
    assert {one["partner"]: one["share"] for one in changed["agreed"]["shares"]}[seat["id"]] == 40
    assert faults(put(henry, f"{url}/{seat['id']}/share", share=101), 400).keys() == {"/share"}
    released = post(api(mercy, mercy.ada), f"{url}/{seat['id']}/release").json()
    assert released["is_triad"] is False
    problem(post(henry, f"{url}/{seat['id']}/release"), 404)  # had not begun before today


def test_a_change_is_answered(mercy: World, dyad: Partnership) -> None:
    ada = api(mercy, mercy.ada)
    moved = make_change(dyad.current[1])
    assert [one["cause"] for one in get(ada, of(mercy, dyad))["agreed"]["changes"]] == ["moved"]
    kept = post(ada, of(mercy, dyad, "changes", moved.pk, "keep")).json()
    assert kept["agreed"]["changes"] == []
    assert PartnerChange.objects.get(pk=moved.pk).settled_by_id == mercy.ada.pk
    left = make_change(dyad.current[1], cause=ChangeCause.LEFT)
    problem(post(ada, of(mercy, dyad, "changes", left.pk, "keep")), 409)


def test_what_is_over_stays_as_it_is(mercy: World, dyad: Partnership) -> None:
    ada = api(mercy, mercy.ada)
    assert post(ada, of(mercy, dyad, "end")).json()["end_date"] == str(TODAY)
    problem(post(ada, of(mercy, dyad, "end")), 409)
    problem(post(ada, of(mercy, dyad, "meetings"), held_on=str(TODAY), minutes=30), 409)


def test_it_costs_the_same_however_many(mercy: World, dyad: Partnership) -> None:
    henry, costs = api(mercy, mercy.henry), []
    for count in (1, 3):
        for number in range(count):
            people = [make_person(mercy.organization, f"P{count}{number}{half}", mercy.unit) for half in "ab"]
            make_change(make_partnership(mercy.unit, *people).current[0])
            make_responsibility(dyad)
            make_shared_goal(dyad)
            make_meeting(dyad, mercy.ada)
        urls = (
            *(path(mercy, "partnerships"), path(mercy, "units", mercy.unit.pk, "partnerships")),
            *(of(mercy, dyad), of(mercy, dyad, "meetings")),
        )
        costs.append([queries_of(henry, url) for url in urls])
    assert costs[0] == costs[1]
