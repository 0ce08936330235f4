"""Keeping tags: adding, wording, weighing, retiring, and how often each is used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from mentoring.enums import TagKind
from mentoring.models import Tag
from mentoring.queries.taxonomy import tags_in_use, tags_with_use
from mentoring.services.taxonomy import add_tag, change_tag, restore_tag, retire_tag
from people.enums import Role
from people.member import Member
from people.models import Person
from people.queries import member_for
from tenancy.scope import tenant_scope
from tests.counting import queries_of
from tests.factories.mentoring import make_interest, make_profile, make_tag
from tests.factories.people import make_grant, make_person, make_user
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
TODAY = dt.date(2026, 11, 22)


def member(person: Person) -> Member:
    with tenant_scope(person.organization_id):
        found = member_for(person.pk, on=TODAY)
    assert found is not None
    return found


@pytest.fixture
def henry(mercy: World) -> Member:
    return member(mercy.henry)


@pytest.mark.usefixtures("in_mercy")
def test_a_name_is_there_once_in_a_kind_however_it_is_capitalised(henry: Member) -> None:
    add_tag(kind=TagKind.INTEREST, name="Budgets", weight=3, by=henry)
    other = add_tag(kind=TagKind.FUNCTION, name="Budgets", weight=3, by=henry)
    with pytest.raises(ValidationError, match="bring it back") as refused:
        add_tag(kind=TagKind.INTEREST, name="BUDGETS", weight=1, by=henry)
    assert set(refused.value.message_dict) == {"name"}
    change_tag(other, name="budgets of wards", weight=9, by=henry)
    other.refresh_from_db()
    assert (other.name, other.weight) == ("budgets of wards", 9)


@pytest.mark.usefixtures("in_mercy")
def test_a_retired_tag_is_not_offered_until_it_is_brought_back(henry: Member) -> None:
    tag = add_tag(kind=TagKind.INTEREST, name="Budgets", weight=3, by=henry)
    retire_tag(tag, on=TODAY, by=henry)
    retire_tag(tag, on=TODAY + dt.timedelta(days=9), by=henry)
    tag.refresh_from_db()
    assert (tag.retired_on, list(tags_in_use())) == (TODAY, [])
    restore_tag(tag, by=henry)
    restore_tag(tag, by=henry)
    assert list(tags_in_use()) == [tag]


@pytest.mark.usefixtures("in_mercy")
def test_only_keepers_keep_the_taxonomy(mercy: World) -> None:
    tag = make_tag(mercy.organization)
    colin = member(mercy.colin)
    with pytest.raises(PermissionDenied):
        add_tag(kind=TagKind.INTEREST, name="Budgets", weight=3, by=colin)
    with pytest.raises(PermissionDenied):
        change_tag(tag, name="Mine", weight=1, by=colin)
    with pytest.raises(PermissionDenied):
        retire_tag(tag, on=TODAY, by=colin)
    with pytest.raises(PermissionDenied):
        restore_tag(tag, by=colin)


def test_use_counts_people_who_are_here_and_mentors_who_offer(mercy: World) -> None:
    tag = make_tag(mercy.organization, "Budgets")
    unused = make_tag(mercy.organization, "Airway", kind=TagKind.SPECIALTY)
    gone = make_person(mercy.organization, "Gone", mercy.unit, end_date=TODAY - dt.timedelta(days=1))
    for person in (mercy.ada, mercy.colin, gone):
        make_interest(person, tag)
    make_profile(mercy.mara, [tag])
    make_profile(mercy.eli, [tag], offering=False)
    make_profile(gone, [tag])
    with tenant_scope(mercy.organization.pk):
        used = tags_with_use(on=TODAY)
    assert [(each.tag, each.looking, each.offering) for each in used[TagKind.INTEREST]] == [(tag, 2, 1)]
    assert [(each.tag, each.looking, each.offering) for each in used[TagKind.SPECIALTY]] == [(unused, 0, 0)]
    assert used[TagKind.FUNCTION] == []


def test_the_page_costs_the_same_with_one_tag_and_with_three(mercy: World, sign_in: SignIn) -> None:
    client, url = sign_in(mercy.henry), reverse("mentoring:tags", args=[mercy.slug])
    make_interest(mercy.ada, make_tag(mercy.organization, "Budgets"))
    one = queries_of(client, url)
    for name in ("Rosters", "Safety"):
        make_interest(mercy.ada, make_tag(mercy.organization, name))
    assert queries_of(client, url) == one
    assert "Safety" in client.get(url).content.decode()


def test_a_tag_is_found_by_a_part_of_its_name(mercy: World, sign_in: SignIn) -> None:
    client, url = sign_in(mercy.henry), reverse("mentoring:tags", args=[mercy.slug])
    make_tag(mercy.organization, "Budgets")
    make_tag(mercy.organization, "Élan", kind=TagKind.SPECIALTY)
    closed = client.get(url).content.decode()
    assert [name in closed for name in ("Budgets", "Élan", " open>")] == [True, True, False]
    found = client.get(url, {"q": "elA"}).content.decode()
    assert [name in found for name in ("Budgets", "Élan", " open>")] == [False, True, True]
    assert "No such tag" in client.get(url, {"q": "rosters"}).content.decode()


def test_what_is_looked_for_and_not_offered_stands_out(mercy: World, sign_in: SignIn) -> None:
    client, url = sign_in(mercy.henry), reverse("mentoring:tags", args=[mercy.slug])
    tag = make_tag(mercy.organization, "Budgets")
    assert "nobody offers" not in client.get(url).content.decode()
    make_interest(mercy.ada, tag)
    page = client.get(url).content.decode()
    assert "1 that nobody offers" in page
    assert "Most looked for" in page
    make_profile(mercy.mara, [tag])
    assert "1 mentor offers it" in client.get(url).content.decode()


def test_a_keeper_adds_changes_retires_and_brings_back(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.paula)
    url = reverse("mentoring:tag_new", args=[mercy.slug])
    assert 'value="function"' in client.get(f"{url}?kind=function").content.decode()
    answer = client.post(url, {"kind": "function", "name": "Audit office", "weight": 2}, follow=True)
    assert "Added: Audit office." in answer.content.decode()
    with tenant_scope(mercy.organization.pk):
        tag = Tag.objects.get()
    edit = reverse("mentoring:tag_edit", args=[mercy.slug, tag.pk])
    client.post(edit, {"name": "Audit", "weight": 4})
    client.post(reverse("mentoring:tag_retire", args=[mercy.slug, tag.pk]))
    assert "Bring this tag back" in client.get(edit).content.decode()
    assert "retired" in client.get(reverse("mentoring:tags", args=[mercy.slug])).content.decode()
    client.post(reverse("mentoring:tag_restore", args=[mercy.slug, tag.pk]))
    with tenant_scope(mercy.organization.pk):
        tag.refresh_from_db()
    assert (tag.name, tag.weight, tag.retired_on) == ("Audit", 4, None)


def test_a_bad_tag_comes_back_with_what_is_wrong(mercy: World, sign_in: SignIn) -> None:
    make_tag(mercy.organization, "Budgets")
    client, url = sign_in(mercy.henry), reverse("mentoring:tag_new", args=[mercy.slug])
    wrong = {
        "bring it back": {"kind": "interest", "name": "budgets", "weight": 3},
        "less than or equal to 9": {"kind": "interest", "name": "Rosters", "weight": 10},
        "on one line": {"kind": "interest", "name": "Ros\x0bters", "weight": 3},
        "is not one of the available choices": {"kind": "hobby", "name": "Chess", "weight": 3},
    }
    for words, values in wrong.items():
        answer = client.post(url, values)
        assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_a_director_of_one_cohort_does_not_keep_the_taxonomy(mercy: World, sign_in: SignIn) -> None:
    dora = make_person(mercy.organization, "Dora", mercy.unit)
    make_user(dora)
    make_grant(dora, Role.PROGRAMME_DIRECTOR, mercy.cohort)
    assert sign_in(dora).get(reverse("mentoring:tags", args=[mercy.slug])).status_code == 403
