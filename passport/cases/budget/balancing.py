"""The moves of a budget case: the sheet, reasons, rounds of questions, a timed summary, the end.

State: `phase`; `round` of questions; `plan` (line to amount); `said` (line to reasons); `now` (points that
wait for an answer); `asked` (each point with its answer); `drafts` (answers typed while working out totals);
`looks` (how often that was done); `summary`, `took` (seconds, where known); `path` (a move each)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from passport.cases.budget.asking import Standing, points, still_holds
from passport.cases.budget.declared import Budget
from passport.cases.budget.reading import limits_of
from passport.cases.game import TOOK
from passport.cases.problems import MoveError

SHEET, JUSTIFY, ANSWER, SUMMARY, OVER = "sheet", "justify", "answer", "summary", "over"
LONGEST_REASON, LONGEST_SUMMARY = 1200, 4000
MOST_LOOKS = 60
HAND_IN, WORK_OUT = "hand_in", "work_out"  # with a sheet: go on, or only reckon and stay

_WHOLE = re.compile(r"[0-9]{1,9}")
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009,")  # between thousands, as people write them
State = dict[str, Any]


def begin(budget: Budget) -> State:
    return {
        "phase": SHEET,
        "round": 0,
        "plan": budget.before(0),
        "said": {},
        "now": [],
        "asked": [],
        "drafts": {},
        "looks": 0,
        "summary": "",
        "took": None,
        "path": [],
    }


def fits(budget: Budget, state: State) -> bool:
    """Whether the state belongs to this budget: replaying its moves leads to it."""
    try:
        replayed = begin(budget)
        for made in state["path"]:
            replayed = step(budget, replayed, made)
    except (MoveError, KeyError, TypeError, AttributeError):
        return False
    return replayed == state


def standing(budget: Budget, state: State) -> Standing:
    """Where the player is; what was answered about a line counts with what was said of it."""
    said = dict(state["said"])
    for each in state["asked"]:
        if each["line"] and each["reply"]:
            said[each["line"]] = f"{said.get(each['line'], '')}\n{each['reply']}".strip()
    return Standing(budget.before(state["round"]), state["plan"], said)


def to_justify(budget: Budget, state: State) -> list[str]:
    """The lines changed by so much that a reason is asked for, where none was given."""
    now = standing(budget, state)
    return [
        key for key in budget.lines if abs(now.by(key)) >= budget.justify_from and key not in state["said"]
    ]


def step(budget: Budget, state: State, move: Mapping[str, str]) -> State:
    if state["phase"] == OVER:
        raise MoveError("", "The case is over.")
    after = _MOVES[state["phase"]](budget, dict(state), move)
    known = {*_names(budget, state), "choice", TOOK}
    kept = {name: text for name, text in move.items() if name in known}
    return {**after, "path": [*state["path"], kept]}


def _names(budget: Budget, state: State) -> list[str]:
    """The fields of a phase."""
    phase = state["phase"]
    if phase == JUSTIFY:
        return [f"why.{key}" for key in to_justify(budget, state)]
    if phase == SUMMARY:
        return ["summary"]
    replies = [f"reply.{each['key']}" for each in state["now"]]
    return [*(f"plan.{key}" for key in budget.lines), *replies]


def _amount(budget: Budget, state: State, key: str, typed: str) -> int:
    text = typed.translate(_SPACES)
    low, high = limits_of(budget, key, state["round"])
    if not _WHOLE.fullmatch(text):
        raise MoveError(f"plan.{key}", f"Write a whole number from {low} to {high}.")
    if not low <= int(text) <= high:
        raise MoveError(f"plan.{key}", f"{budget.lines[key].title} can go from {low:,} to {high:,}.")
    return int(text)


def _typed_plan(budget: Budget, state: State, move: Mapping[str, str]) -> dict[str, int]:
    return {key: _amount(budget, state, key, move.get(f"plan.{key}", "")) for key in budget.lines}


def _text(move: Mapping[str, str], name: str, longest: int) -> str:
    text = move.get(name, "").strip()
    if len(text) > longest:
        raise MoveError(name, f"At most {longest:,} characters; there are {len(text):,}.")
    return text


def _work_out(state: State, plan: dict[str, int], drafts: dict[str, str]) -> State:
    if state["looks"] >= MOST_LOOKS:
        raise MoveError("", "You have worked it out often enough. Go on with what you have.")
    return {**state, "plan": plan, "drafts": drafts, "looks": state["looks"] + 1}


def _only_reckons(move: Mapping[str, str]) -> bool:
    choice = move.get("choice", "")
    if choice not in (HAND_IN, WORK_OUT):
        raise MoveError("choice", "Choose whether to go on or only to work out the totals.")
    return choice == WORK_OUT


def _fill_in(budget: Budget, state: State, move: Mapping[str, str]) -> State:
    plan = _typed_plan(budget, state, move)
    if _only_reckons(move):
        return _work_out(state, plan, {})
    return _onwards(budget, {**state, "plan": plan})


def _justify(budget: Budget, state: State, move: Mapping[str, str]) -> State:
    said = dict(state["said"])
    for key in to_justify(budget, state):
        said[key] = _text(move, f"why.{key}", LONGEST_REASON)
        if not said[key]:
            raise MoveError(f"why.{key}", f"Say why you change {budget.lines[key].title}.")
    return _onwards(budget, {**state, "said": said})


def _answer(budget: Budget, state: State, move: Mapping[str, str]) -> State:
    """Change the sheet, or hold with a reason; what was asked and still holds needs the reason."""
    replies = {each["key"]: _text(move, f"reply.{each['key']}", LONGEST_REASON) for each in state["now"]}
    revised = {**state, "plan": _typed_plan(budget, state, move)}
    if _only_reckons(move):
        return _work_out(state, revised["plan"], replies)
    asked = list(state["asked"])
    for each in state["now"]:
        holds = still_holds(budget, each["key"], each["line"], standing(budget, revised))
        if holds and not replies[each["key"]]:
            raise MoveError(f"reply.{each['key']}", "Change the figure, or say why you hold to it.")
        asked.append({**each, "round": state["round"], "reply": replies[each["key"]], "revised": not holds})
    return _onwards(budget, {**revised, "asked": asked, "now": [], "drafts": {}})


def _sum_up(budget: Budget, state: State, move: Mapping[str, str]) -> State:
    text = _text(move, "summary", LONGEST_SUMMARY)
    if not text:
        raise MoveError("summary", "Write your summary; a few sentences are enough.")
    took = move.get(TOOK, "")
    seconds = int(took) if _WHOLE.fullmatch(took) else None
    return {**state, "summary": text, "took": seconds, "phase": OVER}


_MOVES = {SHEET: _fill_in, JUSTIFY: _justify, ANSWER: _answer, SUMMARY: _sum_up}


def _onwards(budget: Budget, state: State) -> State:
    """To what comes next: reasons that are missing, a round with something to answer, or the summary."""
    if to_justify(budget, state):
        return {**state, "phase": JUSTIFY}
    asked = [(each["key"], each["line"]) for each in state["asked"]]
    at = state["round"]
    while True:
        at += 1
        # After the last round only a constraint that was never pushed back on brings another one.
        extra = at > budget.officer.rounds
        state = _happened(budget, state, at) if not extra else state
        found = points(budget, standing(budget, state), asked, limits_only=extra)
        if found or any(event.round == at for event in budget.events):
            now = [asdict(point) for point in found]
            return {**state, "phase": ANSWER, "round": at, "now": now}
        if extra:
            return {**state, "phase": SUMMARY}


def _happened(budget: Budget, state: State, at: int) -> State:
    """The start of round `at`: what events change, they change under the plan as well."""
    plan = dict(state["plan"])
    for event in budget.events:
        if event.round == at:
            plan = {key: value + event.changes.get(key, 0) for key, value in plan.items()}
    return {**state, "plan": plan, "round": at}
