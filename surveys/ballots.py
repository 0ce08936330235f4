"""The way of answers into the database, and of sums by unit out of it, once, when a wave has closed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from surveys.arrays import FloatArray
from surveys.group_statistics import GroupSums
from surveys.models import Wave
from surveys.questionnaire import Questionnaire, Scores
from surveys.release import UnitSums, bin_count
from tenancy.copy import copy_into_temporary
from tenancy.scope import current_organization_id

_NONE = -99_999  # no answer: outside every scale
_COLUMNS = {"unit_id": "uuid", "answers": "smallint[]", "score": "float8", "scale_scores": "float8[]"}

# Rows reach the table in the order of their random keys: the order of the file is lost.
_INSERT = """
INSERT INTO surveys_response (id, organization_id, wave_id, unit_id, answers, score, scale_scores)
SELECT id, %s, %s, unit_id, answers, score, scale_scores
FROM (SELECT gen_random_uuid() AS id, * FROM pg_temp.surveys_incoming) shuffled ORDER BY id
"""


def insert_responses(wave: Wave, units: Sequence[UUID], answers: FloatArray, scores: Scores) -> int:
    """Put responses (a unit and a row of `answers` each) into an open wave; returns how many."""
    count = copy_into_temporary("surveys_incoming", _COLUMNS, _rows(units, answers, scores))
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [current_organization_id(), wave.pk])
        cursor.execute("DROP TABLE pg_temp.surveys_incoming")
    return count


def _rows(units: Sequence[UUID], answers: FloatArray, scores: Scores) -> Iterator[Sequence[object]]:
    """Array literals by way of Python's own: brackets become braces, what is not known becomes NULL."""
    whole = np.where(np.isnan(answers), _NONE, answers).astype(np.int64).tolist()
    for unit, given, score, scales in zip(
        units, whole, scores.score.tolist(), scores.scales.tolist(), strict=True
    ):
        yield (
            unit,
            f"{{{str(given)[1:-1].replace(str(_NONE), 'NULL')}}}",
            None if math.isnan(score) else score,
            f"{{{str(scales)[1:-1].replace('nan', 'NULL')}}}",
        )


def sums_by_unit(wave: Wave, units: Sequence[UUID], questionnaire: Questionnaire) -> tuple[UnitSums, int]:
    """Sums over the people directly in each of `units`, and how many responses have too few answers.

    The database gives them for a closed wave only; after publication nobody can ask again.
    """
    place = {unit: index for index, unit in enumerate(units)}
    size = len(units)
    index, left_out = np.zeros((3, size)), 0
    for unit, n, total, squares, short in _call("surveys_index_sums(%s)", wave.pk):
        index[:, place[unit]] = n, total, squares
        left_out += short
    scales = np.zeros((len(questionnaire.scales), 3, size))
    for unit, scale, n, total, squares in _call("surveys_scale_sums(%s)", wave.pk):
        scales[scale - 1, :, place[unit]] = n, total, squares
    answers = [
        np.zeros((size, item.high - item.low + 1, 2), dtype=np.int64) for item in questionnaire.questions
    ]
    for unit, item, answer, complete, n in _call(
        "surveys_answer_counts(%s, %s)", wave.pk, questionnaire.index_items
    ):
        low = questionnaire.questions[item - 1].low
        answers[item - 1][place[unit], answer - low, int(complete)] = n
    number_of_bins = bin_count(wave.scale_low, wave.scale_high)
    bins = np.zeros((size, number_of_bins), dtype=np.int64)
    for unit, number, n in _call(
        "surveys_score_counts(%s, %s, %s, %s)", wave.pk, wave.scale_low, wave.scale_high, number_of_bins
    ):
        bins[place[unit], number - 1] = n
    ends = np.full((1 + len(questionnaire.scales), 2, size), np.array([[np.inf], [-np.inf]]))
    for unit, scale, lowest, highest in _call("surveys_score_ends(%s)", wave.pk):
        ends[scale, :, place[unit]] = lowest, highest
    sums = UnitSums(_sums(index), tuple(_sums(scale) for scale in scales), tuple(answers), bins, ends)
    return sums, left_out


def _sums(values: FloatArray) -> GroupSums:
    return GroupSums(np.rint(values[0]).astype(np.int64), values[1], values[2])


def _call(function: str, *arguments: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}", arguments)  # noqa: S608 - constants of this module
        return list(cursor.fetchall())
