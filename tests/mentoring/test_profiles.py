"""Offering to mentor: expertise, places in tiers, languages and formats; and the list of mentors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.enums import MeetingFormat, TagKind, Tier
from mentoring.models import Capacity, Expertise, MentorProfile
from mentoring.queries.profiles import expertise_of, mentors, tiers_open_to
from mentoring.services.profiles import MOST_EXPERTISE, Offer, save_profile
from people.enums import CareerStage, PositionType
from people.member import Member
from people.models import Person
from people.queries import member_for
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.mentoring import make_capacity, make_mentorship, make_profile, make_tag
from tests.factories.people import make_appointment, make_person, make_position
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
NOTHING = Offer(offering=True, about="", languages=(), formats=(), tag_ids=(), places={})


@pytest.fixture
def mara(mercy: World) -> Member:
    """An attending who chairs her department."""
    make_appointment(
        make_position(mercy.unit, "Chair of cardiology", type=PositionType.DEPARTMENT_CHAIR), mercy.mara
    )
    with tenant_scope(mercy.organization.pk):
        Person.objects.filter(pk=mercy.mara.pk).update(career_stage=CareerStage.ATTENDING)
        found = member_for(mercy.mara.pk, on=TODAY)
    assert found is not None
    return found


def names(found: Iterable[MentorProfile]) -> list[str]:
    return sorted(profile.person.given_name for profile in found)


@pytest.mark.usefixtures("in_mercy")
def test_stage_and_positions_of_today_open_tiers(mercy: World, mara: Member) -> None:
    assert tiers_open_to(mara.person_id, on=TODAY) == {Tier.SENIOR, Tier.CHAIR}
    assert tiers_open_to(mara.person_id, on=dt.date(2023, 12, 31)) == {Tier.SENIOR}
    assert tiers_open_to(mercy.ada.pk, on=TODAY) == {Tier.PEER}
    assert tiers_open_to(mercy.colin.pk, on=TODAY) == set()


@pytest.mark.usefixtures("in_mercy")
def test_a_profile_is_made_once_and_changed(mercy: World, mara: Member) -> None:
    budgets, rosters = make_tag(mercy.organization, "Budgets"), make_tag(mercy.organization, "Rosters")
    offer = replace(
        NOTHING,
        about="I have built two services.",
        languages=["ga", "en"],
        formats=[MeetingFormat.VIDEO, MeetingFormat.PHONE],
        tag_ids=[budgets.pk, rosters.pk],
        places={Tier.SENIOR: 3, Tier.CHAIR: 0},
    )
    made = save_profile(offer, by=mara)
    assert (made.languages, made.formats) == (["en", "ga"], ["phone", "video"])
    kept = Expertise.objects.get(tag=rosters)
    changed = save_profile(replace(offer, offering=False, tag_ids=[rosters.pk]), by=mara)
    assert (changed.pk, changed.offering) == (made.pk, False)
    assert expertise_of(made) == {rosters.pk}
    assert Expertise.objects.get() == kept
    assert list(Capacity.objects.values_list("tier", "places")) == [("senior", 3)]


@pytest.mark.usefixtures("in_mercy")
def test_places_that_are_taken_are_not_withdrawn(mercy: World, mara: Member) -> None:
    row = make_capacity(make_profile(mercy.mara), Tier.SENIOR, places=3)
    for mentee in (mercy.ada, mercy.colin):
        make_mentorship(mercy.mara, mentee, tier=Tier.SENIOR)
    offer = replace(NOTHING, about="Changed", places={Tier.SENIOR: 1})
    with pytest.raises(ValidationError) as refused:
        save_profile(offer, by=mara)
    words = "2 places are taken. They are free again when those mentorships end."
    assert refused.value.message_dict == {"places_senior": [words]}
    assert MentorProfile.objects.get().about == ""  # the whole form is refused
    save_profile(replace(offer, places={Tier.SENIOR: 2}), by=mara)
    row.refresh_from_db()
    assert (row.places, row.taken) == (2, 2)


@pytest.mark.usefixtures("in_mercy")
def test_places_in_a_tier_that_is_not_open_only_become_fewer(mercy: World, mara: Member) -> None:
    with pytest.raises(ValidationError) as refused:
        save_profile(replace(NOTHING, places={Tier.PEER: 1}), by=mara)
    assert set(refused.value.message_dict) == {"places_peer"}
    row = make_capacity(make_profile(mercy.mara), Tier.PEER, places=3)
    save_profile(replace(NOTHING, places={Tier.PEER: 2}), by=mara)
    save_profile(replace(NOTHING, places={Tier.PEER: 0}), by=mara)
    row.refresh_from_db()
    assert row.places == 0


@pytest.mark.usefixtures("in_mercy")
def test_who_knows_everything_is_asked_to_choose(mercy: World, mara: Member) -> None:
    tags = [make_tag(mercy.organization) for _each in range(MOST_EXPERTISE + 1)]
    with pytest.raises(ValidationError, match="You chose 13; choose 12 at most"):
        save_profile(replace(NOTHING, tag_ids=[tag.pk for tag in tags]), by=mara)
    retired = make_tag(mercy.organization, retired_on=TODAY)
    save_profile(replace(NOTHING, tag_ids=[tags[0].pk, retired.pk]), by=mara)
    assert Expertise.objects.get().tag == tags[0]


def test_mentors_are_those_who_offer_and_are_here(mercy: World) -> None:
    budgets = make_tag(mercy.organization, "Budgets")
    gone = make_person(mercy.organization, "Gone", mercy.unit, end_date=TODAY - dt.timedelta(days=1))
    for person in (mercy.mara, gone):
        make_capacity(make_profile(person, [budgets]), Tier.SENIOR)
    make_profile(mercy.eli, [budgets], offering=False)
    make_capacity(make_profile(mercy.colin), Tier.PEER, places=0)
    with tenant_scope(mercy.organization.pk):
        assert names(mentors(on=TODAY)) == ["Colin", "Mara"]
        assert names(mentors(on=TODAY, tag=budgets.pk)) == ["Mara"]
        assert names(mentors(on=TODAY, tier=Tier.SENIOR)) == ["Mara"]
        assert names(mentors(on=TODAY, tier=Tier.PEER)) == []


def test_the_profile_page_asks_about_open_tiers_and_saves(
    mercy: World, mara: Member, sign_in: SignIn
) -> None:
    tag = make_tag(mercy.organization, "Cardiac imaging", kind=TagKind.SPECIALTY)
    client, url = sign_in(mercy.mara), reverse("mentoring:profile", args=[mercy.slug])
    page = client.get(url).content.decode()
    assert 'name="places_senior" value="3"' in page
    assert 'name="places_chair" value="3"' in page
    assert "places_peer" not in page
    assert "Residents and fellows who are ahead" in page
    posted = {
        "offering": "on",
        "about": "Two services.",
        "specialty": [tag.pk],
        "languages": ["en"],
        "formats": ["video"],
        "places_senior": 2,
        "places_chair": 1,
    }
    answer = client.post(url, posted)
    assert answer["Location"] == reverse("mentoring:hours", args=[mercy.slug])  # next: when
    page = client.get(url).content.decode()
    assert 'name="places_senior" value="2"' in page
    assert page.count("checked") == 4
    wrong = client.post(url, {**posted, "places_senior": 21, "languages": ["klingon"]})
    assert wrong.status_code == 422
    assert "less than or equal to 20" in wrong.content.decode()


def test_taken_places_are_told_beside_the_field(mercy: World, mara: Member, sign_in: SignIn) -> None:
    make_capacity(make_profile(mercy.mara), Tier.SENIOR, places=2)
    make_mentorship(mercy.mara, mercy.ada, tier=Tier.SENIOR)
    url = reverse("mentoring:profile", args=[mercy.slug])
    answer = sign_in(mercy.mara).post(url, {"places_senior": 0, "places_chair": 0})
    assert answer.status_code == 422
    assert "1 place is taken." in answer.content.decode()
    assert 'id="id_places_senior_error"' in answer.content.decode()


def test_who_can_offer_no_place_learns_why(mercy: World, sign_in: SignIn) -> None:
    page = sign_in(mercy.colin).get(reverse("mentoring:profile", args=[mercy.slug])).content.decode()
    assert "There is no tier in which you can offer places now" in page


def test_the_list_shows_cards_and_filters_by_tag_and_tier(mercy: World, sign_in: SignIn) -> None:
    budgets = make_tag(mercy.organization, "Budgets")
    mentor = make_profile(
        mercy.mara, [budgets], about="Two services.", languages=["ga", "xx"], formats=["phone", "in_person"]
    )
    make_capacity(mentor, Tier.SENIOR, places=1)
    make_mentorship(mercy.mara, mercy.ada, tier=Tier.SENIOR)
    make_profile(mercy.eli, offering=True)
    client, url = sign_in(mercy.colin), reverse("mentoring:mentors", args=[mercy.slug])
    page = client.get(url).content.decode()
    for words in (
        "Mara Mercy",
        "Eli Mercy",
        "Two services.",
        "Irish, xx",
        "in person, telephone",
        "no place free",
    ):
        assert words in page
    filtered = client.get(f"{url}?tag={budgets.pk}&tier=senior").content.decode()
    assert "Mara Mercy" in filtered
    assert "Eli Mercy" not in filtered
    assert "remove this filter" in filtered
    assert "No mentor found" in client.get(f"{url}?tier=chair").content.decode()
    assert client.get(f"{url}?tag=nonsense").status_code == 422


def test_the_list_costs_the_same_with_one_mentor_and_with_three(mercy: World, sign_in: SignIn) -> None:
    client, url = sign_in(mercy.colin), reverse("mentoring:mentors", args=[mercy.slug])
    tag = make_tag(mercy.organization)
    make_capacity(make_profile(mercy.mara, [tag]))
    one = queries_of(client, url)
    for person in (mercy.eli, mercy.ada):
        make_capacity(make_profile(person, [tag]))
    assert queries_of(client, url) == one


def test_the_profile_costs_the_same_with_one_tag_and_with_three(mercy: World, sign_in: SignIn) -> None:
    client, url = sign_in(mercy.mara), reverse("mentoring:profile", args=[mercy.slug])
    mentor = make_profile(mercy.mara, [make_tag(mercy.organization)])
    make_capacity(mentor)
    one = queries_of(client, url)
    for tier in (Tier.PEER, Tier.CHAIR):
        make_capacity(mentor, tier)
        make_tag(mercy.organization)
    assert queries_of(client, url) == one
