"""What packages are worth to both sides, and which of them nobody could improve for both.

Worth is counted in hundredths of a point: weights (whole, together 100) times values (whole, 0 to 100).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import NamedTuple, Protocol

Package = tuple[int, ...]  # for each issue the place of its option


class Worth(NamedTuple):
    """0 to 10,000 for each side."""

    yours: int
    theirs: int


class ValuedOption(Protocol):
    @property
    def value(self) -> int: ...
    @property
    def their_value(self) -> int: ...


class WeightedIssue(Protocol):
    @property
    def weight(self) -> int: ...
    @property
    def their_weight(self) -> int: ...
    @property
    def options(self) -> tuple[ValuedOption, ...]: ...


def worth_of(issues: tuple[WeightedIssue, ...], package: Package) -> Worth:
    chosen = [(issue, issue.options[at]) for issue, at in zip(issues, package, strict=True)]
    return Worth(
        sum(issue.weight * option.value for issue, option in chosen),
        sum(issue.their_weight * option.their_value for issue, option in chosen),
    )


def all_packages(issues: tuple[WeightedIssue, ...]) -> dict[Package, Worth]:
    """Every package with its worth, in the order of the file."""
    places = product(*(range(len(issue.options)) for issue in issues))
    return {package: worth_of(issues, package) for package in places}


def is_better(one: Worth, other: Worth) -> bool:
    """At least as good for both, and better for one (Pareto)."""
    return one.yours >= other.yours and one.theirs >= other.theirs and one != other


def efficient(worths: Mapping[Package, Worth]) -> list[Package]:
    """The packages that no other one betters, best for you first: the efficient frontier."""
    found: list[Package] = []
    highest = Worth(0, -1)  # the most for them so far, among all that are worth more to you
    for package in sorted(worths, key=lambda each: (-worths[each].yours, -worths[each].theirs, each)):
        if worths[package].theirs > highest.theirs or worths[package] == highest:
            found.append(package)
            highest = worths[package]
    return found


def better_than(outcome: Worth, among: Iterable[Package], worths: Mapping[Package, Worth]) -> list[Package]:
    """Which packages are better than an outcome, first where the side that gains less gains most."""

    def gain(package: Package) -> tuple[int, int, Package]:
        gains = [now - was for now, was in zip(worths[package], outcome, strict=True)]
        return -min(gains), -sum(gains), package

    return sorted((each for each in among if is_better(worths[each], outcome)), key=gain)
