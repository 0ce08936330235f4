"""Questions about intakes: whom one could ask, who has answered, and the themes of what was said."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from people.models import Person, ReportingLine
from people.queries import employed
from sponsors.enums import Aspect, Relation, RequestState, Source
from sponsors.models import Competency, IntakeRemark, IntakeRequest, IntakeRound
from sponsors.permissions import can_read_intake, can_read_intake_lists
from sponsors.seats import Seat
from tenancy.kept import kept

COWORKERS_PROPOSED = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to ask: what they are to the leader, and until when they were, if it is over."""

    person: Person
    relation: Relation
    until: dt.date | None = None


def people_to_ask(leader: Person, *, without: set[UUID], on: dt.date) -> list[Candidate]:
    """Whom the leader's role history names and who works here: immediate leaders of now and before, reports
    of now and before, coworkers of the unit. Everybody once. Three queries."""
    found: dict[UUID, Candidate] = {}
    for candidate in _from_history(leader, on):
        if candidate.person.pk not in without | {leader.pk}:
            found.setdefault(candidate.person.pk, candidate)
    return list(found.values())


def as_related(people: Iterable[UUID], candidates: Iterable[Candidate]) -> dict[UUID, Relation]:
    """What each is or was to the leader: what the role history says, and a coworker where it says nothing."""
    known = {each.person.pk: each.relation for each in candidates}
    return {person: known.get(person, Relation.COWORKER) for person in people}


def _from_history(leader: Person, on: dt.date) -> Iterator[Candidate]:
    lines = ReportingLine.objects.order_by(F("end_date").desc(nulls_first=True), "-start_date")
    for above in lines.filter(person=leader).select_related("manager__unit"):
        if _works(above.manager, on):
            yield Candidate(above.manager, Relation.MANAGER, _over(above, on))
    for below in lines.filter(manager=leader).select_related("person__unit"):
        if _works(below.person, on):
            yield Candidate(below.person, Relation.REPORT, _over(below, on))
    coworkers = Person.objects.filter(employed(on), unit=leader.unit_id).select_related("unit")
    for person in coworkers.order_by("search_key", "pk")[:COWORKERS_PROPOSED]:
        yield Candidate(person, Relation.COWORKER)


def _works(person: Person, on: dt.date) -> bool:
    return person.end_date is None or person.end_date >= on


def _over(line: ReportingLine, on: dt.date) -> dt.date | None:
    return line.end_date if line.end_date is not None and line.end_date <= on else None


def open_round_of(leader_id: UUID) -> IntakeRound | None:
    """The one round that runs, if one does."""
    return IntakeRound.objects.filter(leader=leader_id, closed_on=None).select_related("leader").first()


def closed_rounds_of(leader_id: UUID) -> QuerySet[IntakeRound]:
    """What is settled, the newest first."""
    rounds = IntakeRound.objects.filter(leader=leader_id, closed_on__isnull=False)
    return rounds.select_related("leader", "opened_by").order_by("-closed_on", "-opened_on", "pk")


def newest_rounds_of(leader_id: UUID) -> tuple[IntakeRound | None, IntakeRound | None]:
    """The one that runs and the last one that is settled, each if there is one. One query."""
    found = kept(_newest_rounds, leader_id)
    running = next((each for each in found if each.is_open), None)
    return running, next((each for each in found if not each.is_open), None)


def _newest_rounds(leader_id: UUID) -> QuerySet[IntakeRound]:
    rounds = IntakeRound.objects.filter(leader=leader_id)
    return rounds.order_by(F("closed_on").desc(nulls_first=True), "-opened_on", "pk")[:2]


def requests_of(intake: IntakeRound) -> QuerySet[IntakeRequest]:
    """Who is asked in a round: for the sponsor's eyes."""
    return intake.requests.select_related("person__unit").order_by("relation", "person__search_key")


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many were asked, have answered and have declined; the leader's own view is counted too."""

    asked: int
    answered: int
    declined: int


def turnout_of(intake: IntakeRound) -> Turnout:
    counts = intake.requests.aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=Q(state=RequestState.ANSWERED)),
        declined=Count("pk", filter=Q(state=RequestState.DECLINED)),
    )
    return Turnout(**counts)


