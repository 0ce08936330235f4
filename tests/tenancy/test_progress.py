"""What a step tells of itself while it works, seen by others before it commits."""

from __future__ import annotations

import uuid

import pytest

from tenancy.jobs import Progress, counted, job, progress, registry, request_run, told_progress
from tenancy.jobs.ledger import work_all_steps
from tenancy.scope import Scope, tenant_scope
from tests.world import World


@pytest.mark.parametrize(
    ("done", "words"), [(0, "0 of 3,000"), (2999, "2,999 of 3,000"), (3000, "3,000 of 3,000")]
)
def test_progress_never_says_everything_too_early(done: int, words: str) -> None:
    assert str(Progress(done, 3000, "rows read")) == f"{words} rows read, {done // 30} %"
    assert str(Progress(0, 0, "Writing them")) == "Writing them"


def test_rows_are_counted_as_they_pass(mercy: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_EVERY", 0)
    run = uuid.uuid4()
    with tenant_scope(mercy.organization.pk, request_id=str(run)):
        assert told_progress(run) is None
        seen = [(row, told_progress(run)) for row in counted(iter("abc"), 3, "rows read")]
        assert seen == [(row, Progress(done, 3, "rows read")) for done, row in enumerate("abc", 1)]


def test_another_organization_sees_nothing_of_it(mercy: World, fenwick: World) -> None:
    run = uuid.uuid4()
    with tenant_scope(mercy.organization.pk, request_id=str(run)):
        assert list(counted(iter("ab"), 2, "rows read")) == ["a", "b"]
        assert told_progress(run) == Progress(2, 2, "rows read")
    with tenant_scope(fenwick.organization.pk):
        assert told_progress(run) is None


def test_a_step_is_watched_while_it_works(in_mercy: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_jobs", {})
    told = []

    @job("test.watched", title="Watched")
    def work(period: str, key: str) -> None:
        for _ in counted(iter("abcd"), 4, "rows read"):
            told.append(told_progress(run.pk))

    run = request_run("test.watched", "now", by=None)
    work_all_steps(in_mercy.organization_id)
    assert told[0] == Progress(0, 4, "rows read")
    assert told_progress(run.pk) == Progress(4, 4, "rows read")


def test_work_goes_on_without_valkey(mercy: World, dead_valkey: None) -> None:
    with tenant_scope(mercy.organization.pk, request_id="x"):
        assert list(counted(iter("ab"), 2, "rows read")) == ["a", "b"]
        assert told_progress(uuid.uuid4()) is None
