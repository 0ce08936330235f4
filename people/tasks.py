"""Entry points of the job ledger and the outbox into people."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from people.invitation_mail import deliver_invitation
from people.member import Member
from people.models import Import
from people.notices import TOPIC
from people.queries import member_for
from people.services import imports
from people.services.invitations import MAIL_TOPIC
from people.services.membership import end_access_of_leavers
from people.services.notifications import deliver_notification, deliver_parked
from people.webhooks.delivering import (
    DELIVERY_TOPIC,
    EVENT_TOPIC,
    deliver_event,
    forget_deliveries,
    spread_event,
)
from tenancy.jobs import PARKED_TOPIC, Nightly, delivers, job
from tenancy.scope import current_scope

delivers(TOPIC)(deliver_notification)
delivers(PARKED_TOPIC)(deliver_parked)
delivers(MAIL_TOPIC)(deliver_invitation)
delivers(EVENT_TOPIC)(spread_event)
delivers(DELIVERY_TOPIC)(deliver_event)


@job("people.end_access_of_leavers", title="End the access of people who left", schedule=Nightly())
def end_leavers(period: str, key: str) -> dict[str, object]:
    return {"ended": end_access_of_leavers(dt.date.fromisoformat(period) + dt.timedelta(days=1))}


@job(imports.CHECK, title="Check an import")
def check_import(period: str, key: str) -> dict[str, object]:
    return {**imports.check_import(_import_of(period), by=_who_asked()).counts}


@job(imports.APPLY, title="Apply an import")
def apply_import(period: str, key: str) -> dict[str, object]:
    return {**imports.apply_import(_import_of(period), by=_who_asked()).counts}


@job(imports.UNDO, title="Undo an import")
def undo_import(period: str, key: str) -> dict[str, object]:
    imported = _import_of(period)
    try:
        with transaction.atomic():
            imports.undo_import(imported, by=_who_asked())
    except imports.ImportRefusedError as reason:
        imports.keep_applied(imported, str(reason))
        return {"refused": str(reason)}
    return {}


@job("people.discard_stale_imports", title="Delete uploads nobody applied", schedule=Nightly())
def discard_stale_imports(period: str, key: str) -> dict[str, object]:
    return {"discarded": imports.discard_stale_imports()}


@job("people.forget_deliveries", title="Forget what webhooks were told", schedule=Nightly())
def forget_webhook_deliveries(period: str, key: str) -> dict[str, object]:
    return {"forgotten": forget_deliveries()}


def _import_of(period: str) -> Import:
    """The period of an import's job is its id and the number of the try."""
    return Import.objects.get(pk=period.partition("/")[0])


def _who_asked() -> Member:
    actor_id = current_scope().actor_id
    member = member_for(actor_id, on=timezone.localdate()) if actor_id else None
    if member is None:
        raise PermissionError("Whoever asked for this import is no longer a member.")
    return member
