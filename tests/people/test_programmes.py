from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from people.enums import Role
from people.models import Cohort, CohortMembership, Person, Programme
from people.services.programmes import AlreadyInCohortError, add_to_cohort, end_cohort_membership, save_cohort
from people.staff_numbers import LIMIT, faults, numbered
from tenancy.scope import tenant_scope, tenant_transaction
from tests.factories.people import (
    make_appointment,
    make_cohort,
    make_cohort_membership,
    make_grant,
    make_person,
    make_position,
    make_programme,
)
from tests.members import member_of
from tests.people.test_directory import queries_for
from tests.world import World

SignIn = Callable[[Person], Client]
DATES = {"start_date": "2026-01-01"}


def url(name: str, world: World, *args: object) -> str:
    return reverse(f"people:{name}", args=[world.slug, *args])


def members_of(cohort: Cohort) -> dict[str, tuple[dt.date, dt.date | None]]:
    with tenant_scope(cohort.organization_id):
        return {
            membership.person.given_name: (membership.start_date, membership.end_date)
            for membership in CohortMembership.objects.filter(cohort=cohort).select_related("person")
        }


def test_hr_sets_up_a_programme_with_its_champion(mercy: World, sign_in: SignIn) -> None:
    answer = sign_in(mercy.henry).post(
        url("programme_new", mercy),
        {"name": "Rising chairs", "champion": mercy.eli.pk, "pilot": "on", **DATES},
    )
    with tenant_scope(mercy.organization.pk):
        made = Programme.objects.get(name="Rising chairs")
    assert answer["Location"] == url("programme", mercy, made.pk)
    assert (made.champion_id, made.pilot, made.end_date) == (mercy.eli.pk, True, None)


