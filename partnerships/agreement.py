"""How far two people who code the same quotes agree beyond chance: Cohen's kappa, with an interval. Pure.

Cohen (1960), "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20,
37-46. Standard error of a kappa that is not zero: Fleiss, Cohen and Everitt (1969), "Large sample standard
errors of kappa and weighted kappa", Psychological Bulletin 72, 323-327, equation 13. Over several codes at
once the decisions about one quote belong together; there the interval leaves out one quote after the other:
Tukey (1958), "Bias and confidence in not-quite large samples", Annals of Mathematical Statistics 29, 614.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

NORMAL: Final = 1.959963984540054  # 95 % of the standard normal distribution lie within
ONE_SIDED: Final = 0.8  # agreement expected by chance from which kappa says little
THERE: Final = (True, False)

Counts = Sequence[
    Sequence[int]
]  # (k, k): how many got which category of the first coder, which of the second
Codings = Mapping[UUID, Collection[UUID]]  # quote -> its codes


class Strength(enum.StrEnum):
    """Words for kappa by Landis and Koch (1977), "The measurement of observer agreement for categorical
    data", Biometrics 33, 159-174. Their own remark: the divisions are clearly arbitrary."""

    POOR = "poor"
    SLIGHT = "slight"
    FAIR = "fair"
    MODERATE = "moderate"
    SUBSTANTIAL = "substantial"
    ALMOST_PERFECT = "almost perfect"


# Up to and with which kappa a word holds; below zero it is poor.
UP_TO: Final = (
    (0.2, Strength.SLIGHT),
    (0.4, Strength.FAIR),
    (0.6, Strength.MODERATE),
    (0.8, Strength.SUBSTANTIAL),
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `n` decisions. `observed`: the share both decided alike; `expected`: what chance would give, both
    keeping how often they choose each category; None without a decision.

    `kappa`, -1 to 1, and its 95 % interval: None where it is not defined, because both put everything into
    one and the same category (`expected` is 1), or nothing was decided.
    """

    n: int
    observed: float | None
    expected: float | None
    kappa: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def strength(self) -> Strength | None:
        return None if self.kappa is None else strength_of(self.kappa)

    @property
    def one_sided(self) -> bool:
        """Nearly everything is in one category: then a few differences move kappa far, and a low one need not
        mean that the two disagree. Feinstein and Cicchetti (1990), "High agreement but low kappa", Journal of
        Clinical Epidemiology 43, 543-549."""
        return self.expected is not None and self.expected >= ONE_SIDED


def strength_of(kappa: float) -> Strength:
    if kappa < 0:
        return Strength.POOR
    return next((word for end, word in UP_TO if kappa <= end), Strength.ALMOST_PERFECT)


def agreement_in(counts: Counts) -> Agreement:
    """Kappa of a square table of counts, rows the first coder's. Raises ValueError for one that is not square
    or has a negative count."""
    size = len(counts)
    if any(len(row) != size for row in counts) or any(count < 0 for row in counts for count in row):
        raise ValueError("Agreement is of a square table of counts.")
    n = sum(map(sum, counts))
    if n == 0:
        return Agreement(0, None, None)
    rows = [sum(row) for row in counts]
    columns = [sum(row[place] for row in counts) for place in range(size)]
    alike = sum(counts[place][place] for place in range(size))
    chance = sum(row * column for row, column in zip(rows, columns, strict=True))
    observed, expected = alike / n, chance / n**2
    if chance == n**2:
        return Agreement(n, observed, expected)
    kappa = (alike * n - chance) / (n**2 - chance)
    margin = NORMAL * _standard_error(counts, rows, columns, kappa, expected)
    return Agreement(n, observed, expected, kappa, max(-1.0, kappa - margin), min(1.0, kappa + margin))


def _standard_error(
    counts: Counts, rows: Sequence[int], columns: Sequence[int], kappa: float, expected: float
) -> float:
    """Equation 13 of Fleiss, Cohen and Everitt; 0 where it would be the root of a rounding error below 0."""
    n, size = sum(rows), len(rows)
    diagonal = sum(
        counts[i][i] / n * (1 - (rows[i] + columns[i]) / n * (1 - kappa)) ** 2 for i in range(size)
    )
    beside = sum(
        counts[i][j] / n * ((columns[i] + rows[j]) / n) ** 2
        for i in range(size)
        for j in range(size)
        if i != j
    )
    spread = diagonal + (1 - kappa) ** 2 * beside - (kappa - expected * (1 - kappa)) ** 2
    return math.sqrt(max(spread, 0.0) / n) / (1 - expected)


def agreement_on(code: UUID, first: Codings, second: Codings) -> Agreement:
    """Whether a code is there or not, quote by quote, for two who coded the same quotes."""
    return agreement_in(_sum(_tables([code], first, second)))


def agreement_over(codes: Collection[UUID], first: Codings, second: Codings) -> Agreement:
    """All codes together: a decision is a quote and a code. Decisions about one quote go together, so the
    interval is a jackknife over quotes; none where kappa is not defined without one of them."""
    tables = _tables(codes, first, second)
    whole = agreement_in(_sum(tables))
    margin = _jackknife(tables) if whole.kappa is not None else None
    if whole.kappa is None or margin is None:
        return replace(whole, low=None, high=None)
    return replace(whole, low=max(-1.0, whole.kappa - margin), high=min(1.0, whole.kappa + margin))


def _jackknife(tables: Sequence[Counts]) -> float | None:
    """Half the interval of the kappa of all tables together, by leaving out one after the other."""
    size, together = len(tables), _sum(tables)
    without = [agreement_in(_sum([together, table], signs=(1, -1))).kappa for table in tables]
    known = [kappa for kappa in without if kappa is not None]
    if size < 2 or len(known) < size:
        return None
    mean = math.fsum(known) / size
    return NORMAL * math.sqrt((size - 1) / size * math.fsum((kappa - mean) ** 2 for kappa in known))


def _tables(codes: Collection[UUID], first: Codings, second: Codings) -> list[Counts]:
    """One for each quote, over the codes: there before not there, the first coder's in rows."""
    if first.keys() != second.keys():
        raise ValueError("Both have to have coded the same quotes.")
    pairs = [[(code in first[quote], code in second[quote]) for code in codes] for quote in first]
    return [[[own.count((row, column)) for column in THERE] for row in THERE] for own in pairs]


def _sum(tables: Sequence[Counts], signs: Sequence[int] | None = None) -> Counts:
    weighed = list(zip(signs or [1] * len(tables), tables, strict=True))
    return [
        [sum(sign * table[row][column] for sign, table in weighed) for column in (0, 1)] for row in (0, 1)
    ]
