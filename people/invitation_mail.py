"""The mail that carries an invitation's link: who invites, nothing else about anybody."""

from __future__ import annotations

import logging
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from people.access_queries import open_invitations
from people.tokens import invitation_token
from tenancy.models import OutboxMessage
from web.addresses import full_address

log = logging.getLogger(__name__)


def deliver_invitation(message: OutboxMessage) -> None:
    """Send the link, unless the invitation was revoked or accepted before the mail left."""
    waiting = open_invitations().select_related("organization")
    invitation = waiting.filter(pk=message.payload["invitation"]).first()
    if invitation is None or invitation.is_expired:
        return
    organization = invitation.organization
    path = reverse("invitations:accept", args=[organization.slug, invitation_token(invitation.pk)])
    context = {
        "organization": organization.name,
        "expires_at": invitation.expires_at,
        "url": full_address(path),
    }
    mail = EmailMessage(
        subject=f"Your invitation to ClinicLeader at {organization.name}",
        body=render_to_string("people/mail/invitation.txt", context),
        to=[invitation.email],
    )
    try:
        mail.send()
    except SMTPRecipientsRefused:
        # The address does not exist; the list of open invitations still shows it.
        log.warning("invitation %s: the mail server refuses the address", invitation.pk)
