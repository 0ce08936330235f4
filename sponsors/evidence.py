"""What the records say of a leader, proposed to a case conference. Rooms above this one register what they
know. Each maker asks its own rule: it answers what the member may see alone, and notes that they looked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from people.member import Member
from people.models import Person
from sponsors.enums import EvidenceKind
from sponsors.seats import Seat


@dataclass(frozen=True, slots=True)
class Piece:
    """`words` with day and figures, as they would stay; `path`: of a page inside the organisation."""

    kind: EvidenceKind
    words: str
    path: str = ""

    @property
    def key(self) -> str:
        """Two pieces have the same key if they say the same."""
        return sha256(f"{self.kind}\0{self.words}".encode()).hexdigest()


Maker = Callable[[Member, Person, Seat, dt.date], list[Piece]]

_makers: list[Maker] = []


def proposes_evidence(maker: Maker) -> Maker:
    """Register a maker: (who looks, whose records, where they sit, today) -> pieces."""
    if maker not in _makers:
        _makers.append(maker)
    return maker


def pieces_for(member: Member, leader: Person, seat: Seat, on: dt.date) -> list[Piece]:
    """Everything that this member could bring today, by kind, in the order in which the makers tell it."""
    order = list(EvidenceKind)
    pieces = [piece for maker in _makers for piece in maker(member, leader, seat, on)]
    return sorted(pieces, key=lambda piece: order.index(piece.kind))
