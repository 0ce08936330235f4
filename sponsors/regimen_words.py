"""How a regimen's changes and cautions are said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sponsors.enums import ActionKind, Domain, Outcome
from sponsors.models import Diagnosis, RegimenChange
from sponsors.plan.cautions import Caution
from sponsors.plan.diff import FieldChange, ItemChange
from sponsors.plan.items import Plan, PlannedAction, PlannedGoal
from web.numbers import MISSING, decimal

CAUTIONS: Final[dict[Caution, Promise]] = {
    Caution.MOSTLY_TRAINING: gettext_lazy("More than half of it is training: training is not the plan."),
    Caution.NO_EXPERIENCE: gettext_lazy("Nothing in it is real work: no experience, exposure or project."),
    Caution.NOBODYS: gettext_lazy("An action has no owner."),
    Caution.OVERDUE: gettext_lazy("An action is overdue."),
}
FIELDS: Final[dict[str, Promise]] = {
    "title": gettext_lazy("Title"),
    "outcome": gettext_lazy("For"),
    "goal": gettext_lazy("Goal"),
    "kind": gettext_lazy("Kind"),
    "need": gettext_lazy("Need"),
    "domain": gettext_lazy("Domain"),
    "owner": gettext_lazy("Owner"),
    "hours": gettext_lazy("Hours"),
    "start_on": gettext_lazy("Start"),
    "due_on": gettext_lazy("Due"),
    "evidence": gettext_lazy("Evidence"),
    "private": gettext_lazy("Private"),
    "diagnosis": gettext_lazy("Diagnosis"),
}
WHAT: Final = {
    "added": gettext_lazy("Added"),
    "changed": gettext_lazy("Changed"),
    "removed": gettext_lazy("Removed"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A change as people read it: what, to which item, each field before and after, and who said why."""

    what: str
    kind: str
    title: str
    fields: list[tuple[str, str, str]]
    reasons: list[RegimenChange]


def lines_of(
    changes: Iterable[ItemChange],
    *,
    plans: tuple[Plan, Plan],
    names: Mapping[UUID, str],
    diagnoses: Iterable[Diagnosis],
    reasons: Iterable[RegimenChange],
) -> list[Line]:
    """A line an item. `plans` hold the goals whose titles are told, `names` those of owners, `diagnoses` what
    the reader may read of them."""
    titles = {goal.id: goal.title for plan in plans for goal in plan.goals}
    words = _Words(titles, names, {str(each.pk): in_short(each) for each in diagnoses})
    said: dict[str, list[RegimenChange]] = {}
    for reason in reasons:
        said.setdefault(str(reason.item_id), []).append(reason)
    return [
        Line(
            what=change.what,
            kind=kind_of(change.item),
            title=change.item.title,
            fields=[words.line(each) for each in change.fields],
            reasons=said.get(change.item.id, []),
        )
        for change in changes
    ]


def kind_of(item: PlannedGoal | PlannedAction) -> str:
    return str(ActionKind(item.kind).label) if isinstance(item, PlannedAction) else _("Goal")


def in_short(diagnosis: Diagnosis) -> str:
    """Its domain and how it begins."""
    return f"{diagnosis.get_domain_display()}: {Truncator(diagnosis.words).chars(70)}"


class _Words:
    """The words for the values of fields."""

    def __init__(
        self, titles: Mapping[str, str], names: Mapping[UUID, str], diagnoses: Mapping[str, str]
    ) -> None:
        self.by_field: dict[str, Callable[[Any], str]] = {
            "outcome": lambda value: str(Outcome(value).label),
            "kind": lambda value: str(ActionKind(value).label),
            "domain": lambda value: str(Domain(value).label) if value else MISSING,
            "goal": lambda value: titles.get(value, MISSING),
            "owner": lambda value: names.get(UUID(value), MISSING) if value else MISSING,
            "diagnosis": lambda value: diagnoses.get(value, _("of another domain")) if value else MISSING,
            "private": lambda value: _("yes") if value else _("no"),
            "hours": lambda value: decimal(float(value), 1 if value % 1 else 0),
            "start_on": lambda value: date_format(value, "DATE_FORMAT"),
            "due_on": lambda value: date_format(value, "DATE_FORMAT"),
        }

    def line(self, change: FieldChange) -> tuple[str, str, str]:
        """The field, what it was and what it is."""
        word = self.by_field.get(change.field, _as_it_is)
        return str(FIELDS[change.field]), word(change.before), word(change.after)


def _as_it_is(value: str) -> str:
    return value or MISSING


def owners_in(*plans: Plan) -> set[UUID]:
    """The owners that plans name."""
    return {UUID(action.owner) for plan in plans for action in plan.actions if action.owner}
