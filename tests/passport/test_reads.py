"""Reads of Passports by others, whatever shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from passport.enums import ReadOf
from passport.models import PassportRead
from passport.reads import record_reads
from people.models import Person
from tenancy.copy import copy_rows
from tenancy.scope import Scope, tenant_scope
from tests.counting import queries_of
from tests.factories.passport import make_claim, make_milestone, make_stage
from tests.factories.people import make_cohort_membership, make_person
from tests.factories.readiness import make_snapshot, make_task
from tests.members import member_of
from tests.rest import bearing, make_token
from tests.world import World

SignIn = Callable[[Person], Client]


def reads(world: World) -> list[tuple[object, object, str]]:
    """Who was read by whom, and what of them."""
    with tenant_scope(world.organization.pk):
        found = PassportRead.objects.values_list("person", "reader", "what")
        return sorted(found, key=str)


def read_by(reader: Person, people: Iterable[Person], what: ReadOf) -> list[tuple[object, object, str]]:
    return sorted([(each.pk, reader.pk, what.value) for each in people], key=str)


def test_reads_by_others_are_recorded(mercy: World, in_mercy: Scope) -> None:
    record_reads([mercy.ada.pk], ReadOf.PASSPORT, by=member_of(mercy.ada))
    record_reads([], ReadOf.PASSPORT, by=member_of(mercy.mara))
    assert reads(mercy) == []
    for _ in range(2):
        record_reads([mercy.ada.pk], ReadOf.PASSPORT, by=member_of(mercy.mara))
    assert reads(mercy) == read_by(mercy.mara, [mercy.ada, mercy.ada], ReadOf.PASSPORT)


def test_a_list_counts_once_a_day(mercy: World, in_mercy: Scope) -> None:
    record_reads([mercy.ada.pk], ReadOf.LIST, by=member_of(mercy.paula))
    for people in ([mercy.ada.pk], [mercy.ada.pk, mercy.colin.pk, mercy.colin.pk]):
        record_reads(people, ReadOf.LIST, by=member_of(mercy.mara))
    once = [(mercy.ada.pk, mercy.mara.pk, "list"), (mercy.colin.pk, mercy.mara.pk, "list")]
    assert reads(mercy) == sorted([(mercy.ada.pk, mercy.paula.pk, "list"), *once], key=str)


def test_a_list_of_yesterday_does_not_count_for_today(mercy: World, in_mercy: Scope) -> None:
    yesterday = timezone.now() - dt.timedelta(days=1)
    columns = ["person_id", "reader_id", "what", "at"]
    copy_rows(PassportRead, columns, [(mercy.ada.pk, mercy.mara.pk, "list", yesterday)])
    record_reads([mercy.ada.pk], ReadOf.LIST, by=member_of(mercy.mara))
    assert PassportRead.objects.count() == 2


@pytest.mark.parametrize("count", [1, 300])
def test_any_number_of_people_is_one_statement(mercy: World, in_mercy: Scope, count: int) -> None:
    people = [make_person(mercy.organization, f"P{number}", mercy.unit) for number in range(count)]
    mara = member_of(mercy.mara)
    with CaptureQueriesContext(connection) as queries:
        record_reads([each.pk for each in people], ReadOf.FILE, by=mara)
    assert len(queries) == 1
    assert PassportRead.objects.count() == count


def scored(world: World, *names: str) -> list[Person]:
    """Ada and others of her cohort, with a score."""
    people = [world.ada, *(make_person(world.organization, name, world.unit) for name in names)]
    for person in people:
        if person is not world.ada:
            make_cohort_membership(world.cohort, person)
        make_snapshot(person)
    return people


@pytest.mark.parametrize(
    ("page", "what"), [("readiness:members", ReadOf.LIST), ("readiness:cohorts_csv", ReadOf.FILE)]
)
def test_the_dashboard_and_its_file_are_reads_of_everybody_in_them(
    mercy: World, sign_in: SignIn, page: str, what: ReadOf
) -> None:
    people = scored(mercy, "Bea", "Cy")
    answer = sign_in(mercy.paula).get(reverse(page, args=[mercy.slug]))
    assert all(person.name in answer.content.decode() for person in people)
    assert reads(mercy) == read_by(mercy.paula, people, what)


def test_only_those_whom_the_filter_lets_through_were_read(mercy: World, sign_in: SignIn) -> None:
    scored(mercy, "Bea")
    sign_in(mercy.henry).get(reverse("readiness:cohorts_csv", args=[mercy.slug]), {"specialty": "Cardiology"})
    assert reads(mercy) == read_by(mercy.henry, [mercy.ada], ReadOf.FILE)


def test_sums_without_names_are_no_reads(mercy: World, sign_in: SignIn) -> None:
    scored(mercy, *(f"P{number}" for number in range(6)))
    for page in ("readiness:cohorts", "readiness:cohorts_course", "readiness:cohorts_csv"):
        assert sign_in(mercy.eli).get(reverse(page, args=[mercy.slug])).status_code == 200
    assert reads(mercy) == []


def test_coaching_pages_are_reads_by_director_and_coach(mercy: World, sign_in: SignIn) -> None:
    task = make_task(make_snapshot(mercy.ada))
    paula = sign_in(mercy.paula)
    paula.get(reverse("readiness:coaching", args=[mercy.slug]))
    url = reverse("readiness:task", args=[mercy.slug, task.pk])
    paula.get(url)
    assigned = {"owner": mercy.colin.email, "due_on": timezone.localdate().isoformat()}
    assert paula.post(reverse("readiness:assign", args=[mercy.slug, task.pk]), assigned).status_code == 302
    assert "62.0" in sign_in(mercy.colin).get(url).content.decode()
    assert reads(mercy) == sorted(
        [
            *read_by(mercy.paula, [mercy.ada], ReadOf.LIST),
            *read_by(mercy.paula, [mercy.ada], ReadOf.COACHING),
            *read_by(mercy.colin, [mercy.ada], ReadOf.COACHING),
        ],
        key=str,
    )


def test_a_refused_form_of_a_coaching_task_is_a_read(mercy: World, sign_in: SignIn) -> None:
    task = make_task(make_snapshot(mercy.ada))
    url = reverse("readiness:close", args=[mercy.slug, task.pk])
    assert sign_in(mercy.paula).post(url, {}).status_code == 422
    assert reads(mercy) == read_by(mercy.paula, [mercy.ada], ReadOf.COACHING)


def test_the_list_of_claims_is_a_read(mercy: World, sign_in: SignIn) -> None:
    make_claim(mercy.ada, make_milestone(make_stage(mercy.organization)))
    sign_in(mercy.mara).get(reverse("passport:inbox", args=[mercy.slug]))
    assert reads(mercy) == read_by(mercy.mara, [mercy.ada], ReadOf.LIST)


@pytest.mark.parametrize("what", ["passport", "readiness"])
def test_answers_of_the_api_are_reads(mercy: World, what: str) -> None:
    make_snapshot(mercy.ada)
    api = bearing(make_token(mercy, mercy.mara))
    assert api.get(f"/api/v1/o/{mercy.slug}/people/{mercy.ada.pk}/{what}").status_code == 200
    assert reads(mercy) == read_by(mercy.mara, [mercy.ada], ReadOf.API)


def test_the_holder_reads_in_words_what_was_looked_at(mercy: World, sign_in: SignIn) -> None:
    scored(mercy)
    sign_in(mercy.paula).get(reverse("readiness:cohorts_csv", args=[mercy.slug]))
    page = sign_in(mercy.ada).get(reverse("passport:reads", args=[mercy.slug])).content.decode()
    assert "Paula Mercy" in page
    assert "Scores, in a file" in page


def test_who_looked_costs_as_much_for_one_as_for_three(
    mercy: World, in_mercy: Scope, sign_in: SignIn
) -> None:
    url, ada = reverse("passport:reads", args=[mercy.slug]), sign_in(mercy.ada)
    record_reads([mercy.ada.pk], ReadOf.PASSPORT, by=member_of(mercy.mara))
    one = queries_of(ada, url)
    for reader in (mercy.paula, mercy.henry):
        record_reads([mercy.ada.pk], ReadOf.PASSPORT, by=member_of(reader))
    assert "Henry Mercy" in ada.get(url).content.decode()
    assert queries_of(ada, url) == one
