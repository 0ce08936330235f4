"""A mentor's own profile and hours, the list of mentors, and the rule of matching by API."""

from __future__ import annotations

from typing import Any

from mentoring.enums import Tier
from mentoring.models import MatchWeights, MentorProfile
from people.enums import CareerStage
from people.models import Person
from tenancy.models import JobRun
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.mentoring import (
    make_capacity,
    make_mentorship,
    make_profile,
    make_tag,
    make_weights,
    offer_places,
)
from tests.factories.people import make_person
from tests.rest import api, faults, get, path, problem, put
from tests.world import World

OFFER: dict[str, Any] = {
    "offering": True,
    "about": "I built two services.",
    "languages": ["en"],
    "formats": ["video"],
    "tags": [],
}


def test_a_profile_is_made_and_changed(mercy: World, in_mercy: Scope) -> None:
    Person.objects.filter(pk=mercy.mara.pk).update(career_stage=CareerStage.ATTENDING)
    tag = make_tag(mercy.organization, "Budgets")
    mara, url = api(mercy, mercy.mara), path(mercy, "me/mentor-profile")
    problem(mara.get(url), 404)
    saved = put(mara, url, **OFFER, places_senior=2).json()
    assert saved["places"] == [{"tier": "senior", "places": 2, "taken": 0}]
    changed = put(mara, url, **{**OFFER, "offering": False, "tags": [str(tag.pk)]}).json()
    assert (changed["offering"], changed["open_tiers"], changed["calendar"]) == (False, ["senior"], "")
    assert ([each["name"] for each in changed["tags"]], changed["places"]) == (["Budgets"], saved["places"])


def test_places_follow_the_rules_of_the_page(mercy: World, in_mercy: Scope) -> None:
    offer_places(mercy.mara, Tier.SENIOR, 2)
    make_mentorship(mercy.mara, mercy.ada, tier=Tier.SENIOR)
    refused = put(
        api(mercy, mercy.mara), path(mercy, "me/mentor-profile"), **OFFER, places_senior=0, places_chair=1
    )
    assert faults(refused, 422).keys() == {"/places_senior", "/places_chair"}


def test_a_profile_that_is_not_as_described_is_refused(mercy: World, in_mercy: Scope) -> None:
    wrong = {"languages": ["xx"], "formats": ["pigeon"], "tags": ["none"], "places_peer": 21}
    refused = faults(put(api(mercy, mercy.mara), path(mercy, "me/mentor-profile"), **wrong), 400)
    assert {pointer.split("/")[1] for pointer in refused} == {"offering", *wrong}
    assert not MentorProfile.objects.exists()


def test_hours_are_saved_and_counted(mercy: World, in_mercy: Scope) -> None:
    mara, url = api(mercy, mercy.mara), path(mercy, "me/mentor-profile/hours")
    problem(put(mara, url, hours=[]), 404)
    make_profile(mercy.mara)
    monday = {"weekday": 0, "starts": "09:00", "ends": "10:00"}
    saved = put(mara, url, time_zone="Europe/Dublin", hours=[monday]).json()
    assert (saved["time_zone"], saved["free_slots"]) == ("Europe/Dublin", 16)
    assert get(mara, url)["hours"] == [{"weekday": 0, "starts": "09:00", "ends": "10:00"}]
    short, over = {**monday, "ends": "09:10"}, {**monday, "starts": "09:30"}
    refused = faults(put(mara, url, hours=[monday, over, {**short, "weekday": 1}]), 422)
    assert refused.keys() == {"/hours/1/starts", "/hours/2/ends"}


def test_a_calendar_is_read_and_its_address_never_told(mercy: World, in_mercy: Scope) -> None:
    make_profile(mercy.mara)
    mara, url = api(mercy, mercy.mara), path(mercy, "me/mentor-profile/calendar")
    assert faults(put(mara, url, address="http://127.0.0.1/me.ics"), 422).keys() == {"/address"}
    problem(mara.post(f"{url}/read"), 409)
    assert put(mara, url, address="https://calendar.example/secret.ics").status_code == 202
    assert mara.post(f"{url}/read").status_code == 202
    assert JobRun.objects.filter(job="mentoring.calendar").exists()
    shown = mara.get(path(mercy, "me/mentor-profile"))
    assert shown.json()["calendar"] == "https://calendar.example/…"
    assert "secret" not in shown.content.decode()
    assert mara.delete(url).status_code == 200
    assert MentorProfile.objects.get().feed == ""


def test_mentors_are_listed_by_name_tag_and_tier(mercy: World, in_mercy: Scope) -> None:
    tag = make_tag(mercy.organization, "Budgets")
    make_capacity(make_profile(mercy.mara, [tag], about="Ask me."), Tier.SENIOR)
    make_profile(mercy.eli)
    make_profile(mercy.henry, offering=False)
    ada, url = api(mercy, mercy.ada), path(mercy, "mentoring/mentors")
    eli, mara = get(ada, url)["results"]
    assert (eli["person"]["name"], mara["person"]["name"]) == ("Eli Mercy", "Mara Mercy")
    assert mara["tiers"] == [{"tier": "senior", "has_place": True}]
    assert mara["tags"] == [{"id": str(tag.pk), "name": "Budgets"}]
    for asked in (f"tag={tag.pk}", "tier=senior"):
        assert get(ada, f"{url}?{asked}")["results"] == [mara]
    assert faults(ada.get(f"{url}?tag=x&tier=y"), 400).keys() == {"/tag", "/tier"}


def test_mentors_come_in_pages_of_the_same_cost(mercy: World, in_mercy: Scope) -> None:
    ada, url, costs = api(mercy, mercy.ada), path(mercy, "mentoring/mentors"), []
    tag = make_tag(mercy.organization)
    for count in (2, 18):
        for number in range(count):
            person = make_person(mercy.organization, f"Mentor{count}{number:02}", mercy.unit)
            make_capacity(make_profile(person, [tag]), Tier.SENIOR)
        costs.append(queries_of(ada, url))
    assert costs[0] == costs[1]
    first = get(ada, f"{url}?page_size=15")
    rest = get(ada, first["next"])
    assert (len(first["results"]), len(rest["results"]), rest["next"]) == (15, 5, None)


def test_the_rule_is_read_by_everybody_and_changed_by_who_may(mercy: World, in_mercy: Scope) -> None:
    make_weights(mercy.organization)
    url = path(mercy, "mentoring/rule")
    [newest] = get(api(mercy, mercy.ada), url)
    assert (newest["version"], newest["set_by"], newest["terms"]["interest"]) == (1, None, 50)
    terms = {**newest["terms"], "interest": 40, "availability": 40}
    problem(put(api(mercy, mercy.ada), url, **terms, version=1), 403)
    paula = api(mercy, mercy.paula)
    assert put(paula, url, **terms, version=1).json()["version"] == 2
    assert MatchWeights.objects.get(version=2).set_by == mercy.paula
    problem(put(paula, url, **terms, version=1), 409)
    refused = put(paula, url, **{**terms, "interest": 50}, version=2)
    assert faults(refused, 422).keys() == {"/past_success"}
    assert faults(put(paula, url, version=2, bar=101), 400).keys() >= {"/bar", "/interest"}
