"""The team that a sponsor convenes, the seats in it, and the chart that shows them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from sponsors.enums import Domain, OverCause
from sponsors.models import Sponsorship, TeamSeat
from sponsors.queries.team import seat_at, specialists_here
from sponsors.seats import Seat
from sponsors.services.sponsorships import end_sponsorship
from sponsors.services.team import Call, convene_specialist, release_specialist
from tenancy.scope import Scope, tenant_transaction
from tests.counting import queries_of
from tests.factories.people import make_person
from tests.factories.sponsors import make_seat, make_sponsor, make_sponsorship
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def running(mercy: World, in_mercy: Scope) -> Sponsorship:
    """Eli sponsors Ada."""
    make_sponsor(mercy.eli)
    return make_sponsorship(mercy.eli, mercy.ada)


def call(specialist: Person, **fields: object) -> Call:
    values = {"domain": Domain.FINANCE, "need": "To read a budget", "since": TODAY, **fields}
    return Call(specialist, **values)  # type: ignore[arg-type]  # of the fields' types


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"sponsors:{name}", args=[world.slug, *arguments])


class TestConvening:
    def test_the_sponsor_calls_and_both_are_told(self, mercy: World, running: Sponsorship) -> None:
        made = convene_specialist(mercy.ada, call(mercy.colin), by=member_of(mercy.eli))
        assert (made.specialist_id, made.domain, made.start_date) == (mercy.colin.pk, "finance", TODAY)
        assert told() == [
            ({mercy.colin.pk}, "You are called into the team of Ada Mercy: Finance."),
            ({mercy.ada.pk}, "Colin Mercy joins your team: Finance."),
        ]

    @pytest.mark.parametrize("who", ["ada", "mara", "paula", "henry", "colin"])
    def test_nobody_else_calls_or_releases(self, mercy: World, running: Sponsorship, who: str) -> None:
        seat, by = make_seat(mercy.ada, mercy.colin, by=mercy.eli), member_of(mercy.people[who])
        with pytest.raises(PermissionDenied):
            convene_specialist(mercy.ada, call(mercy.olga), by=by)
        with pytest.raises(PermissionDenied):
            release_specialist(seat, by=by)

    @pytest.mark.parametrize(
        ("who", "fields", "words"),
        [
            ("ada", {}, "Nobody is a specialist of their own team"),
            ("colin", {"until": TODAY}, "The end comes after the beginning"),
            ("colin", {"need": " "}, "Say what the leader needs them for"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, mercy: World, running: Sponsorship, who: str, fields: dict[str, object], words: str
    ) -> None:
        with pytest.raises(ValidationError, match=words):
            convene_specialist(mercy.ada, call(mercy.people[who], **fields), by=member_of(mercy.eli))

    def test_one_domain_twice_at_a_time_is_refused(self, mercy: World, running: Sponsorship) -> None:
        eli = member_of(mercy.eli)
        convene_specialist(mercy.ada, call(mercy.colin, until=TODAY + 30 * DAY), by=eli)
        with pytest.raises(ValidationError, match="looks after Finance for Ada Mercy in that time already"):
            convene_specialist(mercy.ada, call(mercy.colin, since=TODAY + 29 * DAY), by=eli)
        convene_specialist(mercy.ada, call(mercy.colin, since=TODAY + 30 * DAY), by=eli)
        convene_specialist(mercy.ada, call(mercy.colin, domain=Domain.COACHING), by=eli)

    def test_a_released_one_stays_in_the_history(self, mercy: World, running: Sponsorship) -> None:
        seat = release_specialist(make_seat(mercy.ada, mercy.colin, by=mercy.eli), by=member_of(mercy.eli))
        assert seat is not None
        assert seat.end_date == TODAY
        assert told() == [({mercy.colin.pk, mercy.ada.pk}, "Colin Mercy leaves the team of Ada Mercy.")]
        with pytest.raises(ValidationError, match="left the team already"):
            release_specialist(seat, by=member_of(mercy.eli))

    def test_one_who_has_not_begun_is_taken_back(self, mercy: World, running: Sponsorship) -> None:
        seat = make_seat(mercy.ada, mercy.colin, by=mercy.eli, start_date=TODAY + DAY)
        assert release_specialist(seat, by=member_of(mercy.eli)) is None
        assert not TeamSeat.objects.exists()

    def test_the_team_stays_when_the_sponsor_goes(self, mercy: World, running: Sponsorship) -> None:
        make_seat(mercy.ada, mercy.colin, by=mercy.eli)
        end_sponsorship(running, cause=OverCause.LEAVING, by=member_of(mercy.eli))
        assert seat_at(member_of(mercy.colin), mercy.ada.pk, on=TODAY).domains == {Domain.FINANCE}

    def test_the_database_refuses_oneself(self, mercy: World, running: Sponsorship) -> None:
        with pytest.raises(IntegrityError, match="sponsors_seat_not_oneself"), transaction.atomic():
            make_seat(mercy.ada, mercy.ada, by=mercy.eli)


class TestSeats:
    def test_everybody_sits_where_they_belong(self, mercy: World, running: Sponsorship) -> None:
        make_seat(mercy.ada, mercy.colin, by=mercy.eli)
        leader = mercy.ada.pk

        def seat_of(who: str) -> Seat:
            return seat_at(member_of(mercy.people[who]), leader, on=TODAY)

        assert seat_of("ada") == Seat(leader, is_leader=True)
        assert seat_of("eli") == Seat(leader, is_sponsor=True)
        assert seat_of("mara") == Seat(leader, is_manager=True)
        assert seat_of("colin") == Seat(leader, domains=frozenset({Domain.FINANCE}))
        assert seat_of("paula") == seat_of("henry") == Seat(leader, oversees=True)
        assert seat_of("stella") == Seat(leader)

    def test_a_specialist_reads_the_own_domain_only(self) -> None:
        seat = Seat(TODAY, domains=frozenset({Domain.FINANCE}))  # type: ignore[arg-type]  # whose does not matter
        assert (seat.reads_domain("finance"), seat.reads_domain("coaching")) == (True, False)
        assert (seat.is_in_team, seat.reads_private, seat.reads_all_domains) == (True, False, False)

    def test_a_former_sponsor_and_a_former_specialist_have_none(
        self, mercy: World, running: Sponsorship
    ) -> None:
        make_seat(mercy.ada, mercy.colin, by=mercy.eli, end_date=TODAY)
        end_sponsorship(running, cause=OverCause.LEAVING, by=member_of(mercy.eli))
        for who in (mercy.eli, mercy.colin):
            assert not seat_at(member_of(who), mercy.ada.pk, on=TODAY).is_anywhere


class TestPages:
    def test_a_specialist_is_called_in_the_browser(self, mercy: World, sign_in: SignIn) -> None:
        make_sponsor(mercy.eli)
        make_sponsorship(mercy.eli, mercy.ada)
        page = address(mercy, "team", mercy.ada.pk)
        sent = {"domain": "finance", "need": "To read a budget", "since": TODAY.isoformat()}
        refused = sign_in(mercy.eli).post(page, {**sent, "specialist": "nobody@mercy.example"})
        assert refused.status_code == 422
        assert "Nobody here has this address." in refused.content.decode()
        sign_in(mercy.eli).post(page, {**sent, "specialist": mercy.colin.email})
        chart = sign_in(mercy.ada).get(address(mercy, "chart", mercy.ada.pk)).content.decode()
        assert all(words in chart for words in ("Eli Mercy", "Mara Mercy", "Colin Mercy", "Finance"))
        assert "Teams I am in" in sign_in(mercy.colin).get(address(mercy, "mine")).content.decode()

    def test_who_oversees_sees_that_it_runs_and_not_the_team(self, mercy: World, sign_in: SignIn) -> None:
        make_sponsor(mercy.eli)
        make_sponsorship(mercy.eli, mercy.ada)
        make_seat(mercy.ada, mercy.colin, by=mercy.eli)
        chart = sign_in(mercy.paula).get(address(mercy, "chart", mercy.ada.pk)).content.decode()
        assert "Eli Mercy" in chart
        assert "Colin Mercy" not in chart

    def test_every_link_of_the_chart_opens_for_whoever_reads_it(self, mercy: World, sign_in: SignIn) -> None:
        make_sponsor(mercy.eli)
        make_sponsorship(mercy.eli, mercy.ada)
        make_seat(mercy.ada, mercy.colin, by=mercy.eli)
        for who in ("ada", "eli", "mara", "colin", "paula", "henry"):
            client = sign_in(mercy.people[who])
            page = client.get(address(mercy, "chart", mercy.ada.pk)).content.decode()
            links = set(re.findall(rf'href="(/o/{mercy.slug}/(?:clinic|people)/[^"?#]+)"', page))
            assert len(links) > 3
            assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200), who

    def test_a_need_is_read_by_whom_it_concerns(self, mercy: World, sign_in: SignIn) -> None:
        make_sponsor(mercy.eli)
        make_sponsorship(mercy.eli, mercy.ada)
        make_seat(mercy.ada, mercy.colin, by=mercy.eli)
        make_seat(mercy.ada, mercy.olga, by=mercy.eli, domain=Domain.COACHING, need="To listen")
        page = sign_in(mercy.colin).get(address(mercy, "team", mercy.ada.pk)).content.decode()
        assert ("To read a budget" in page, "To listen" in page) == (True, False)

    @pytest.mark.parametrize("name", ["chart", "team"])
    def test_many_specialists_cost_no_more_queries(self, mercy: World, sign_in: SignIn, name: str) -> None:
        make_sponsor(mercy.eli)
        make_sponsorship(mercy.eli, mercy.ada)
        make_seat(mercy.ada, mercy.colin, by=mercy.eli)
        client, page = sign_in(mercy.eli), address(mercy, name, mercy.ada.pk)
        one = queries_of(client, page)
        for who in ("olga", "stella"):
            make_seat(mercy.ada, mercy.people[who], by=mercy.eli)
        assert queries_of(client, page) == one


def test_the_load_of_specialists_counts_leaders_of_today(mercy: World) -> None:
    make_seat(mercy.ada, mercy.colin, by=mercy.eli)
    make_seat(mercy.ada, mercy.colin, by=mercy.eli, domain=Domain.QUALITY)
    make_seat(mercy.mara, mercy.colin, by=mercy.eli, end_date=TODAY)
    make_seat(make_person(mercy.organization, "Lou", mercy.unit), mercy.olga, by=mercy.eli, end_date=TODAY)
    with tenant_transaction(mercy.organization.pk):
        assert [(each.given_name, each.load) for each in specialists_here(on=TODAY)] == [  # type: ignore[attr-defined]
            ("Olga", 0),
            ("Colin", 1),
        ]
