"""What can be done with questionnaires, by whom, and what is refused with which words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from people.member import Member
from surveys.built_in import LEADER_INDEX, Wording
from surveys.composition import Composition
from surveys.enums import InstrumentState, WaveState
from surveys.instrument_queries import (
    composition_of,
    instruments_to_continue,
    instruments_with_counts,
    versions_of,
    waves_of,
)
from surveys.models import Instrument, InstrumentItem
from surveys.questionnaire import Question
from surveys.services.instruments import (
    InstrumentError,
    activate_instrument,
    change_draft,
    copy_instrument,
    create_draft,
    discard_draft,
    ensure_built_in_instruments,
    fingerprint,
    restore_instrument,
    retire_instrument,
    write_instrument,
)
from tenancy.models import AuditEntry
from tenancy.scope import Scope
from tests.factories.surveys import SHORT, make_draft, make_short_instrument, make_wave, member_of
from tests.world import World


@pytest.fixture
def stella(mercy: World, in_mercy: Scope) -> Member:
    return member_of(mercy.stella)


def composition(*wordings: Wording, title: str = "Ward climate") -> Composition:
    return Composition(title, "workplace", 2, wordings or SHORT, "Somebody Ltd", "By permission.")


def own(stella: Member, title: str = "Ward climate") -> Instrument:
    """A questionnaire of the organisation's own, in use."""
    draft = create_draft(composition(title=title), by=stella)
    activate_instrument(draft, by=stella)
    draft.refresh_from_db()
    return draft


def states(instrument: Instrument) -> list[tuple[int, str]]:
    return list(versions_of(instrument).order_by("version").values_list("version", "state"))


def test_a_draft_is_what_was_written(stella: Member) -> None:
    draft = create_draft(composition(), by=stella)
    assert (draft.key, draft.version, draft.state, draft.built_in) == ("ward-climate", 1, "draft", False)
    assert composition_of(draft) == composition()


def test_keys_tell_questionnaires_of_one_title_apart_and_are_never_a_built_in_ones(stella: Member) -> None:
    titles = ["Leader_index", "Leader index", "Leader index", "—"]
    keys = [create_draft(composition(title=title), by=stella).key for title in titles]
    assert keys == ["leader-index", "leader-index-2", "leader-index-3", "questionnaire"]
    assert not any("_" in key for key in keys)
    ensure_built_in_instruments()
    assert Instrument.objects.get(key="leader_index").version == 1


def test_only_those_who_run_surveys_write_questionnaires(mercy: World, stella: Member) -> None:
    draft = make_draft(mercy.organization)
    for name in ("eli", "olga", "mara", "colin", "aude", "paula"):
        by = member_of(mercy.people[name])
        with pytest.raises(PermissionDenied, match="Survey stewards and HR admins"):
            create_draft(composition(), by=by)
        for act in (activate_instrument, discard_draft, retire_instrument, restore_instrument):
            with pytest.raises(PermissionDenied):
                act(draft, by=by)
        with pytest.raises(PermissionDenied):
            change_draft(draft, composition(), seen="", by=by)
    assert states(draft) == [(1, "draft")]


def test_a_draft_is_changed_wholly(stella: Member) -> None:
    draft = create_draft(composition(), by=stella)
    last = replace(SHORT[1], text="Another text")
    turned = replace(composition(last, SHORT[0], SHORT[2]), title="Another", minimum_answered=1)
    change_draft(draft, turned, seen=fingerprint(composition_of(draft)), by=stella)
    draft.refresh_from_db()
    assert composition_of(draft) == turned


def test_saving_without_a_change_writes_nothing(stella: Member) -> None:
    draft = create_draft(composition(), by=stella)
    before = AuditEntry.objects.count()
    stored = composition_of(draft)
    change_draft(draft, stored, seen=fingerprint(stored), by=stella)
    assert AuditEntry.objects.count() == before


def test_a_draft_somebody_else_changed_is_not_overwritten(stella: Member) -> None:
    draft = create_draft(composition(), by=stella)
    seen = fingerprint(composition_of(draft))
    change_draft(draft, composition(SHORT[0]), seen=seen, by=stella)
    with pytest.raises(InstrumentError, match="Somebody changed this draft"):
        change_draft(draft, composition(SHORT[1]), seen=seen, by=stella)
    assert composition_of(draft).wordings == (SHORT[0],)


def test_new_items_get_keys_that_no_version_had(stella: Member) -> None:
    first = own(stella)
    draft = copy_instrument(first, as_version=True, by=stella)
    stored = composition_of(draft)
    added = Wording(Question("", "index", "q", 1, 5), "New?")
    change_draft(draft, composition(SHORT[0], added), seen=fingerprint(stored), by=stella)
    assert [one.question.key for one in composition_of(draft).wordings] == ["q1", "q-1"]
    activate_instrument(draft, by=stella)
    third = copy_instrument(draft, as_version=True, by=stella)
    change_draft(third, composition(added), seen=fingerprint(composition_of(third)), by=stella)
    assert [one.question.key for one in composition_of(third).wordings] == ["q-2"]


def test_a_new_version_has_the_same_items_and_takes_over_when_it_is_used(stella: Member) -> None:
    first = own(stella)
    draft = copy_instrument(first, as_version=True, by=stella)
    assert (draft.key, draft.version) == (first.key, 2)
    assert composition_of(draft) == composition_of(first)
    assert states(first) == [(1, "active"), (2, "draft")]
    assert activate_instrument(draft, by=stella) == [first]
    assert states(first) == [(1, "retired"), (2, "active")]


