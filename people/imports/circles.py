"""Circles where there should be a tree. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Node = TypeVar("Node")


def circles(parents: Mapping[Node, Node]) -> list[list[Node]]:
    """Every circle of a graph in which each node has at most one parent; each once, child before parent."""
    found: list[list[Node]] = []
    seen: set[Node] = set()
    for start in parents:
        walk: dict[Node, None] = {}
        node = start
        while node in parents and node not in seen and node not in walk:
            walk[node] = None
            node = parents[node]
        if node in walk:
            steps = list(walk)
            found.append(steps[steps.index(node) :])
        seen.update(walk)
    return found
