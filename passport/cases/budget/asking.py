"""What the finance officer asks: constraints that are not met first, then the rules in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from passport.cases.budget.declared import ANY, Budget, Limit, Rule, When
from passport.cases.budget.wording import amount, change, filled, has_figure, mentions, words

MOST_POINTS = 3  # in one round: more would be a list, and nobody answers a list


@dataclass(frozen=True)
class Standing:
    """How things are: the lines before and as planned, and what was said about each."""

    before: Mapping[str, int]
    plan: Mapping[str, int]
    said: Mapping[str, str]

    def by(self, line: str) -> int:
        return self.plan[line] - self.before[line]


@dataclass(frozen=True)
class Point:
    """Something asked: the key of a limit or rule, the line it is about (or none), and the words."""

    key: str
    line: str
    text: str


def points(
    budget: Budget, standing: Standing, asked: Sequence[tuple[str, str]], *, limits_only: bool
) -> list[Point]:
    """At most three, what was never asked first. `asked` holds key and line of each that was.

    A point is put a second time where the file has words for it, and never a third time."""
    fresh, again = [], []
    for each in _asking(budget, limits_only):
        for line in _fitting(budget, each, standing):
            times = asked.count((each.key, line))
            if times == 0:
                fresh.append(_point(budget, each, line, each.says, standing))
                break
            if times == 1 and each.again and not limits_only:
                again.append(_point(budget, each, line, each.again, standing))
                break
    return [*fresh, *again][:MOST_POINTS]


def still_holds(budget: Budget, key: str, line: str, standing: Standing) -> bool:
    """Whether what was asked is still so."""
    each = next(each for each in _asking(budget, limits_only=False) if each.key == key)
    return line in _fitting(budget, each, standing)


def _asking(budget: Budget, limits_only: bool) -> Sequence[Limit | Rule]:
    return budget.limits if limits_only else (*budget.limits, *budget.officer.rules)


def _fitting(budget: Budget, each: Limit | Rule, standing: Standing) -> Iterator[str]:
    """The lines it holds for, in the order of the sheet; the empty text where it is about no line."""
    if isinstance(each, Limit):
        if not each.is_met(budget.value(each.of, standing.before, standing.plan)):
            yield ""
        return
    if not _sums_fit(budget, each.when, standing):
        return
    if not each.when.line:
        yield ""
        return
    for line in budget.lines if each.when.line == ANY else [each.when.line]:
        if _line_fits(each.when, line, standing):
            yield line


def _sums_fit(budget: Budget, when: When, standing: Standing) -> bool:
    if when.unmet:
        limit = _limit(budget, when.unmet)
        if limit.is_met(budget.value(limit.of, standing.before, standing.plan)):
            return False
    if when.of:
        value = budget.value(when.of, standing.before, standing.plan)
        if (when.below is not None and value >= when.below) or (
            when.above is not None and value <= when.above
        ):
            return False
    if when.cuts_in:
        inside, whole = _cuts(budget, when.cuts_in, standing)
        return whole > 0 and 100 * inside >= when.share * whole
    return True


def _line_fits(when: When, line: str, standing: Standing) -> bool:
    by = standing.by(line)
    if by == 0 or (when.cut and -by < when.cut) or (when.raised and by < when.raised):
        return False
    return _words_fit(when, standing.said.get(line, ""))


def _words_fit(when: When, said: str) -> bool:
    """Rules of what was said are about lines for which something had to be said."""
    of_words = when.no_figure or when.fewer_words or when.mentions or when.lacks
    if of_words and not said:
        return False
    return not (
        (when.no_figure and has_figure(said))
        or (when.fewer_words and len(words(said)) >= when.fewer_words)
        or (when.mentions and not mentions(said, when.mentions))
        or (when.lacks and mentions(said, when.lacks))
    )


def _limit(budget: Budget, key: str) -> Limit:
    return next(limit for limit in budget.limits if limit.key == key)


def _cuts(budget: Budget, total: str, standing: Standing) -> tuple[int, int]:
    """How much is cut in the costs of a total, and in all costs."""
    cut = {key: max(0, -standing.by(key)) for key, line in budget.lines.items() if line.kind == "cost"}
    return sum(cut.get(key, 0) for key in budget.quantities[total].weights), sum(cut.values())


def _point(budget: Budget, each: Limit | Rule, line: str, text: str, standing: Standing) -> Point:
    return Point(each.key, line, filled(text, _figures(budget, each, line, standing)))


def _figures(budget: Budget, each: Limit | Rule, line: str, standing: Standing) -> dict[str, str]:
    """The player's figures that the words may quote."""
    figures: dict[str, str] = {}
    if line:
        before, by = standing.before[line], standing.by(line)
        figures |= {
            "line": budget.lines[line].title,
            "before": amount(before),
            "plan": amount(standing.plan[line]),
            "change": change(by),
            "by": amount(abs(by)),
            "percent": amount(100 * abs(by) // before) if before else "100",
            "words": str(len(words(standing.said.get(line, "")))),
        }
    if isinstance(each, Limit):
        return figures | _limit_figures(budget, each, standing)
    when = each.when
    if when.unmet:
        figures |= _limit_figures(budget, _limit(budget, when.unmet), standing)
    if when.of:
        figures["value"] = amount(budget.value(when.of, standing.before, standing.plan))
    if when.cuts_in:
        inside, whole = _cuts(budget, when.cuts_in, standing)
        figures |= {"cuts": amount(inside), "share": str(100 * inside // whole)}
    return figures


def _limit_figures(budget: Budget, limit: Limit, standing: Standing) -> dict[str, str]:
    value = budget.value(limit.of, standing.before, standing.plan)
    return {"value": amount(value), "bound": amount(limit.bound), "gap": amount(limit.gap(value))}
