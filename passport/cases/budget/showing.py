"""What a player sees of a budget: the sheet with its totals, what is asked, and what has to be met."""

from __future__ import annotations

from collections.abc import Iterator

from passport.cases.budget.balancing import (
    ANSWER,
    HAND_IN,
    JUSTIFY,
    LONGEST_REASON,
    LONGEST_SUMMARY,
    OVER,
    SHEET,
    SUMMARY,
    WORK_OUT,
    State,
    standing,
    to_justify,
)
from passport.cases.budget.declared import Budget, Limit
from passport.cases.budget.reading import limits_of
from passport.cases.budget.wording import amount, change
from passport.cases.scene import Choice, Constraint, Field, Row, Scene, Sum, Table


def show(budget: Budget, state: State) -> Scene:
    return _SCENES[state["phase"]](budget, state)


def totals(budget: Budget, state: State) -> Table:
    """Before and as planned, in the order of the file."""
    now = standing(budget, state)
    rows = []
    limited = {limit.of for limit in budget.limits}
    for key, quantity in budget.quantities.items():
        if quantity.start is not None and key in limited:
            continue  # it is told with its bound
        before, plan = (budget.value(key, now.before, each) for each in (now.before, now.plan))
        title = f"{quantity.title} ({quantity.unit})" if quantity.unit else quantity.title
        rows.append(Row(title, (amount(before), amount(plan), change(plan - before)), key=key))
    return Table("What it adds up to", ("Now", "Planned", "Change"), tuple(rows))


def constraints(budget: Budget, state: State) -> tuple[Constraint, ...]:
    now = standing(budget, state)
    found = []
    for limit in budget.limits:
        value = budget.value(limit.of, now.before, now.plan)
        found.append(
            Constraint(limit.title, limit.is_met(value), _bound(budget, limit), limit.key, amount(value))
        )
    return tuple(found)


def _bound(budget: Budget, limit: Limit) -> str:
    side = "at least" if limit.at_least is not None else "at most"
    return f"{side} {amount(limit.bound)} {budget.unit_of(limit.of)}".strip()


def _sums(budget: Budget, state: State) -> Iterator[Sum]:
    """The same sums for a page that reckons while somebody types."""
    before = standing(budget, state).before
    for key in budget.quantities:
        formula = budget.formula(key, before)
        weights = {f"plan.{line}": weight for line, weight in formula.weights.items()}
        yield Sum(key, formula.base, weights, formula.per, before=formula.value(before))
    for limit in budget.limits:
        formula = budget.formula(limit.of, before)
        weights = {f"plan.{line}": weight for line, weight in formula.weights.items()}
        yield Sum(limit.key, formula.base, weights, formula.per, limit.at_least, limit.at_most)


def _lines(budget: Budget, state: State) -> Iterator[Field]:
    before = budget.before(state["round"])
    for key, line in budget.lines.items():
        low, high = limits_of(budget, key, state["round"])
        ways = f"Now {amount(before[key])} {budget.unit}; from {amount(low)} to {amount(high)}."
        kind = "Income" if line.kind == "income" else "Cost"
        yield Field(
            f"plan.{key}",
            line.title,
            "number",
            f"{kind}. {ways} {line.note}".strip(),
            low=low,
            high=high,
            value=str(state["plan"][key]),
            is_needed=True,
        )


WAYS = (
    Choice(HAND_IN, "Go on with these figures."),
    Choice(WORK_OUT, "Only work out the totals, and stay here."),
)


def _sheet(budget: Budget, state: State) -> Scene:
    return Scene(
        title=budget.sheet.title,
        text=budget.sheet.text,
        choices=WAYS,
        fields=tuple(_lines(budget, state)),
        table=totals(budget, state),
        constraints=constraints(budget, state),
        sums=tuple(_sums(budget, state)),
    )


def _justify(budget: Budget, state: State) -> Scene:
    now = standing(budget, state)
    fields = (
        Field(
            f"why.{key}",
            f"{budget.lines[key].title}: {change(now.by(key))} {budget.unit}",
            "text",
            f"From {amount(now.before[key])} to {amount(now.plan[key])}.",
            longest=LONGEST_REASON,
            is_needed=True,
        )
        for key in to_justify(budget, state)
    )
    return Scene(
        title=budget.justify.title,
        text=budget.justify.text,
        fields=tuple(fields),
        table=totals(budget, state),
        constraints=constraints(budget, state),
        brief=budget.sheet.text,
    )


def _answer(budget: Budget, state: State) -> Scene:
    events = [each for each in budget.events if each.round == state["round"]]
    words = [f"**{event.title}.** {event.text}" for event in events]
    if state["now"]:
        words.append("Change what is asked about in the sheet, or say why you hold to it.")
    replies = (
        Field(
            f"reply.{each['key']}",
            each["text"],
            "text",
            longest=LONGEST_REASON,
            value=state["drafts"].get(each["key"], ""),
        )
        for each in state["now"]
    )
    return Scene(
        title=f"Questions, round {state['round']}",
        text="\n\n".join(words),
        speaker=budget.officer.name,
        choices=WAYS,
        fields=(*replies, *_lines(budget, state)),
        table=totals(budget, state),
        constraints=constraints(budget, state),
        sums=tuple(_sums(budget, state)),
        brief=budget.sheet.text,
    )


def _summary(budget: Budget, state: State) -> Scene:
    longest = f"At most {amount(LONGEST_SUMMARY)} characters."
    return Scene(
        title=budget.summary.title,
        text=budget.summary.text,
        fields=(Field("summary", "Your summary", "text", longest, longest=LONGEST_SUMMARY, is_needed=True),),
        table=totals(budget, state),
        constraints=constraints(budget, state),
        seconds=budget.summary.seconds,
    )


def _over(budget: Budget, state: State) -> Scene:
    return Scene(
        title=budget.over.title,
        text=budget.over.text,
        table=totals(budget, state),
        constraints=constraints(budget, state),
        is_over=True,
    )


_SCENES = {SHEET: _sheet, JUSTIFY: _justify, ANSWER: _answer, SUMMARY: _summary, OVER: _over}
