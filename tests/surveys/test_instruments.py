"""The built-in questionnaires, and versions of others."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from surveys.built_in import LEADER_INDEX
from surveys.models import Instrument, InstrumentItem
from surveys.queries import questionnaire_of
from surveys.services.instruments import ensure_built_in_instruments, write_instrument
from surveys.tasks import bring_built_ins
from tenancy.scope import Scope, tenant_scope
from tests.factories.surveys import make_draft
from tests.world import World


def test_built_in_instruments_come_once(mercy: World, in_mercy: Scope) -> None:
    ensure_built_in_instruments()
    bring_built_ins("2026-01-01", "all")
    assert sorted(Instrument.objects.values_list("key", "version", "built_in", "state")) == [
        ("annual_survey", 1, True, "active"),
        ("commitment_pulse", 1, True, "active"),
        ("confidence_pulse", 1, True, "active"),
        ("cultural_audit", 1, True, "active"),
        ("leader_index", 1, True, "active"),
        ("mentee_satisfaction", 1, True, "active"),
        ("mentor_satisfaction", 1, True, "active"),
    ]
    questionnaire = questionnaire_of(Instrument.objects.get(key="leader_index"))
    assert [scale.group for scale in questionnaire.scales] == [
        "include",
        "inform",
        "inquire",
        "develop",
        "recognise",
    ]
    assert (questionnaire.index_items, questionnaire.minimum_answered) == (12, 10)


def test_each_organization_has_its_own(mercy: World, fenwick: World, in_mercy: Scope) -> None:
    ensure_built_in_instruments()
    with tenant_scope(fenwick.organization.pk):
        assert not Instrument.objects.exists()


def test_another_wording_is_another_version(mercy: World, in_mercy: Scope) -> None:
    first = write_instrument("climate", "Climate", LEADER_INDEX.wordings, minimum_answered=10)
    second = write_instrument("climate", "Climate", LEADER_INDEX.wordings[:6], minimum_answered=5)
    assert (first.version, second.version) == (1, 2)
    assert [
        item.position for item in InstrumentItem.objects.filter(instrument=second).order_by("position")
    ] == [*range(6)]


def test_an_impossible_instrument_is_refused(mercy: World, in_mercy: Scope) -> None:
    with pytest.raises(ValueError, match="At least 1 and at most 12"):
        write_instrument("climate", "Climate", LEADER_INDEX.wordings, minimum_answered=13)
    assert not Instrument.objects.exists()


def test_the_database_refuses_an_item_without_a_range(mercy: World, in_mercy: Scope) -> None:
    with pytest.raises(IntegrityError, match="surveys_item_range"), transaction.atomic():
        InstrumentItem.objects.create(
            instrument=make_draft(mercy.organization), key="a", position=3, group="a", low=5
        )
