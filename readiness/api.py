"""The Leadership Readiness Score over the REST API, with what is needed to compute it again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from passport.enums import ReadOf
from passport.queries import holding_visible_to
from passport.reads import record_reads
from people.rest.views import MemberAPIView
from readiness.breakdown import CONFIDENCE, LEADER_INDEX, EvidenceLine
from readiness.enums import ScoreState
from readiness.evidence import breakdown_of
from readiness.models import Snapshot, WeightSet
from readiness.models.weights import SHARES
from readiness.queries import snapshots_of
from readiness.rule import SOURCES
from readiness.withheld import indexes_withheld
from surveys.enums import Dimension


class RuleEntry(serializers.ModelSerializer[WeightSet]):
    class Meta:
        model = WeightSet
        fields = [
            "version",
            *Dimension.values,
            "effective_quarter",
            *SHARES,
            "flag_below",
            "minimum_known",
        ]


class SourceEntry(serializers.Serializer[Any]):
    """One source of a dimension; `points` is null where it is missing, or counted but withheld."""

    kind = serializers.ChoiceField(source="source", choices=[CONFIDENCE, *SOURCES], read_only=True)
    points = serializers.FloatField(read_only=True, allow_null=True)
    share = serializers.FloatField(read_only=True, help_text="In percent of the dimension.")
    contribution = serializers.FloatField(read_only=True, allow_null=True)
    withheld = serializers.BooleanField(
        read_only=True,
        default=False,
        help_text="Counted, not shown to you: a survey result of somebody else.",
    )

    def to_representation(self, instance: EvidenceLine) -> dict[str, Any]:
        entry = super().to_representation(instance)
        if instance.source == LEADER_INDEX and self.context["index_withheld"]:
            entry.update(points=None, contribution=None, withheld=True)
        return entry


class DimensionEntry(serializers.Serializer[Any]):
    """One dimension; known means that attested evidence exists."""

    name = serializers.ChoiceField(choices=Dimension.choices, read_only=True)
    points = serializers.FloatField(read_only=True, allow_null=True)
    known = serializers.BooleanField(read_only=True)
    weight = serializers.FloatField(read_only=True, help_text="In percent of the total.")
    contribution = serializers.FloatField(read_only=True)
    gap = serializers.FloatField(
        read_only=True, allow_null=True, help_text="Self-confidence minus attested evidence, in points."
    )
    sources = SourceEntry(source="lines", many=True, read_only=True)


class ScoreEntry(serializers.ModelSerializer[Snapshot]):
    """A score and its arithmetic. Points are not rounded; pages cut them off to one decimal."""

    state = serializers.ChoiceField(choices=ScoreState.choices, read_only=True)
    stage = serializers.CharField(source="stage.key", read_only=True, allow_null=True, default=None)
    rule = RuleEntry(source="weights", read_only=True)
    dimensions = serializers.SerializerMethodField()

    class Meta:
        model = Snapshot
        fields = [
            "quarter",
            "revision",
            "total",
            "state",
            "known_count",
            "stage",
            "computed_at",
            "rule",
            "dimensions",
        ]

    @extend_schema_field(DimensionEntry(many=True))
    def get_dimensions(self, snapshot: Snapshot) -> Any:
        withheld = {"index_withheld": snapshot.pk in self.context["indexes_withheld"]}
        return DimensionEntry(breakdown_of(snapshot).dimensions, many=True, context=withheld).data


class ReadinessEntry(serializers.Serializer[Any]):
    """Somebody's scores by quarter, newest first; the latest revision of each."""

    person = serializers.UUIDField(read_only=True)
    name = serializers.CharField(read_only=True)
    scores = ScoreEntry(many=True, read_only=True)


class ReadinessView(MemberAPIView):
    @extend_schema(
        operation_id="person_readiness",
        summary="Somebody's Leadership Readiness Score",
        description="For whoever may see the Passport. The holder sees who read it.",
        tags=["Readiness"],
        responses=ReadinessEntry,
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        return self.answer(person_id)

    def answer(self, person_id: UUID) -> Response:
        holding = holding_visible_to(self.member, person_id, on=timezone.localdate())
        if holding is None:
            raise NotFound
        record_reads([person_id], ReadOf.API, by=self.member)
        scores = snapshots_of(person_id)[::-1]
        readiness = {"person": person_id, "name": holding.person.name, "scores": scores}
        withheld = indexes_withheld(self.member, person_id, scores)
        return Response(ReadinessEntry(readiness, context={"indexes_withheld": withheld}).data)


class OwnReadinessView(ReadinessView):
    @extend_schema(
        operation_id="my_readiness",
        summary="My Leadership Readiness Score",
        tags=["Readiness"],
        responses=ReadinessEntry,
    )
    def get(self, request: Request) -> Response:  # type: ignore[override]  # the person is the caller
        return self.answer(self.member.person_id)
