"""Whatever is done, somebody is left who can administer the organisation."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from people.enums import ImportKind, ImportState, Role
from people.imports.admins import LAST_ADMIN
from people.imports.importing import Examination
from people.models import Import, Person, RoleGrant
from people.provision import Provision, provision
from people.services import imports
from people.services.admins import LastAdminError, keeping_an_admin
from people.services.imports import ImportRefusedError
from people.services.membership import end_access
from people.services.roles import revoke_role
from tenancy.models import Membership, Organization
from tenancy.scope import tenant_scope, tenant_transaction
from tests.factories.people import make_grant, make_person, make_unit, make_user
from tests.members import member_of
from tests.people.imports.files import csv_file
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = dt.date(2026, 3, 1)
HEAD = ("Person ID", "Given name", "Family name", "Unit ID", "Start date", "Last day")
PAST, SOON = "2025-12-31", "2099-12-31"


@pytest.mark.parametrize(
    ("last_days", "worth"),
    [
        ([], Provision.NOBODY),
        ([TODAY - dt.timedelta(days=1)], Provision.NOBODY),
        ([TODAY], Provision.FOR_A_TIME),
        ([TODAY, dt.date(2030, 1, 1)], Provision.FOR_A_TIME),
        ([dt.date(2020, 1, 1), None], Provision.LASTING),
    ],
)
def test_admins_are_worth_what_the_best_of_them_is(last_days: list[dt.date | None], worth: Provision) -> None:
    assert provision(last_days, on=TODAY) == worth


@pytest.fixture
def second(mercy: World) -> Person:
    """Another admin who stays and can sign in."""
    make_grant(mercy.henry, Role.ORGANIZATION_ADMIN)
    return mercy.henry


def row(person: Person, end: str = "") -> tuple[str, ...]:
    unit = person.unit.external_id
    start = person.start_date.isoformat()
    return (person.external_id, person.given_name, person.family_name, unit, start, end)


_requests = itertools.count(1)


def started(*rows: Any) -> Import:
    """Needs a scope."""
    imported = imports.start_import(ImportKind.PEOPLE, csv_file(HEAD, *rows), file_name="p.csv", by=None)
    header, _ = imports.read_header(imported)
    imported.columns = imports.suggested_columns(ImportKind.PEOPLE, header)
    assert imported.columns["end_date"] == HEAD[-1]
    imported.save()
    return imported


def check(imported: Import) -> Examination:
    return imports.check_import(imported, by=None)


def apply(imported: Import) -> Examination:
    """What the check has left in the database."""
    return imports.apply_import(Import.objects.get(pk=imported.pk), by=None)


@pytest.fixture
def in_request(mercy: World) -> Iterator[None]:
    with tenant_scope(mercy.organization.pk, request_id=f"request-{next(_requests)}"):
        yield


@pytest.mark.parametrize("end", [PAST, SOON])
def test_a_check_finds_the_row_that_would_take_the_last_admin(
    mercy: World, in_request: None, end: str
) -> None:
    found = check(started(row(mercy.ada, PAST), row(mercy.olga, end)))
    [fault] = found.faults
    assert (fault.row, fault.column, fault.value, fault.message) == (3, HEAD[-1], end, LAST_ADMIN)


def test_a_check_finds_every_row_of_those_who_would_go_together(
    mercy: World, in_request: None, second: Person
) -> None:
    assert check(started(row(mercy.olga, PAST))).clean
    together = check(started(row(second, PAST), row(mercy.olga, SOON)))
    assert [fault.row for fault in together.faults] == [2, 3]


def test_a_file_that_was_clean_when_checked_is_refused_when_applied(
    mercy: World, in_request: None, second: Person
) -> None:
    imported = started(row(mercy.olga, PAST))
    assert check(imported).clean
    RoleGrant.objects.filter(person=second, role=Role.ORGANIZATION_ADMIN).delete()
    found = apply(imported)
    assert [(fault.row, fault.message) for fault in found.faults] == [(2, LAST_ADMIN)]
    assert Import.objects.get(pk=imported.pk).state == ImportState.FAULTY
    assert Person.objects.get(pk=mercy.olga.pk).end_date is None


def test_others_come_and_go_as_ever(mercy: World, in_request: None) -> None:
    imported = started(row(mercy.colin, PAST), row(mercy.olga))
    assert check(imported).clean
    apply(imported)
    assert Person.objects.get(pk=mercy.colin.pk).end_date == dt.date.fromisoformat(PAST)


def test_an_organization_that_has_no_admin_yet_imports_as_it_likes(mercy: World, in_request: None) -> None:
    Membership.objects.filter(person_id=mercy.olga.pk).delete()
    assert check(started(row(mercy.olga, PAST))).clean


def test_undoing_an_import_cannot_take_the_last_admin_either(mercy: World, in_request: None) -> None:
    Person.objects.filter(pk=mercy.olga.pk).update(end_date=SOON)
    imported = started(row(mercy.olga))
    assert check(imported).clean
    with tenant_scope(mercy.organization.pk, request_id=f"request-{next(_requests)}"):
        apply(imported)
    assert Person.objects.get(pk=mercy.olga.pk).end_date is None
    with pytest.raises(ImportRefusedError, match="nobody could administer"):
        imports.undo_import(Import.objects.get(pk=imported.pk), by=None)
    assert Person.objects.get(pk=mercy.olga.pk).end_date is None


def end_url(world: World, person: Person) -> str:
    return reverse("access:end", args=[world.slug, person.pk])


def has_access(person: Person) -> bool:
    return Membership.objects.filter(person_id=person.pk).exists()


def test_an_admin_who_leaves_soon_cannot_end_the_access_of_the_one_who_stays(
    mercy: World, sign_in: SignIn, second: Person
) -> None:
    with tenant_transaction(mercy.organization.pk):
        Person.objects.filter(pk=mercy.olga.pk).update(end_date=SOON)
    page = sign_in(mercy.olga).post(end_url(mercy, second), follow=True).content.decode()
    assert "The last organisation admin who stays and can sign in cannot go" in page
    assert has_access(second)


def test_the_access_of_one_of_two_admins_ends(mercy: World, sign_in: SignIn, second: Person) -> None:
    assert (
        "can no longer enter"
        in sign_in(mercy.olga).post(end_url(mercy, second), follow=True).content.decode()
    )
    assert not has_access(second)


def test_nothing_of_a_refused_act_is_left(mercy: World, in_request: None) -> None:
    def act() -> None:
        with keeping_an_admin():
            Person.objects.filter(pk=mercy.ada.pk).update(job_title="Changed")
            RoleGrant.objects.filter(role=Role.ORGANIZATION_ADMIN).delete()

    with pytest.raises(LastAdminError):
        act()
    assert RoleGrant.objects.filter(role=Role.ORGANIZATION_ADMIN).count() == 1
    assert Person.objects.get(pk=mercy.ada.pk).job_title == ""


# Two at the same moment, each by another act: one of them is refused.


def revoke(by: Person, of: Person) -> bool:
    grant, member = RoleGrant.objects.get(person=of), member_of(by)
    together.wait()
    revoke_role(grant, reason="x", by=member)
    return True


def end(by: Person, of: Person) -> bool:
    member = member_of(by)
    together.wait()
    end_access(of.pk, by=member)
    return True


def bring_last_day(by: Person, of: Person) -> bool:
    imported = started(row(Person.objects.select_related("unit").get(pk=of.pk), PAST))
    assert check(imported).clean
    together.wait()
    return bool(apply(imported).clean)


together = threading.Barrier(2, timeout=20)
Act = Callable[[Person, Person], bool]


@pytest.mark.parametrize(
    ("first", "other"), [(revoke, end), (end, end), (bring_last_day, revoke), (bring_last_day, end)]
)
def test_two_acts_at_once_leave_an_admin(
    committed_organization: Organization, first: Act, other: Act
) -> None:
    unit = make_unit(committed_organization)
    ann, ben = (make_person(committed_organization, name, unit) for name in ("Ann", "Ben"))
    for admin in (ann, ben):
        make_user(admin)
        make_grant(admin, Role.ORGANIZATION_ADMIN)
    done: list[bool] = []

    def run(act: Act, by: Person, of: Person) -> None:
        try:
            with tenant_transaction(committed_organization.pk, actor_id=by.pk, request_id=act.__name__):
                done.append(act(by, of))
        except LastAdminError:
            done.append(False)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in ((first, ann, ben), (other, ben, ann))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, True]
    with tenant_transaction(committed_organization.pk), pytest.raises(LastAdminError), keeping_an_admin():
        RoleGrant.objects.all().delete()  # so there was one
