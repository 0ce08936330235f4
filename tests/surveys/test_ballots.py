"""Answers go in and never come out: tried with raw SQL as the application's role."""

from __future__ import annotations

import numpy as np
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from people.models import Unit
from surveys.ballots import sums_by_unit
from surveys.models import Response, Wave
from surveys.queries import questionnaire_of
from surveys.services.closing import close_wave
from tenancy.scope import Scope, tenant_scope
from tests.factories.surveys import (
    cast,
    make_published_wave,
    make_short_instrument,
    make_wave,
    member_of,
    spread_answers,
)
from tests.surveys.reading import rows
from tests.world import World, build_world


@pytest.fixture
def answered(mercy: World, in_mercy: Scope) -> Wave:
    """An open wave with six responses."""
    wave = make_wave(make_short_instrument(mercy.organization))
    cast(wave, {mercy.unit: spread_answers(6, items=3)})
    return wave


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM surveys_response",
        "SELECT answers FROM surveys_response LIMIT 1",
        "SELECT ctid, xmin FROM surveys_response",
        "UPDATE surveys_response SET score = 12",
        "DELETE FROM surveys_response",
        "INSERT INTO surveys_response SELECT * FROM surveys_response RETURNING id",
        "COPY surveys_response TO STDOUT",
        "TRUNCATE surveys_response",
        "SELECT * FROM people_unit u JOIN surveys_response r ON r.unit_id = u.id",
        "CREATE TABLE stolen AS TABLE surveys_response",
    ],
)
def test_the_application_cannot_read_change_or_delete_answers(answered: Wave, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows(statement)


def test_the_orm_cannot_either(answered: Wave) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Response.objects.exists()


def test_a_response_has_no_person_no_time_and_no_sequence() -> None:
    columns = {field.column: field.get_internal_type() for field in Response._meta.local_fields}
    assert columns == {
        "id": "UUIDField",
        "organization_id": "ForeignKey",
        "wave_id": "TenantForeignKey",
        "unit_id": "TenantForeignKey",
        "answers": "ArrayField",
        "score": "FloatField",
        "scale_scores": "ArrayField",
    }


def test_answers_leave_no_audit_row(answered: Wave) -> None:
    assert rows("SELECT count(*) FROM tenancy_audit WHERE table_name = 'surveys_wave'") == [(1,)]
    assert rows("SELECT count(*) FROM tenancy_audit WHERE table_name = 'surveys_response'") == [(0,)]


def test_the_order_of_the_file_is_lost(owner_connection: None) -> None:
    """The owner sees rows in the order of their random keys, whoever came first."""
    mercy = build_world("mercy")
    with tenant_scope(mercy.organization.pk):
        wave = make_wave(make_short_instrument(mercy.organization))
        cast(wave, {mercy.unit: [[1 + n // 20, 1, 1] for n in range(100)]})
        stored = rows("SELECT id, answers[1] FROM surveys_response ORDER BY ctid")
    assert [row[0] for row in stored] == sorted((row[0] for row in stored), key=str)
    assert sorted(str(row[1]) for row in stored) != [str(row[1]) for row in stored]


@pytest.mark.parametrize(
    "function",
    [
        "surveys_index_sums(%s)",
        "surveys_scale_sums(%s)",
        "surveys_answer_counts(%s, 2)",
        "surveys_score_counts(%s, 2, 10, 8)",
        "surveys_score_ends(%s)",
    ],
)
def test_sums_come_out_between_closing_and_publication_only(
    answered: Wave, mercy: World, function: str
) -> None:
    sql = f"SELECT * FROM {function}"
    with pytest.raises(DatabaseError, match="only between closing and publication"), transaction.atomic():
        rows(sql, answered.pk)
    close_wave(answered, by=member_of(mercy.stella))
    assert rows(sql, answered.pk)
    published = make_published_wave(mercy)
    with pytest.raises(DatabaseError, match="only between closing and publication"), transaction.atomic():
        rows(sql, published.pk)


def test_sums_of_another_organization_do_not_exist(answered: Wave, mercy: World, fenwick: World) -> None:
    close_wave(answered, by=member_of(mercy.stella))
    assert rows("SELECT * FROM surveys_index_sums(%s)", answered.pk)
    with (
        tenant_scope(fenwick.organization.pk),
        pytest.raises(DatabaseError, match="only between closing and publication"),
        transaction.atomic(),
    ):
        rows("SELECT * FROM surveys_index_sums(%s)", answered.pk)


def test_sums_are_of_the_units_own_people(answered: Wave, mercy: World) -> None:
    close_wave(answered, by=member_of(mercy.stella))
    questionnaire = questionnaire_of(answered.instrument)
    sums, left_out = sums_by_unit(answered, [mercy.root.pk, mercy.unit.pk], questionnaire)
    given = spread_answers(6, items=3)
    assert (sums.index.n.tolist(), left_out) == ([0, 6], 0)
    assert sums.index.total.tolist() == [0, sum(row[0] + row[1] for row in given)]
    assert [int(counts.sum()) for counts in sums.answers] == [6, 6, 6]
    assert sums.bins.sum(axis=1).tolist() == [0, 6]
    scores = [row[0] + row[1] for row in given]
    assert sums.ends[0, :, 1].tolist() == [min(scores), max(scores)]
    assert sums.ends[2, :, 1].tolist() == [min(row[2] for row in given), max(row[2] for row in given)]
    assert np.isinf(sums.ends[:, :, 0]).all()


def test_no_answer_comes_after_closing(answered: Wave, mercy: World) -> None:
    close_wave(answered, by=member_of(mercy.stella))
    with pytest.raises(DatabaseError, match="takes rows only while the wave is open"), transaction.atomic():
        cast(answered, {mercy.unit: spread_answers(1, items=3)})


def test_no_answer_goes_into_another_organizations_wave(answered: Wave, mercy: World, fenwick: World) -> None:
    with tenant_scope(fenwick.organization.pk), pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(wave_id=answered.pk, unit=fenwick.unit, answers=[1], scale_scores=[])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"threshold": 6}, "are fixed"),
        ({"scale_high": 99}, "are fixed"),
        ({"state": "open"}, "cannot become open again"),
        ({"threshold": 4}, "are fixed|surveys_wave_threshold"),
    ],
)
def test_a_closed_wave_keeps_its_terms(
    answered: Wave, mercy: World, change: dict[str, object], message: str
) -> None:
    close_wave(answered, by=member_of(mercy.stella))
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        Wave.objects.filter(pk=answered.pk).update(**change)


def test_a_published_wave_does_not_change_and_does_not_go(mercy: World, in_mercy: Scope) -> None:
    wave = make_published_wave(mercy)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        Wave.objects.filter(pk=wave.pk).update(title="Nicer")
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        Wave.objects.filter(pk=wave.pk)._raw_delete("default")


def test_a_wave_below_the_floor_is_refused(mercy: World) -> None:
    with pytest.raises(IntegrityError, match="surveys_wave_threshold"), transaction.atomic():
        make_wave(make_short_instrument(mercy.organization), threshold=4)


def test_a_unit_with_answers_cannot_be_deleted(answered: Wave, mercy: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=mercy.unit.pk)._raw_delete("default")
