"""The framework of competencies: what comes with ClinicLeader, and what organisation and units make of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinicleader.founding import FURNISHINGS
from people.models import Person, Unit
from sponsors.competency_preset import PRESET_COMPETENCIES
from sponsors.enums import CompetencyGroup, OutsideFramework
from sponsors.models import Competency
from sponsors.queries.competencies import by_group, framework_for
from sponsors.services.competencies import (
    Wording,
    add_competency,
    change_competency,
    install_competencies,
    restore_competency,
    retire_competency,
)
from sponsors.tasks import bring_competencies
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.people import make_unit
from tests.factories.sponsors import make_competency
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
ANCHORS = ("One.", "Two.", "Three.", "Four.")
OWN = Wording(CompetencyGroup.PEOPLE, "Humour", "Laughs with, not at.", ANCHORS)


def names_in(unit: Unit | None) -> list[str]:
    return [each.name for each in framework_for(unit)]


class TestPreset:
    def test_it_has_twelve_in_four_groups_with_an_anchor_a_level(self) -> None:
        assert Counter(each.group for each in PRESET_COMPETENCIES) == dict.fromkeys(CompetencyGroup, 3)
        assert len({each.code for each in PRESET_COMPETENCIES}) == 12
        assert all(all(each.anchors) and each.headings for each in PRESET_COMPETENCIES)

    def test_it_comes_with_the_founding_and_each_night_once(self, mercy: World, in_mercy: Scope) -> None:
        assert install_competencies in FURNISHINGS
        for night in ("2026-11-21", "2026-11-22"):
            bring_competencies(night, "")
        assert names_in(None) == [each.name for each in PRESET_COMPETENCIES]
        first = framework_for(None)[0]
        assert {each.framework: each.heading for each in first.headings.all()} == {
            "fmlm": "Self",
            "acgme": "Practice-based learning and improvement",
        }

    def test_what_was_worded_or_retired_since_stays(self, mercy: World, in_mercy: Scope) -> None:
        install_competencies()
        renamed, retired, *_rest = framework_for(None)
        henry = member_of(mercy.henry)
        change_competency(renamed, OWN, unit=None, by=henry)
        retire_competency(retired, unit=None, on=TODAY, by=henry)
        install_competencies()
        assert Competency.objects.count() == 12
        assert ("Humour" in names_in(None), retired.name in names_in(None)) == (True, False)


class TestOverlays:
    def test_a_unit_has_those_above_it_and_its_own(self, mercy: World, in_mercy: Scope) -> None:
        make_competency(mercy.organization)
        add_competency(OWN, unit=mercy.unit, by=member_of(mercy.henry))
        ward = make_unit(mercy.organization, "Ward 1", parent=mercy.unit)
        assert names_in(mercy.root) == ["Listening"]
        assert names_in(mercy.unit) == names_in(ward) == ["Humour", "Listening"]

    def test_a_units_wording_stands_for_the_organisations_there_and_below(
        self, mercy: World, in_mercy: Scope
    ) -> None:
        kept = make_competency(mercy.organization)
        made = change_competency(kept, OWN, unit=mercy.unit, by=member_of(mercy.paula))
        ward = make_unit(mercy.organization, "Ward 1", parent=mercy.unit)
        assert (made.unit_id, made.stands_for_id) == (mercy.unit.pk, kept.pk)
        assert (names_in(mercy.root), names_in(mercy.unit), names_in(ward)) == (
            ["Listening"],
            ["Humour"],
            ["Humour"],
        )
        again = change_competency(
            made, Wording(OWN.group, "Wit", "Short.", ANCHORS), unit=ward, by=member_of(mercy.henry)
        )
        assert again.stands_for_id == kept.pk
        assert (names_in(mercy.unit), names_in(ward)) == (["Humour"], ["Wit"])

    def test_retired_in_a_unit_it_holds_elsewhere_and_comes_back(self, mercy: World, in_mercy: Scope) -> None:
        kept, henry = make_competency(mercy.organization), member_of(mercy.henry)
        gone = retire_competency(kept, unit=mercy.unit, on=TODAY, by=henry)
        assert (names_in(mercy.root), names_in(mercy.unit)) == (["Listening"], [])
        restore_competency(gone, by=henry)
        assert names_in(mercy.unit) == ["Listening"]

    def test_a_units_own_is_not_changed_for_everybody(self, mercy: World, in_mercy: Scope) -> None:
        own = make_competency(mercy.organization, unit=mercy.unit)
        with pytest.raises(ValidationError, match="A unit keeps this one"):
            change_competency(own, OWN, unit=None, by=member_of(mercy.henry))

    def test_one_name_once_in_a_place(self, mercy: World, in_mercy: Scope) -> None:
        henry = member_of(mercy.henry)
        for unit in (None, mercy.unit):
            add_competency(OWN, unit=unit, by=henry)
            with pytest.raises(ValidationError, match="a competency of this name already"):
                add_competency(OWN, unit=unit, by=henry)

    @pytest.mark.parametrize("who", ["ada", "mara", "eli", "olga", "stella", "colin"])
    def test_nobody_else_keeps_them(self, mercy: World, in_mercy: Scope, who: str) -> None:
        kept, by = make_competency(mercy.organization), member_of(mercy.people[who])
        with pytest.raises(PermissionDenied):
            add_competency(OWN, unit=None, by=by)
        with pytest.raises(PermissionDenied):
            change_competency(kept, OWN, unit=None, by=by)
        with pytest.raises(PermissionDenied):
            retire_competency(kept, unit=None, on=TODAY, by=by)
        with pytest.raises(PermissionDenied):
            restore_competency(kept, by=by)

    @pytest.mark.parametrize("fields", [{"anchors": ["One."]}, {"group": "other"}, {"sentence": ""}])
    def test_the_database_refuses_nonsense(self, mercy: World, fields: dict[str, object]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_competency(mercy.organization, **fields)


class TestPages:
    def address(self, world: World, name: str, *arguments: object, unit: object = None) -> str:
        page = reverse(f"sponsors:{name}", args=[world.slug, *arguments])
        return page if unit is None else f"{page}?unit={unit}"

    def test_everybody_reads_what_holds_in_the_own_unit(self, mercy: World, sign_in: SignIn) -> None:
        make_competency(mercy.organization)
        make_competency(mercy.organization, "Humour", unit=mercy.unit)
        client = sign_in(mercy.colin)
        own = client.get(self.address(mercy, "competencies")).content.decode()
        assert all(words in own for words in ("Listening", "Humour", "Lets others finish.", "Cardiology"))
        everywhere = client.get(self.address(mercy, "competencies", unit="")).content.decode()
        assert ("Listening" in everywhere, "Humour" in everywhere) == (True, False)
        assert "Add a competency" not in own

    def test_one_is_worded_for_a_unit_in_the_browser(self, mercy: World, sign_in: SignIn) -> None:
        kept = make_competency(mercy.organization)
        page = self.address(mercy, "competency_edit", kept.pk, unit=mercy.unit.pk)
        client = sign_in(mercy.henry)
        assert "Lets others finish." in client.get(page).content.decode()
        sent = {"group": "people", "name": "", "sentence": "Hears."}
        assert client.post(page, sent).status_code == 422
        sent |= {"name": "Hearing", "heading_nhs": "Leading with care"}
        assert client.post(page, sent).status_code == 302
        shown = client.get(self.address(mercy, "competencies", unit=mercy.unit.pk)).content.decode()
        assert ("Hearing" in shown, "Leading with care" in shown, "Listening" in shown) == (True, True, False)
        assert str(OutsideFramework.NHS.label) in shown

    def test_retired_it_is_shown_to_who_keeps_it(self, mercy: World, sign_in: SignIn) -> None:
        kept = make_competency(mercy.organization)
        client = sign_in(mercy.henry)
        client.post(self.address(mercy, "competency_retire", kept.pk, unit=""))
        page = self.address(mercy, "competencies", unit="")
        assert "Retired here" in client.get(page).content.decode()
        assert "Listening" not in sign_in(mercy.ada).get(page).content.decode()
        client.post(self.address(mercy, "competency_restore", kept.pk, unit=""))
        assert "Retired here" not in client.get(page).content.decode()

    def test_what_does_not_hold_there_is_not_found(
        self, mercy: World, fenwick: World, sign_in: SignIn
    ) -> None:
        foreign, own = (
            make_competency(fenwick.organization),
            make_competency(mercy.organization, unit=mercy.unit),
        )
        client = sign_in(mercy.henry)
        assert client.get(self.address(mercy, "competency_edit", foreign.pk)).status_code == 404
        assert client.get(self.address(mercy, "competency_edit", own.pk)).status_code == 404
        assert client.get(self.address(mercy, "competency_edit", own.pk, unit=foreign.pk)).status_code == 404

    def test_many_cost_no_more_queries_than_one(self, mercy: World, sign_in: SignIn) -> None:
        make_competency(mercy.organization)
        client, page = sign_in(mercy.henry), self.address(mercy, "competencies")
        one = queries_of(client, page)
        for number in range(3):
            make_competency(mercy.organization, f"C{number}", unit=mercy.unit)
        assert queries_of(client, page) == one


def test_groups_come_in_their_order(mercy: World, in_mercy: Scope) -> None:
    install_competencies()
    assert [group for group, _rows in by_group(reversed(framework_for(None)))] == list(CompetencyGroup)
