"""The mail that asks a mentor for the quarter's log. It names nobody."""

from __future__ import annotations

import logging
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.exposure.links import log_url
from mentoring.queries.exposure import mentors_without_log
from surveys.pulse_calendar import GRACE
from tenancy.jobs.periods import quarter_end, quarter_label
from tenancy.models import OutboxMessage

log = logging.getLogger(__name__)


def deliver_reminder(message: OutboxMessage) -> None:
    """Ask for the log, unless it was made since, or nobody is here to make it."""
    quarter = str(message.payload["quarter"])
    waiting = mentors_without_log(quarter, on=timezone.localdate()).exclude(email="")
    mentor = waiting.filter(pk__in=[message.recipient_id]).select_related("organization").first()
    if mentor is None:
        return
    organization = mentor.organization
    context = {
        "organization": organization.name,
        "quarter": quarter_label(quarter),
        "last_day": quarter_end(quarter) + GRACE,
        "url": log_url(organization, mentor.pk, quarter),
    }
    mail = EmailMessage(
        subject=_("Your exposure log for %(quarter)s") % {"quarter": quarter_label(quarter)},
        body=render_to_string("mentoring/mail/exposure.txt", context),
        to=[mentor.email],
    )
    try:
        mail.send()
    except SMTPRecipientsRefused:
        log.warning("a mail server refuses the address of mentor %s", mentor.pk)
