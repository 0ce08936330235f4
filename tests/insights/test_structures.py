"""How units are led: the rule, its days, and the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from insights.enums import Structure
from insights.queries.role_pulses import leaders, structure_of_each
from insights.queries.structures import register
from insights.structures import Arrangement, Tenure, arrangement_on, nearest, structure_on
from partnerships.enums import Part
from partnerships.models import Partnership
from people.models import Appointment, Person, ReportingLine
from tenancy.scope import Scope
from tests.factories.partnerships import make_partner, make_partnership
from tests.factories.people import make_appointment, make_line, make_person, make_position, make_unit
from tests.world import World

FIRST = dt.date(2020, 1, 1)
DAY = dt.timedelta(days=1)
ANN, BEN, CAT = (UUID(int=number) for number in (1, 2, 3))


def partner(person: UUID, start: int = 0, end: int | None = None) -> Tenure:
    return Tenure(person, True, FIRST + start * DAY, None if end is None else FIRST + end * DAY)


def holder(person: UUID, start: int = 0, end: int | None = None) -> Tenure:
    return Tenure(person, False, FIRST + start * DAY, None if end is None else FIRST + end * DAY)


class TestRule:
    @pytest.mark.parametrize(
        ("tenures", "structure"),
        [
            ([], Structure.NONE),
            ([holder(ANN)], Structure.SINGLE),
            ([holder(ANN), holder(ANN)], Structure.SINGLE),
            ([holder(ANN), holder(BEN)], Structure.SHARED),
            ([partner(ANN), partner(BEN)], Structure.DYAD),
            ([partner(ANN), partner(BEN), holder(CAT)], Structure.DYAD),
            ([partner(ANN), partner(BEN), partner(CAT)], Structure.TRIAD),
            ([partner(ANN), partner(BEN, 0, 5)], Structure.SINGLE),  # left before
            ([partner(ANN), partner(BEN, 5)], Structure.SINGLE),  # begins today, not before
            ([partner(ANN), partner(BEN, 0, 5), holder(CAT)], Structure.SHARED),
        ],
    )
    def test_partners_at_work_and_holders(self, tenures: list[Tenure], structure: Structure) -> None:
        day = FIRST + (4 if tenures and tenures[-1].start > FIRST else 5) * DAY
        assert structure_on(tenures, day) == structure

    def test_since_the_day_it_began_whoever_came_and_went(self) -> None:
        tenures = [holder(ANN, 0, 10), partner(ANN, 10), partner(BEN, 10, 30), partner(CAT, 30)]
        assert arrangement_on(tenures, FIRST + 40 * DAY) == Arrangement(Structure.DYAD, FIRST + 10 * DAY)
        assert arrangement_on(tenures, FIRST + 9 * DAY) == Arrangement(Structure.SINGLE, FIRST)

    def test_since_the_last_one_left(self) -> None:
        found = arrangement_on([holder(ANN, 0, 10)], FIRST + 40 * DAY)
        assert found == Arrangement(Structure.NONE, FIRST + 10 * DAY)
        assert arrangement_on([], FIRST) == Arrangement(Structure.NONE, None)

    @given(
        st.lists(
            st.builds(
                lambda person, is_partner, start, length: Tenure(
                    person,
                    is_partner,
                    FIRST + start * DAY,
                    None if length is None else FIRST + (start + length) * DAY,
                ),
                st.sampled_from([ANN, BEN, CAT]),
                st.booleans(),
                st.integers(0, 20),
                st.none() | st.integers(1, 15),
            ),
            max_size=6,
        ),
        st.integers(0, 40),
    )
    def test_it_is_the_same_on_each_day_since_and_another_before(
        self, tenures: list[Tenure], after: int
    ) -> None:
        day = FIRST + after * DAY
        found = arrangement_on(tenures, day)
        if found.since is None:
            assert all(each.start > day for each in tenures)
            return
        days = [found.since + n * DAY for n in range((day - found.since).days + 1)]
        assert {structure_on(tenures, each) for each in days} == {found.structure}
        earlier = found.since - DAY
        first = min(each.start for each in tenures)
        assert earlier < first or structure_on(tenures, earlier) != found.structure

    def test_where_nobody_leads_the_nearest_above_counts(self) -> None:
        top, middle, own = uuid4(), uuid4(), uuid4()
        found = {top: Structure.SINGLE, middle: Structure.DYAD, own: Structure.NONE}
        assert nearest([top, middle, own], found) == Structure.DYAD
        assert nearest([top], found) == Structure.SINGLE
        assert nearest([own], found) == Structure.NONE


class TestLeaders:
    def test_who_holds_a_position_leads_people_or_is_a_partner_today(
        self, mercy: World, in_mercy: Scope
    ) -> None:
        today = timezone.localdate()
        assert {*leaders(on=today)} == {mercy.mara}
        make_line(mercy.eli, mercy.paula, start_date=today)
        make_line(mercy.olga, mercy.henry, start_date=today + DAY)
        make_appointment(make_position(mercy.unit, "Deputy"), mercy.colin, interim=True)
        assert {*leaders(on=today)} == {mercy.mara, mercy.paula, mercy.colin}
        Person.objects.filter(pk=mercy.paula.pk).update(end_date=today - DAY)
        Appointment.objects.filter(person=mercy.colin).update(end_date=today)
        assert {*leaders(on=today)} == {mercy.mara}
        over = make_partnership(mercy.unit, mercy.mara, mercy.eli, start_date=today - 30 * DAY)
        assert {*leaders(on=today)} == {mercy.mara, mercy.eli}
        Partnership.objects.filter(pk=over.pk).update(end_date=today)
        assert {*leaders(on=today)} == {mercy.mara}

    def test_they_lead_in_the_structure_of_their_position_else_of_where_they_work(
        self, mercy: World, in_mercy: Scope
    ) -> None:
        today = timezone.localdate()
        ward = make_unit(mercy.organization, "Ward", parent=mercy.unit)
        other = make_unit(mercy.organization, "Surgery", parent=mercy.root)
        make_partnership(other, mercy.ada, mercy.eli, start_date=dt.date(2024, 1, 1))
        make_appointment(make_position(other, "Deputy"), mercy.colin)
        on_ward = make_person(mercy.organization, "Wanda", ward)
        make_line(mercy.olga, on_ward)
        found = structure_of_each(leaders(on=today), on=today)
        assert found == {
            mercy.mara.pk: Structure.SINGLE,
            **dict.fromkeys((mercy.ada.pk, mercy.eli.pk, mercy.colin.pk), Structure.DYAD),
            on_ward.pk: Structure.SINGLE,  # nobody leads the ward: as cardiology
        }


class TestRegister:
    def test_every_unit_with_its_structure(self, mercy: World, in_mercy: Scope) -> None:
        today = timezone.localdate()
        began = today - 30 * DAY
        found = make_partnership(mercy.unit, mercy.mara, mercy.eli, start_date=began)
        told = {unit.pk: each for unit, each in register(on=today)}
        assert told[mercy.root.pk] == Arrangement(Structure.NONE, None)
        assert told[mercy.unit.pk].structure == Structure.DYAD
        make_partner(found, mercy.paula, Part.NURSE)
        told = {unit.pk: each for unit, each in register(on=today)}
        assert told[mercy.unit.pk].structure == Structure.TRIAD

    def test_it_is_filtered_and_the_file_has_the_same(
        self, mercy: World, in_mercy: Scope, sign_in: Callable[[Person], Client]
    ) -> None:
        browser = sign_in(mercy.eli)
        page = browser.get("/o/mercy/insights/structures/?structure=single")
        assert [unit.name for unit, _each in page.context["page"]] == ["Cardiology"]
        assert b"Mercy Hospital</a>" not in page.content
        file = browser.get("/o/mercy/insights/structures.csv?structure=single").content.decode()
        assert file.splitlines()[1:] == ["Cardiology,Department,Single leader,2024-01-01"]
        everything = browser.get("/o/mercy/insights/structures.csv").content.decode()
        assert "Mercy Hospital,Organisation,Nobody leads it," in everything

    def test_as_many_queries_for_three_units_as_for_one(
        self,
        mercy: World,
        in_mercy: Scope,
        sign_in: Callable[[Person], Client],
        django_assert_max_num_queries: Callable[..., object],
    ) -> None:
        ReportingLine.objects.all().delete()
        for name in ("Surgery", "Medicine", "Radiology"):
            unit = make_unit(mercy.organization, name, parent=mercy.root)
            make_appointment(make_position(unit, f"Head of {name}", leads_unit=True), mercy.mara)
        with django_assert_max_num_queries(3):  # type: ignore[attr-defined]
            assert len(register(on=timezone.localdate())) == 5
