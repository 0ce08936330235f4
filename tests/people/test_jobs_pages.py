from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people.models import Person
from tenancy.jobs import request_run
from tenancy.jobs.ledger import work_all_steps
from tenancy.models import JobRun, JobStep
from tenancy.scope import tenant_transaction
from tests.world import World

SignIn = Callable[[Person], Client]


def ask(world: World, period: str = "2026-11-21") -> JobRun:
    with tenant_transaction(world.organization.pk):
        return request_run("tenancy.seal_audit", period, by=world.olga.pk)


def test_jobs_page_shows_a_run_with_its_state_and_who_asked(mercy: World, sign_in: SignIn) -> None:
    ask(mercy)
    page = sign_in(mercy.olga).get(reverse("people:jobs", args=[mercy.slug])).content.decode()
    assert "Seal the audit trail, 2026-11-21" in page
    assert "by Olga Mercy" in page
    assert "0 of 1" in page


def test_runs_with_a_parked_step_can_be_picked_out(mercy: World, sign_in: SignIn) -> None:
    ask(mercy, "2026-11-20")
    with tenant_transaction(mercy.organization.pk):
        JobStep.objects.update(state="parked", attempts=5)
    ask(mercy, "2026-11-21")
    client, jobs = sign_in(mercy.olga), reverse("people:jobs", args=[mercy.slug])
    parked = client.get(jobs, {"state": "parked"}).content.decode()
    assert "2026-11-20" in parked
    assert "2026-11-21" not in parked
    assert "No such run" in client.get(jobs, {"state": "done"}).content.decode()
    assert "2026-11-21" in client.get(jobs, {"state": "nonsense"}).content.decode()


def test_progress_stops_polling_when_the_work_is_done(mercy: World, sign_in: SignIn) -> None:
    run = ask(mercy)
    url = reverse("people:job_progress", args=[mercy.slug, run.pk])
    client = sign_in(mercy.olga)
    waiting = client.get(url)
    assert waiting.status_code == 200
    assert "hx-get" in waiting.content.decode()
    work_all_steps(mercy.organization.pk)
    done = client.get(url)
    assert done.status_code == 286
    assert "hx-get" not in done.content.decode()


def test_a_parked_step_can_be_tried_again_from_its_page(mercy: World, sign_in: SignIn) -> None:
    run = ask(mercy)
    with tenant_transaction(mercy.organization.pk):
        JobStep.objects.update(state="parked", attempts=5, error="ValueError")
        step = JobStep.objects.get()
    client = sign_in(mercy.olga)
    page = client.get(reverse("people:job", args=[mercy.slug, run.pk])).content.decode()
    assert "ValueError" in page
    assert "Try again" in page
    answer = client.post(reverse("people:step_retry", args=[mercy.slug, run.pk, step.pk]), follow=True)
    assert "tried again within a minute" in answer.content.decode()
    with tenant_transaction(mercy.organization.pk):
        assert JobStep.objects.get().state == "waiting"


@pytest.mark.parametrize("rows", [1, 3])
def test_jobs_page_asks_a_constant_number_of_queries(
    mercy: World, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for number in range(rows):
        ask(mercy, f"2026-11-0{number + 1}")
    client = sign_in(mercy.olga)
    with django_assert_num_queries(8):
        client.get(reverse("people:jobs", args=[mercy.slug]))
