"""A selection at each of its stages, by the services that people use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils import timezone

from people.enums import Profession
from people.models import Person, Position
from succession.enums import SelectionCause, StandingState
from succession.models import PanelMember, RollMember, Selection, Standing
from succession.services.interviews import Slots, offer, share_out
from succession.services.panels import declare, hand_in, name_panel_member, score
from succession.services.selections import open_selection
from succession.services.slate_ballots import open_ballot, settle, vote
from succession.services.standings import name, stand
from tenancy.scope import tenant_scope
from tests.factories.people import make_appointment, make_person, make_position, make_unit
from tests.members import member_of
from tests.world import World

DAY = dt.timedelta(days=1)


@contextmanager
def acting(person: Person) -> Iterator[None]:
    """As a request of theirs: the database knows who acts."""
    with tenant_scope(person.organization_id, actor_id=person.pk):
        yield


@dataclass(frozen=True)
class Election:
    """The staff are the people of cardiology but Mara, who holds it; the panel lead other departments."""

    world: World
    selection: Selection
    panel: tuple[Person, ...]

    @property
    def position(self) -> Position:
        return self.selection.position

    def fresh(self) -> Selection:
        return Selection.objects.select_related("position__unit", "unit").get(pk=self.selection.pk)

    def standing_of(self, person: Person) -> Standing:
        return Standing.objects.select_related("selection__position").get(
            selection=self.selection, person=person
        )

    def place_of(self, person: Person) -> PanelMember:
        return PanelMember.objects.select_related("selection").get(selection=self.selection, person=person)

    def names(self, *people: Person) -> list[UUID]:
        return [self.standing_of(person).pk for person in people]


def make_selection(world: World) -> Selection:
    """Opened by Henry; Ada, Colin and Paula are named by Stella and not asked yet."""
    head = Position.objects.select_related("unit").get(title="Head of cardiology")
    with acting(world.henry):
        return open_selection(head, cause=SelectionCause.PLANNED, by=member_of(world.henry))


def make_leaders(world: World, count: int = 3) -> tuple[Person, ...]:
    """Each leads a department of their own."""
    found = []
    for place in range(count):
        unit = make_unit(world.organization, f"Department {place}", parent=world.root)
        leader = make_person(
            world.organization,
            f"Leader{place}",
            unit,
            family_name=world.slug.title(),
            profession=Profession.NURSE,
        )
        make_appointment(make_position(unit, f"Head of department {place}"), leader)
        found.append(leader)
    return tuple(found)


def make_election(world: World) -> Election:
    """With a panel of three who declared no conflict, the first in the chair."""
    election = Election(world, make_selection(world), make_leaders(world))
    for leader in election.panel:
        with acting(world.henry):
            place = name_panel_member(election.selection, person=leader, by=member_of(world.henry))
        with acting(leader):
            declare(place, by=member_of(leader))
    return election


def make_candidates(election: Election, *people: Person) -> None:
    """Named by Stella, and they said yes."""
    stella = election.world.stella
    for person in people:
        with acting(stella):
            made = name(election.selection, person=person, by=member_of(stella))
        with acting(person):
            stand(made, by=member_of(person))


def offer_interviews(election: Election) -> None:
    """To everybody, for tomorrow."""
    with acting(election.world.henry):
        share_out(election.selection, by=member_of(election.world.henry))
    for leader in election.panel:
        count = RollMember.objects.filter(interviewer__person=leader).count()
        slots = Slots(timezone.now() + DAY, 30, count, "Room 4")
        with acting(leader):
            offer(election.selection, slots=slots, by=member_of(leader))


def make_ballot(world: World) -> Election:
    """Open, with Ada, Colin and Paula on the paper."""
    election = make_election(world)
    make_candidates(election, world.ada, world.colin, world.paula)
    offer_interviews(election)
    with acting(world.henry):
        open_ballot(election.selection, closes_on=timezone.localdate() + DAY, by=member_of(world.henry))
    return election


def cast_votes(election: Election, *votes: tuple[Person, Iterable[Person]]) -> list[str]:
    """Their receipts."""
    found = []
    for person, approved in votes:
        with acting(person):
            found.append(vote(election.fresh(), election.names(*approved), by=member_of(person)))
    return found


def end_ballot(election: Election) -> Selection:
    """As the nightly job does when its last day is past."""
    Selection.objects.filter(pk=election.selection.pk).update(closes_on=timezone.localdate() - DAY)
    current = election.fresh()
    settle(current)
    return current


def make_slate(world: World) -> Election:
    """Ada with all of five votes, Colin with two, Paula with one."""
    election = make_ballot(world)
    ada, colin, paula = world.ada, world.colin, world.paula
    cast_votes(
        election,
        (ada, [ada, colin]),
        (colin, [ada, colin]),
        (world.stella, [ada, paula]),
        (world.eli, [ada]),
        (world.aude, [ada]),
    )
    end_ballot(election)
    return election


def make_scores(election: Election, *leaders: Person) -> None:
    """Fours for everybody, handed in."""
    slate = Standing.objects.filter(selection=election.selection, state=StandingState.ON_SLATE)
    for leader in leaders:
        with acting(leader):
            for each in slate.select_related("selection"):
                score(each, scores=[4] * 5, by=member_of(leader))
            hand_in(election.selection, by=member_of(leader))


def rows(statement: str, *arguments: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)  # type: ignore[arg-type]  # what a test asks
        return list(cursor.fetchall())
