"""What a service refuses for the state that something is in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction


class WaveStateError(ValueError):
    """The wave is not in the state that this needs, or would not be in one that it may have."""


class TitleTakenError(ValueError):
    """Another wave, or another entry of the calendar, of the organisation has this title."""


@contextmanager
def refusing_taken_title(constraint: str) -> Iterator[None]:
    """Writing a row whose title may be taken: a breach of the constraint becomes TitleTakenError."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if constraint in str(error):
            raise TitleTakenError from error
        raise
