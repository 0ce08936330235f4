"""Whether a pool reflects the people it could have been drawn from: pure arithmetic over counts.

What people declared is counted, never read: no function here knows a person. Shares, index and verdicts are
of those who declared; how many did not is told beside them, as a share of everybody. Blau's index measures
spread and not fairness (60 to 40 is the same whichever group is the 60), so it stands beside the parity
ratio. What of it may be told to whom is decided in representation_release.py. Nothing here is a target.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from readiness.differences import Estimate
from surveys.quantiles import normal_quantile

CONFIDENCE = 0.95


class Verdict(StrEnum):
    """A group's number in a pool beside what chance gives. Where even none would be within chance, a number
    within it says nothing: that is `CANNOT_TELL`, not consistency."""

    CONSISTENT = "consistent"
    FEWER = "fewer"
    MORE = "more"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Declared:
    """How many people declared each of G groups, in a fixed order, and how many declared nothing."""

    groups: tuple[int, ...]
    not_declared: int = 0

    def __post_init__(self) -> None:
        if not self.groups or min(*self.groups, self.not_declared, 0) < 0:
            raise ValueError("There is at least one group, and nobody is counted less than not at all.")

    @property
    def declared(self) -> int:
        return sum(self.groups)

    @property
    def people(self) -> int:
        return self.declared + self.not_declared

    def __add__(self, other: Declared) -> Declared:
        return Declared(
            tuple(one + two for one, two in zip(self.groups, other.groups, strict=True)),
            self.not_declared + other.not_declared,
        )

    def __sub__(self, other: Declared) -> Declared:
        """Those who are not among the others. Raises ValueError where the others are not all among these."""
        return Declared(
            tuple(one - two for one, two in zip(self.groups, other.groups, strict=True)),
            self.not_declared - other.not_declared,
        )


@dataclass(frozen=True, slots=True)
class GroupRepresentation:
    """One group in a pool. Shares from 0 to 1, of those who declared.

    `parity`: share in the pool over share in the workforce, 1 where they are equal; None where the workforce
    has nobody of the group. `least`, `most`: how many of the pool would be of the group by chance
    (`chance_range`).
    """

    number: int
    share: float
    workforce_share: float
    parity: float | None
    least: int
    most: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Representation:
    """A pool beside the workforce that could be in it. `blau`, `blau_normalised`: of the pool. The shares of
    those who did not declare: 0 to 1, of everybody."""

    groups: tuple[GroupRepresentation, ...]
    blau: float
    blau_normalised: float
    not_declared_share: float
    workforce_not_declared_share: float


def representation_of(
    pool: Declared, workforce: Declared, *, confidence: float = CONFIDENCE
) -> Representation:
    """Each group of the pool beside the eligible workforce, the pool's own people included.

    Raises ValueError where the pool is not part of the workforce, or where nobody in the pool declared.
    """
    rest = workforce - pool
    if not pool.declared:
        raise ValueError("Nobody in the pool declared anything.")
    groups = tuple(
        _group(number, pool.declared, of_group, workforce.declared, confidence)
        for number, of_group in zip(pool.groups, workforce.groups, strict=True)
    )
    return Representation(
        groups=groups,
        blau=blau_index(pool.groups),
        blau_normalised=normalised_blau_index(pool.groups),
        not_declared_share=pool.not_declared / pool.people,
        workforce_not_declared_share=workforce.not_declared / (pool.people + rest.people),
    )


def _group(number: int, pool: int, of_group: int, workforce: int, confidence: float) -> GroupRepresentation:
    least, most = chance_range(workforce, of_group, pool, confidence=confidence)
    share, workforce_share = number / pool, of_group / workforce
    return GroupRepresentation(
        number=number,
        share=share,
        workforce_share=workforce_share,
        parity=share / workforce_share if of_group else None,
        least=least,
        most=most,
        verdict=verdict_on(number, least, most),
    )


def verdict_on(number: int, least: int, most: int) -> Verdict:
    """What a number says beside its range by chance, for one group by itself."""
    if number < least:
        return Verdict.FEWER
    if number > most:
        return Verdict.MORE
    return Verdict.CANNOT_TELL if least == 0 else Verdict.CONSISTENT


def blau_index(groups: Sequence[int]) -> float:
    """1 - sum of squared shares: the chance that two people drawn with replacement differ. 0 to 1 - 1/G.

    Blau (1977), "Inequality and Heterogeneity". Raises ValueError where nobody is counted.
    """
    people = sum(groups)
    if not people:
        raise ValueError("Nobody is counted.")
    return 1 - sum(number * number for number in groups) / (people * people)


def normalised_blau_index(groups: Sequence[int]) -> float:
    """Blau's index over the highest it can be with so many groups, empty ones included: 0 to 1; one group: 0.

    Agresti and Agresti (1978), "Statistical analysis of qualitative variation", Sociological Methodology 9.
    """
    kinds = len(groups)
    return blau_index(groups) / (1 - 1 / kinds) if kinds > 1 else 0.0


def chance_range(
    workforce: int, of_group: int, pool: int, *, confidence: float = CONFIDENCE
) -> tuple[int, int]:
    """The least and the most of a group among `pool` people drawn at random, without replacement, from a
    workforce with `of_group` of the group.

    Exact, of the hypergeometric distribution, in whole numbers: fewer than the least, and more than the most,
    each have a probability of (1 - confidence) / 2 at most. Raises ValueError where the group or the pool is
    not part of the workforce.
    """
    if not (0 <= of_group <= workforce and 0 <= pool <= workforce):
        raise ValueError("Group and pool are part of the workforce.")
    if not 0 < confidence < 1:
        raise ValueError("A confidence lies between 0 and 1.")
    fewest, largest = max(0, pool + of_group - workforce), min(pool, of_group)
    ways = [math.comb(of_group, fewest) * math.comb(workforce - of_group, pool - fewest)]
    for number in range(fewest, largest):
        up = (of_group - number) * (pool - number)
        ways.append(ways[-1] * up // ((number + 1) * (workforce - of_group - pool + number + 1)))
    # A part per million of the total, so that the comparison stays among whole numbers of any length.
    tail = sum(ways) * round((1 - confidence) / 2 * 1_000_000)
    below = _most_within(ways, tail)
    above = _most_within(ways[::-1], tail)
    return fewest + below, largest - above


def _most_within(ways: Sequence[int], tail: int) -> int:
    """How many of the first terms together stay within the tail."""
    taken = 0
    for place, term in enumerate(ways):
        taken += term
        if taken * 1_000_000 > tail:
            return place
    return len(ways) - 1


def relative_likelihood(
    reference: tuple[int, int], group: tuple[int, int], *, confidence: float = CONFIDENCE
) -> Estimate | None:
    """How many times as likely people of the reference are appointed from a slate as people of the group:
    above 1 the group is appointed less often. Of two (appointed, on a slate).

    The ratio is that of indicator 2 of the NHS Workforce Race Equality Standard. The interval is the adjusted
    log interval (Walter 1975, Biometrika 62, 371-374; recommended by Fagerland, Lydersen and Laake 2015,
    Statistical Methods in Medical Research 24, 224-254), which also exists where nobody was appointed; the
    ratio is then infinite or 0. None where neither had anybody appointed. Raises ValueError where nobody was
    on a slate, or more were appointed.
    """
    for appointed, slated in (reference, group):
        if slated < 1 or not 0 <= appointed <= slated:
            raise ValueError("Who is appointed was on a slate, and somebody was.")
    if not reference[0] and not group[0]:
        return None
    rates = [appointed / slated for appointed, slated in (reference, group)]
    ratio = rates[0] / rates[1] if rates[1] else math.inf
    (first, of_first), (second, of_second) = reference, group
    adjusted = math.log((first + 0.5) / (of_first + 0.5)) - math.log((second + 0.5) / (of_second + 0.5))
    variance = 1 / (first + 0.5) - 1 / (of_first + 0.5) + 1 / (second + 0.5) - 1 / (of_second + 0.5)
    margin = normal_quantile((1 + confidence) / 2) * math.sqrt(variance)
    low, high = math.exp(adjusted - margin), math.exp(adjusted + margin)
    return Estimate(ratio, min(low, ratio), max(high, ratio))
