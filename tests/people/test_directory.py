from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.directory_queries import found_by
from people.enums import CareerStage, Profession
from people.models import Person
from tenancy.scope import tenant_scope
from tests.factories.people import (
    make_appointment,
    make_cohort,
    make_cohort_membership,
    make_line,
    make_person,
    make_position,
    make_unit,
)
from tests.world import World

SignIn = Callable[[Person], Client]
BEFORE = {"start_date": dt.date(2020, 1, 1), "end_date": dt.date(2023, 6, 30)}


def directory(client: Client, world: World, **query: object) -> str:
    answer = client.get(reverse("people:people", args=[world.slug]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def page_of(client: Client, world: World, person: Person) -> str:
    answer = client.get(reverse("people:person", args=[world.slug, person.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def queries_for(client: Client, url: str) -> int:
    """How many statements a page takes, without the savepoint that the test's transaction adds."""
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len([query for query in found.captured_queries if "SAVEPOINT" not in query["sql"]])


@pytest.mark.parametrize("text", ["mul", "MÜL", "müller zoë", "zoe mu", "zoë", "z.mueller@"])
def test_people_are_found_by_the_beginning_of_a_name_or_address(mercy: World, text: str) -> None:
    zoe = make_person(
        mercy.organization, "Zoë", mercy.unit, family_name="Müller", email="Z.Mueller@mercy.example"
    )
    with tenant_scope(mercy.organization.pk):
        assert list(found_by(Person.objects.all(), text)) == [zoe]


def test_a_text_in_the_middle_of_a_name_finds_nobody(in_mercy: object, mercy: World) -> None:
    assert list(found_by(Person.objects.all(), "ercy")) == []


def test_directory_finds_by_name_and_says_when_there_is_nobody(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.colin)
    assert "Ada Mercy" in directory(client, mercy, q="ada")
    nobody = directory(client, mercy, q="zzz")
    assert "Ada Mercy" not in nobody
    assert "Nobody found" in nobody


def test_directory_narrows_by_profession_stage_and_unit_with_its_parts(mercy: World, sign_in: SignIn) -> None:
    ward = make_unit(mercy.organization, "Ward 4", parent=mercy.unit)
    surgery = make_unit(mercy.organization, "Surgery", parent=mercy.root)
    make_person(
        mercy.organization, "Noor", ward, profession=Profession.NURSE, career_stage=CareerStage.FELLOW
    )
    make_person(mercy.organization, "Sam", surgery, profession=Profession.NURSE)
    client = sign_in(mercy.colin)
    nurses = directory(client, mercy, profession="nurse")
    assert ("Noor Smith" in nurses, "Sam Smith" in nurses, "Ada Mercy" in nurses) == (True, True, False)
    cardiology = directory(client, mercy, unit=mercy.unit.pk, profession="nurse")
    assert ("Noor Smith" in cardiology, "Sam Smith" in cardiology) == (True, False)
    assert "Noor Smith" in directory(client, mercy, stage="fellow")


@pytest.mark.parametrize(("who", "seen"), [("henry", True), ("aude", True), ("colin", False)])
def test_people_who_left_are_seen_by_those_who_keep_records(
    mercy: World, sign_in: SignIn, who: str, seen: bool
) -> None:
    lea = make_person(mercy.organization, "Lea", mercy.unit, **BEFORE)
    client = sign_in(mercy.people[who])
    assert ("Lea Smith" in directory(client, mercy, former="on")) is seen
    assert "Lea Smith" not in directory(client, mercy)
    answer = client.get(reverse("people:person", args=[mercy.slug, lea.pk]))
    assert answer.status_code == (200 if seen else 404)


def test_directory_sorts_by_the_chosen_column(mercy: World, sign_in: SignIn) -> None:
    down = directory(sign_in(mercy.colin), mercy, sort="-name")
    assert down.index("Stella Mercy</a>") < down.index("Ada Mercy</a>")


@pytest.mark.parametrize(
    "query",
    [{"profession": "wizard"}, {"unit": "x"}, {"q": "\x00"}, {"q": "a" * 101}, {"stage": "'"}],
)
def test_directory_refuses_what_it_does_not_offer(
    mercy: World, sign_in: SignIn, query: dict[str, str]
) -> None:
    answer = sign_in(mercy.colin).get(reverse("people:people", args=[mercy.slug]), query)
    assert answer.status_code == 422
    assert 'class="errors"' in answer.content.decode()


def test_directory_does_not_know_another_organizations_unit(
    mercy: World, fenwick: World, sign_in: SignIn
) -> None:
    url = reverse("people:people", args=[mercy.slug])
    answer = sign_in(mercy.colin).get(url, {"unit": fenwick.unit.pk})
    assert answer.status_code == 422
    assert fenwick.unit.name + "</option>" not in answer.content.decode().replace(
        "Cardiology</option>", "", 1
    )


@pytest.mark.parametrize("more", [1, 3])
def test_directory_takes_the_same_few_queries(mercy: World, sign_in: SignIn, more: int) -> None:
    for number in range(more):
        make_person(mercy.organization, f"New{number}", make_unit(mercy.organization, f"U{number}"))
    assert queries_for(sign_in(mercy.colin), reverse("people:people", args=[mercy.slug])) <= 7


def test_person_page_says_who_somebody_is(mercy: World, sign_in: SignIn) -> None:
    page = page_of(sign_in(mercy.colin), mercy, mercy.ada)
    for words in ("Ada Mercy", "Cardiology", "Mercy Hospital", "PGY-2", "ada@mercy.example", "Mara Mercy"):
        assert words in page


def test_granted_and_derived_roles_stand_apart(mercy: World, sign_in: SignIn) -> None:
    mara = page_of(sign_in(mercy.colin), mercy, mercy.mara)
    granted, facts = mara.index("Granted</h3>"), mara.index("From facts</h3>")
    assert granted < facts < mara.index("Immediate leader</span>")
    assert "Leader of Cardiology" in mara
    assert "Incumbent: Head of cardiology" in mara
    assert "HR admin" in page_of(sign_in(mercy.colin), mercy, mercy.henry)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        *((who, True) for who in ("ada", "mara", "henry", "olga", "aude")),
        *((who, False) for who in ("colin", "paula", "eli", "stella")),
    ],
)
def test_earlier_managers_are_for_oneself_the_manager_and_the_record_keepers(
    mercy: World, sign_in: SignIn, who: str, seen: bool
) -> None:
    make_line(mercy.ada, mercy.colin, start_date=dt.date(2021, 1, 1), end_date=dt.date(2024, 1, 1))
    page = page_of(sign_in(mercy.people[who]), mercy, mercy.ada)
    assert ("Before</h3>" in page) is seen
    assert (reverse("people:person", args=[mercy.slug, mercy.colin.pk]) in page) is (seen)


@pytest.mark.parametrize(
    ("who", "seen"), [("ada", True), ("mara", True), ("henry", True), ("paula", True), ("colin", False)]
)
def test_cohorts_are_for_those_who_look_after_somebody(
    mercy: World, sign_in: SignIn, who: str, seen: bool
) -> None:
    assert (mercy.cohort.name in page_of(sign_in(mercy.people[who]), mercy, mercy.ada)) is seen


def test_appointments_show_their_term_and_its_end(mercy: World, sign_in: SignIn) -> None:
    today = timezone.localdate()
    position = make_position(mercy.unit, "Fellowship lead", term_years=4, max_terms=2)
    make_appointment(position, mercy.colin, start_date=today - dt.timedelta(days=4 * 365 - 30), term_number=2)
    page = page_of(sign_in(mercy.ada), mercy, mercy.colin)
    assert "Fellowship lead" in page
    assert "term 2 of 2" in page
    assert "Ends soon" in page


def test_links_of_a_person_page_follow_the_role(mercy: World, sign_in: SignIn) -> None:
    access = reverse("access:person", args=[mercy.slug, mercy.ada.pk])
    audit = reverse("people:audit_log", args=[mercy.slug]) + f"?key={mercy.ada.pk}"
    henry, aude, colin = (
        page_of(sign_in(mercy.people[who]), mercy, mercy.ada) for who in ("henry", "aude", "colin")
    )
    assert (access in henry, access in aude, access in colin) == (True, False, False)
    assert (audit in henry, audit in aude, audit in colin) == (False, True, False)


@pytest.mark.parametrize("more", [1, 3])
def test_person_page_takes_the_same_few_queries(mercy: World, sign_in: SignIn, more: int) -> None:
    for number in range(more):
        make_line(make_person(mercy.organization, f"New{number}", mercy.unit), mercy.mara)
        make_appointment(make_position(mercy.unit, f"Lead {number}"), mercy.mara)
        make_cohort_membership(make_cohort(mercy.programme, f"Cohort {number}"), mercy.mara)
    url = reverse("people:person", args=[mercy.slug, mercy.mara.pk])
    assert queries_for(sign_in(mercy.henry), url) <= 12
