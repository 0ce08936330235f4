"""What the database refuses, tried with raw SQL and as the application's role."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from passport.enums import ReadOf
from passport.models import Milestone, PassportRead, Stamp
from tenancy.models import AuditEntry
from tenancy.scope import Scope
from tests.factories.passport import DECIDED, find_milestone, make_claim, make_presets, make_stamp
from tests.world import World


@pytest.fixture
def milestone(mercy: World, in_mercy: Scope) -> Milestone:
    make_presets(mercy.organization)
    return find_milestone(mercy.organization, "Shadow a chair meeting")


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "change",
    [
        "earned_on = '2020-01-01'",
        "statement = 'better'",
        "verified_by_id = revoked_by_id",
        "state = 'submitted', verified_by_id = NULL, decided_at = NULL",
        "state = 'declined', decision_note = 'no'",
    ],
)
def test_a_verified_stamp_does_not_change(mercy: World, milestone: Milestone, change: str) -> None:
    make_stamp(mercy.ada, milestone, mercy.mara)
    with pytest.raises(DatabaseError, match="not changed in this way"):
        run(f"UPDATE passport_stamp SET {change}")


def test_a_verified_stamp_is_not_deleted(mercy: World, milestone: Milestone) -> None:
    make_stamp(mercy.ada, milestone, mercy.mara)
    with pytest.raises(DatabaseError, match="not changed in this way"):
        run("DELETE FROM passport_stamp")


def test_a_verified_stamp_is_revoked_once(mercy: World, milestone: Milestone) -> None:
    make_stamp(mercy.ada, milestone, mercy.mara)
    revoke = (
        f"UPDATE passport_stamp SET state = 'revoked', revoked_by_id = '{mercy.paula.pk}', "
        "revoked_at = now(), revoke_reason = 'Wrong person'"
    )
    run(revoke)
    with pytest.raises(DatabaseError, match="not changed in this way"):
        run("UPDATE passport_stamp SET revoke_reason = 'Another reason'")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"statement": ""}, "passport_stamp_evidence"),
        ({"earned_on": dt.date(2030, 1, 1)}, "passport_stamp_not_ahead"),
        ({"state": "verified"}, "passport_stamp_decided"),
        ({"state": "stamped", "decided_at": DECIDED, "verifier": "mara"}, "passport_stamp_state"),
        ({"state": "declined", "decided_at": DECIDED, "verifier": "mara"}, "passport_stamp_declined_why"),
        ({"state": "verified", "decided_at": DECIDED, "verifier": "ada"}, "passport_stamp_never_oneself"),
        (
            {"state": "revoked", "decided_at": DECIDED, "verifier": "mara"},
            "passport_stamp_revoked_why",
        ),
    ],
)
def test_nonsense_is_refused(
    mercy: World, milestone: Milestone, fields: dict[str, Any], constraint: str
) -> None:
    values = dict(fields)
    if "verifier" in values:
        values["verified_by"] = mercy.people[values.pop("verifier")]
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_claim(mercy.ada, milestone, **values)


def test_one_living_claim_for_a_milestone(mercy: World, milestone: Milestone) -> None:
    make_claim(mercy.ada, milestone)
    with pytest.raises(IntegrityError, match="passport_stamp_one_alive"), transaction.atomic():
        make_stamp(mercy.ada, milestone, mercy.mara)


def test_another_organizations_milestone_is_refused(mercy: World, fenwick: World, in_mercy: Scope) -> None:
    make_presets(fenwick.organization)
    theirs = find_milestone(fenwick.organization, "Shadow a chair meeting")
    with pytest.raises(IntegrityError, match="passport_stamp_milestone_link"), transaction.atomic():
        make_claim(mercy.ada, theirs)


def test_a_milestone_with_stamps_is_not_deleted(mercy: World, milestone: Milestone) -> None:
    make_stamp(mercy.ada, milestone, mercy.mara)
    with pytest.raises(IntegrityError):
        run(f"DELETE FROM passport_milestone WHERE id = '{milestone.pk}'")


@pytest.mark.parametrize(
    "change", ["UPDATE passport_passportread SET at = now()", "DELETE FROM passport_passportread"]
)
def test_the_list_of_readers_only_grows(mercy: World, in_mercy: Scope, change: str) -> None:
    PassportRead.objects.create(person=mercy.ada, reader=mercy.mara, what=ReadOf.PASSPORT)
    with pytest.raises(DatabaseError, match="never changed or removed"):
        run(change)


def test_evidence_text_stays_out_of_the_audit_trail(mercy: World, milestone: Milestone) -> None:
    make_claim(mercy.ada, milestone, statement="MARKER of Ada")
    assert Stamp.objects.get().statement == "MARKER of Ada"
    entries = AuditEntry.objects.filter(table_name="passport_stamp")
    assert entries.count() == 1
    assert "MARKER" not in str(entries.get().change)


def test_a_verifiers_words_stay_out_of_the_audit_trail(mercy: World, milestone: Milestone) -> None:
    stamp = make_stamp(mercy.ada, milestone, mercy.mara, decision_note="MARKER of Mara")
    assert Stamp.objects.get(pk=stamp.pk).decision_note == "MARKER of Mara"
    changes = [entry.change for entry in AuditEntry.objects.filter(table_name="passport_stamp")]
    assert changes
    assert "MARKER" not in str(changes)
