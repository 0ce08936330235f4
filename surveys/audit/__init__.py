"""The release audit: code what is planned, attack it, coarsen until nobody can be pinned. Pure arithmetic.

Attacked is everything that will be stored of a wave: which cells, their means and spreads as rounded or
bound, the answers to each question, the histogram. Where the attack (surveys.reconstruction) finds somebody
whose answer could be narrowed down too far, by an outsider or by one insider, a figure of that cell goes one
form down (surveys.coding), or of the smallest cell within it, so that the two hide each other. Each form
tells less than the one before and a withheld figure tells nothing, so this ends, with everybody safe.

What is attacked here is one question, one scale or the index at a time. Of what binds them together, the
sums of questions are, `keep_room`, and the index as the sum of its behaviours (surveys.audit.remainders).
Everything else of a release is computed from what is stored.
"""

from surveys.audit.histogram import audit_histogram
from surveys.audit.means import Scored, audit_means, regions_of
from surveys.audit.questions import AnsweredQuestion, Figure, keep_room
from surveys.audit.regions import Findings, gather, nearest_marked, neighbourhood, smallest_within

__all__ = [
    "AnsweredQuestion",
    "Figure",
    "Findings",
    "Scored",
    "audit_histogram",
    "audit_means",
    "gather",
    "keep_room",
    "nearest_marked",
    "neighbourhood",
    "regions_of",
    "smallest_within",
]
