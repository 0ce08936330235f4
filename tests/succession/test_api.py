"""Succession by API: from proposed to rated, and the register."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from people.models import Appointment, Position
from people.terms import years_later
from succession.enums import Band
from succession.models import Pool
from succession.services.reviews import decide, open_review
from succession.vacancies import QUARTERS
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.people import make_position
from tests.factories.succession import (
    make_candidacy,
    make_pool,
    make_pool_action,
    make_talent_review,
    make_term_exception,
)
from tests.members import member_of
from tests.rest import api, faults, get, path, post, problem
from tests.world import World

TODAY = timezone.localdate()


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


def test_a_talent_review_and_what_it_gave_to_do(mercy: World, pool: Pool) -> None:
    make_candidacy(pool, mercy.ada, mercy.mara, band=Band.READY_NOW)
    review = make_talent_review(mercy.henry, mercy.mara)
    mara, henry, colin = (api(mercy, each) for each in (mercy.mara, mercy.henry, mercy.colin))
    assert get(henry, of(mercy, "reviews", review.pk))["agenda"] == []
    hr = member_of(mercy.henry)
    with tenant_scope(mercy.organization.pk, actor_id=mercy.henry.pk):
        open_review(review, by=hr)
        (kept,) = review.snapshots.all()
        decide(kept, words="Look further", reason="One is not a bench.", by=hr)
        action = make_pool_action(kept, mercy.colin, mercy.henry)
    (line,) = get(mara, of(mercy, "reviews", review.pk))["agenda"]
    assert (line["ready_now"], line["flags"]) == (1, kept.flags)
    assert line["decision"]["words"] == "Look further"
    assert [each["owner"]["name"] for each in line["actions"]] == [mercy.colin.name]
    assert [each["title"] for each in get(mara, of(mercy, "reviews"))] == [review.title]
    assert get(colin, of(mercy, "reviews")) == []
    mine = path(mercy, "me/review-actions")
    assert [each["done_on"] for each in get(colin, mine)] == [None]
    one = f"{mine}/{action.pk}/done"
    assert mara.post(one).status_code == 404
    assert colin.post(one).json()["done_on"] is not None
    problem(colin.post(one), 409)


def test_a_pool_in_which_whoever_asks_stands_is_not_on_their_agenda(mercy: World, pool: Pool) -> None:
    make_candidacy(pool, mercy.henry, mercy.mara)
    review = make_talent_review(mercy.henry, mercy.mara)
    with tenant_scope(mercy.organization.pk, actor_id=mercy.henry.pk):
        open_review(review, by=member_of(mercy.henry))
    assert get(api(mercy, mercy.henry), of(mercy, "reviews", review.pk))["agenda"] == []
    assert len(get(api(mercy, mercy.mara), of(mercy, "reviews", review.pk))["agenda"]) == 1


def test_an_exception_asked_for_given_and_refused(mercy: World, head: Position) -> None:
    henry, eli = api(mercy, mercy.henry), api(mercy, mercy.eli)
    url, day = of(mercy, "exceptions"), str(years_later(TODAY, 1))
    body = {"position": str(head.pk), "person": str(mercy.mara.pk), "expires_on": day, "reason": "A merger."}
    assert faults(post(henry, url, **{**body, "expires_on": None}), 400).keys() == {"/expires_on"}
    assert faults(post(henry, url, **{**body, "position": str(mercy.unit.pk)}), 422).keys() == {"/position"}
    assert faults(post(henry, url, **{**body, "expires_on": str(TODAY)}), 422).keys() == {"/expires_on"}
    problem(post(eli, url, **body), 403)
    made = post(henry, url, **body)
    assert (made.status_code, made.json()["state"]) == (201, "waiting")
    one = f"{url}/{made.json()['id']}"
    problem(henry.post(f"{one}/approve"), 403)
    assert faults(post(eli, f"{one}/refuse", reason=" "), 400).keys() == {"/reason"}
    given = eli.post(f"{one}/approve").json()
    assert (given["state"], given["approved_by"]["name"]) == ("running", mercy.eli.name)
    problem(post(eli, f"{one}/refuse", reason="Too late."), 409)
    other = make_term_exception(head, mercy.ada, mercy.henry)
    no = post(eli, f"{url}/{other.pk}/refuse", reason="One is enough.").json()
    assert (no["state"], no["refusal"]) == ("refused", "One is enough.")
    assert [each["state"] for each in get(henry, url)] == ["running", "refused"]
    assert [each["id"] for each in get(henry, f"{url}?state=refused")] == [str(other.pk)]
    problem(eli.post(f"{url}/{head.pk}/approve"), 404)


def test_years_to_come_are_simulated_and_kept(mercy: World, pool: Pool) -> None:
    make_candidacy(pool, mercy.ada, mercy.mara, band=Band.READY_NOW)
    henry, url = api(mercy, mercy.henry), of(mercy, "scenarios")
    position = str(pool.position_id)
    assert faults(post(henry, url, title="What if", position=position), 422).keys() == {"/leaves_on"}
    past = post(henry, url, title="What if", position=position, leaves_on=str(TODAY - timedelta(days=1)))
    assert faults(past, 422).keys() == {"/leaves_on"}
    made = post(henry, url, title="What if", position=position, leaves_on=str(TODAY))
    told = made.json()
    assert (made.status_code, len(told["planned"]["vacancies"]["median"])) == (201, QUARTERS)
    assert told["asked"]["vacancies"]["low"][0] == 1
    assert get(henry, f"{url}/{told['id']}") == told
    assert post(henry, url, title="As planned").json()["asked"] is None
    assert [each["title"] for each in get(henry, url)] == ["As planned", "What if"]


def test_a_holder_says_what_they_intend(mercy: World, head: Position) -> None:
    Appointment.objects.filter(position=head).update(start_date=years_later(TODAY, -1))
    mara, url = api(mercy, mercy.mara), path(mercy, "me", "terms")
    (term,) = get(mara, url)
    assert (term["position"], term["said"]) == (head.title, [])
    say = f"{url}/{term['id']}/intention"
    assert faults(post(mara, say, intent="fly"), 400).keys() == {"/intent"}
    assert faults(post(mara, say, intent="leave", leaves_on=str(TODAY)), 422).keys() == {"/leaves_on"}
    post(mara, say, intent="practice", note="Back to the ward.")
    told = post(mara, say, intent="unsaid").json()
    assert [each["intent"] for each in told["said"]] == ["unsaid", "practice"]
    assert get(mara, url) == [told]
    assert get(api(mercy, mercy.henry), url) == []
    problem(post(api(mercy, mercy.henry), say, intent="leave"), 404)
