"""Kinds of something that people met, told without a figure about few people."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

Kind = TypeVar("Kind", bound=str)


def kinds_together(met: Mapping[Kind, Collection[Hashable]], *, fewest: int) -> list[tuple[Kind, ...]]:
    """Groups of kinds that `fewest` or more have met each, the largest first; none where all are too few.

    `met`: who met each kind, some perhaps several; whoever did counts once in a group. Kinds that fewer have
    met are told together, last, with the smallest of the others where they are too few even so. Every kind is
    in exactly one group, so that no difference of figures tells of fewer. Kinds that as many have met stay in
    the order of `met`.
    """
    ranked = sorted(met, key=lambda kind: -len(set(met[kind])))
    alone = [kind for kind in ranked if len(set(met[kind])) >= fewest]
    small = ranked[len(alone) :]
    while small and alone and len(who_met(met, small)) < fewest:
        small.insert(0, alone.pop())
    groups: list[tuple[Kind, ...]] = [(kind,) for kind in alone]
    return [*groups, tuple(small)] if len(who_met(met, small)) >= fewest else groups


def who_met(met: Mapping[Kind, Collection[Hashable]], kinds: Collection[Kind]) -> set[Hashable]:
    """Everybody who met one of some kinds."""
    return {who for kind in kinds for who in met[kind]}
