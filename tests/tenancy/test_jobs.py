"""The ledger: each step exactly once, whatever happens to the workers."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.utils import timezone

from people.models import Unit
from tenancy import tasks
from tenancy.jobs import delivers, doorbell, job, post, request_run, retry_parked
from tenancy.jobs.ledger import MAX_ATTEMPTS, insert_due_runs, work_all_steps, work_one_step
from tenancy.jobs.outbox import _deliveries, deliver_waiting
from tenancy.jobs.periods import Nightly
from tenancy.jobs.registry import _jobs
from tenancy.models import AuditEntry, JobRun, JobStep, Organization, OutboxMessage
from tenancy.scope import Scope, tenant_transaction
from tests.factories.people import make_unit
from tests.world import World


@pytest.fixture(autouse=True)
def own_registry() -> Iterator[None]:
    jobs, deliveries = dict(_jobs), dict(_deliveries)
    yield
    _jobs.clear()
    _jobs.update(jobs)
    _deliveries.clear()
    _deliveries.update(deliveries)


@pytest.fixture
def unit_job() -> Callable[[str, str], dict[str, object]]:
    """A job whose two steps each make a unit named after the period and the step."""

    @job("test.units", title="Make units", plan=lambda period: ["a", "b"])
    def make(period: str, key: str) -> dict[str, object]:
        Unit.objects.bulk_create([Unit(external_id=f"{period}-{key}", name="Made")])
        return {"made": 1}

    return make


def made() -> list[str]:
    return sorted(Unit.objects.filter(name="Made").values_list("external_id", flat=True))


def test_asking_twice_makes_one_run(in_mercy: Scope, unit_job: object) -> None:
    first, second = request_run("test.units", "p1", by=None), request_run("test.units", "p1", by=None)
    assert first.pk == second.pk
    assert work_all_steps(in_mercy.organization_id) == 2
    assert made() == ["p1-a", "p1-b"]
    assert work_all_steps(in_mercy.organization_id) == 0


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])  # never on the same day
def test_steps_and_messages_have_the_organisations_day(in_mercy: Scope, mercy: World, zone: str) -> None:
    days = []

    @job("test.day", title="What day is it")
    def note(period: str, key: str) -> None:
        days.append(timezone.localdate())

    @delivers("test.day")
    def say(message: OutboxMessage) -> None:
        days.append(timezone.localdate())

    Organization.objects.filter(pk=mercy.organization.pk).update(time_zone=zone)
    request_run("test.day", "p1", by=None)
    post("test.day", payload={})
    work_all_steps(in_mercy.organization_id)
    deliver_waiting(in_mercy.organization_id)
    assert days == [timezone.localdate(timezone=ZoneInfo(zone))] * 2


def test_a_step_works_in_the_name_of_who_asked(in_mercy: Scope, mercy: World, unit_job: object) -> None:
    run = request_run("test.units", "p1", by=mercy.henry.pk)
    work_all_steps(in_mercy.organization_id)
    entries = AuditEntry.objects.filter(request_id=str(run.pk), table_name="people_unit")
    assert {(entry.actor_id, entry.reason) for entry in entries} == {(mercy.henry.pk, "test.units")}


def test_a_failing_step_writes_nothing_and_is_parked_after_five_attempts(
    in_mercy: Scope, mercy: World, caplog: pytest.LogCaptureFixture
) -> None:
    @job("test.fails", title="Fails")
    def fail(period: str, key: str) -> None:
        Unit.objects.bulk_create([Unit(external_id="half", name="Made")])
        raise ValueError(f"{mercy.ada.name} is in this message")

    request_run("test.fails", "p1", by=None)
    for _ in range(MAX_ATTEMPTS):
        assert work_one_step(in_mercy.organization_id)
        JobStep.objects.update(not_before=timezone.now())
    step = JobStep.objects.get()
    assert (step.state, step.attempts, step.error) == ("parked", MAX_ATTEMPTS, "ValueError")
    assert made() == []
    assert not work_one_step(in_mercy.organization_id)
    assert "failed: ValueError" in caplog.text
    assert mercy.ada.name not in caplog.text


def test_a_failed_step_waits_before_it_is_tried_again(in_mercy: Scope) -> None:
    @job("test.fails", title="Fails")
    def fail(period: str, key: str) -> None:
        raise ValueError

    request_run("test.fails", "p1", by=None)
    assert work_all_steps(in_mercy.organization_id) == 1
    assert JobStep.objects.get().not_before > timezone.now()


def test_a_parked_step_can_be_retried(in_mercy: Scope, mercy: World, unit_job: object) -> None:
    request_run("test.units", "p1", by=None)
    JobStep.objects.update(state="parked", attempts=5)
    for step in JobStep.objects.all():
        retry_parked(step, by=mercy.olga.pk)
    assert work_all_steps(in_mercy.organization_id) == 2
    assert made() == ["p1-a", "p1-b"]


def test_one_broken_step_does_not_hold_up_the_others(in_mercy: Scope) -> None:
    @job("test.mixed", title="Mixed", plan=lambda period: ["bad", "good"])
    def work(period: str, key: str) -> None:
        if key == "bad":
            raise ValueError
        Unit.objects.bulk_create([Unit(external_id=key, name="Made")])

    request_run("test.mixed", "p1", by=None)
    work_all_steps(in_mercy.organization_id)
    assert made() == ["good"]


def test_what_fell_due_during_a_downtime_is_inserted_once(mercy: World) -> None:
    @job("test.nightly", title="Nightly", schedule=Nightly())
    def work(period: str, key: str) -> None: ...

    born = mercy.organization.created_at.date()
    for _beat in range(2):
        insert_due_runs(mercy.organization, born + dt.timedelta(days=3))
    with tenant_transaction(mercy.organization.pk):
        periods = list(
            JobRun.objects.filter(job="test.nightly").order_by("period").values_list("period", flat=True)
        )
    assert periods == [(born + dt.timedelta(days=day)).isoformat() for day in range(3)]


def test_another_organizations_steps_are_not_worked(mercy: World, fenwick: World, unit_job: object) -> None:
    with tenant_transaction(mercy.organization.pk):
        request_run("test.units", "p1", by=None)
    assert work_all_steps(fenwick.organization.pk) == 0
    assert work_all_steps(mercy.organization.pk) == 2


def test_two_workers_at_once_do_each_step_once(
    committed_organization: Organization, unit_job: object
) -> None:
    make_unit(committed_organization)
    with tenant_transaction(committed_organization.pk):
        for period in range(10):
            request_run("test.units", str(period), by=None)
    taken: list[int] = []

    def worker() -> None:
        taken.append(work_all_steps(committed_organization.pk))
        connections.close_all()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sum(taken) == 20
    with tenant_transaction(committed_organization.pk):
        assert len(made()) == 20
        assert set(JobStep.objects.values_list("state", "attempts")) == {("done", 1)}


def test_the_outbox_delivers_each_message_once(in_mercy: Scope, mercy: World) -> None:
    delivered: list[object] = []
    delivers("test.hello")(lambda message: delivered.append(message.payload["n"]))
    for n in range(3):
        post("test.hello", recipient_id=mercy.ada.pk, payload={"n": n})
    assert deliver_waiting(in_mercy.organization_id) == 3
    assert deliver_waiting(in_mercy.organization_id) == 0
    assert delivered == [0, 1, 2]
    assert not OutboxMessage.objects.filter(delivered_at=None).exists()


def test_a_message_that_cannot_be_delivered_holds_up_nobody(in_mercy: Scope, mercy: World) -> None:
    delivered: list[object] = []
    broken = {1}

    @delivers("test.hello")
    def deliver(message: OutboxMessage) -> None:
        if message.payload["n"] in broken:
            Unit.objects.bulk_create([Unit(external_id="half", name="Made")])
            raise ConnectionError
        delivered.append(message.payload["n"])

    for n in range(3):
        post("test.hello", recipient_id=mercy.ada.pk, payload={"n": n})
    assert deliver_waiting(in_mercy.organization_id) == 2
    assert (delivered, made()) == ([0, 2], [])
    broken.clear()
    assert deliver_waiting(in_mercy.organization_id) == 1
    assert delivered == [0, 2, 1]


def test_the_doorbell_rings_for_a_task_that_there_is() -> None:
    assert tasks.work.name == doorbell.WORK
