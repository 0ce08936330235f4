"""Scores as an HR system follows them: each as it was computed, and computed again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from passport.enums import ReadOf
from passport.reads import record_reads
from people.rest.delta import GONE, DeltaEntry, DeltaQuestion, DeltaView, HolderEntry, Position
from readiness.enums import ScoreState
from readiness.models import Scoring, Snapshot
from surveys.enums import Dimension
from tenancy.feeds import number_what_waits

FOLLOWED = (Path(__file__).resolve().parent / "sql" / "followed_scores.sql").read_text()


class FollowedScore(serializers.ModelSerializer[Snapshot]):
    """Somebody's score in a quarter. The highest revision of a person and quarter holds: one without a total
    takes an earlier total back."""

    person = HolderEntry(read_only=True)
    state = serializers.ChoiceField(choices=ScoreState.choices, read_only=True)
    rule_version = serializers.IntegerField(source="weights.version", read_only=True)

    class Meta:
        model = Snapshot
        fields = [
            "id",
            "person",
            "quarter",
            "revision",
            "total",
            "state",
            "known_count",
            *Dimension.values,
            "rule_version",
            "computed_at",
        ]


class FollowedScores(DeltaEntry):
    """Scores that were computed since the last call."""

    results = FollowedScore(many=True, read_only=True)


class ScoreFeedView(DeltaView):
    feed = "scores"
    entry = FollowedScores

    @extend_schema(
        operation_id="followed_scores",
        summary="Readiness scores computed since the last call",
        description="For HR admins, with a token of theirs or one for an HR system. The holders see who.",
        tags=["HR systems"],
        parameters=[DeltaQuestion],
        responses={200: FollowedScores, **GONE},
    )
    def get(self, request: Request) -> Response:
        return self.answer(request)

    def page(self, since: Position, size: int) -> Sequence[tuple[Position, Snapshot]]:
        number_what_waits(Scoring)
        with connection.cursor() as cursor:
            cursor.execute(FOLLOWED, {"number": since.number, "after": since.after, "most": size + 1})
            places = [Position(number, snapshot_id) for number, snapshot_id in cursor.fetchall()]
        ids = [place.after for place in places]
        found = Snapshot.objects.select_related("person", "weights").in_bulk(ids)
        return [(place, found[place.after]) for place in places]

    def note(self, shown: Sequence[Any]) -> None:
        record_reads({snapshot.person_id for snapshot in shown}, ReadOf.API, by=self.member)
