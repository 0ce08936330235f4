"""Registering partnerships, and who belongs to them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerships.enums import ChangeCause, Part
from partnerships.models import Partner, Partnership
from partnerships.queries.partnerships import Load, load_of, partnerships_of, registered_partnerships
from partnerships.services.partners import (
    Newcomer,
    add_partner,
    keep_partner,
    release_partner,
    set_share,
)
from partnerships.services.partnerships import Founding, end_partnership, register_partnership
from people.enums import Profession
from people.models import Person
from tenancy.scope import Scope
from tests.factories.partnerships import make_change, make_meeting, make_partner, make_partnership
from tests.factories.people import make_person, make_unit
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def founding(world: World, *newcomers: Newcomer, charter: str = "One service") -> Founding:
    both = newcomers or (
        Newcomer(Part.PHYSICIAN, world.ada, 20),
        Newcomer(Part.ADMINISTRATOR, world.colin, 30),
    )
    return Founding(world.unit, both, charter, TODAY)


def seat_of(partnership: Partnership, person: Person) -> Partner:
    return Partner.objects.select_related("partnership").get(partnership=partnership, person=person)


@pytest.fixture
def nurse(mercy: World) -> Person:
    return make_person(mercy.organization, "Nora", mercy.unit, profession=Profession.NURSE)


class TestRegistering:
    @pytest.mark.parametrize("who", ["henry", "eli", "mara"])
    def test_who_watches_and_the_units_leader_register(self, mercy: World, in_mercy: Scope, who: str) -> None:
        made = register_partnership(founding(mercy), by=member_of(mercy.people[who]))
        assert {each.part: each.share for each in made.partners.all()} == {
            "physician": 20,
            "administrator": 30,
        }
        assert told() == [
            (
                {mercy.ada.pk, mercy.colin.pk},
                "You are a partner in leading Cardiology: read what it is for.",
            )
        ]

    @pytest.mark.parametrize("who", ["ada", "paula", "olga", "colin"])
    def test_nobody_else_registers(self, mercy: World, in_mercy: Scope, who: str) -> None:
        with pytest.raises(PermissionDenied):
            register_partnership(founding(mercy), by=member_of(mercy.people[who]))

    def test_a_leader_registers_for_the_own_unit_only(self, mercy: World, in_mercy: Scope) -> None:
        elsewhere = make_unit(mercy.organization, "Surgery")
        asked = Founding(elsewhere, founding(mercy).newcomers, "One service", TODAY)
        with pytest.raises(PermissionDenied):
            register_partnership(asked, by=member_of(mercy.mara))

    def test_it_begins_with_both_halves(self, mercy: World, in_mercy: Scope, nurse: Person) -> None:
        asked = founding(mercy, Newcomer(Part.PHYSICIAN, mercy.ada, 20), Newcomer(Part.NURSE, nurse, 20))
        with pytest.raises(ValidationError, match="begins with a physician and an administrator"):
            register_partnership(asked, by=member_of(mercy.henry))

    def test_it_says_what_it_is_for(self, mercy: World, in_mercy: Scope) -> None:
        with pytest.raises(ValidationError, match="Say what the partnership is for"):
            register_partnership(founding(mercy, charter=" "), by=member_of(mercy.henry))

    @pytest.mark.parametrize(
        ("part", "who", "words"),
        [
            (Part.PHYSICIAN, "colin", "Colin Mercy is no physician"),
            (Part.NURSE, "colin", "Colin Mercy is no nurse"),
            (Part.ADMINISTRATOR, "ada", "Ada Mercy is a physician"),
        ],
    )
    def test_a_part_is_for_its_profession(
        self, mercy: World, in_mercy: Scope, part: Part, who: str, words: str
    ) -> None:
        rest = [one for one in founding(mercy).newcomers if one.part != part]
        asked = founding(mercy, *rest, Newcomer(part, mercy.people[who], 10))
        with pytest.raises(ValidationError, match=words):
            register_partnership(asked, by=member_of(mercy.henry))

    def test_one_administrator_of_several_services_has_one_working_time(
        self, mercy: World, dyad: Partnership
    ) -> None:
        set_share(seat_of(dyad, mercy.mara), 60, by=member_of(mercy.henry))
        other = make_person(mercy.organization, "Otto", mercy.unit, profession=Profession.PHYSICIAN)
        mine = Newcomer(Part.PHYSICIAN, other, 20)
        with pytest.raises(ValidationError, match="Mara Mercy has 40 % of working time left"):
            register_partnership(
                founding(mercy, mine, Newcomer(Part.ADMINISTRATOR, mercy.mara, 41)),
                by=member_of(mercy.henry),
            )
        register_partnership(
            founding(mercy, mine, Newcomer(Part.ADMINISTRATOR, mercy.mara, 40)), by=member_of(mercy.henry)
        )
        assert load_of([mercy.mara.pk, mercy.olga.pk], on=TODAY) == {mercy.mara.pk: Load(2, 100)}


class TestPartners:
    def test_a_nurse_leader_makes_it_a_triad(self, mercy: World, dyad: Partnership, nurse: Person) -> None:
        assert str(dyad.kind) == "Dyad"
        add_partner(dyad, Newcomer(Part.NURSE, nurse, 20), by=member_of(mercy.ada))
        (now,) = partnerships_of(nurse.pk, on=TODAY)
        assert str(now.kind) == "Triad"
        assert told() == [({mercy.mara.pk, nurse.pk}, "Nora Smith joins the partnership of Cardiology.")]

    @pytest.mark.parametrize("who", ["paula", "olga", "colin", "stella"])
    def test_others_change_nothing(self, mercy: World, dyad: Partnership, who: str) -> None:
        by, seat = member_of(mercy.people[who]), seat_of(dyad, mercy.mara)
        for act in (
            lambda: add_partner(dyad, Newcomer(Part.NURSE, mercy.colin, 20), by=by),
            lambda: release_partner(seat, by=by),
            lambda: set_share(seat, 10, by=by),
            lambda: keep_partner(make_change(seat), by=by),
            lambda: end_partnership(dyad, by=by),
        ):
            with pytest.raises(PermissionDenied), transaction.atomic():
                act()

    def test_a_part_is_for_one_at_a_time(self, mercy: World, dyad: Partnership) -> None:
        with pytest.raises(ValidationError, match="Mara Mercy has this part"):
            add_partner(dyad, Newcomer(Part.ADMINISTRATOR, mercy.colin, 20), by=member_of(mercy.henry))
        with pytest.raises(IntegrityError, match="partnerships_one_part"), transaction.atomic():
            make_partner(dyad, mercy.colin, Part.ADMINISTRATOR)

    def test_one_half_follows_another_on_the_same_day(self, mercy: World, dyad: Partnership) -> None:
        before = release_partner(seat_of(dyad, mercy.mara), by=member_of(mercy.henry))
        assert before is not None
        after = add_partner(dyad, Newcomer(Part.ADMINISTRATOR, mercy.colin, 20), by=member_of(mercy.henry))
        assert (before.end_date, after.start_date) == (TODAY, TODAY)
        assert list(partnerships_of(mercy.mara.pk, on=TODAY)) == []
        with pytest.raises(ValidationError, match="no partner any more"):
            release_partner(before, by=member_of(mercy.henry))

    def test_who_was_brought_in_today_is_taken_back(
        self, mercy: World, dyad: Partnership, nurse: Person
    ) -> None:
        made = add_partner(dyad, Newcomer(Part.NURSE, nurse, 20), by=member_of(mercy.ada))
        assert release_partner(made, by=member_of(mercy.ada)) is None
        assert not Partner.objects.filter(person=nurse).exists()

    def test_the_end_keeps_everything_and_closes_it(self, mercy: World, dyad: Partnership) -> None:
        ended = end_partnership(dyad, by=member_of(mercy.mara))
        assert ended.end_date == TODAY
        assert ended.partner_ids == {mercy.ada.pk, mercy.mara.pk}
        assert told() == [({mercy.ada.pk}, "The partnership of Cardiology is over.")]
        assert load_of([mercy.ada.pk], on=TODAY) == {}
        with pytest.raises(ValidationError, match="This partnership is over"):
            end_partnership(dyad, by=member_of(mercy.henry))

    def test_settling_rests_on_what_holds_by_now(self, mercy: World, dyad: Partnership) -> None:
        seat = seat_of(dyad, mercy.mara)
        mercy.mara.unit = make_unit(mercy.organization, "Surgery")
        mercy.mara.save(update_fields=["unit"])
        change = keep_partner(make_change(seat), by=member_of(mercy.ada))
        seat.refresh_from_db()
        assert (change.settled_on, change.settled_by_id) == (TODAY, mercy.ada.pk)
        assert seat.unit_id == mercy.mara.unit_id
        assert seat.position is not None

    def test_who_left_does_not_stay(self, mercy: World, dyad: Partnership) -> None:
        change = make_change(seat_of(dyad, mercy.mara), cause=ChangeCause.LEFT)
        with pytest.raises(ValidationError, match="bring in somebody else"):
            keep_partner(change, by=member_of(mercy.ada))


class TestRegister:
    def test_it_filters_by_unit_kind_and_state(self, mercy: World, dyad: Partnership, nurse: Person) -> None:
        other = make_person(mercy.organization, "Otto", mercy.unit, profession=Profession.PHYSICIAN)
        surgery = make_unit(mercy.organization, "Surgery")
        triad = make_partnership(surgery, other, mercy.colin)
        make_partner(triad, nurse, Part.NURSE)
        make_meeting(triad, other)
        make_change(seat_of(dyad, mercy.mara))

        def found(**asked: object) -> list[Partnership]:
            return list(registered_partnerships(on=TODAY, **asked))  # type: ignore[arg-type]  # of the form

        assert set(found()) == {dyad, triad}
        assert found(unit=mercy.unit) == [dyad]
        assert (found(kind="dyad"), found(kind="triad")) == ([dyad], [triad])
        assert (found(state="changed"), found(state="quiet"), found(state="over")) == ([dyad], [dyad], [])
        release_partner(seat_of(triad, other), by=member_of(mercy.henry))
        assert found(state="incomplete") == [triad]
        end_partnership(dyad, by=member_of(mercy.henry))
        assert (found(), found(state="over")) == ([triad], [dyad])
