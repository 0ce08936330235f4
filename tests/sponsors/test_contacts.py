"""The light log of contacts: one line each, for its author and whom they share it with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from sponsors.enums import ContactReaders
from sponsors.models import Contact
from sponsors.queries.contacts import contacts_by, contacts_shown_to
from sponsors.queries.team import seat_at
from sponsors.services.contacts import Spoken, log_contact, remove_contact
from sponsors.services.team import release_specialist
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.sponsors import make_contact, make_seat, make_sponsor, make_sponsorship
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def clinic(mercy: World, in_mercy: Scope) -> World:
    """Eli sponsors Ada, Mara leads her, Colin looks after finance."""
    make_sponsor(mercy.eli)
    make_sponsorship(mercy.eli, mercy.ada)
    make_seat(mercy.ada, mercy.colin, by=mercy.eli)
    return mercy


def spoken(whom: Person, **fields: object) -> Spoken:
    values = {"on": TODAY, "about": "Whether she would chair the audit", **fields}
    return Spoken(whom, **values)  # type: ignore[arg-type]  # of the fields' types


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"sponsors:{name}", args=[world.slug, *arguments])


def readers(world: World, contact: Contact) -> set[str]:
    return {
        who
        for who, person in world.people.items()
        if contact in contacts_shown_to(seat_at(member_of(person), world.ada.pk, on=TODAY))
    }


class TestReading:
    @pytest.mark.parametrize(
        ("shared", "who"),
        [
            (ContactReaders.MINE, {"mara"}),
            (ContactReaders.PRIVATE, {"mara", "ada", "eli"}),
            (ContactReaders.TEAM, {"mara", "ada", "eli", "colin"}),
        ],
    )
    def test_its_author_says_who_reads_it(self, clinic: World, shared: ContactReaders, who: set[str]) -> None:
        made = log_contact(clinic.ada, spoken(clinic.ada, readers=shared), by=member_of(clinic.mara))
        assert readers(clinic, made) == who
        assert told() == []

    def test_it_is_mine_unless_i_share_it(self, clinic: World) -> None:
        made = log_contact(clinic.ada, spoken(clinic.olga), by=member_of(clinic.ada))
        assert readers(clinic, made) == {"ada"}

    def test_who_leaves_the_team_keeps_the_own_lines_alone(self, clinic: World, sign_in: SignIn) -> None:
        own = make_contact(clinic.ada, clinic.colin, clinic.ada, about="My own line")
        shared = make_contact(
            clinic.ada, clinic.eli, clinic.ada, about="For the team", readers=ContactReaders.TEAM
        )
        assert "colin" in readers(clinic, shared)
        release_specialist(clinic.ada.team_seats.get(), by=member_of(clinic.eli))
        assert "colin" not in readers(clinic, shared)
        colin = sign_in(clinic.colin)
        assert colin.get(address(clinic, "contacts", clinic.ada.pk)).status_code == 404
        mine = colin.get(address(clinic, "contacts_mine")).content.decode()
        assert ("My own line" in mine, "For the team" in mine) == (True, False)
        assert list(contacts_by(clinic.colin.pk)) == [own]


class TestLogging:
    @pytest.mark.parametrize("who", ["paula", "henry", "olga"])
    def test_who_is_not_of_the_team_logs_nothing(self, clinic: World, who: str) -> None:
        with pytest.raises(PermissionDenied):
            log_contact(clinic.ada, spoken(clinic.ada), by=member_of(clinic.people[who]))

    @pytest.mark.parametrize(
        ("whom", "fields", "words"),
        [
            ("eli", {}, "Name whom you spoke with"),
            ("ada", {"on": TODAY + DAY}, "last twelve months"),
            ("ada", {"on": TODAY - 366 * DAY}, "last twelve months"),
            ("ada", {"about": " "}, "Say what it was about"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, clinic: World, whom: str, fields: dict[str, object], words: str
    ) -> None:
        with pytest.raises(ValidationError, match=words):
            log_contact(clinic.ada, spoken(clinic.people[whom], **fields), by=member_of(clinic.eli))

    def test_its_author_alone_takes_it_out(self, clinic: World, sign_in: SignIn) -> None:
        made = make_contact(clinic.ada, clinic.eli, clinic.ada, readers=ContactReaders.TEAM)
        with pytest.raises(PermissionDenied):
            remove_contact(made, by=member_of(clinic.ada))
        remove = address(clinic, "contact_remove", made.pk)
        assert sign_in(clinic.ada).post(remove).status_code == 404
        sign_in(clinic.eli).post(remove)
        assert not Contact.objects.exists()

    def test_the_database_refuses_nonsense(self, clinic: World) -> None:
        for name, fields in {"readers": {"readers": "x"}, "about": {"about": ""}}.items():
            with pytest.raises(IntegrityError, match=f"sponsors_contact_{name}"), transaction.atomic():
                make_contact(clinic.ada, clinic.eli, clinic.ada, **fields)
        with pytest.raises(IntegrityError, match="sponsors_contact_not_oneself"), transaction.atomic():
            make_contact(clinic.ada, clinic.eli, clinic.eli)


class TestPages:
    def test_two_clicks_from_the_chart(self, clinic: World, sign_in: SignIn) -> None:
        eli, page = sign_in(clinic.eli), address(clinic, "contacts", clinic.ada.pk)
        assert page in eli.get(address(clinic, "chart", clinic.ada.pk)).content.decode()
        assert f'value="{clinic.ada.email}"' in eli.get(page).content.decode()
        sent = {"whom": clinic.ada.email, "on": TODAY.isoformat(), "readers": "mine"}
        assert eli.post(page, {**sent, "about": "Two\nlines"}).status_code == 422
        assert eli.post(page, {**sent, "about": "x", "whom": clinic.eli.email}).status_code == 422
        eli.post(page, {**sent, "about": "The audit", "next_step": "She asks Olga", "readers": "private"})
        chart = sign_in(clinic.ada).get(address(clinic, "chart", clinic.ada.pk)).content.decode()
        assert ("The audit" in chart, "She asks Olga" in chart) == (True, True)
        for who in ("mara", "colin", "paula"):
            page = address(clinic, "chart", clinic.ada.pk)
            assert "The audit" not in sign_in(clinic.people[who]).get(page).content.decode(), who

    def test_many_cost_no_more_queries(self, clinic: World, sign_in: SignIn) -> None:
        shared = {"readers": ContactReaders.TEAM}
        make_contact(clinic.ada, clinic.eli, clinic.ada, **shared)
        eli = sign_in(clinic.eli)
        pages = [
            address(clinic, "contacts", clinic.ada.pk),
            address(clinic, "contacts_mine"),
            address(clinic, "chart", clinic.ada.pk),
        ]
        one = [queries_of(eli, page) for page in pages]
        for _number in range(2):
            make_contact(clinic.ada, clinic.eli, clinic.mara, **shared)
        assert [queries_of(eli, page) for page in pages] == one
