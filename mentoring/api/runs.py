"""The match studio over the REST API: asking for a matching, its progress and figures, publishing, export."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.api.run_entries import RunDetail, RunEntry
from mentoring.enums import Tier
from mentoring.models import MatchRun
from mentoring.models.profiles import MOST_PLACES
from mentoring.permissions import MATCHING_IS_RUN_BY, can_run_matching
from mentoring.queries.rule import rule_in_force
from mentoring.queries.runs import FINISHED, cohorts_directed_by, run_visible_to, runs_visible_to
from mentoring.run_export import export_of
from mentoring.services.publishing import publish_run
from mentoring.services.rule import rule_of
from mentoring.services.runs import PERCENT, request_match, trial_of
from people.access import demand
from people.models import Cohort
from people.rest.answers import MOVED, RefusedValues, colleagues, done, optional_words, valid
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView

MOST_TRIED = 100  # places of single mentors in one run


class TriedPlaces(serializers.Serializer[Any]):
    mentor = serializers.UUIDField()
    tier = serializers.ChoiceField(choices=Tier.choices)
    places = serializers.IntegerField(min_value=0, max_value=MOST_PLACES)


def share(words: str) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=100, required=False, help_text=words)


class NewRun(serializers.Serializer[Any]):
    """Shares in whole percent. What is left out is as in the rule in force; the three weights sum to 100."""

    cohort = serializers.UUIDField()
    tiers = serializers.ListField(child=serializers.ChoiceField(choices=Tier.choices), min_length=1)
    interest = share("Weight of interests.")
    availability = share("Weight of availability.")
    past_success = share("Weight of past success.")
    stickiness = share("Bonus of a running pair; 0 matches as if nobody had a mentor.")
    floor = share("Pairs that score below it are not proposed; 0 unless stated.")
    places = serializers.ListField(child=TriedPlaces(), max_length=MOST_TRIED, default=list)
    note = optional_words(200)


class CohortEntry(serializers.ModelSerializer[Cohort]):
    programme = serializers.CharField(source="programme.name", read_only=True)

    class Meta:
        model = Cohort
        fields = ["id", "name", "programme"]


class CohortsView(MemberAPIView):
    @extend_schema(
        operation_id="cohorts_to_match",
        summary="The cohorts that I may match",
        tags=TAGS,
        responses=CohortEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        demand(can_run_matching(self.member), MATCHING_IS_RUN_BY)
        return Response(CohortEntry(cohorts_directed_by(self.member), many=True).data)


class RunPages(KeysetPages):
    ordering = ("-requested_at", "id")


class RunsView(MemberListAPIView):
    serializer_class = RunEntry
    pagination_class = RunPages

    def get_queryset(self) -> QuerySet[MatchRun]:
        return runs_visible_to(self.member)

    @extend_schema(operation_id="matchings", summary="Matchings of the cohorts I direct", tags=TAGS)
    def get(self, request: Request) -> Response:
        demand(can_run_matching(self.member), MATCHING_IS_RUN_BY)
        return self.list(request)

    @extend_schema(
        operation_id="ask_for_matching",
        summary="Have a cohort matched; nobody hears of it before it is published",
        description="Locks and exclusions of the cohort hold in every matching.",
        tags=TAGS,
        request=NewRun,
        responses={201: RunEntry, **MOVED},
    )
    def post(self, request: Request) -> Response:
        demand(can_run_matching(self.member), MATCHING_IS_RUN_BY)
        body = valid(NewRun(data=request.data))
        cohort = cohorts_directed_by(self.member).filter(pk=body["cohort"]).first()
        if cohort is None:
            raise RefusedValues({"cohort": [_("You direct no such cohort.")]})
        in_force = {"floor": 0, **asdict(rule_of(rule_in_force()))}
        trial = trial_of(
            {name: body.get(name, in_force[name]) for name in PERCENT},
            tiers=[Tier(tier) for tier in body["tiers"]],
            places=_tried(body["places"]),
            note=body["note"],
        )
        run = done(lambda: request_match(cohort, trial, by=self.member))
        return Response(RunEntry(run).data, status=status.HTTP_201_CREATED)


def _tried(rows: list[dict[str, Any]]) -> dict[UUID, dict[Tier, int]]:
    """Places by mentor and tier; 422 for somebody who does not work here."""
    colleagues("places", [row["mentor"] for row in rows])
    places: dict[UUID, dict[Tier, int]] = {}
    for row in rows:
        places.setdefault(row["mentor"], {})[Tier(row["tier"])] = row["places"]
    return places


class OfRun(MemberAPIView):
    """An endpoint of one matching; 403 for whoever directs no cohort, 404 for another cohort's."""

    def find(self, run_id: UUID) -> MatchRun:
        demand(can_run_matching(self.member), MATCHING_IS_RUN_BY)
        found = run_visible_to(self.member, run_id)
        if found is None:
            raise NotFound
        return found

    def find_finished(self, run_id: UUID) -> MatchRun:
        found = self.find(run_id)
        if found.state not in FINISHED:
            raise NotFound(_("This matching has no result."))
        return found


class RunView(OfRun):
    @extend_schema(
        operation_id="matching",
        summary="A matching with its progress and figures",
        tags=TAGS,
        responses=RunDetail,
    )
    def get(self, request: Request, run_id: UUID) -> Response:
        return Response(RunDetail(self.find(run_id)).data)


class Publish(serializers.Serializer[Any]):
    pairs = serializers.ListField(
        child=serializers.UUIDField(),
        allow_null=True,
        help_text="Which pairs; null for all that are still proposed.",
    )


class PublicationEntry(serializers.Serializer[Any]):
    """What publishing did. Pairs that something stands in the way of by now are held back and say what."""

    offered = serializers.IntegerField(read_only=True)
    kept = serializers.IntegerField(read_only=True)
    replaced = serializers.IntegerField(read_only=True)
    withheld = serializers.IntegerField(read_only=True)


class PublishView(OfRun):
    @extend_schema(
        operation_id="publish_matching",
        summary="Offer the pairs of a matching to their mentors, all or some",
        tags=TAGS,
        request=Publish,
        responses={200: PublicationEntry, **MOVED},
    )
    def post(self, request: Request, run_id: UUID) -> Response:
        found, body = self.find(run_id), valid(Publish(data=request.data))
        published = done(lambda: publish_run(found, chosen=body["pairs"], by=self.member))
        return Response(PublicationEntry(published).data)


class ExportView(OfRun):
    @extend_schema(
        operation_id="matching_export",
        summary="All that a matching depended on and what came out, by keys, to compute it again",
        tags=TAGS,
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request, run_id: UUID) -> Response:
        return Response(export_of(self.find_finished(run_id)))