def test_one_version_is_written_at_a_time(stella: Member) -> None:
    first = own(stella)
    copy_instrument(first, as_version=True, by=stella)
    with pytest.raises(InstrumentError, match="Version 2 is being written already"):
        copy_instrument(first, as_version=True, by=stella)


def test_a_built_in_is_copied_as_ones_own(stella: Member) -> None:
    ensure_built_in_instruments()
    built_in = Instrument.objects.get(key="leader_index")
    with pytest.raises(InstrumentError, match="come with ClinicLeader"):
        copy_instrument(built_in, as_version=True, by=stella)
    copy = copy_instrument(built_in, as_version=False, by=stella)
    assert (copy.key, copy.version, copy.built_in) == ("leader-index", 1, False)
    assert composition_of(copy).wordings == LEADER_INDEX.wordings


def test_what_is_too_long_for_the_editor_is_not_copied(stella: Member) -> None:
    many = [Wording(Question(f"k-{n}", "index", "all", 1, 5), f"{n}?") for n in range(121)]
    long = write_instrument("long", "Long", tuple(many), minimum_answered=100)
    with pytest.raises(InstrumentError, match="It has 121 questions; at most 120 can be edited here"):
        copy_instrument(long, as_version=True, by=stella)
    assert states(long) == [(1, "active")]


def test_what_cannot_be_asked_is_not_put_to_use(stella: Member) -> None:
    draft = create_draft(Composition("Empty", "self", 1), by=stella)
    with pytest.raises(InstrumentError, match="There are no questions yet"):
        activate_instrument(draft, by=stella)
    assert states(draft) == [(1, "draft")]


def test_retired_and_used_again(stella: Member) -> None:
    first = own(stella)
    retire_instrument(first, by=stella)
    assert states(first) == [(1, "retired")]
    restore_instrument(first, by=stella)
    assert states(first) == [(1, "active")]


def test_what_a_prepared_survey_is_to_ask_stays_in_use(stella: Member) -> None:
    first = own(stella)
    wave = make_wave(first, title="Spring", imported=False, state=WaveState.DRAFT)
    with pytest.raises(InstrumentError, match="Spring is to ask it"):
        retire_instrument(first, by=stella)
    draft = copy_instrument(first, as_version=True, by=stella)
    assert activate_instrument(draft, by=stella) == []
    assert states(first) == [(1, "active"), (2, "active")]
    wave.delete()
    retire_instrument(first, by=stella)
    assert states(first) == [(1, "retired"), (2, "active")]


def test_two_versions_are_not_in_use_side_by_side(stella: Member) -> None:
    first = own(stella)
    activate_instrument(copy_instrument(first, as_version=True, by=stella), by=stella)
    with pytest.raises(InstrumentError, match="Version 2 is in use"):
        restore_instrument(first, by=stella)


def test_the_confidence_pulse_stays_in_use(stella: Member) -> None:
    ensure_built_in_instruments()
    with pytest.raises(InstrumentError, match="stays in use"):
        retire_instrument(Instrument.objects.get(key="confidence_pulse"), by=stella)


def test_what_is_no_draft_any_more_says_what_it_is(stella: Member) -> None:
    first = own(stella)
    for act in (activate_instrument, discard_draft, restore_instrument):
        with pytest.raises(InstrumentError, match="not what it was when you opened the page: In use"):
            act(first, by=stella)
    with pytest.raises(InstrumentError, match="In use"):
        change_draft(first, composition(), seen=fingerprint(composition_of(first)), by=stella)


def test_a_draft_is_deleted_once(stella: Member) -> None:
    draft = create_draft(composition(), by=stella)
    again = Instrument.objects.get(pk=draft.pk)
    discard_draft(draft, by=stella)
    assert not InstrumentItem.objects.exists()
    with pytest.raises(InstrumentError, match="Somebody deleted this draft"):
        discard_draft(again, by=stella)


def test_the_audit_trail_tells_who_put_it_to_use(mercy: World, stella: Member) -> None:
    own(stella)
    changes = AuditEntry.objects.filter(table_name="surveys_instrument").order_by("id")
    assert [entry.change.get("state") for entry in changes][-1] == ["draft", "active"]


def test_counts_and_order_of_the_list(mercy: World, stella: Member) -> None:
    used = make_short_instrument(mercy.organization)
    make_wave(used)
    make_wave(used)
    draft = create_draft(Composition("Zebra", "self", 1), by=stella)
    retired = own(stella, "Ant")
    retire_instrument(retired, by=stella)
    found = [(one.pk, one.item_count, one.wave_count) for one in instruments_with_counts()]  # type: ignore[attr-defined]
    assert found == [(draft.pk, 0, 0), (used.pk, 3, 2), (retired.pk, 3, 0)]
    assert len(waves_of(used)) == 2


def test_a_file_continues_what_is_ones_own_and_has_no_draft(stella: Member) -> None:
    ensure_built_in_instruments()
    first = own(stella)
    assert list(instruments_to_continue()) == [first]
    second = copy_instrument(first, as_version=True, by=stella)
    assert list(instruments_to_continue()) == []
    activate_instrument(second, by=stella)
    assert list(instruments_to_continue()) == [second]


def test_what_an_import_makes_is_in_use_at_once(stella: Member) -> None:
    made = write_instrument("climate", "Climate", SHORT, minimum_answered=2)
    assert (made.state, Instrument.objects.get().state) == (InstrumentState.ACTIVE, "active")
