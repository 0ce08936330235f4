"""The mail that a demo would have sent: files in EMAIL_FILE_PATH, as Django's file backend writes them."""

from __future__ import annotations

import datetime as dt
import email
import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from itertools import islice
from pathlib import Path

from django.conf import settings

NEWEST = 1_000
_NAME = re.compile(r"[0-9a-f-]+\.log")
_BETWEEN = re.compile(r"^-{79}\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mail:
    """One message; its name says which file it is in, and where."""

    name: str
    sent_at: dt.datetime
    to: str
    subject: str
    body: str


def mails(to: str = "") -> list[Mail]:
    """The newest messages, newest first; with `to` those of them whose address has it."""
    folder = Path(settings.EMAIL_FILE_PATH)
    if not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
    files.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    found = (mail for path in files for mail in reversed(_mails_in(path)))
    wanted = to.strip().casefold()
    return list(islice((mail for mail in found if wanted in mail.to.casefold()), NEWEST))


def mail_named(name: str) -> Mail | None:
    """One message; None for a name that none has."""
    path = Path(settings.EMAIL_FILE_PATH) / f"{name.rpartition('.')[0]}.log"
    if not _NAME.fullmatch(path.name) or not path.is_file():
        return None
    return next((mail for mail in _mails_in(path) if mail.name == name), None)


def _mails_in(path: Path) -> list[Mail]:
    texts = _BETWEEN.split(path.read_text(encoding="utf-8", errors="replace"))
    sent_at = dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC)
    return [
        _mail(f"{path.stem}.{number}", sent_at, text) for number, text in enumerate(texts) if text.strip()
    ]


def _mail(name: str, sent_at: dt.datetime, text: str) -> Mail:
    message = email.message_from_string(text, EmailMessage, policy=policy.default)
    plain = message.get_body(("plain",))
    body = plain.get_content() if plain is not None else ""
    return Mail(name, sent_at, str(message["To"]), str(message["Subject"]), body)
