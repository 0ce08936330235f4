"""Mail that belongs to a login, and so to no organisation: confirmations, resets, security notices.

An organisation's own mail goes through its outbox. These few are sent by a thread: an answer then takes
equally long whether an address is known or not, and no request waits for a mail server.
"""

from __future__ import annotations

import logging
import threading
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

log = logging.getLogger(__name__)


def send_soon(message: EmailMessage) -> None:
    """Send a message without waiting for it. If it cannot be sent, the person asks for another."""
    if settings.MAIL_IN_BACKGROUND:
        threading.Thread(target=_send, args=(message,), name="mail").start()
    else:
        _send(message)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (SMTPException, OSError):
        log.exception("a mail could not be sent")  # no address: logs are read by more people than mail is
