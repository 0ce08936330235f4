"""When a result may be read and when it is to be talked about: pure rules on days."""

from __future__ import annotations

import datetime as dt

# The leader reads the own report at once; whoever leads the leader a week later.
MANAGER_WAITS = dt.timedelta(days=7)
# From the day on which both have read it.
DEBRIEF_WITHIN = dt.timedelta(days=30)
# Of a debrief that is still to be held people are reminded no more often.
REMINDED_AGAIN_AFTER = dt.timedelta(days=7)
# Of an action that still goes on the leader is asked again.
WORD_WANTED_AFTER = dt.timedelta(days=30)
# Before it nobody asks the same people the same questions again. Long enough for answers to become others, so
# that two results do not make one answer by subtraction; short enough for quarterly surveys.
ASKED_AGAIN_AFTER = dt.timedelta(days=60)
# A survey that closed longer ago than this is history: nobody is asked to talk about it.
DEBRIEF_WHILE_FRESH = dt.timedelta(days=180)


def manager_sees_from(published_on: dt.date) -> dt.date:
    """The first day on which the leader's immediate leader may read a report."""
    return published_on + MANAGER_WAITS


def debrief_due_on(published_on: dt.date) -> dt.date:
    """The last day of a debrief; after it the debrief is overdue."""
    return manager_sees_from(published_on) + DEBRIEF_WITHIN


def calls_for_debriefs(closed_on: dt.date, *, published_on: dt.date) -> bool:
    """Whether a result is talked about: not when an old survey is brought in from a file."""
    return published_on - closed_on <= DEBRIEF_WHILE_FRESH


def share_done(done: int, all_of_them: int) -> float:
    """Which share of debriefs was held, 0 to 1; where none was called for nothing is missing: 1."""
    return done / all_of_them if all_of_them else 1.0
