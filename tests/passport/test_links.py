"""Private links: what somebody outside sees of a Passport, how long, and who can find one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from passport.enums import StampState
from passport.links import MOST_AT_ONCE, secret_of_link
from passport.models import Milestone, PassportLink, Stamp
from people.models import Person
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.passport import (
    find_milestone,
    make_claim,
    make_holder,
    make_link,
    make_presets,
    make_publication,
    make_stamp,
)
from tests.world import World
from web.secret_ids import id_behind, secret_of

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()


@pytest.fixture
def milestone(mercy: World) -> Milestone:
    make_presets(mercy.organization)
    make_holder(mercy.ada)
    return find_milestone(mercy.organization, "Shadow a chair meeting")


def shared(world: World, secret: str) -> Any:
    """As somebody who has never signed in opens it."""
    return Client().get(reverse("passports:shared", args=[world.slug, secret]))


def links(world: World) -> list[PassportLink]:
    with tenant_scope(world.organization.pk):
        return list(PassportLink.objects.order_by("made_at"))


def revoke(stamp: Stamp, by: Person) -> None:
    with tenant_scope(stamp.organization_id):
        Stamp.objects.filter(pk=stamp.pk).update(
            state=StampState.REVOKED,
            revoked_by=by,
            revoked_at=timezone.now(),
            revoke_reason="It was another meeting.",
        )


class TestSecret:
    def test_it_leads_back_to_its_id(self) -> None:
        row_id = uuid4()
        assert id_behind(secret_of(row_id, "passport.link"), "passport.link") == row_id

    def test_a_secret_of_another_kind_opens_nothing(self) -> None:
        assert id_behind(secret_of(uuid4(), "mentoring.calendar_feed"), "passport.link") is None

    @pytest.mark.parametrize("secret", ["", "-", "x" * 97, f"{uuid4().hex}-{'0' * 64}", f"{uuid4()}"])
    def test_what_was_never_given_out(self, secret: str) -> None:
        assert id_behind(secret, "passport.link") is None


@pytest.mark.usefixtures("milestone")
class TestGivingOut:
    def test_the_holder_makes_one_and_sees_it_opened(
        self, mercy: World, milestone: Milestone, sign_in: SignIn
    ) -> None:
        make_stamp(mercy.ada, milestone, mercy.mara)
        client, page = sign_in(mercy.ada), reverse("passport:links", args=[mercy.slug])
        made = client.post(page, {"given_to": "Dr Byrne", "last_day": TODAY + dt.timedelta(days=7)})
        assert made.status_code == 302
        (address,) = re.findall(r'readonly value="([^"]+)"', client.get(page).content.decode())
        path = address.removeprefix("http://testserver").split("/", 3)[-1]
        opened = Client().get(f"/{path}")
        assert opened.status_code == 200
        assert "Shadow a chair meeting" in opened.content.decode()
        again = client.get(page).content.decode()
        assert "Dr Byrne" in again
        assert "with the research portfolio" not in again
        with_them = {"given_to": "Dr Byrne", "last_day": TODAY, "shows_publications": "on"}
        assert client.post(page, with_them).status_code == 302
        assert "with the research portfolio" in client.get(page).content.decode()
        assert "opened 1 time," in again

    @pytest.mark.parametrize("last_day", [TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=366)])
    def test_a_day_too_early_or_too_late(self, mercy: World, sign_in: SignIn, last_day: dt.date) -> None:
        page = reverse("passport:links", args=[mercy.slug])
        answer = sign_in(mercy.ada).post(page, {"given_to": "Dr Byrne", "last_day": last_day})
        assert answer.status_code == 422
        assert "A day from today" in answer.content.decode()
        assert "Dr Byrne" in answer.content.decode()
        assert links(mercy) == []

    def test_without_a_passport_there_is_nothing_to_show(self, mercy: World, sign_in: SignIn) -> None:
        page = reverse("passport:links", args=[mercy.slug])
        answer = sign_in(mercy.mara).post(page, {"given_to": "Dr Byrne", "last_day": TODAY})
        assert answer.status_code == 422
        assert "Open your Passport first" in answer.content.decode()

    def test_not_more_at_once_than_anybody_can_keep_in_mind(self, mercy: World, sign_in: SignIn) -> None:
        for _ in range(MOST_AT_ONCE - 1):
            make_link(mercy.ada)
        make_link(mercy.ada, last_day=TODAY - dt.timedelta(days=1))
        client, page = sign_in(mercy.ada), reverse("passport:links", args=[mercy.slug])
        assert client.post(page, {"given_to": "One more", "last_day": TODAY}).status_code == 302
        refused = client.post(page, {"given_to": "And another", "last_day": TODAY})
        assert (refused.status_code, len(links(mercy))) == (422, MOST_AT_ONCE + 1)

    def test_the_page_asks_the_same_of_one_link_and_of_many(self, mercy: World, sign_in: SignIn) -> None:
        client, page = sign_in(mercy.ada), reverse("passport:links", args=[mercy.slug])
        make_link(mercy.ada)
        few = queries_of(client, page)
        for _ in range(10):
            make_link(mercy.ada)
        assert queries_of(client, page) == few


class TestShown:
    def test_what_is_attested_and_nothing_else(self, mercy: World, milestone: Milestone) -> None:
        make_stamp(mercy.ada, milestone, mercy.mara, statement="My own words", link="https://x.example/e")
        waits = find_milestone(mercy.organization, "Read a service budget")
        make_claim(mercy.ada, waits, statement="Between us")
        answer = shared(mercy, secret_of_link(make_link(mercy.ada, given_to="A rival hospital")))
        page = answer.content.decode()
        assert "verified by Mara Mercy" in page
        for word in (
            "My own words",
            "x.example",
            "Between us",
            "Read a service budget",
            "A rival",
            "Readiness",
        ):
            assert word not in page
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "no-store" in answer.headers["Cache-Control"]

    def test_publications_where_the_holder_says_so(self, mercy: World, milestone: Milestone) -> None:
        make_publication(mercy.ada, title="On rounds", doi="10.1000/182")
        silent = make_link(mercy.ada)
        assert "On rounds" not in shared(mercy, secret_of_link(silent)).content.decode()
        page = shared(mercy, secret_of_link(make_link(mercy.ada, shows_publications=True))).content.decode()
        assert "On rounds" in page
        assert "nobody here verified it" in page
        assert "https://doi.org/10.1000/182" in page

    def test_a_stamp_that_was_revoked_is_gone(self, mercy: World, milestone: Milestone) -> None:
        revoke(make_stamp(mercy.ada, milestone, mercy.mara), mercy.mara)
        page = shared(mercy, secret_of_link(make_link(mercy.ada))).content.decode()
        assert "Shadow a chair meeting" not in page
        assert "another meeting" not in page

    @pytest.mark.parametrize(
        "fields",
        [{"last_day": TODAY - dt.timedelta(days=1)}, {"revoked_at": timezone.now() + dt.timedelta(hours=1)}],
        ids=["over", "revoked"],
    )
    @pytest.mark.usefixtures("milestone")
    def test_one_that_answers_no_more(self, mercy: World, fields: dict[str, Any]) -> None:
        link = make_link(mercy.ada, **fields)
        assert shared(mercy, secret_of_link(link)).status_code == 404
        assert links(mercy)[0].opened == 0

    @pytest.mark.usefixtures("milestone")
    def test_revoking_takes_it_back(self, mercy: World, sign_in: SignIn) -> None:
        link = make_link(mercy.ada)
        page = reverse("passport:link_revoke", args=[mercy.slug, link.pk])
        assert sign_in(mercy.mara).post(page).status_code == 404
        assert shared(mercy, secret_of_link(link)).status_code == 200
        assert sign_in(mercy.ada).post(page).status_code == 302
        assert shared(mercy, secret_of_link(link)).status_code == 404

    @pytest.mark.usefixtures("milestone")
    def test_a_guess_and_another_organisation(self, mercy: World, fenwick: World) -> None:
        link = make_link(mercy.ada)
        assert shared(mercy, f"{link.pk.hex}-{'0' * 64}").status_code == 404
        assert shared(mercy, "nonsense").status_code == 404
        assert shared(fenwick, secret_of_link(link)).status_code == 404
