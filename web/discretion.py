"""Logs are read by more people than mail is: what is secret in an address does not stand in them.

Used by Django's logging (settings) and by gunicorn's (gunicorn.conf.py), so no line can go another way.
"""

from __future__ import annotations

import logging
import re
from typing import Final

# Whoever has the last part of these paths can become somebody. As they are, or encoded in a query.
_SECRET: Final = re.compile(
    r"""
    (?P<plain> /o/[^/\s]+/invitations/ )   # the list of invitations and what is done with one, by its id
    |
    (?P<path>
        (?P<s>/|%2F) (?: (?:invitations|answers|reminders|exposures|calendars|passports|summaries)
                         (?P=s)(?:(?!(?P=s))[^\s])+
                       | accounts(?P=s)password(?P=s)reset(?P=s)key
                       | accounts(?P=s)confirm-email ) (?P=s)
    )
    (?: (?!%2F)[^/\s"'?&] )+
    """,
    re.VERBOSE | re.IGNORECASE,
)


# Where a survey or a role pulse is answered, and voted for a slate. Who was there at what time is who did.
_ANSWERING: Final = re.compile(
    r"/answers/|/o/[^/]+/surveys/waves/[^/]+/answer/|/o/[^/]+/succession/selections/[^/]+/vote/"
    r"|/o/[^/]+/insights/role-pulses/[^/]+/answer/"
)


def is_unlogged(path: str) -> bool:
    """Whether the access log has no line of an address."""
    return _ANSWERING.match(path) is not None


def without_secrets(text: str) -> str:
    """The text with three stars for whatever is secret in the addresses it names."""
    return _SECRET.sub(lambda found: found["plain"] or f"{found['path']}***", text)


class DiscreetFormatter(logging.Formatter):
    """A line of the log, its traceback included, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))
