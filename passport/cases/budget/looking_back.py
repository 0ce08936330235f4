"""The debrief of a budget: what was planned, said and asked, what other plans would have given, and facts for
each criterion. What was written is quoted and never judged: a facilitator does that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from passport.cases.budget.balancing import (
    ANSWER,
    JUSTIFY,
    SHEET,
    WORK_OUT,
    State,
    begin,
    standing,
    step,
)
from passport.cases.budget.declared import Budget, Option
from passport.cases.budget.showing import constraints, totals
from passport.cases.budget.wording import amount, change, has_figure, mentions, words
from passport.cases.rubric import Criterion
from passport.cases.scene import CriterionFacts, Debrief, NotTaken, Taken


def look_back(budget: Budget, state: State, rubric: tuple[Criterion, ...]) -> Debrief:
    facts: dict[str, list[str]] = {each.key: [] for each in rubric}
    for criterion, told in _facts(budget, state):
        facts[criterion].append(told)
    return Debrief(
        taken=tuple(_taken(budget, state)),
        not_taken=tuple(_other(budget, each) for each in budget.options),
        facts=tuple(CriterionFacts(each.key, each.title, tuple(facts[each.key])) for each in rubric),
        table=totals(budget, state),
    )


def _taken(budget: Budget, state: State) -> Iterator[Taken]:
    """A move each, in the words of who made it; working out totals is told only while it is the last move."""
    now = begin(budget)
    for at, move in enumerate(state["path"], 1):
        was, now = now, step(budget, now, move)
        if move.get("choice") == WORK_OUT:
            if at == len(state["path"]):
                yield Taken("Worked out", "You worked out the totals.", _stands(budget, now))
            continue
        yield _move(budget, was, now, move)


def _move(budget: Budget, was: State, now: State, move: Mapping[str, str]) -> Taken:
    if was["phase"] == SHEET:
        return Taken(budget.sheet.title, _changes(budget, now), _stands(budget, now))
    if was["phase"] == JUSTIFY:
        given = [
            f"{budget.lines[key].title}: “{now['said'][key]}”"
            for key in budget.lines
            if key in now["said"] and key not in was["said"]
        ]
        return Taken(budget.justify.title, " ".join(given), "")
    if was["phase"] == ANSWER:
        answers = now["asked"][len(was["asked"]) :]
        told = " ".join(f"“{each['text']}” {_answered(each)}" for each in answers)
        return Taken(f"Questions, round {was['round']}", told or _changes(budget, now), _stands(budget, now))
    return Taken(budget.summary.title, f"“{now['summary']}”", _time(budget, now))


def _changes(budget: Budget, state: State) -> str:
    now = standing(budget, state)
    changed = [f"{budget.lines[key].title} {change(now.by(key))}" for key in budget.lines if now.by(key)]
    return f"You changed: {'; '.join(changed)}." if changed else "You changed nothing."


def _stands(budget: Budget, state: State) -> str:
    found = constraints(budget, state)
    open_ones = [each.label for each in found if not each.is_met]
    met = f"{len(found) - len(open_ones)} of {len(found)} constraints are met."
    return f"{met} Not met: {'; '.join(open_ones)}." if open_ones else met


def _answered(asked: Mapping[str, object]) -> str:
    if asked["revised"]:
        return f"You changed the figures. {_quoted(asked['reply'])}".strip()
    return f"You held to it: {_quoted(asked['reply'])}"


def _quoted(text: object) -> str:
    return f"“{text}”" if text else ""


def _time(budget: Budget, state: State) -> str:
    took, given = state["took"], budget.summary.seconds
    if took is None:
        return ""
    return f"Written in {took // 60}:{took % 60:02} of {given // 60}:{given % 60:02} minutes."


def _other(budget: Budget, option: Option) -> NotTaken:
    """What another plan would have given, after all that happened."""
    before = budget.before(budget.last_event)
    plan = {**before, **option.plan}
    met = sum(each.is_met(budget.value(each.of, before, plan)) for each in budget.limits)
    moved = [
        f"{budget.lines[key].title} {change(plan[key] - before[key])}"
        for key in budget.lines
        if plan[key] != before[key]
    ]
    margin = amount(budget.value("margin", before, plan))
    would = (
        f"{'; '.join(moved)}. Margin {margin} {budget.unit}; {met} of {len(budget.limits)} constraints met."
    )
    return NotTaken(option.title, option.text, would)


def _facts(budget: Budget, state: State) -> Iterator[tuple[str, str]]:
    """Criterion and fact."""
    for limit, found in zip(budget.limits, constraints(budget, state), strict=True):
        is_met = "Met" if found.is_met else "Not met"
        yield limit.criterion, f"{is_met}: {limit.title} ({found.value}; {found.fact})."
    for key in filter(state["said"].__contains__, budget.lines):  # in the order of the sheet
        said = state["said"][key]
        figures = "with figures" if has_figure(said) else "without a figure"
        yield (
            budget.justify_criterion,
            f"Reason for {budget.lines[key].title}: {len(words(said))} words, {figures}.",
        )
    criteria = {limit.key: limit.criterion for limit in budget.limits}
    criteria |= {rule.key: rule.criterion for rule in budget.officer.rules}
    for asked in state["asked"]:
        yield criteria[asked["key"]], f"Asked: “{asked['text']}” {_answered(asked)}"
    if not state["summary"]:
        return
    for look in budget.summary.looks:
        yield look.criterion, look.there if mentions(state["summary"], look.words) else look.missing
    if state["took"] is not None:
        yield budget.summary.criterion, f"Summary. {_time(budget, state)}"
