"""Whether the pools represent the people they could be drawn from, as it was told once a year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.rest.views import MemberAPIView
from succession.api import TAGS
from succession.enums import Trait
from succession.permissions import REPRESENTATION_IS_FOR, watches_succession
from succession.queries.representation import ToldTrait, rule_of_representation, told_representation
from succession.representation import Verdict


class RepresentationEntry(serializers.Serializer[Any]):
    """One group in one part of the organisation. Nothing that would tell of fewer than five people is in any
    answer. Shares are of those who declared, 0 to 1."""

    trait = serializers.ChoiceField(choices=Trait.choices, read_only=True)
    told_on = serializers.DateField(read_only=True)
    unit = serializers.CharField(read_only=True, help_text="Empty: all of the organisation.")
    group = serializers.CharField(read_only=True)
    in_pools = serializers.IntegerField(read_only=True)
    declared_in_pools = serializers.IntegerField(read_only=True, help_text="Of all groups.")
    share = serializers.FloatField(read_only=True)
    workforce_share = serializers.FloatField(read_only=True)
    parity = serializers.FloatField(read_only=True, allow_null=True, help_text="1 where both are equal.")
    least = serializers.IntegerField(
        read_only=True, help_text="In pools by chance, 95 %; `most` is the other end."
    )
    most = serializers.IntegerField(read_only=True)
    verdict = serializers.ChoiceField(choices=[each.value for each in Verdict], read_only=True)
    blau = serializers.FloatField(read_only=True, help_text="Of the part: 0 where all are alike.")
    not_declared = serializers.FloatField(read_only=True, help_text="Share of the pools, 0 to 1.")


class RepresentationView(MemberAPIView):
    @extend_schema(
        operation_id="succession_representation",
        summary="Groups in the pools beside the workforce; empty where the organisation does not look",
        tags=TAGS,
        responses=RepresentationEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        demand(watches_succession(self.member), REPRESENTATION_IS_FOR)
        rule = rule_of_representation()
        told = told_representation() if rule and rule.is_on else []
        return Response(RepresentationEntry(list(entries_of(told)), many=True).data)


def entries_of(told: list[ToldTrait]) -> Iterator[dict[str, Any]]:
    for trait in told:
        for part in trait.parts:
            for name, group in part.groups:
                yield {
                    "trait": trait.trait,
                    "told_on": trait.telling.told_on,
                    "unit": part.unit,
                    "group": name,
                    "in_pools": group.number,
                    "declared_in_pools": part.in_pools,
                    "share": group.share,
                    "workforce_share": group.workforce_share,
                    "parity": group.parity,
                    "least": group.least,
                    "most": group.most,
                    "verdict": group.verdict.value,
                    "blau": part.figures.blau,
                    "not_declared": part.figures.not_declared_share,
                }
