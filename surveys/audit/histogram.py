"""The audit of the histogram of the index."""

from __future__ import annotations

import numpy as np

from surveys.arrays import BoolArray, IntArray
from surveys.audit.regions import Findings, gather, nearest_marked
from surveys.coding import Span, coded_histogram
from surveys.reconstruction import widest_without_one
from surveys.release import CellTree


def audit_histogram(
    tree: CellTree, counts: IntArray, published: BoolArray, *, k: int, least_bins: int, findings: Findings
) -> dict[int, tuple[Span, ...]]:
    """The columns of each cell's histogram as stored. A cell has one only where everybody, after anybody is
    taken out, still differs by more than `least_bins` bins: true scores as witnesses, without a program."""
    totals = tree.counts(counts)
    columns = {
        cell: coded_histogram(totals[cell].tolist(), k=k) for cell in np.flatnonzero(published).tolist()
    }
    told = np.zeros(len(published), dtype=np.bool_)
    told[[cell for cell, spans in columns.items() if spans]] = True
    while True:
        truth = gather(counts, nearest_marked(tree, told)[:-1], len(told))
        filled = truth.sum(axis=1) > 0
        weak = told & filled & (widest_without_one(np.rint(truth).astype(np.int64)) <= least_bins)
        if not weak.any():
            return {cell: columns[cell] for cell in np.flatnonzero(told).tolist()}
        findings.coarsened += int(weak.sum())
        told &= ~weak
