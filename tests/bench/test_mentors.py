"""The cohorts and rivals of the matcher's benchmark are what they say."""

from __future__ import annotations

import numpy as np

from bench.mentors import TAGS, a_quarter_later, cohort, shuffled, three_tiers
from bench.rivals import dense_assignment, dense_scores, matching_package, playbook_snippet
from mentoring.matching.matcher import match
from mentoring.matching.version import input_hash

SMALL = cohort(200, 60)


def test_a_cohort_is_as_the_figures_describe_it() -> None:
    for side in (SMALL.mentees, SMALL.mentors):
        named = (side.tags > 0).sum(axis=1)
        assert side.tags.shape[1] == TAGS
        assert (named.min(), named.max()) == (3, 6)
    assert (SMALL.mentors.capacity.min(), SMALL.mentors.capacity.max()) == (1, 5)
    assert 0.35 < (dense_scores(SMALL) >= 0).mean() < 0.5


def test_a_cohort_is_the_same_each_time_and_in_another_order() -> None:
    assert input_hash([cohort(200, 60)]) == input_hash([SMALL]) == input_hash([shuffled(SMALL)])
    assert input_hash([cohort(200, 60, seed=2)]) != input_hash([SMALL])


def test_after_a_quarter_most_pairs_still_run() -> None:
    found = match(SMALL)
    later = a_quarter_later(SMALL, found.pairs)
    assert 0.8 * len(found.pairs) < len(later.running) < len(found.pairs)
    assert ((later.mentees.tags > 0).sum(axis=1) >= 3).all()


def test_tiers_share_mentees_and_some_mentors() -> None:
    chair, senior, peer = three_tiers(50, 30)
    assert chair.mentees.keys.tolist() == senior.mentees.keys.tolist() == peer.mentees.keys.tolist()
    assert len(set(chair.mentors.keys) & set(senior.mentors.keys)) == 10


def test_the_snippet_takes_the_best_for_each_and_looks_at_capacities_only_if_told() -> None:
    freely, within = playbook_snippet(SMALL), playbook_snippet(SMALL, capacities=True)
    assert (np.bincount(freely, minlength=60) > SMALL.mentors.capacity).any()
    assert (np.bincount(within[within >= 0], minlength=60) <= SMALL.mentors.capacity).all()


def test_the_dense_solver_and_the_package_solve_the_same_problem() -> None:
    assert np.count_nonzero(dense_assignment(SMALL) >= 0) == len(match(SMALL).pairs)
    assert matching_package(SMALL)
