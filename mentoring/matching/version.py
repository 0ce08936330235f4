"""What a run's record says of the code and of its input, so that it can be recomputed and compared."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import version

import numpy as np

from mentoring.matching.arrays import IntArray
from mentoring.matching.problem import Problem
from mentoring.matching.rules import Rule

ARITHMETIC = 1  # raised whenever the same input could give another result


def code_version() -> str:
    """At most 32 characters: the version of this arithmetic and of the solver."""
    return f"{ARITHMETIC}, ortools {version('ortools')}"[:32]


def input_hash(problems: Sequence[Problem]) -> str:
    """SHA-256, 64 hexadecimal digits, of everything the tiers' matching depends on, in the tiers' order.

    Mentees, mentors, pairs, rules and the classes within them may come in any order; tags are told by their
    column.
    """
    digest = sha256()
    for problem in problems:
        mentees, mentors = np.argsort(problem.mentees.keys), np.argsort(problem.mentors.keys)
        for name, content in _parts(problem.in_order(mentees, mentors)):
            digest.update(f"{name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def _parts(problem: Problem) -> Iterator[tuple[str, bytes]]:
    """Everything in the problem, named, as bytes that are the same on every machine."""
    yield "problem", _text([problem.tier, problem.cycle, asdict(problem.weights)])
    for name, side in (("mentees", problem.mentees), ("mentors", problem.mentors)):
        yield f"{name} keys", _text(side.keys.tolist())
        yield f"{name} tags", _numbers(side.tags)
    offered = problem.mentors
    yield "offered", _numbers(np.stack([offered.capacity, offered.free_slots, offered.satisfaction_count]))
    yield "satisfaction", offered.satisfaction_sum.astype("<f8").tobytes()
    for rule in sorted(problem.rules, key=lambda rule: rule.name):
        yield f"rule {rule.name}", _rule(rule)
    for reason in sorted({one.name for one in problem.forbidden}):
        pairs = [one.pairs for one in problem.forbidden if one.name == reason]
        yield f"forbidden {reason}", _numbers(np.unique(np.concatenate(pairs), axis=0))
    yield "locks", _numbers(problem.locks)
    yield "running", _numbers(problem.running)


def _rule(rule: Rule) -> bytes:
    """The rule with its classes numbered as they first occur, and without those that do not."""
    of_mentees, mentees = _as_they_occur(rule.mentee_class)
    of_mentors, mentors = _as_they_occur(rule.mentor_class)
    allowed = rule.allowed[np.ix_(of_mentees, of_mentors)].astype(np.int64)
    return _numbers(mentees) + _numbers(mentors) + _numbers(allowed)


def _as_they_occur(classes: IntArray) -> tuple[IntArray, IntArray]:
    """The classes in the order in which they first occur, and the numbers in that order in their place."""
    found, first, place = np.unique(classes, return_index=True, return_inverse=True)
    order = np.argsort(first)
    return found[order], np.argsort(order)[place]


def _numbers(array: IntArray) -> bytes:
    return f"{array.shape}\n".encode() + array.astype("<i8").tobytes()


def _text(values: object) -> bytes:
    return json.dumps(values, sort_keys=True).encode()