def test_champions_are_executives_and_senior_incumbents(mercy: World, sign_in: SignIn) -> None:
    chair = make_position(mercy.unit, "Chair", type="department_chair")
    make_appointment(chair, mercy.colin)
    page = sign_in(mercy.henry).get(url("programme_new", mercy)).content.decode()
    offered = {who for who in mercy.people if f'<option value="{mercy.people[who].pk}"' in page}
    assert offered == {"eli", "colin"}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"champion": ""}, "This field is required."),
        ({"champion": "ada"}, "not one of the available choices"),
        ({"champion": "stranger"}, "not one of the available choices"),
        ({"end_date": "2025-01-01"}, "The end lies before the beginning."),
        ({"name": "Leaders of tomorrow"}, "Another programme has this name."),
        ({"start_date": "31.02.2026"}, "Enter a valid date."),
    ],
)
def test_a_wrong_programme_is_answered_at_the_field(
    mercy: World, fenwick: World, sign_in: SignIn, typed: dict[str, str], message: str
) -> None:
    people = {"ada": mercy.ada, "stranger": fenwick.eli}
    data = {"name": "Kept name", "champion": str(mercy.eli.pk), **DATES, **typed}
    if data["champion"] in people:
        data["champion"] = str(people[data["champion"]].pk)
    (field,) = typed
    answer = sign_in(mercy.henry).post(url("programme_new", mercy), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page[page.index(f'id="id_{field}_error"') :]
    assert data["name"] in page
    with tenant_scope(mercy.organization.pk):
        assert Programme.objects.count() == 1


def test_hr_changes_a_programme_and_a_cohort(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.henry)
    data = {"name": "Renamed", "champion": mercy.eli.pk, **DATES}
    assert client.post(url("programme_edit", mercy, mercy.programme.pk), data).status_code == 302
    assert client.post(url("cohort_edit", mercy, mercy.cohort.pk), {"name": "C1", **DATES}).status_code == 302
    with tenant_scope(mercy.organization.pk):
        assert Programme.objects.get().name == "Renamed"
        assert Cohort.objects.get().name == "C1"


def test_hr_sets_up_a_cohort_once(mercy: World, sign_in: SignIn) -> None:
    client, new = sign_in(mercy.henry), url("cohort_new", mercy, mercy.programme.pk)
    assert client.post(new, {"name": "Cohort 2026", **DATES}).status_code == 302
    answer = client.post(new, {"name": "Cohort 2026", **DATES})
    assert answer.status_code == 422
    assert "Another cohort has this name." in answer.content.decode()


def test_a_limited_director_sees_their_cohort_alone(mercy: World, sign_in: SignIn) -> None:
    other = make_cohort(make_programme(mercy.eli, "Other"), "Cohort B")
    sibling = make_cohort(mercy.programme, "Cohort C")
    make_grant(mercy.colin, Role.PROGRAMME_DIRECTOR, mercy.cohort)
    client = sign_in(mercy.colin)
    page = client.get(url("programmes", mercy)).content.decode()
    assert (mercy.programme.name in page, "Other</a>" in page) == (True, False)
    programme = client.get(url("programme", mercy, mercy.programme.pk)).content.decode()
    assert (mercy.cohort.name in programme, sibling.name in programme) == (True, False)
    statuses = [
        client.get(url("cohort", mercy, one.pk)).status_code for one in (mercy.cohort, sibling, other)
    ]
    assert statuses == [200, 404, 404]
    assert client.get(url("programme", mercy, other.programme_id)).status_code == 404
    assert client.get(url("cohort_add", mercy, mercy.cohort.pk)).status_code == 403


def test_several_found_people_are_added_at_once(mercy: World, sign_in: SignIn) -> None:
    client, add = sign_in(mercy.henry), url("cohort_add", mercy, mercy.cohort.pk)
    found = client.get(add, {"q": "mercy"}).content.decode()
    assert f'value="{mercy.colin.pk}"' in found
    assert f'value="{mercy.ada.pk}" disabled' in found
    answer = client.post(add, {"people": [mercy.colin.pk, mercy.mara.pk], **DATES})
    assert (answer.status_code, answer["Location"]) == (302, add)
    assert members_of(mercy.cohort).keys() == {"Ada", "Colin", "Mara"}


@pytest.mark.parametrize("who", ["ada", "stranger", "nobody", "nonsense"])
def test_who_cannot_join_is_refused_and_the_ticks_stay(
    mercy: World, fenwick: World, sign_in: SignIn, who: str
) -> None:
    values: dict[str, Any] = {
        "ada": [mercy.colin.pk, mercy.ada.pk],
        "stranger": [mercy.colin.pk, fenwick.colin.pk],
        "nobody": [],
        "nonsense": ["x"],
    }
    add = url("cohort_add", mercy, mercy.cohort.pk) + "?q=colin"
    answer = sign_in(mercy.henry).post(add, {"people": values[who], **DATES})
    assert answer.status_code == 422
    ticked = f'value="{mercy.colin.pk}" checked' in answer.content.decode()
    assert ticked is (who in {"ada", "stranger"})
    assert members_of(mercy.cohort).keys() == {"Ada"}


def test_nobody_joins_before_the_cohort_begins(mercy: World, sign_in: SignIn) -> None:
    add = url("cohort_add", mercy, mercy.cohort.pk)
    data = {"people": [mercy.colin.pk], "start_date": "2020-01-01"}
    answer = sign_in(mercy.henry).post(add, data)
    assert answer.status_code == 422
    assert "The cohort begins later" in answer.content.decode()


def test_pasted_staff_numbers_are_added(mercy: World, sign_in: SignIn) -> None:
    text = f"{mercy.colin.external_id}\r\n\r\n  {mercy.mara.external_id} ; {mercy.eli.external_id}\n"
    answer = sign_in(mercy.henry).post(
        url("cohort_paste", mercy, mercy.cohort.pk), {"numbers": text, **DATES}
    )
    assert answer.status_code == 302
    assert members_of(mercy.cohort).keys() == {"Ada", "Colin", "Mara", "Eli"}


def test_one_wrong_line_adds_nobody_and_every_wrong_line_is_named(
    mercy: World, fenwick: World, sign_in: SignIn
) -> None:
    lines = [mercy.colin.external_id, "P-none", mercy.ada.external_id, mercy.colin.external_id]
    lines.append(fenwick.colin.external_id)
    text = "\n".join(lines)
    answer = sign_in(mercy.henry).post(
        url("cohort_paste", mercy, mercy.cohort.pk), {"numbers": text, **DATES}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for message in (
        "Line 2: nobody who works here has the staff number P-none.",
        f"Line 3: {lines[2]} is or was in this cohort already.",
        f"Line 4: {lines[3]} stands in line 1 already.",
        f"Line 5: nobody who works here has the staff number {lines[4]}.",
    ):
        assert message in page
    assert "P-none\n" in page  # what was typed is still there
    assert members_of(mercy.cohort).keys() == {"Ada"}


def test_a_membership_ends_after_its_last_day_and_can_go_on_again(mercy: World, sign_in: SignIn) -> None:
    with tenant_scope(mercy.organization.pk):
        end = url("cohort_membership", mercy, CohortMembership.objects.get().pk)
    client = sign_in(mercy.henry)
    assert client.post(end, {"last_day": "2026-06-30"}).status_code == 302
    assert members_of(mercy.cohort)["Ada"][1] == dt.date(2026, 7, 1)
    assert 'value="2026-06-30"' in client.get(end).content.decode()
    assert client.post(end, {"last_day": ""}).status_code == 302
    assert members_of(mercy.cohort)["Ada"][1] is None
    answer = client.post(end, {"last_day": "2001-01-01"})
    assert answer.status_code == 422
    assert "They joined later than that." in answer.content.decode()


@pytest.mark.parametrize("who", ["paula", "olga", "colin"])
def test_services_refuse_everybody_but_hr(mercy: World, who: str) -> None:
    with tenant_transaction(mercy.organization.pk):
        member = member_of(mercy.people[who])
        membership = CohortMembership.objects.get()
        with pytest.raises(PermissionDenied):
            save_cohort(mercy.cohort, by=member)
        with pytest.raises(PermissionDenied):
            add_to_cohort(mercy.cohort, [mercy.colin], start_date=dt.date(2026, 1, 1), by=member)
        with pytest.raises(PermissionDenied):
            end_cohort_membership(membership, last_day=None, by=member)


def test_adding_somebody_twice_adds_nobody(mercy: World) -> None:
    with tenant_transaction(mercy.organization.pk):
        henry = member_of(mercy.henry)
        with pytest.raises(AlreadyInCohortError):
            add_to_cohort(mercy.cohort, [mercy.colin, mercy.ada], start_date=dt.date(2026, 1, 1), by=henry)
    assert members_of(mercy.cohort).keys() == {"Ada"}


@pytest.mark.parametrize("more", [1, 3])
def test_pages_take_the_same_few_queries(mercy: World, sign_in: SignIn, more: int) -> None:
    for number in range(more):
        cohort = make_cohort(make_programme(mercy.eli, f"P{number}"), f"C{number}")
        make_cohort(mercy.programme, f"D{number}")
        person = make_person(mercy.organization, f"New{number}", mercy.unit)
        make_cohort_membership(cohort, person)
        make_cohort_membership(mercy.cohort, person)
        make_grant(mercy.colin, Role.PROGRAMME_DIRECTOR, cohort)
    client = sign_in(mercy.henry)
    counts = {
        "programmes": queries_for(client, url("programmes", mercy)),
        "programme": queries_for(client, url("programme", mercy, mercy.programme.pk)),
        "cohort": queries_for(client, url("cohort", mercy, mercy.cohort.pk)),
        "cohort_add": queries_for(client, url("cohort_add", mercy, mercy.cohort.pk) + "?q=new"),
    }
    assert counts == {"programmes": 6, "programme": 7, "cohort": 8, "cohort_add": 6}


# Staff numbers


def test_numbers_carry_their_line() -> None:
    assert numbered("a\n\n b;c,\td\n") == [(1, "a"), (3, "b"), (3, "c"), (3, "d")]


def test_too_many_numbers_are_one_fault() -> None:
    entries = [(line, str(line)) for line in range(LIMIT + 1)]
    assert faults(entries, {}, set()) == [
        "There are 2,001 staff numbers; at most 2,000 can be added at once."
    ]


@given(st.text(max_size=300))
def test_any_text_is_read_without_losing_a_number(text: str) -> None:
    entries = numbered(text)
    known: dict[str, UUID] = {number: uuid4() for _line, number in entries}
    repeated = len(entries) - len(known)
    assert len(faults(entries, known, set())) == repeated
    assert len(faults(entries, {}, set())) == len(entries)
