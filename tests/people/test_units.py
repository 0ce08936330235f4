from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from people.models import Person, Position
from people.position_queries import positions_with_terms
from people.terms import ends_soon, last_day, term_end
from people.unit_queries import people_counts, units_to_choose_from
from surveys.queries import units_in_tree_order
from tenancy.scope import tenant_scope, tenant_transaction
from tests.factories.people import make_appointment, make_person, make_position, make_unit
from tests.people.test_directory import queries_for
from tests.world import World

SignIn = Callable[[Person], Client]


def browser(client: Client, world: World, query: str = "") -> str:
    return client.get(reverse("people:units", args=[world.slug]) + query).content.decode()


def test_counts_add_up_to_the_root_and_leave_out_who_left(mercy: World) -> None:
    today = timezone.localdate()
    ward = make_unit(mercy.organization, "Ward 4", parent=mercy.unit)
    empty = make_unit(mercy.organization, "Ward 5", parent=mercy.root)
    make_person(mercy.organization, "Wanda", ward)
    make_person(mercy.organization, "Last day today", ward, end_date=today)
    make_person(mercy.organization, "Left", ward, end_date=today - dt.timedelta(days=1))
    before = len(mercy.people)
    units = [mercy.root.pk, mercy.unit.pk, ward.pk, empty.pk]

    with tenant_scope(mercy.organization.pk):
        everything = people_counts(units, on=today)
        below = people_counts([ward.pk], on=today, within=mercy.unit)

    assert everything == {mercy.root.pk: before + 2, mercy.unit.pk: before + 2, ward.pk: 2}
    assert below == {ward.pk: 2}


def test_counts_hold_nobody_of_another_organisation(mercy: World, fenwick: World) -> None:
    with tenant_scope(mercy.organization.pk):
        assert people_counts([fenwick.root.pk, fenwick.unit.pk], on=timezone.localdate()) == {}


def test_browser_opens_and_closes_level_by_level(mercy: World, sign_in: SignIn) -> None:
    ward = make_unit(mercy.organization, "Ward 4", parent=mercy.unit)
    client = sign_in(mercy.colin)
    first = browser(client, mercy)
    assert (mercy.unit.name in first, ward.name in first) == (True, False)
    both = f"?open={mercy.root.pk}&open={mercy.unit.pk}"
    assert ward.name in browser(client, mercy, both)
    assert mercy.unit.name not in browser(client, mercy, "?closed=1")
    # An open unit below a closed one stays hidden.
    assert ward.name not in browser(client, mercy, f"?open={mercy.unit.pk}")


def test_units_stand_in_the_order_of_their_numbers(mercy: World, sign_in: SignIn) -> None:
    names = ["Ward 2", "Ward 10", "ward 19", "Ward B"]
    for name in reversed(names):
        make_unit(mercy.organization, name, parent=mercy.unit)
    page = sign_in(mercy.colin).get(
        reverse("people:units", args=[mercy.slug]), {"open": [mercy.root.pk, mercy.unit.pk]}
    )
    shown = [line.branch.unit.name for line in page.context["lines"]]
    assert shown[shown.index(names[0]) :][:4] == names
    with tenant_transaction(mercy.organization.pk):
        placed = units_in_tree_order()
    at = [unit.name for unit in placed].index(names[0])
    assert [unit.name for unit in placed[at : at + 4]] == names
    assert {placed[unit.parent].id for unit in placed[at : at + 4]} == {mercy.unit.pk}


def test_a_units_id_is_shown_where_an_import_asks_for_it(mercy: World, sign_in: SignIn) -> None:
    ward = make_unit(mercy.organization, "Ward 4", parent=mercy.root, external_id="W-4711")
    client = sign_in(mercy.henry)
    assert "W-4711" in browser(client, mercy)
    page = client.get(reverse("people:unit", args=[mercy.slug, ward.pk])).content.decode()
    assert "Department, ID W-4711" in page


def test_browser_gives_htmx_the_tree_alone(mercy: World, sign_in: SignIn) -> None:
    url = reverse("people:units", args=[mercy.slug])
    part = sign_in(mercy.colin).get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert mercy.unit.name in part


def test_browser_shows_people_below_and_leaders(mercy: World, sign_in: SignIn) -> None:
    make_person(mercy.organization, "Left", mercy.unit, end_date=dt.date(2024, 2, 1))
    page = browser(sign_in(mercy.colin), mercy)
    assert page.count('class="num">9</td>') == 2  # everybody is in cardiology, which is all of the hospital
    assert "Mara Mercy" in page


@pytest.mark.parametrize("query", ["?open=x", "?open=", "?open=00000000-0000-0000-0000-000000000000"])
def test_browser_ignores_what_is_no_unit(mercy: World, sign_in: SignIn, query: str) -> None:
    assert mercy.root.name in browser(sign_in(mercy.colin), mercy, query)


@pytest.mark.parametrize("more", [1, 3])
def test_browser_and_unit_take_the_same_few_queries(mercy: World, sign_in: SignIn, more: int) -> None:
    for number in range(more):
        part = make_unit(mercy.organization, f"Ward {number}", parent=mercy.unit)
        make_appointment(
            make_position(part, leads_unit=True), make_person(mercy.organization, "New", mercy.unit)
        )
        make_appointment(make_position(mercy.unit, f"Lead {number}"), mercy.colin)
    client = sign_in(mercy.colin)
    query = f"?open={mercy.root.pk}&open={mercy.unit.pk}"
    assert queries_for(client, reverse("people:units", args=[mercy.slug]) + query) == 7
    assert queries_for(client, reverse("people:unit", args=[mercy.slug, mercy.unit.pk])) == 12


