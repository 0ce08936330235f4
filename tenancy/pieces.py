"""Files kept in the database, in pieces: web server and worker share no disk, and row security guards them.

Each kind of file has a table of its own, a `Piece` with a `source`.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterable
from typing import IO, TypeVar

from django.db import models

from tenancy.models import TenantModel

_SIZE = 2**20
_IN_MEMORY = 8 * _SIZE


class Piece(TenantModel):
    """A part of a file, in its place."""

    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta(TenantModel.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"piece {self.number}"


P = TypeVar("P", bound=Piece)


def keep_lines(pieces: models.Manager[P], lines: Iterable[bytes]) -> int:
    """Keep lines as the pieces of one source, a few at a time in memory; returns how many there were."""
    count, number, waiting = 0, itertools.count(), bytearray()
    for line in lines:
        count += 1
        waiting += line
        if len(waiting) >= _SIZE:
            pieces.create(number=next(number), content=bytes(waiting))
            waiting.clear()
    if waiting:
        pieces.create(number=next(number), content=bytes(waiting))
    return count


def open_pieces(pieces: models.Manager[P]) -> IO[bytes]:
    """The pieces of one source as a file: on disk when it is large, deleted when it is closed."""
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller closes it
    for number in itertools.count():
        # One piece at a time: the driver would hold the whole result in memory.
        piece = pieces.filter(number=number).first()
        if piece is None:
            break
        file.write(piece.content)
    file.seek(0)
    return file