def requests_to_answer(person_id: UUID) -> QuerySet[IntakeRequest]:
    """What somebody is asked about others or themselves and has not answered, the most urgent first."""
    return (
        IntakeRequest.objects.filter(person=person_id, state=RequestState.ASKED, round__closed_on=None)
        .select_related("round__leader__unit")
        .order_by("round__last_day", "pk")
    )


def request_put_to(person_id: UUID, request_id: UUID) -> IntakeRequest | None:
    """One that somebody is or was asked; nobody opens those of others."""
    asked = IntakeRequest.objects.select_related("round__leader__unit", "round__opened_by", "person")
    return asked.filter(pk=request_id, person=person_id).first()


def requests_to_remind(*, on: dt.date, days: int) -> QuerySet[IntakeRequest]:
    """Who has not answered, was not reminded, and has only so many days left."""
    last = on + dt.timedelta(days=days)
    waiting = IntakeRequest.objects.filter(
        state=RequestState.ASKED, reminded_on=None, round__closed_on=None, round__opened_on__lt=on
    )
    return waiting.filter(round__last_day__gte=on, round__last_day__lte=last).select_related("round__leader")


def rounds_past_their_day(*, on: dt.date) -> QuerySet[IntakeRound]:
    return IntakeRound.objects.filter(closed_on=None, last_day__lt=on)


@dataclass(slots=True)
class Theme:
    """What was said about one competency: how many of each group, and their sentences in no order. Only those
    who agreed to it are named."""

    competency: Competency
    counts: Counter[Source] = field(default_factory=Counter)
    sentences: list[tuple[str, str]] = field(default_factory=list)
    by_oneself: list[str] = field(default_factory=list)

    @property
    def voices(self) -> int:
        return sum(self.counts.values())

    @property
    def groups(self) -> list[tuple[str, int]]:
        """Each group with how many of it."""
        return [(str(source.label), count) for source, count in sorted(self.counts.items())]

    def add(self, remark: IntakeRemark) -> None:
        source = Source(remark.source)
        if source == Source.SELF:
            self.by_oneself.append(remark.words)
            return
        self.counts[source] += 1
        who = remark.author.name if remark.author is not None else str(source.label)
        self.sentences.append((who, remark.words))


def themes_of(intake: IntakeRound, seat: Seat) -> dict[Aspect, list[Theme]]:
    """The themes of a closed round by list, what most said first; nothing for whoever does not read
    sentences. One query. By id, which is drawn when the round closes: no order tells who wrote when."""
    if not can_read_intake(seat):
        return {}
    themes: dict[tuple[str, UUID], Theme] = {}
    remarks = intake.remarks.select_related("competency", "author").order_by("pk")
    for remark in remarks:
        key = remark.aspect, remark.competency_id
        themes.setdefault(key, Theme(remark.competency)).add(remark)
    found: dict[Aspect, list[Theme]] = {aspect: [] for aspect in Aspect}
    for (aspect, _competency), theme in themes.items():
        found[Aspect(aspect)].append(theme)
    return {
        aspect: sorted(rows, key=lambda theme: (-theme.voices, theme.competency.name.casefold()))
        for aspect, rows in found.items()
    }


def lists_of(intake: IntakeRound, seat: Seat) -> dict[Aspect, list[str]]:
    """The two lists by the names of competencies alone, for the immediate leader as well: no counts and no
    order that would tell whose voice it was."""
    if not can_read_intake_lists(seat):
        return {}
    pairs = set(kept(_listed, intake.pk))
    return {
        aspect: sorted(name for of, name in pairs if of == aspect)
        for aspect in (Aspect.OPPORTUNITY, Aspect.DEVELOPMENT)
    }


def _listed(round_id: UUID) -> QuerySet[IntakeRemark, Any]:
    said = IntakeRemark.objects.filter(round=round_id).exclude(aspect=Aspect.STRENGTH)
    return said.exclude(source=Source.SELF).values_list("aspect", "competency__name")
