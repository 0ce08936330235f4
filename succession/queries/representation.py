"""What was told of representation: nothing here reads what anybody declared."""

from __future__ import annotations

from dataclasses import dataclass

from succession.enums import Trait
from succession.models import RepresentationFigure, RepresentationRule, RepresentationTelling
from succession.representation import Declared, GroupRepresentation, Representation, representation_of


@dataclass(frozen=True, slots=True)
class ToldPart:
    """One part of the organisation; `unit` is empty for all of it. Of those who declared in pools and
    altogether: `in_pools`, `workforce`."""

    unit: str
    groups: list[tuple[str, GroupRepresentation]]
    figures: Representation
    in_pools: int
    workforce: int


@dataclass(frozen=True, slots=True)
class ToldTrait:
    """The newest figures of a trait, and whether a later year was kept back."""

    trait: Trait
    telling: RepresentationTelling
    kept_back: RepresentationTelling | None
    parts: list[ToldPart]


def rule_of_representation() -> RepresentationRule | None:
    return RepresentationRule.objects.select_related("changed_by").first()


def told_representation() -> list[ToldTrait]:
    """Of each trait that was ever told; three queries at most."""
    tellings = list(RepresentationTelling.objects.order_by("-year"))
    newest = {each.trait: each for each in reversed(tellings) if each.is_told}
    found = RepresentationFigure.objects.filter(telling__in=newest.values()).select_related("unit")
    figures: dict[object, list[RepresentationFigure]] = {}
    for each in found.order_by("unit__path"):
        figures.setdefault(each.telling_id, []).append(each)
    told = []
    for trait in Trait:
        if telling := newest.get(trait):
            last = next(each for each in tellings if each.trait == trait)
            told.append(
                ToldTrait(
                    trait, telling, None if last.is_told else last, parts_of(telling, figures[telling.pk])
                )
            )
    return told


def tried_and_kept_back() -> list[RepresentationTelling]:
    """Traits of which nothing was ever told, with the last try."""
    told = RepresentationTelling.objects.filter(is_told=True).values("trait")
    tried = RepresentationTelling.objects.exclude(trait__in=told).order_by("trait", "-year")
    return list(tried.distinct("trait"))


def parts_of(telling: RepresentationTelling, figures: list[RepresentationFigure]) -> list[ToldPart]:
    """The whole organisation first, then its units in their order."""
    by_unit: dict[str, dict[str, RepresentationFigure]] = {}
    for each in figures:
        by_unit.setdefault(each.unit.name if each.unit else "", {})[each.group] = each
    return [part_of(unit, telling.groups, by_unit[unit]) for unit in sorted(by_unit, key=bool)]


def part_of(unit: str, groups: list[str], figures: dict[str, RepresentationFigure]) -> ToldPart:
    silent = figures[""]
    pool = Declared(tuple(figures[name].in_pools for name in groups), silent.in_pools)
    workforce = Declared(tuple(figures[name].workforce for name in groups), silent.workforce)
    found = representation_of(pool, workforce)
    named = [(name[:1].upper() + name[1:], each) for name, each in zip(groups, found.groups, strict=True)]
    return ToldPart(unit, named, found, pool.declared, workforce.declared)
