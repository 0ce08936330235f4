"""Who is asking: the person behind a request, with everything the permission predicates look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from people.enums import Role


@dataclass(frozen=True, slots=True)
class Member:
    """A signed-in person in one organisation. Built by one query; predicates ask nothing further."""

    person_id: UUID
    organization_id: int
    name: str
    given_name: str
    unit_id: UUID
    locale: str = ""  # as in settings.LANGUAGES; empty for whoever has not chosen
    roles: frozenset[Role] = frozenset()
    # Cohorts a programme director is limited to; empty with the role means the whole organisation.
    directed_cohorts: frozenset[UUID] = frozenset()
    reports: frozenset[UUID] = field(default_factory=frozenset)  # whose immediate leader this is today
    led_units: frozenset[UUID] = field(default_factory=frozenset)  # units led by appointment today
    unread: int = 0  # notifications, for the bell in the frame of every page

    def has(self, *roles: Role) -> bool:
        """Whether any of the roles was granted."""
        return not self.roles.isdisjoint(roles)

    @property
    def is_manager(self) -> bool:
        return bool(self.reports)

    @property
    def directs_everyone(self) -> bool:
        return Role.PROGRAMME_DIRECTOR in self.roles and not self.directed_cohorts
