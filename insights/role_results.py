"""What was told of role pulses, as pages and files say it: means with their intervals. No queries."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from insights.enums import GroupedBy, Scale, Structure
from insights.models import RolePulseFigure
from insights.role_items import HIGHEST, LOWEST
from people.enums import Profession
from surveys.quantiles import student_quantile


@dataclass(frozen=True, slots=True)
class Mean:
    """Of `n` people, 1 to 5, with Student's 95 % interval, which never leaves the scale."""

    label: str  # of the group
    scale: str  # in words
    n: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """One group with the mean of each scale, in their order."""

    label: str
    n: int
    means: tuple[Mean, ...]


def mean_of(figure: RolePulseFigure) -> Mean:
    half = float(student_quantile(figure.n - 1, 0.975)) * figure.deviation / math.sqrt(figure.n)
    low, high = max(figure.mean - half, LOWEST), min(figure.mean + half, HIGHEST)
    return Mean(label_of(figure), str(Scale(figure.scale).label), figure.n, figure.mean, low, high)


def label_of(figure: RolePulseFigure) -> str:
    """The group in words."""
    if figure.grouped_by == GroupedBy.STRUCTURE:
        return str(Structure(figure.group).label)
    if figure.grouped_by == GroupedBy.PROFESSION:
        return str(Profession(figure.group).label)
    return str(GroupedBy.ALL.label)


def lines(figures: Iterable[RolePulseFigure]) -> list[tuple[GroupedBy, Line]]:
    """Of one pulse: everybody first, then professions and structures, each in its own order."""
    found: dict[tuple[int, int], list[RolePulseFigure]] = {}
    for figure in figures:
        found.setdefault(_place(figure), []).append(figure)
    told = []
    for _at, group in sorted(found.items(), key=lambda pair: pair[0]):
        group.sort(key=lambda each: Scale.values.index(each.scale))
        line = Line(label_of(group[0]), group[0].n, tuple(map(mean_of, group)))
        told.append((GroupedBy(group[0].grouped_by), line))
    return told


def means_by(figures: Iterable[RolePulseFigure], way: GroupedBy, scale: Scale) -> list[Mean]:
    """One scale of the groups of one kind, in their order."""
    found = [each for each in figures if each.grouped_by == way and each.scale == scale]
    return [mean_of(each) for each in sorted(found, key=_place)]


def over_rounds(figures: Sequence[RolePulseFigure], scale: Scale) -> list[tuple[UUID, Mean]]:
    """Of everybody who answered, round by round as they come."""
    return [
        (each.pulse_id, mean_of(each))
        for each in figures
        if each.grouped_by == GroupedBy.ALL and each.scale == scale
    ]


def _place(figure: RolePulseFigure) -> tuple[int, int]:
    within = {
        GroupedBy.ALL: [""],
        GroupedBy.PROFESSION: Profession.values,
        GroupedBy.STRUCTURE: Structure.values,
    }
    way = GroupedBy(figure.grouped_by)
    return list(GroupedBy).index(way), list(within[way]).index(figure.group)
