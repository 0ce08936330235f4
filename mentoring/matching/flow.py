"""The best assignment among given pairs, as a flow of least cost (OR-tools' cost-scaling push-relabel)."""

from __future__ import annotations

import numpy as np

from mentoring.matching.arrays import IntArray


def best_among(
    pairs: IntArray, worth: IntArray, capacity: IntArray, mentees: int, *, cover_first: bool = True
) -> IntArray:
    """The mentor of each mentee, -1 for none, (mentees,): the highest sum of `worth`, most mentees covered
    before that unless told otherwise.

    `pairs` (k, 2): rows, no pair twice. `worth` (k,): whole numbers, not negative. `capacity` (n,).
    """
    # Web workers know the tasks that match, and would carry 18 MiB of solver for nothing.
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415 - only where it solves

    chosen = np.full(mentees, -1, dtype=np.int64)
    if not len(pairs):
        return chosen
    sink = mentees + len(capacity)
    network = SimpleMinCostFlow()
    arcs = network.add_arcs_with_capacity_and_unit_cost(
        pairs[:, 0], mentees + pairs[:, 1], np.ones(len(pairs), dtype=np.int64), worth.max() - worth
    )
    open_mentors = np.flatnonzero(capacity)
    network.add_arcs_with_capacity_and_unit_cost(
        mentees + open_mentors,
        np.full(len(open_mentors), sink),
        capacity[open_mentors],
        np.zeros(len(open_mentors), dtype=np.int64),
    )
    if not cover_first:  # who goes without costs what the best pair is worth, and no more
        everybody = np.arange(mentees)
        network.add_arcs_with_capacity_and_unit_cost(
            everybody, np.full(mentees, sink), np.ones(mentees, dtype=np.int64), np.full(mentees, worth.max())
        )
    network.set_nodes_supplies(np.arange(mentees), np.ones(mentees, dtype=np.int64))
    network.set_node_supply(sink, -mentees)
    status = network.solve_max_flow_with_min_cost()
    if status != network.OPTIMAL:
        raise RuntimeError(f"The flow was not solved: {status}.")
    taken = network.flows(arcs) > 0
    chosen[pairs[taken, 0]] = pairs[taken, 1]
    return chosen
