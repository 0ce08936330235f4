"""The own clinic, the page of one sponsorship, the overview, and what they put on Today."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Person
from sponsors.enums import SponsorshipState
from sponsors.models import Sponsorship
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.people import make_cohort_membership, make_person
from tests.factories.sponsors import (
    make_action,
    make_goal,
    make_seat,
    make_sponsor,
    make_sponsorship,
)
from tests.world import World

SignIn = Callable[[Person], Client]


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"sponsors:{name}", args=[world.slug, *arguments])


def read(client: Client, world: World, name: str, *arguments: object) -> str:
    return client.get(address(world, name, *arguments)).content.decode()


def test_somebody_new_reads_what_happens_next(mercy: World, sign_in: SignIn) -> None:
    ada = sign_in(mercy.ada)
    for page in (read(ada, mercy, "mine"), read(ada, mercy, "chart", mercy.ada.pk)):
        assert "You have no primary sponsor yet" in page
        assert page.count('class="empty"') == 1


def test_my_clinic_without_a_sponsor_shows_what_there_is_and_no_more(mercy: World, sign_in: SignIn) -> None:
    make_sponsor(mercy.eli)
    make_seat(mercy.ada, mercy.colin, by=mercy.eli)
    make_action(make_goal(mercy.ada), title="Chair the board")
    ada = sign_in(mercy.ada)
    titles = re.findall(r"<h2[^>]*>\s*(.*?)\s*</h2>", read(ada, mercy, "chart", mercy.ada.pk))
    assert titles == ["Who looks after me", "Regimen"]
    make_sponsorship(mercy.eli, mercy.ada)
    page = read(ada, mercy, "chart", mercy.ada.pk)
    assert "You have no primary sponsor yet" not in page
    assert all(words in page for words in ("No conference yet", "Nothing logged", "Chair the board"))


def test_who_was_asked_and_how_to_ask_another(mercy: World, sign_in: SignIn) -> None:
    make_sponsor(mercy.eli)
    asked = make_sponsorship(mercy.eli, mercy.ada, state=SponsorshipState.ASKED)
    ada, take_back = sign_in(mercy.ada), address(mercy, "sponsorship_withdraw", asked.pk)
    for name, arguments in (("mine", ()), ("chart", (mercy.ada.pk,))):
        page = read(ada, mercy, name, *arguments)
        assert "You asked Eli Mercy to sponsor you" in page
        assert f'action="{take_back}"' in page
        assert "Choose a sponsor" not in page
    ada.post(take_back)
    assert "Choose a sponsor" in read(ada, mercy, "mine")


def test_from_asking_to_handing_over_in_the_browser(mercy: World, sign_in: SignIn) -> None:
    make_sponsor(mercy.eli)
    make_sponsor(mercy.henry)
    ada, eli, henry = sign_in(mercy.ada), sign_in(mercy.eli), sign_in(mercy.henry)
    first = ada.post(address(mercy, "ask", mercy.eli.pk), {"why": "You led a hospital."}, follow=True)
    assert "Eli Mercy has not answered yet" in first.content.decode()
    today = reverse("today", args=[mercy.slug])
    assert "Will you sponsor Ada Mercy?" in eli.get(today).content.decode()
    with tenant_transaction(mercy.organization.pk):
        asked = Sponsorship.objects.get()
    assert "You led a hospital." in read(eli, mercy, "sponsorship", asked.pk)
    eli.post(address(mercy, "sponsorship_accept", asked.pk))
    assert "Will you sponsor" not in eli.get(today).content.decode()
    assert "Eli Mercy" in read(ada, mercy, "mine")
    ada.post(address(mercy, "ask", mercy.henry.pk), {"why": ""})
    with tenant_transaction(mercy.organization.pk):
        second = Sponsorship.objects.get(sponsor=mercy.henry)
    henry.post(address(mercy, "sponsorship_accept", second.pk))
    eli.post(address(mercy, "sponsorship_handover", asked.pk), {"words": "She budgets a ward next."})
    for client in (ada, henry):
        assert "She budgets a ward next." in read(client, mercy, "sponsorship", second.pk)
    assert "Behind us" in read(eli, mercy, "mine")


def test_a_second_request_is_refused_on_the_page_and_keeps_the_words(mercy: World, sign_in: SignIn) -> None:
    for person in (mercy.eli, mercy.henry):
        make_sponsor(person)
    make_sponsorship(mercy.eli, mercy.ada, state=SponsorshipState.ASKED)
    answer = sign_in(mercy.ada).post(address(mercy, "ask", mercy.henry.pk), {"why": "Please."})
    assert answer.status_code == 422
    assert "You asked Eli Mercy, who has not answered yet" in answer.content.decode()
    assert "Please." in answer.content.decode()


def test_a_yes_that_comes_too_late_says_what_happened(mercy: World, sign_in: SignIn) -> None:
    make_sponsor(mercy.eli)
    made = make_sponsorship(mercy.eli, mercy.ada, state=SponsorshipState.WITHDRAWN)
    answer = sign_in(mercy.eli).post(address(mercy, "sponsorship_decline", made.pk), {"cause": "no_time"})
    assert answer.status_code == 422
    answer = sign_in(mercy.eli).post(address(mercy, "sponsorship_accept", made.pk))
    assert answer.status_code == 422
    assert "Meanwhile this changed. It is now: withdrawn." in answer.content.decode()


@pytest.mark.parametrize("who", ["mara", "paula", "henry"])
def test_words_between_the_two_are_not_for_others(mercy: World, sign_in: SignIn, who: str) -> None:
    made = make_sponsorship(
        mercy.eli,
        mercy.ada,
        state=SponsorshipState.ENDED,
        why="I doubt myself",
        over_cause="other",
        over_reason="We quarrelled",
        handover="She is tired",
    )
    assert "I doubt myself" in read(sign_in(mercy.ada), mercy, "sponsorship", made.pk)
    page = read(sign_in(mercy.people[who]), mercy, "sponsorship", made.pk)
    assert "Eli Mercy" in page
    assert not any(words in page for words in ("doubt", "quarrelled", "tired"))


def test_a_request_is_known_to_the_two_alone(mercy: World, sign_in: SignIn) -> None:
    made = make_sponsorship(mercy.eli, mercy.ada, state=SponsorshipState.ASKED)
    for who in ("mara", "paula", "henry", "colin"):
        client = sign_in(mercy.people[who])
        assert client.get(address(mercy, "sponsorship", made.pk)).status_code == 404


class TestOverview:
    def test_the_share_has_its_n_and_the_list_its_names(self, mercy: World, sign_in: SignIn) -> None:
        make_cohort_membership(mercy.cohort, mercy.colin)
        make_sponsor(mercy.eli)
        make_sponsorship(mercy.eli, mercy.colin)
        page = read(sign_in(mercy.paula), mercy, "overview")
        assert "n = 2" in page
        assert "1 of 2 leaders" in page
        assert ("Ada Mercy" in page, "Colin Mercy" in page) == (True, False)
        executive = read(sign_in(mercy.eli), mercy, "overview")
        assert "1 of 2 leaders" in executive
        assert "Ada Mercy" not in executive

    def test_the_file_has_the_same_people(self, mercy: World, sign_in: SignIn) -> None:
        make_sponsorship(mercy.eli, mercy.ada, state=SponsorshipState.ASKED)
        file = sign_in(mercy.henry).get(address(mercy, "overview_csv")).content.decode("utf-8-sig")
        _head, *rows = csv.reader(file.splitlines())
        assert [(row[0], row[3]) for row in rows] == [("Ada Mercy", "asked")]

    def test_many_leaders_cost_no_more_queries_than_one(self, mercy: World, sign_in: SignIn) -> None:
        client, page = sign_in(mercy.henry), address(mercy, "overview")
        one = queries_of(client, page)
        for number in range(3):
            person = make_person(mercy.organization, f"L{number}", mercy.unit)
            make_cohort_membership(mercy.cohort, person)
        assert queries_of(client, page) == one


def test_the_own_page_costs_the_same_for_one_and_three_leaders(mercy: World, sign_in: SignIn) -> None:
    make_sponsor(mercy.eli, places=5)
    make_sponsorship(mercy.eli, mercy.ada)
    client, page = sign_in(mercy.eli), address(mercy, "mine")
    one = queries_of(client, page)
    make_sponsorship(mercy.eli, mercy.colin)
    make_sponsorship(mercy.eli, mercy.olga, state=SponsorshipState.ASKED)
    assert queries_of(client, page) == one
