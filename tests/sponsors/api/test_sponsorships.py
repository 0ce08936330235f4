"""One's own clinic and each step of a sponsorship, by API."""

from __future__ import annotations

from typing import Any

import pytest

from sponsors.enums import SponsorshipState
from sponsors.models import Sponsorship
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.people import make_person
from tests.factories.sponsors import make_seat, make_sponsor, make_sponsorship
from tests.rest import api, faults, get, path, post, problem, put
from tests.world import World


def step(world: World, who: str, made: Sponsorship, name: str, **body: Any) -> Any:
    url = path(world, "clinic/sponsorships", made.pk, name)
    return post(api(world, world.people[who]), url, **body)


def test_a_sponsor_is_asked_accepts_and_hands_over(mercy: World, in_mercy: Scope) -> None:
    make_sponsor(mercy.eli)
    url = path(mercy, "clinic/sponsorships")
    ada, eli = api(mercy, mercy.ada), api(mercy, mercy.eli)
    asked = post(ada, url, sponsor=str(mercy.eli.pk), why="You led the move.")
    assert (asked.status_code, asked.json()["state"]) == (201, "asked")
    problem(post(ada, url, sponsor=str(mercy.eli.pk)), 409)
    made = Sponsorship.objects.get()
    assert get(eli, path(mercy, "me/clinic"))["requests"][0]["why"] == "You led the move."
    problem(step(mercy, "ada", made, "accept"), 403)
    assert step(mercy, "eli", made, "accept").json()["state"] == "active"
    assert get(ada, path(mercy, "me/clinic"))["running"]["sponsor"]["name"] == "Eli Mercy"
    handover = path(mercy, "clinic/sponsorships", made.pk, "handover")
    assert put(eli, handover, words="She is ready for a board.").json()["handover"]
    problem(put(ada, handover, words="Mine."), 403)


def test_nobody_else_can_be_asked(mercy: World, fenwick: World, in_mercy: Scope) -> None:
    ada, url = api(mercy, mercy.ada), path(mercy, "clinic/sponsorships")
    make_sponsor(fenwick.eli)
    assert faults(post(ada, url, sponsor=str(fenwick.eli.pk)), 422).keys() == {"/sponsor"}
    assert faults(post(ada, url, sponsor="eli", why="x" * 1001), 400).keys() == {"/sponsor", "/why"}
    assert "does not sponsor" in problem(post(ada, url, sponsor=str(mercy.eli.pk)), 409)["detail"]
    assert "their own sponsor" in problem(post(ada, url, sponsor=str(mercy.ada.pk)), 409)["detail"]


def test_it_is_declined_withdrawn_or_ended(mercy: World, in_mercy: Scope) -> None:
    asked = make_sponsorship(mercy.eli, mercy.ada, state=SponsorshipState.ASKED)
    assert faults(step(mercy, "eli", asked, "decline", cause="bored"), 400).keys() == {"/cause"}
    assert faults(step(mercy, "eli", asked, "decline", cause="other"), 422).keys() == {"/words"}
    declined = step(mercy, "eli", asked, "decline", cause="no_time").json()
    assert (declined["state"], declined["over_cause"]) == ("declined", "no_time")
    problem(step(mercy, "ada", asked, "withdraw"), 409)
    again = make_sponsorship(mercy.eli, mercy.ada, state=SponsorshipState.ASKED)
    assert step(mercy, "ada", again, "withdraw").json()["state"] == "withdrawn"
    running = make_sponsorship(mercy.eli, mercy.ada)
    problem(step(mercy, "mara", running, "end", cause="no_time"), 403)
    assert step(mercy, "ada", running, "end", cause="not_working").json()["state"] == "ended"


def test_who_oversees_reads_no_words(mercy: World, in_mercy: Scope) -> None:
    made = make_sponsorship(mercy.eli, mercy.ada, why="You led the move.", handover="Ready.")
    url = path(mercy, "clinic/sponsorships", made.pk)
    assert get(api(mercy, mercy.ada), url)["why"] == "You led the move."
    seen = get(api(mercy, mercy.mara), url)
    assert (seen["state"], seen["why"], seen["handover"]) == ("active", None, None)
    problem(api(mercy, mercy.colin).get(url), 404)


@pytest.mark.parametrize("name", ["accept", "decline", "withdraw", "end"])
def test_strangers_find_no_sponsorship(mercy: World, in_mercy: Scope, name: str) -> None:
    problem(step(mercy, "colin", make_sponsorship(mercy.eli, mercy.ada), name), 404)


@pytest.mark.parametrize("more", [2, 20])
def test_a_clinic_costs_the_same_however_many_leaders(mercy: World, in_mercy: Scope, more: int) -> None:
    for number in range(more):
        leader = make_person(mercy.organization, f"Leader {number}", mercy.unit)
        make_sponsorship(mercy.eli, leader)
        make_seat(leader, mercy.eli, by=mercy.henry)
    eli = api(mercy, mercy.eli)
    assert len(get(eli, path(mercy, "me/clinic"))["leaders"]) == more
    assert queries_of(eli, path(mercy, "me/clinic")) == 7
