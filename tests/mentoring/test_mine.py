"""The page of the own mentorships, the page of one, and what they put on Today."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mentoring.enums import Initiator, MentorshipState, Tier
from mentoring.models import Mentorship
from people.models import Person
from tests.counting import queries_of
from tests.factories.mentoring import make_mentorship
from tests.factories.people import make_person
from tests.world import World

SignIn = Callable[[Person], Client]


def mine(client: Client, world: World) -> str:
    return client.get(reverse("mentoring:mine", args=[world.slug])).content.decode()


def page_of(mentorship: Mentorship, world: World) -> str:
    return reverse("mentoring:mentorship", args=[world.slug, mentorship.pk])


def test_somebody_without_mentorships_reads_what_happens_next(mercy: World, sign_in: SignIn) -> None:
    page = mine(sign_in(mercy.ada), mercy)
    assert "You have no mentor yet" in page
    assert "You mentor nobody yet" in page


def test_mentors_are_shown_by_tier_and_mentees_beside(mercy: World, sign_in: SignIn) -> None:
    make_mentorship(mercy.eli, mercy.ada, tier=Tier.CHAIR)
    make_mentorship(mercy.ada, mercy.colin)
    page = mine(sign_in(mercy.ada), mercy)
    assert "Eli Mercy" in page
    assert "nobody yet" in page  # peer and senior attending
    assert "Colin Mercy" in page
    assert "Eli Mercy" not in mine(sign_in(mercy.colin), mercy)


@pytest.mark.parametrize(
    ("state", "asked", "words"),
    [
        (MentorshipState.OFFERED, "eli", "Will you mentor Ada Mercy?"),
        (MentorshipState.ACCEPTED, "ada", "Confirm Eli Mercy as your mentor"),
        (MentorshipState.ACTIVE, "", ""),
    ],
)
def test_whoever_has_to_answer_is_asked(
    mercy: World, sign_in: SignIn, state: MentorshipState, asked: str, words: str
) -> None:
    made = make_mentorship(mercy.eli, mercy.ada, state=state)
    for who in ("eli", "ada"):
        client = sign_in(mercy.people[who])
        today = client.get(reverse("today", args=[mercy.slug])).content.decode()
        assert (page_of(made, mercy) in today) == (who == asked)
        assert ("Waits for your answer" in mine(client, mercy)) == (who == asked)
    if asked:
        assert words in mine(sign_in(mercy.people[asked]), mercy)


def test_a_mentee_does_not_see_whom_they_were_offered_to(mercy: World, sign_in: SignIn) -> None:
    made = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.OFFERED)
    ada = sign_in(mercy.ada)
    assert "somebody is asked" in mine(ada, mercy)
    assert "Eli Mercy" not in mine(ada, mercy)
    assert ada.get(page_of(made, mercy)).status_code == 404
    assert sign_in(mercy.eli).get(page_of(made, mercy)).status_code == 200


def test_a_mentee_sees_whom_they_asked(mercy: World, sign_in: SignIn) -> None:
    asked = {"state": MentorshipState.OFFERED, "initiator": Initiator.MENTEE}
    made = make_mentorship(mercy.eli, mercy.ada, **asked)
    ada = sign_in(mercy.ada)
    assert "Eli Mercy" in mine(ada, mercy)
    assert ada.get(page_of(made, mercy)).status_code == 200


def test_what_ended_is_kept_below(mercy: World, sign_in: SignIn) -> None:
    made = make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.ENDED, over_reason="Eli moved.")
    assert "Behind us" in mine(sign_in(mercy.ada), mercy)
    assert "Eli moved." in sign_in(mercy.ada).get(page_of(made, mercy)).content.decode()


def test_what_never_began_is_not_brought_up_again(mercy: World, sign_in: SignIn) -> None:
    make_mentorship(mercy.eli, mercy.ada, state=MentorshipState.DECLINED, over_reason="No time.")
    assert "Ada Mercy" not in mine(sign_in(mercy.eli), mercy).partition("<main")[2]


def test_the_page_costs_the_same_for_one_and_three_mentees(mercy: World, sign_in: SignIn) -> None:
    client, url = sign_in(mercy.eli), reverse("mentoring:mine", args=[mercy.slug])
    make_mentorship(mercy.eli, mercy.ada)
    one = queries_of(client, url)
    for name in ("Bea", "Cid"):
        make_mentorship(mercy.eli, make_person(mercy.organization, name, mercy.unit))
    assert queries_of(client, url) == one