def test_a_select_shows_whole_levels_and_the_chosen_unit(
    mercy: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward = make_unit(mercy.organization, "Ward 4", parent=mercy.unit)
    make_unit(mercy.organization, "Ward 5", parent=mercy.unit)
    monkeypatch.setattr("people.unit_queries.CHOICES", 3)
    with tenant_scope(mercy.organization.pk):
        assert units_to_choose_from() == [mercy.root, mercy.unit]
        assert set(units_to_choose_from(str(ward.pk))) == {mercy.root, mercy.unit, ward}


def test_unit_page_shows_leader_positions_parts_and_people(mercy: World, sign_in: SignIn) -> None:
    make_position(mercy.unit, "Research lead")
    make_unit(mercy.organization, "Ward 4", parent=mercy.unit)
    page = sign_in(mercy.colin).get(reverse("people:unit", args=[mercy.slug, mercy.unit.pk])).content.decode()
    for words in ("Mara Mercy", "Head of cardiology", "Research lead", "Vacant", "Ward 4", "Ada Mercy"):
        assert words in page


@pytest.mark.parametrize(("who", "seen"), [("mara", True), ("stella", True), ("eli", True), ("colin", False)])
def test_unit_page_leads_to_the_index_for_those_who_see_it(
    mercy: World, sign_in: SignIn, who: str, seen: bool
) -> None:
    url = reverse("people:unit", args=[mercy.slug, mercy.unit.pk])
    page = sign_in(mercy.people[who]).get(url).content.decode()
    assert ("Leader index</a>" in page) is seen


# Positions


def positions(client: Client, world: World, **query: str) -> str:
    return client.get(reverse("people:positions", args=[world.slug]), query).content.decode()


def test_positions_show_incumbent_term_and_vacancies(mercy: World, sign_in: SignIn) -> None:
    make_position(mercy.unit, "Research lead")
    page = positions(sign_in(mercy.colin), mercy)
    assert "Head of cardiology" in page
    assert "Mara Mercy" in page
    assert "1 of 2" in page
    assert "Vacant" in page


def test_positions_are_narrowed_by_type_vacancy_and_ending(mercy: World, sign_in: SignIn) -> None:
    today = timezone.localdate()
    make_position(mercy.unit, "Research lead")
    dean = make_position(mercy.unit, "Dean", type="dean")
    make_appointment(dean, mercy.eli, start_date=today, end_date=today + dt.timedelta(days=60))
    client = sign_in(mercy.colin)
    found = {}
    for query in (("state", "vacant"), ("state", "ending"), ("type", "dean")):
        page = positions(client, mercy, **dict([query]))
        found[query] = ("Research lead<br" in page, "Dean<br" in page)
    assert found == {
        ("state", "vacant"): (True, False),
        ("state", "ending"): (False, True),
        ("type", "dean"): (False, True),
    }


@pytest.mark.parametrize("more", [1, 3])
def test_positions_take_the_same_few_queries(mercy: World, sign_in: SignIn, more: int) -> None:
    for number in range(more):
        make_appointment(make_position(mercy.unit, f"Lead {number}"), mercy.colin)
    assert queries_for(sign_in(mercy.colin), reverse("people:positions", args=[mercy.slug])) == 8


def test_positions_refuse_what_they_do_not_offer(mercy: World, sign_in: SignIn) -> None:
    url = reverse("people:positions", args=[mercy.slug])
    assert sign_in(mercy.colin).get(url, {"type": "wizard"}).status_code == 422


# Terms


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 10))
def test_a_term_lasts_whole_years(start: dt.date, years: int) -> None:
    end = term_end(start, None, years)
    assert end.year == start.year + years
    assert 0 <= start.day - end.day <= 1
    assert last_day(end) < end


def test_an_ended_appointment_keeps_its_own_end() -> None:
    assert term_end(dt.date(2024, 1, 1), dt.date(2025, 1, 1), 4) == dt.date(2025, 1, 1)


def test_soon_is_a_year_or_already_over() -> None:
    on = dt.date(2026, 1, 1)
    assert ends_soon(dt.date(2027, 1, 1), on=on)
    assert ends_soon(dt.date(2025, 1, 1), on=on)
    assert not ends_soon(dt.date(2027, 1, 2), on=on)


@pytest.mark.parametrize("start", [dt.date(2024, 2, 29), dt.date(2024, 1, 1), dt.date(2023, 12, 31)])
@pytest.mark.parametrize("years", [1, 3, 4])
def test_postgresql_computes_the_same_term_end(mercy: World, start: dt.date, years: int) -> None:
    position = make_position(mercy.unit, "Lead", term_years=years)
    make_appointment(position, mercy.colin, start_date=start)
    with tenant_scope(mercy.organization.pk):
        found = positions_with_terms(on=dt.date(2024, 6, 1)).annotate(ends=F("term_ends")).get(pk=position.pk)
    assert isinstance(found, Position)
    assert found.ends == term_end(start, None, years)
