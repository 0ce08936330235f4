"""What the search field finds: people, units and positions whose words begin with a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet, TextField, Value
from django.db.models.functions import Concat

from people.directory_queries import found_by, people_visible_to
from people.member import Member
from people.models import Person, Position, Unit
from people.models.persons import SearchText
from people.queries import search_text

SHOWN = 8  # of each kind; the directory has the rest

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Findings:
    """The first of each kind, and whether there are more people than these."""

    people: list[Person]
    more_people: bool
    units: list[Unit]
    positions: list[Position]

    def __bool__(self) -> bool:
        return bool(self.people or self.units or self.positions)


def findings(text: str, *, to: Member) -> Findings:
    """People, units and positions for a text, in three queries; nothing for an empty one."""
    if not search_text(text):
        return Findings([], False, [], [])
    people = list(found_by(people_visible_to(to), text).order_by("search_key", "pk")[: SHOWN + 1])
    units = having_word(Unit.objects.order_by("depth", "name", "pk"), "name", text)
    positions = having_word(Position.objects.select_related("unit").order_by("title", "pk"), "title", text)
    return Findings(people[:SHOWN], len(people) > SHOWN, list(units[:SHOWN]), list(positions[:SHOWN]))


def having_word(rows: QuerySet[M], field: str, text: str) -> QuerySet[M]:
    """Rows with a word in a field that begins with a text. Not served by an index: for some thousand rows."""
    words: Concat = Concat(Value(" "), SearchText(field), output_field=TextField())
    return rows.alias(words=words).filter(words__contains=f" {search_text(text)}")  # type: ignore[return-value]  # alias() forgets the model


def label_has_word(label: str, text: str) -> bool:
    """The same for a label at hand."""
    return f" {search_text(text)}" in f" {search_text(label)}"
