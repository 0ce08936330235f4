"""Succession by API: from proposed to rated, and the register."""

from __future__ import annotations

from people.models import Position
from succession.enums import Band
from succession.models import Pool
from tests.counting import queries_of
from tests.factories.people import make_position
from tests.factories.succession import make_candidacy, make_pool
from tests.rest import api, faults, get, path, post, problem
from tests.world import World


def of(world: World, *more: object) -> str:
    return path(world, "succession", *more)


def test_from_proposed_to_rated(mercy: World, pool: Pool) -> None:
    mara, ada = api(mercy, mercy.mara), api(mercy, mercy.ada)
    new = of(mercy, "positions", pool.position_id, "candidates")
    own = post(mara, new, person=str(mercy.mara.pk), why="I would.")
    assert faults(own, 422).keys() == {"/person"}
    assert faults(post(mara, new, person="x", why=" "), 400).keys() == {"/person", "/why"}
    made = post(mara, new, person=str(mercy.ada.pk), why="Colleagues come to her.")
    assert (made.status_code, made.json()["person"]["name"]) == (201, mercy.ada.name)
    (asked,) = get(mara, of(mercy, "positions", pool.position_id))["candidates"]
    assert asked["state"] == "asked"
    one = of(mercy, "candidates", asked["id"])
    early = post(mara, f"{one}/assess", band="later", evidence="None yet.")
    problem(early, 409)
    assert ada.post(f"{one}/accept").json()["state"] == "member"
    problem(ada.post(f"{one}/accept"), 409)
    rated = post(mara, f"{one}/assess", band="ready_now", evidence="Led the move.", interim_cover=True)
    assert [each["band"] for each in rated.json()["ratings"]] == ["ready_now"]
    assert [each["state"] for each in get(ada, path(mercy, "me/candidacies"))] == ["member"]
    assert faults(post(mara, f"{one}/end"), 422).keys() == {"/reason"}
    assert post(ada, f"{one}/end").json()["state"] == "left"


def test_the_register_and_one_position(mercy: World, head: Position, pool: Pool) -> None:
    make_candidacy(pool, mercy.ada, mercy.mara, band=Band.READY_NOW)
    make_position(mercy.unit, "Dean")
    henry = api(mercy, mercy.henry)
    found = get(henry, of(mercy, "positions"))
    assert {each["title"]: each["flags"] for each in found} == {
        "Dean": ["vacant", "no_pool"],
        head.title: ["ending", "single", "below"],
    }
    assert [each["title"] for each in get(henry, of(mercy, "positions?flag=vacant"))] == ["Dean"]
    assert faults(henry.get(of(mercy, "positions?flag=grim")), 400).keys() == {"/flag"}
    one = get(api(mercy, mercy.mara), of(mercy, "positions", head.pk))
    assert (one["ready"], [each["person"]["name"] for each in one["candidates"]]) == (1, [mercy.ada.name])


def test_the_register_takes_as_many_statements_for_many(mercy: World, pool: Pool) -> None:
    henry = api(mercy, mercy.henry)
    few = queries_of(henry, of(mercy, "positions"))
    for number in range(5):
        more = make_pool(make_position(mercy.unit, f"Chair {number}"), mercy.henry)
        make_candidacy(more, mercy.ada, mercy.mara, band=Band.LATER)
    assert queries_of(henry, of(mercy, "positions")) == few
