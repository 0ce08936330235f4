"""Celery's entry points: a bell each minute, and a bell for one organisation."""

from __future__ import annotations

from typing import Any

from celery import Task, shared_task
from django.utils import timezone

from tenancy.audit import seal_audit
from tenancy.jobs import Nightly, job
from tenancy.jobs.ledger import insert_due_runs, work_all_steps
from tenancy.jobs.outbox import deliver_waiting
from tenancy.models import Organization
from tenancy.scope import tenant_scope


class TenantTask(Task):  # type: ignore[type-arg]  # generic in the stubs only
    """A task of one organisation: demands `organization_id` by name and runs inside that scope."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if args or not isinstance(kwargs.get("organization_id"), int):
            raise TypeError(f"{self.name} takes organization_id, by name.")
        with tenant_scope(kwargs["organization_id"], request_id=str(self.request.id or ""), reason=self.name):
            return super().__call__(**kwargs)


@shared_task
def tick() -> None:
    """Insert what fell due for every organisation and ring for it. Idempotent: two beats do no harm."""
    today = timezone.now().date()
    for organization in Organization.objects.order_by("pk"):
        insert_due_runs(organization, today)
        work.apply_async(kwargs={"organization_id": organization.pk})


@shared_task(base=TenantTask)
def work(*, organization_id: int) -> None:
    """Do the waiting steps of one organisation and deliver its outbox."""
    work_all_steps(organization_id)
    deliver_waiting(organization_id)


@job("tenancy.seal_audit", title="Seal the audit trail", schedule=Nightly())
def seal(period: str, key: str) -> dict[str, object]:
    return {"seal": seal_audit()}
