"""The mails of a wave: that somebody is asked, and reminders. They say nothing of anybody's answers."""

from __future__ import annotations

import logging
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.ballot_box import has_answered
from surveys.ballot_links import ballot_path
from surveys.enums import WaveState
from surveys.models import RollEntry, Wave
from surveys.reminder_links import stop_url
from tenancy.models import OutboxMessage
from tenancy.scope import current_scope, tenant_scope
from web.addresses import full_address

log = logging.getLogger(__name__)


def deliver_invitation(message: OutboxMessage) -> None:
    """Say that somebody is asked, unless the wave is closed by now."""
    entry = _entry(message)
    if entry is not None:
        subject = _("Your view is asked for: %(wave)s") % {"wave": entry.wave.title}
        _send(entry, subject, "surveys/mail/asked.txt")


def deliver_reminder(message: OutboxMessage) -> None:
    """Remind somebody, unless they have answered or stopped reminders since it was written."""
    entry = _entry(message)
    if entry is None or not entry.wants_reminders or _answered(entry):
        return
    subject = _("Reminder: %(wave)s") % {"wave": entry.wave.title}
    _send(entry, subject, "surveys/mail/reminder.txt")


def _entry(message: OutboxMessage) -> RollEntry | None:
    """The recipient on the roll, while the wave is open; from here on the message forgets them."""
    entry = (
        RollEntry.objects.filter(
            wave=message.payload["wave"], person=message.recipient_id, wave__state=WaveState.OPEN
        )
        .select_related("wave", "person", "organization")
        .first()
    )
    if entry is not None and entry.person.has_left(timezone.localdate()):
        entry = None
    message.recipient_id = None
    message.save(update_fields=["recipient_id"])
    return entry


def _answered(entry: RollEntry) -> bool:
    """The ballot box tells only whoever acts about themselves."""
    scope = current_scope()
    with tenant_scope(scope.organization_id, actor_id=entry.person_id, reason="reminder"):
        return has_answered(entry.wave)


def invitation_text(wave: Wave, organization: str) -> str:
    """What the invitation to a wave says, without anybody's own links."""
    context = _said(wave, organization) | {
        "url": _("(the link, different for each person)"),
        "stop_url": _("(the link, different for each person)"),
    }
    return render_to_string("surveys/mail/asked.txt", context)


def _said(wave: Wave, organization: str) -> dict[str, object]:
    return {
        "organization": organization,
        "title": wave.title,
        "closes_on": wave.closes_on,
        "threshold": wave.threshold,
    }


def _send(entry: RollEntry, subject: str, template: str) -> None:
    organization, wave = entry.organization, entry.wave
    stop = stop_url(organization.slug, entry.pk)
    context = _said(wave, organization.name) | {
        "url": full_address(ballot_path(organization, entry)),
        "stop_url": stop,
    }
    mail = EmailMessage(
        subject=" ".join(subject.split()),  # a header is one line
        body=render_to_string(template, context),
        to=[entry.person.email],
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    try:
        mail.send()
    except SMTPRecipientsRefused:
        log.warning("a mail server refuses an address on the roll of wave %s", wave.pk)
