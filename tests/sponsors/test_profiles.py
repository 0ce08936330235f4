"""Agreeing to sponsor, the list that leaders choose from, and the definition of the role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from people.models import Person
from sponsors.models import SponsorProfile
from sponsors.queries.profiles import definition_in_force
from sponsors.services.definition import change_definition
from sponsors.services.profiles import MOST_INTERESTS, Offer, save_profile
from tenancy.scope import Scope, tenant_transaction
from tests.counting import queries_of
from tests.factories.mentoring import make_tag
from tests.factories.people import make_person
from tests.factories.sponsors import make_sponsor, make_sponsorship
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
OFFER = Offer(offering=True, experience="I led a ward.", places=2, tag_ids=(), agreed=1)


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"sponsors:{name}", args=[world.slug, *arguments])


class TestProfile:
    def test_somebody_agrees_and_is_on_the_list(self, mercy: World, sign_in: SignIn) -> None:
        tag = make_tag(mercy.organization, "Finance")
        sent = {
            "offering": "on",
            "places": "3",
            "experience": "I led a ward.",
            "tags": [str(tag.pk)],
            "agreed": "on",
            "version": "1",
        }
        assert sign_in(mercy.eli).post(address(mercy, "profile"), sent).status_code == 302
        page = sign_in(mercy.ada).get(address(mercy, "sponsors")).content.decode()
        for words in ("Eli Mercy", "I led a ward.", "Finance", "0 of 3", "Ask Eli"):
            assert words in page

    def test_nobody_sponsors_without_agreeing(self, mercy: World, sign_in: SignIn) -> None:
        sent = {"offering": "on", "places": "3", "version": "1"}
        answer = sign_in(mercy.eli).post(address(mercy, "profile"), sent)
        assert answer.status_code == 422
        assert "Nobody sponsors without having agreed" in answer.content.decode()
        with tenant_transaction(mercy.organization.pk):
            assert not SponsorProfile.objects.exists()

    def test_a_new_definition_is_agreed_to_anew(self, mercy: World, sign_in: SignIn) -> None:
        make_sponsor(mercy.eli)
        client = sign_in(mercy.eli)
        agree = "I have read what a sponsor does here"
        assert agree not in client.get(address(mercy, "profile")).content.decode()
        with tenant_transaction(mercy.organization.pk):
            change_definition("Be there.", after=1, by=member_of(mercy.henry))
        assert "What a sponsor does has changed" in client.get(address(mercy, "mine")).content.decode()
        assert agree in client.get(address(mercy, "profile")).content.decode()
        client.post(
            address(mercy, "profile"), {"offering": "on", "places": "2", "agreed": "on", "version": "2"}
        )
        assert "What a sponsor does has changed" not in client.get(address(mercy, "mine")).content.decode()

    def test_agreeing_to_words_that_changed_meanwhile_is_refused(self, mercy: World, in_mercy: Scope) -> None:
        change_definition("Be there.", after=1, by=member_of(mercy.henry))
        with pytest.raises(ValidationError, match="The definition of the role changed meanwhile"):
            save_profile(OFFER, by=member_of(mercy.eli))

    def test_places_are_never_fewer_than_taken(self, mercy: World, in_mercy: Scope) -> None:
        make_sponsor(mercy.eli)
        make_sponsorship(mercy.eli, mercy.ada)
        with pytest.raises(ValidationError, match="You sponsor 1 leader"):
            save_profile(Offer(True, "", 0, (), None), by=member_of(mercy.eli))

    def test_a_dozen_words_are_enough(self, mercy: World, in_mercy: Scope) -> None:
        tags = {make_tag(mercy.organization).pk for _number in range(MOST_INTERESTS + 1)}
        with pytest.raises(ValidationError, match="You chose 13; choose 12 at most"):
            save_profile(Offer(True, "", 2, tags, 1), by=member_of(mercy.eli))


class TestList:
    def test_it_is_filtered_by_word_and_by_free_place(self, mercy: World, sign_in: SignIn) -> None:
        tag = make_tag(mercy.organization, "Finance")
        make_sponsor(mercy.eli, tag, places=1)
        make_sponsor(mercy.henry)
        make_sponsorship(mercy.eli, mercy.colin)
        client = sign_in(mercy.ada)

        def found(query: str) -> set[str]:
            page = client.get(f"{address(mercy, 'sponsors')}?{query}").content.decode()
            return {name for name in ("Eli", "Henry") if f"{name} Mercy" in page}

        assert found("") == {"Eli", "Henry"}
        assert found(f"tag={tag.pk}") == {"Eli"}
        assert found("free=on") == {"Henry"}
        assert client.get(f"{address(mercy, 'sponsors')}?tag=nonsense").status_code == 422

    def test_who_takes_nobody_new_is_not_on_it(self, mercy: World, sign_in: SignIn) -> None:
        make_sponsor(mercy.henry)
        make_sponsor(mercy.eli, offering=False)
        page = sign_in(mercy.ada).get(address(mercy, "sponsors")).content.decode()
        assert ("Henry Mercy" in page, "Eli Mercy" in page) == (True, False)

    def test_the_own_immediate_leader_is_shown_and_cannot_be_asked(
        self, mercy: World, sign_in: SignIn
    ) -> None:
        make_sponsor(mercy.mara)
        page = sign_in(mercy.ada).get(address(mercy, "sponsors")).content.decode()
        assert "Your immediate leader reviews your plan beside a sponsor." in page
        assert "Ask Mara" not in page
        assert "Ask Mara" in sign_in(mercy.henry).get(address(mercy, "sponsors")).content.decode()

    def test_many_sponsors_cost_no_more_queries_than_one(self, mercy: World, sign_in: SignIn) -> None:
        tag = make_tag(mercy.organization)
        make_sponsor(mercy.eli, tag)
        client, page = sign_in(mercy.ada), address(mercy, "sponsors")
        one = queries_of(client, page)
        for number in range(3):
            person = make_person(mercy.organization, f"S{number}", mercy.unit)
            make_sponsor(person, tag)
            make_sponsorship(person, mercy.people[("colin", "olga", "stella")[number]])
        assert queries_of(client, page) == one


class TestDefinition:
    def test_everybody_reads_it_and_its_history(self, mercy: World, sign_in: SignIn) -> None:
        client = sign_in(mercy.colin)
        assert "answers for one leader" in client.get(address(mercy, "definition")).content.decode()
        sent = {"words": "Open doors.", "version": "1"}
        assert sign_in(mercy.henry).post(address(mercy, "definition_edit"), sent).status_code == 302
        page = client.get(address(mercy, "definition")).content.decode()
        assert all(words in page for words in ("Open doors.", "Version 2 is in force", "Henry Mercy"))

    def test_only_its_keepers_change_it(self, mercy: World, in_mercy: Scope) -> None:
        with pytest.raises(PermissionDenied):
            change_definition("Mine", after=1, by=member_of(mercy.eli))

    def test_of_two_changes_the_second_sees_the_first(self, mercy: World, in_mercy: Scope) -> None:
        change_definition("Open doors.", after=1, by=member_of(mercy.henry))
        with pytest.raises(ValidationError, match="Meanwhile Henry Mercy put version 2 in force"):
            change_definition("Close doors.", after=1, by=member_of(mercy.paula))
        with pytest.raises(ValidationError, match="nothing is changed"):
            change_definition(" Open doors. ", after=2, by=member_of(mercy.paula))
        assert definition_in_force().words == "Open doors."
