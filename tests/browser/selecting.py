"""What the many do in a selection while a journey looks at a few: acts of tests/browser/meanwhile.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils import timezone

from people.member import Member
from people.models import Appointment, Person
from people.queries import in_force, member_for
from succession.enums import StandingState
from succession.models import PanelMember, RollMember, Selection, Standing
from succession.services.interviews import Slots, offer
from succession.services.panels import hand_in, score
from succession.services.slate_ballots import vote
from succession.services.standings import name, stand
from succession.tasks import climb_ladder, count_ballots
from tenancy.models import Organization
from tenancy.scope import tenant_transaction

DAY = dt.timedelta(days=1)
CANDIDATES = 3


@contextmanager
def acting(slug: str, person_id: UUID | None = None) -> Iterator[None]:
    organization = Organization.objects.get(slug=slug)
    with timezone.override(organization.time_zone), tenant_transaction(organization.pk, actor_id=person_id):
        yield


def member_of(person_id: UUID) -> Member:
    found = member_for(person_id, on=timezone.localdate())
    assert found is not None
    return found


def running_selection(title: str) -> Selection:
    return Selection.objects.select_related("position__unit", "unit").get(position__title=title, over_on=None)


def let_the_term_end(slug: str, title: str) -> None:
    """Eleven months from now; then the night comes."""
    with acting(slug):
        ends = timezone.localdate() + 330 * DAY
        held = Appointment.objects.filter(in_force(timezone.localdate()), position__title=title)
        held.update(end_date=ends, start_date=ends - 4 * 365 * DAY)
    with acting(slug):
        climb_ladder("", "")


def stand_for_it(slug: str, title: str, namer: str) -> None:
    """Three of the roll are named by a colleague, and say yes."""
    with acting(slug):
        selection, by = running_selection(title), Person.objects.get(email=namer)
        roll = RollMember.objects.filter(selection=selection).exclude(person=by)
        asked = Standing.objects.filter(selection=selection).values("person")
        people = [each.person for each in roll.exclude(person__in=asked).order_by("pk")[:CANDIDATES]]
    for person in people:
        with acting(slug, by.pk):
            made = name(selection, person=person, by=member_of(by.pk))
        with acting(slug, person.pk):
            stand(made, says="I know the nights here.", by=member_of(person.pk))


def offer_interviews(slug: str, title: str) -> None:
    """Each of the panel to all of theirs."""
    with acting(slug):
        selection = running_selection(title)
        panel = [*PanelMember.objects.filter(selection=selection).values_list("person", flat=True)]
    for person in panel:
        with acting(slug, person):
            count = RollMember.objects.filter(interviewer__person=person).count()
            offer(selection, slots=Slots(timezone.now() + DAY, 15, count, "Room 4"), by=member_of(person))


def vote_too(slug: str, title: str, besides: str) -> None:
    """All of the roll but one, for everybody on the paper."""
    with acting(slug):
        selection = running_selection(title)
        voters = RollMember.objects.filter(selection=selection).exclude(person__email=besides)
        people = [*voters.values_list("person", flat=True)]
        names = [
            *Standing.objects.filter(selection=selection, state=StandingState.STANDING).values_list(
                "pk", flat=True
            )
        ]
    for person in people:
        with acting(slug, person):
            vote(selection, names, by=member_of(person))


def let_the_last_day_pass(slug: str, title: str) -> None:
    """And the night comes."""
    with acting(slug):
        selection = running_selection(title)
        Selection.objects.filter(pk=selection.pk).update(closes_on=timezone.localdate() - DAY)
    with acting(slug):
        count_ballots("", "")


def score_too(slug: str, title: str, besides: str) -> None:
    """All of the panel but one."""
    with acting(slug):
        selection = running_selection(title)
        panel = PanelMember.objects.filter(selection=selection).exclude(person__email=besides)
        people = [*panel.values_list("person", flat=True)]
        slate = Standing.objects.filter(selection=selection, state=StandingState.ON_SLATE)
        names = [*slate.select_related("selection")]
    for person in people:
        with acting(slug, person):
            by = member_of(person)
            for standing in names:
                score(standing, scores=[4] * len(selection.criteria), by=by)
            hand_in(selection, by=by)


def let_the_first_day_come(slug: str, title: str) -> None:
    """Who held it has left it, and who was chosen begins today."""
    with acting(slug):
        today = timezone.localdate()
        of_position = Appointment.objects.filter(position__title=title, interim=False)
        of_position.filter(in_force(today)).update(end_date=today)
        of_position.filter(start_date__gt=today).update(start_date=today)
