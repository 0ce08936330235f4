"""Two selections under way: one in which the staff vote, one whose slate waits for its panel."""

from __future__ import annotations

import datetime as dt
import random
from typing import Final
from uuid import UUID

from django.utils import timezone

from clinicleader.demo.staff import Staff
from people.enums import CareerStage, Profession, UnitKind
from people.models import Appointment, Person, Position, Unit
from people.queries import employed, in_force
from succession.approval_box import cast, open_box
from succession.enums import SelectionCause, SelectionState, SelectionStep, StandingState
from succession.models import PanelMember, RollMember, Selection, SelectionEvent, Standing
from succession.services.selections import electorate_of, write_roll
from succession.services.slate_ballots import settle
from succession.slate import LEAST
from tenancy.scope import current_organization_id, tenant_scope

SAYS: Final = (
    "I would spend my first month listening, and tell you what I heard.",
    "We have good people who wait too long for decisions. That would end.",
    "Fewer meetings, and each with a note that says who does what.",
    "",
    "The rota first: nobody leads well who is tired.",
    "I would share the work with a nurse leader from the first day.",
)
TRAINED: Final = (CareerStage.ATTENDING, CareerStage.EARLY_ATTENDING, CareerStage.NONE)
PLACE: Final = "Office of the panel"
DAY: Final = dt.timedelta(days=1)


def fill_selections(staff: Staff, today: dt.date, rng: random.Random) -> None:
    """After the pools. The fellow may vote; the chair sits on the panel of the other one."""
    filling = _Filling(staff, today, rng)
    near = filling.department_of(staff.part("fellow").id)
    chair = staff.part("chair").id
    if near is not None:
        filling.vote(filling.begin(near, opened=38, chair=None), share=0.45)
    far = filling.another_department(near, chair)
    if far is not None:
        made = filling.begin(far, opened=61, chair=chair)
        filling.vote(made, share=0.8)
        Selection.objects.filter(pk=made.pk).update(closes_on=today - DAY)
        made.refresh_from_db()
        settle(made)


