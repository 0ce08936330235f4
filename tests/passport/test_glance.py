"""The first screen of a Passport answers four questions, each with a way to more."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from passport.enums import StampState
from passport.glance import Answer, glance_at
from passport.helpers import Helper
from passport.journey import journey_of
from passport.models import Milestone
from people.models import Person
from tests.factories.passport import find_milestone, make_holder, make_presets, make_stamp
from tests.factories.sponsors import make_sponsorship
from tests.world import World

SignIn = Callable[[Person], Client]
NOBODY = UUID(int=0)
DOING = Answer("91.7", "On track", "#readiness", "ok")
SPONSOR = Helper("Colin Mercy", "Primary sponsor", "/chart/")
LEADER = Helper("Mara Mercy", "Immediate leader")
MISSING = Helper("Choose a sponsor", "You have none yet", "/clinic/", is_missing=True)


@pytest.fixture
def milestone(mercy: World) -> Milestone:
    make_presets(mercy.organization)
    make_holder(mercy.ada)
    return find_milestone(mercy.organization, "Shadow a chair meeting")


def answers(page: str) -> dict[str, tuple[str, str]]:
    """By question the answer and where it leads."""
    (glance,) = re.findall(r'<nav class="card glance no-print".*?</nav>', page, re.S)
    found = re.findall(
        r'<a href="([^"]+)"><span class="small">(?:<svg.*?</svg>)?(.*?)</span><b>(.*?)</b>', glance, re.S
    )
    return {question: (words, url) for url, question, words in found}


def own_page(world: World, sign_in: SignIn) -> str:
    return sign_in(world.ada).get(reverse("passport:mine", args=[world.slug])).content.decode()


class TestHelping:
    @pytest.mark.parametrize(
        ("helpers", "words", "note", "url"),
        [
            ([SPONSOR, LEADER, MISSING], "Colin Mercy", "Primary sponsor, and 1 more", "#helpers"),
            ([LEADER], "Mara Mercy", "Immediate leader", "#helpers"),
            ([MISSING], "Nobody yet", "Choose a sponsor", "/clinic/"),
            ([], "Nobody yet", "", "#helpers"),
        ],
    )
    def test_who_answers_for_somebody_comes_first(
        self, helpers: list[Helper], words: str, note: str, url: str
    ) -> None:
        empty = journey_of("none", [], [], [])
        asked = glance_at(empty, helpers, DOING, own=True, stage="", slug="mercy", person_id=NOBODY)
        answer = asked[2].answer
        assert (answer.words, answer.note, answer.url) == (words, note, url)

    def test_where_the_map_is_walked_nothing_is_next(self) -> None:
        empty = journey_of("attending", [], [], [])
        where, following, _, doing = glance_at(
            empty, [], DOING, own=False, stage="Attending", slug="mercy", person_id=NOBODY
        )
        assert (where.asked, where.answer.words, where.answer.note) == (
            "Where now",
            "Attending",
            "The map is walked",
        )
        assert following.answer.words == "Nothing is open"
        assert doing.answer == DOING


@pytest.mark.usefixtures("milestone")
class TestPage:
    def test_four_questions_with_their_answers(self, mercy: World, sign_in: SignIn) -> None:
        make_sponsorship(mercy.colin, mercy.ada)
        found = answers(own_page(mercy, sign_in))
        assert list(found) == ["Where am I", "What is next", "Who helps me", "How am I doing"]
        assert found["Where am I"] == ("Resident", "#stage-resident")
        assert found["Who helps me"] == ("Colin Mercy", "#helpers")
        assert found["How am I doing"][0] == "No score yet"

    def test_every_way_leads_somewhere(self, mercy: World, sign_in: SignIn) -> None:
        page, client = own_page(mercy, sign_in), sign_in(mercy.ada)
        for _, url in answers(page).values():
            if url.startswith("#"):
                assert f'id="{url[1:]}"' in page
            else:
                assert client.get(url).status_code == 200

    def test_what_was_sent_back_comes_first(
        self, mercy: World, milestone: Milestone, sign_in: SignIn
    ) -> None:
        make_stamp(
            mercy.ada,
            milestone,
            mercy.mara,
            state=StampState.DECLINED,
            decision_note="Which meeting?",
            rule="",
        )
        page = own_page(mercy, sign_in)
        assert answers(page)["What is next"][0] == "Shadow a chair meeting"
        assert "Sent back" in page

    def test_without_a_sponsor_one_is_a_click_away(self, mercy: World, sign_in: SignIn) -> None:
        page = own_page(mercy, sign_in)
        assert "Choose a sponsor" in page
        assert reverse("sponsors:mine", args=[mercy.slug]) in page

    def test_others_are_told_of_the_immediate_leader_alone(self, mercy: World, sign_in: SignIn) -> None:
        make_sponsorship(mercy.colin, mercy.ada)
        url = reverse("passport:person", args=[mercy.slug, mercy.ada.pk])
        page = sign_in(mercy.mara).get(url).content.decode()
        assert list(answers(page)) == ["Where now", "What is next", "Who helps", "How it goes"]
        assert "Colin Mercy" not in page
