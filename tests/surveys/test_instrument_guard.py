"""What people answered stays as they read it: tried through the ORM, which the database answers."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from surveys.ballot_box import open_box
from surveys.enums import InstrumentState, WaveState
from surveys.models import Instrument, InstrumentItem, Wave
from surveys.queries import instrument_items, instruments_answered, instruments_to_launch
from surveys.services.instruments import ensure_built_in_instruments
from tenancy.models import Organization
from tenancy.scope import Scope, tenant_scope
from tests.factories.surveys import make_draft, make_short_instrument, make_wave
from tests.world import World


@pytest.fixture
def used(mercy: World, in_mercy: Scope) -> Instrument:
    return make_short_instrument(mercy.organization)


@pytest.fixture
def draft(mercy: World, in_mercy: Scope) -> Instrument:
    return make_draft(mercy.organization)


@pytest.mark.parametrize("state", ["active", "retired"])
@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"minimum_answered": 1},
        {"about": "self"},
        {"holder": "Somebody"},
        {"key": "another"},
        {"state": "draft"},
    ],
)
def test_an_instrument_in_use_is_never_changed(used: Instrument, state: str, change: dict[str, Any]) -> None:
    Instrument.objects.update(state=state)
    with pytest.raises(IntegrityError, match="it cannot be changed"), transaction.atomic():
        Instrument.objects.update(**change)


@pytest.mark.parametrize("state", ["active", "retired"])
def test_neither_are_its_items(used: Instrument, draft: Instrument, state: str) -> None:
    Instrument.objects.filter(pk=used.pk).update(state=state)
    items = InstrumentItem.objects.filter(instrument=used)
    with pytest.raises(IntegrityError, match="its items cannot be changed"), transaction.atomic():
        items.update(text="Another")
    with pytest.raises(IntegrityError, match="its items cannot be changed"), transaction.atomic():
        items.filter(position=2).update(instrument=draft, position=9, key="moved")
    with pytest.raises(IntegrityError, match="its items cannot be changed"), transaction.atomic():
        items.delete()
    with pytest.raises(IntegrityError, match="its items cannot be changed"), transaction.atomic():
        InstrumentItem.objects.create(instrument=used, key="more", position=9, text="More?", group="more")
    with pytest.raises(IntegrityError, match="its items cannot be changed"), transaction.atomic():
        instrument_items(draft).filter(position=2).update(instrument=used, position=9, key="moved")


def test_it_is_never_removed(used: Instrument) -> None:
    with pytest.raises(IntegrityError, match="it is never removed"), transaction.atomic():
        Instrument.objects.filter(pk=used.pk)._raw_delete("default")


def test_it_is_retired_and_taken_back(used: Instrument) -> None:
    for state in (InstrumentState.RETIRED, InstrumentState.ACTIVE):
        assert Instrument.objects.filter(pk=used.pk).update(state=state) == 1


def test_a_draft_is_changed_and_removed(draft: Instrument) -> None:
    Instrument.objects.update(title="Another")
    instrument_items(draft).filter(position=0).update(text="Another")
    assert draft.delete()[0] == 4
    assert not InstrumentItem.objects.exists()


def test_a_draft_is_not_retired_and_not_used_without_items(draft: Instrument) -> None:
    with pytest.raises(IntegrityError, match="once it has items"), transaction.atomic():
        Instrument.objects.update(state=InstrumentState.RETIRED)
    instrument_items(draft).exclude(part="outcome").delete()
    with pytest.raises(IntegrityError, match="once it has items"), transaction.atomic():
        Instrument.objects.update(state=InstrumentState.ACTIVE)


def test_no_wave_is_of_a_draft(draft: Instrument, used: Instrument) -> None:
    with pytest.raises(IntegrityError, match="it cannot be asked yet"), transaction.atomic():
        make_wave(draft)
    wave = make_wave(used, imported=False, state=WaveState.DRAFT)
    with pytest.raises(IntegrityError, match="it cannot be asked yet"), transaction.atomic():
        Wave.objects.filter(pk=wave.pk).update(instrument=draft)


def test_no_wave_is_planned_or_opened_with_what_is_retired(mercy: World, used: Instrument) -> None:
    wave = make_wave(used, imported=False, state=WaveState.DRAFT)
    Instrument.objects.update(state=InstrumentState.RETIRED)
    with pytest.raises(IntegrityError, match="no wave asks it"), transaction.atomic():
        open_box(wave)
    with pytest.raises(IntegrityError, match="no wave asks it"), transaction.atomic():
        make_wave(used, imported=False, state=WaveState.DRAFT)
    assert make_wave(used).instrument == used  # answers of the past, from a file
    Instrument.objects.update(state=InstrumentState.ACTIVE)
    open_box(wave)


def test_waves_launch_with_what_is_in_use(mercy: World, used: Instrument, draft: Instrument) -> None:
    ensure_built_in_instruments()
    old = make_short_instrument(mercy.organization)
    Instrument.objects.filter(pk=old.pk).update(state=InstrumentState.RETIRED)
    offered = set(instruments_to_launch())
    assert {used} < offered
    assert {instrument.state for instrument in offered} == {"active"}
    assert "confidence_pulse" not in {instrument.key for instrument in offered}
    assert set(instruments_answered()) == offered | {old}


@pytest.mark.parametrize("labels", [["No"], ["No", "Perhaps", "Yes"]])
def test_labels_name_every_answer_or_none(draft: Instrument, labels: list[str]) -> None:
    with pytest.raises(IntegrityError, match="surveys_item_labels"), transaction.atomic():
        InstrumentItem.objects.update(labels=labels)


def test_a_licence_has_a_holder(draft: Instrument) -> None:
    with pytest.raises(IntegrityError, match="surveys_instrument_licence"), transaction.atomic():
        Instrument.objects.update(licence="By permission.")
    assert Instrument.objects.update(holder="Somebody", licence="By permission.") == 1


def test_nobody_adds_an_item_while_it_is_put_to_use(committed_organization: Organization) -> None:
    """Committed, in two connections: the later one waits, and learns that it is no draft any more."""
    scope = committed_organization.pk
    with transaction.atomic():
        draft = make_draft(committed_organization)
    refused: list[str] = []

    def add() -> None:
        late = InstrumentItem(organization_id=scope, instrument=draft, key="late", position=9, group="late")
        with pytest.raises(IntegrityError) as error, tenant_scope(scope), transaction.atomic():
            late.save()
        refused.append(str(error.value))
        connection.close()

    adding = threading.Thread(target=add)
    with tenant_scope(scope), transaction.atomic():
        Instrument.objects.update(state=InstrumentState.ACTIVE)
        adding.start()
        adding.join(0.5)
        assert adding.is_alive()
    adding.join()
    assert "its items cannot be changed" in refused[0]
