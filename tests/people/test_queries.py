from __future__ import annotations

import datetime as dt

import pytest

from people.models import Person
from people.queries import colleague_with_address, employed
from tenancy.scope import Scope, tenant_scope
from tests.factories.people import make_person
from tests.world import World

LAST_DAY = dt.date(2026, 6, 30)


@pytest.mark.parametrize("end", [None, LAST_DAY])
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_somebody_works_here_up_to_the_last_day_inclusive(
    mercy: World, end: dt.date | None, days: int
) -> None:
    on = LAST_DAY + dt.timedelta(days=days)
    person = make_person(mercy.organization, "Nils", mercy.unit, end_date=end)
    with tenant_scope(mercy.organization.pk):
        works_here = Person.objects.filter(employed(on), pk=person.pk).exists()
    assert works_here == (end is None or days <= 0)
    assert person.has_left(on) == (not works_here)


def test_a_colleague_is_found_by_an_address_in_any_case_and_only_alone(mercy: World, in_mercy: Scope) -> None:
    assert colleague_with_address(mercy.ada.email.upper(), on=LAST_DAY) == mercy.ada
    make_person(mercy.organization, "Ada", mercy.unit)  # of the same address
    assert colleague_with_address(mercy.ada.email, on=LAST_DAY) is None
    make_person(mercy.organization, "Nils", mercy.unit, email="")
    assert colleague_with_address("", on=LAST_DAY) is None
