"""Where somebody stands in one leader's clinic: everything its permissions look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sponsors.enums import Domain


@dataclass(frozen=True, slots=True)
class Seat:
    """The leader, the primary sponsor of today, the immediate leader of today, a specialist for some domains
    of today, or whoever answers for the programme and sees that the clinic runs, not what is said in it."""

    leader_id: UUID
    is_leader: bool = False
    is_sponsor: bool = False
    is_manager: bool = False
    domains: frozenset[Domain] = frozenset()
    oversees: bool = False
    # Who sits there. Two who sit alike have equal seats.
    person_id: UUID | None = field(default=None, compare=False)

    @property
    def is_anywhere(self) -> bool:
        return self.is_in_team or self.oversees

    @property
    def is_in_team(self) -> bool:
        """Reads what is shared: the leader, the sponsor, the manager; a specialist of the own domains."""
        return self.is_leader or self.is_sponsor or self.is_manager or bool(self.domains)

    @property
    def reads_all_domains(self) -> bool:
        return self.is_leader or self.is_sponsor or self.is_manager

    @property
    def reads_private(self) -> bool:
        """What stays between leader and sponsor (C3)."""
        return self.is_leader or self.is_sponsor

    def reads_domain(self, domain: Domain | str) -> bool:
        return self.reads_all_domains or Domain(domain) in self.domains
