"""What the database keeps of pods, tried with raw SQL and as the application's role."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from passport.models import PodMark
from tenancy.scope import Scope
from tests.factories.passport import DECIDED, make_attempt, make_capstone, make_pod, make_transfer_outcome
from tests.world import World


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("change", ["content = 'other'", "key = 'other'", "state = 'draft'", "version = 9"])
def test_a_published_pod_keeps_its_text(mercy: World, in_mercy: Scope, change: str) -> None:
    make_pod(mercy.organization)
    with pytest.raises(DatabaseError, match="not changed in this way"):
        run(f"UPDATE passport_pod SET {change}")
    with pytest.raises(DatabaseError, match="not changed in this way"):
        run("DELETE FROM passport_pod")
    run("UPDATE passport_pod SET state = 'retired'")


def test_a_draft_changes_and_may_be_deleted(mercy: World, in_mercy: Scope) -> None:
    make_pod(mercy.organization, state="draft", published_at=None)
    run("UPDATE passport_pod SET content = 'better'")
    run("DELETE FROM passport_pod")


def test_a_key_has_one_published_version_and_one_draft(mercy: World, in_mercy: Scope) -> None:
    make_pod(mercy.organization)
    make_pod(mercy.organization, version=2, state="draft", published_at=None)
    with pytest.raises(IntegrityError, match="one_published"), transaction.atomic():
        make_pod(mercy.organization, version=3)
    with pytest.raises(IntegrityError, match="one_draft"), transaction.atomic():
        make_pod(mercy.organization, version=3, state="draft", published_at=None)


@pytest.mark.parametrize(
    "change", ["moves = '[1]'", "state = '{\"a\": 1}'", "confidence_after = '{5,5,5,5,5}'", "pod_id = id"]
)
def test_a_finished_attempt_does_not_change(mercy: World, in_mercy: Scope, change: str) -> None:
    make_attempt(mercy.ada, make_pod(mercy.organization))
    with pytest.raises(DatabaseError, match="not changed in this way"):
        run(f"UPDATE passport_podattempt SET {change}")
    with pytest.raises(DatabaseError, match="not changed in this way"):
        run("DELETE FROM passport_podattempt")


def test_an_attempt_is_marked_once_and_never_by_its_person(mercy: World, in_mercy: Scope) -> None:
    make_attempt(mercy.ada, make_pod(mercy.organization))
    with pytest.raises(IntegrityError, match="never_oneself"):
        run("UPDATE passport_podattempt SET marked_by_id = person_id, marked_at = now()")
    run(f"UPDATE passport_podattempt SET marked_by_id = '{mercy.mara.pk}', marked_at = now()")
    with pytest.raises(DatabaseError, match="not changed in this way"):
        run("UPDATE passport_podattempt SET marked_at = now() + interval '1 day'")


def test_an_attempt_has_one_confidence_for_each_dimension(mercy: World, in_mercy: Scope) -> None:
    pod = make_pod(mercy.organization)
    with pytest.raises(IntegrityError, match="confidence"), transaction.atomic():
        make_attempt(mercy.ada, pod, confidence_before=[1, 2])
    with pytest.raises(IntegrityError, match="podattempt_finished"), transaction.atomic():
        make_attempt(mercy.ada, pod, confidence_after=None)


def test_one_attempt_at_a_pod_runs_at_a_time(mercy: World, in_mercy: Scope) -> None:
    pod = make_pod(mercy.organization)
    make_attempt(mercy.ada, pod)
    make_attempt(mercy.ada, pod, finished_at=None, confidence_after=None)
    with pytest.raises(IntegrityError, match="one_running"), transaction.atomic():
        make_attempt(mercy.ada, pod, finished_at=None, confidence_after=None)


def test_marks_stay_and_have_four_levels(mercy: World, in_mercy: Scope) -> None:
    attempt = make_attempt(mercy.ada, make_pod(mercy.organization))
    with pytest.raises(IntegrityError, match="podmark_level"), transaction.atomic():
        PodMark.objects.create(attempt=attempt, criterion="data", level=5, words="More than all.")
    PodMark.objects.create(attempt=attempt, criterion="data", level=4, words="Figures first.")
    with pytest.raises(DatabaseError):
        run("UPDATE passport_podmark SET level = 1")


def test_capstones_and_outcomes_are_confirmed_by_others(mercy: World, in_mercy: Scope) -> None:
    pod = make_pod(mercy.organization)
    facts = {"state": "verified", "submitted_on": DECIDED.date(), "result": "Nine.", "decided_at": DECIDED}
    with pytest.raises(IntegrityError, match="capstone_never_oneself"), transaction.atomic():
        make_capstone(mercy.ada, pod, decided_by=mercy.ada, **facts)
    with pytest.raises(IntegrityError, match="capstone_decided"), transaction.atomic():
        make_capstone(mercy.ada, pod, **facts)
    with pytest.raises(IntegrityError, match="transferoutcome_never_oneself"), transaction.atomic():
        make_transfer_outcome(mercy.ada, pod, confirmed_by=mercy.ada, confirmed_at=DECIDED)