class _Filling:
    def __init__(self, staff: Staff, today: dt.date, rng: random.Random) -> None:
        self.today, self.rng, self.hr = today, rng, staff.part("hr_admin").id
        self.fellow = staff.part("fellow").id

    def department_of(self, person_id: UUID) -> Position | None:
        """Who leads the department in which somebody works."""
        path = Person.objects.select_related("unit").get(pk=person_id).unit.path
        for unit in Unit.objects.filter(kind=UnitKind.DEPARTMENT):
            if path.startswith(unit.path):
                return self._led(unit)
        return None

    def another_department(self, near: Position | None, chair: UUID) -> Position | None:
        own = self.department_of(chair)
        taken = {each.unit_id for each in (near, own) if each is not None}
        for unit in (
            Unit.objects.filter(kind=UnitKind.DEPARTMENT).exclude(pk__in=taken).order_by("external_id")
        ):
            if (found := self._led(unit)) and electorate_of(found, on=self.today).unit.pk == unit.pk:
                return found
        return None

    def _led(self, unit: Unit) -> Position | None:
        return Position.objects.select_related("unit__parent").filter(unit=unit, leads_unit=True).first()

    def begin(self, position: Position, *, opened: int, chair: UUID | None) -> Selection:
        """With panel, interviews and names, the ballot open since a few days."""
        electorate, day = electorate_of(position, on=self.today), self.today - opened * DAY
        made = Selection.objects.create(
            position=position,
            unit=electorate.unit,
            below=electorate.below,
            cause=SelectionCause.LADDER,
            opened_on=day,
            closes_on=self.today + 9 * DAY,
        )
        made.asked = write_roll(made, on=self.today)
        made.save(update_fields=["asked"])
        panel = self._panel(made, chair)
        self._interview(made, panel)
        names = self._names(made)
        made.state, made.ballot = SelectionState.BALLOT, 1
        made.save(update_fields=["state", "ballot"])
        open_box(made)
        for step, after, facts in (
            (SelectionStep.OPENED, 0, {"asked": made.asked}),
            (SelectionStep.PANEL, 4, {"members": len(panel)}),
            (SelectionStep.SHARED, 9, {"interviews": made.asked}),
            (SelectionStep.BALLOT, 34, {"names": len(names)}),
        ):
            on = day + after * DAY
            at = timezone.make_aware(dt.datetime.combine(on, dt.time(9)))
            SelectionEvent.objects.create(selection=made, step=step, facts=facts, on=on, at=at)
        return made

    def _panel(self, made: Selection, chair: UUID | None) -> list[PanelMember]:
        """Holders of positions elsewhere, no two of one unit."""
        held = Appointment.objects.filter(in_force(self.today), interim=False, position__leads_unit=True)
        elsewhere = held.exclude(person__unit__path__startswith=made.position.unit.path).exclude(
            person__in=RollMember.objects.filter(selection=made).values("person")
        )
        people = [*elsewhere.order_by("person_id").values_list("person", flat=True).distinct()]
        others = [each for each in people if each not in {chair, self.hr}]
        seats = [*([chair] if chair else []), *self.rng.sample(others, min(len(others), 3 if chair else 4))]
        return [
            PanelMember.objects.create(
                selection=made, person_id=person, chairs=place == 0, declared_on=made.opened_on + 5 * DAY
            )
            for place, person in enumerate(seats)
        ]

    def _interview(self, made: Selection, panel: list[PanelMember]) -> None:
        entries = list(RollMember.objects.filter(selection=made).order_by("pk"))
        first = timezone.make_aware(dt.datetime.combine(made.opened_on + 12 * DAY, dt.time(9)))
        for place, entry in enumerate(entries):
            entry.interviewer, entry.place = panel[place % len(panel)], PLACE
            if self.rng.random() < 0.92:
                entry.offered_for = first + dt.timedelta(days=place % 12, minutes=30 * (place // 12 % 12))
                held = self.rng.random() < 0.85
                entry.held_says_staff = entry.held_says_interviewer = held
                entry.declined = not held and self.rng.random() < 0.5
        columns = [
            "interviewer",
            "place",
            "offered_for",
            "held_says_staff",
            "held_says_interviewer",
            "declined",
        ]
        RollMember.objects.bulk_update(entries, columns, batch_size=1000)

    def _names(self, made: Selection) -> list[Standing]:
        roll = Person.objects.filter(employed(self.today), pk__in=made.roll.values("person"))
        people = [*roll.order_by("pk").values_list("pk", flat=True)]
        trained = roll.filter(profession=Profession.PHYSICIAN, career_stage__in=TRAINED)
        likely = [*trained.order_by("pk").values_list("pk", flat=True)]
        if len(likely) < LEAST:
            likely = people
        asked = made.opened_on + 10 * DAY
        return Standing.objects.bulk_create(
            Standing(
                selection=made,
                person_id=person,
                named_by_id=people[0] if people[0] != person else people[1],
                state=StandingState.STANDING,
                asked_on=asked,
                answered_on=asked + 2 * DAY,
                says=says,
            )
            for person, says in zip(self.rng.sample(likely, min(len(likely), len(SAYS))), SAYS, strict=False)
        )

    def vote(self, made: Selection, *, share: float) -> None:
        """By some of the roll; not by the fellow, whose own vote is theirs to give."""
        organization = current_organization_id()
        names = [*made.standings.order_by("pk").values_list("pk", flat=True)]
        likes = {name: 0.75 - 0.09 * place for place, name in enumerate(names)}
        for person in made.roll.exclude(person=self.fellow).order_by("pk").values_list("person", flat=True):
            if self.rng.random() < share:
                approved = [name for name in names if self.rng.random() < likes[name]]
                with tenant_scope(organization, actor_id=person, request_id="demo", reason="demo"):
                    cast(made, approved)
