"""The framework of competencies over the REST API: as it holds in a unit, and keeping it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.models import Unit
from people.rest.answers import MOVED, ONE_LINE, done, optional_words, valid, words, words_on_one_line
from people.rest.views import MemberAPIView
from sponsors.api import TAGS
from sponsors.enums import CompetencyGroup, OutsideFramework
from sponsors.models import Competency, CompetencyHeading
from sponsors.models.competencies import LEVELS
from sponsors.permissions import FRAMEWORK_IS_KEPT_BY, can_keep_framework
from sponsors.queries.competencies import competency_in, framework_for
from sponsors.services import competencies as services
from sponsors.services.competencies import Wording


class HeadingEntry(serializers.ModelSerializer[CompetencyHeading]):
    """Under which heading of another framework it falls: a name, no text of theirs."""

    framework = serializers.ChoiceField(choices=OutsideFramework.choices, read_only=True)

    class Meta:
        model = CompetencyHeading
        fields = ["framework", "heading"]


class CompetencyEntry(serializers.ModelSerializer[Competency]):
    """A competency as it holds there. `unit`: whose wording it is, none for the organisation's; `stands_for`:
    the one from above that it words differently. `anchors`: what one sees at each level, the lowest first."""

    group = serializers.ChoiceField(choices=CompetencyGroup.choices, read_only=True)
    unit = serializers.UUIDField(source="unit_id", read_only=True, allow_null=True)
    stands_for = serializers.UUIDField(source="stands_for_id", read_only=True, allow_null=True)
    headings = HeadingEntry(many=True, read_only=True)

    class Meta:
        model = Competency
        fields = [
            *("id", "unit", "stands_for", "group", "name", "sentence", "anchors", "headings", "retired_on")
        ]


class FrameworkQuestion(serializers.Serializer[Any]):
    unit = serializers.UUIDField(
        required=False, help_text="As it holds in this unit; else as it holds in the whole organisation."
    )


class HeadingBody(serializers.Serializer[Any]):
    framework = serializers.ChoiceField(choices=OutsideFramework.choices)
    heading = optional_words(80, ONE_LINE)


class CompetencyBody(serializers.Serializer[Any]):
    group = serializers.ChoiceField(choices=CompetencyGroup.choices)
    name = words_on_one_line(80)
    sentence = words(300, help_text="What somebody does who is good at it.")
    anchors = serializers.ListField(
        child=optional_words(300), min_length=len(LEVELS), max_length=len(LEVELS), help_text="One a level."
    )
    headings = HeadingBody(many=True, required=False, default=list)


class OfFramework(MemberAPIView):
    """An endpoint of the framework as it holds in the unit that is asked for; 404 for an unknown one."""

    def unit_asked_for(self) -> Unit | None:
        asked = valid(FrameworkQuestion(data=self.request.query_params))
        return get_object_or_404(Unit, pk=asked["unit"]) if "unit" in asked else None

    def find_to_keep(self, competency_id: UUID) -> tuple[Unit | None, Competency]:
        demand(can_keep_framework(self.member), FRAMEWORK_IS_KEPT_BY)
        unit = self.unit_asked_for()
        found = competency_in(unit, competency_id)
        if found is None:
            raise NotFound
        return unit, found


def wording_of(body: dict[str, Any]) -> Wording:
    return Wording(
        group=CompetencyGroup(body["group"]),
        name=body["name"],
        sentence=body["sentence"],
        anchors=tuple(body["anchors"]),
        headings={OutsideFramework(each["framework"]): each["heading"] for each in body["headings"]},
    )


class CompetenciesView(OfFramework):
    @extend_schema(
        operation_id="competencies",
        summary="What leaders here are developed towards, in reading order",
        description="Who keeps the framework sees what is retired, too.",
        tags=TAGS,
        parameters=[FrameworkQuestion],
        responses=CompetencyEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        found = framework_for(self.unit_asked_for(), with_retired=can_keep_framework(self.member))
        return Response(CompetencyEntry(found, many=True).data)

    @extend_schema(
        operation_id="add_competency",
        summary="Add a competency, for the organisation or for the unit that is asked for and below",
        tags=TAGS,
        parameters=[FrameworkQuestion],
        request=CompetencyBody,
        responses={201: CompetencyEntry, **MOVED},
    )
    def post(self, request: Request) -> Response:
        demand(can_keep_framework(self.member), FRAMEWORK_IS_KEPT_BY)
        unit, wording = self.unit_asked_for(), wording_of(valid(CompetencyBody(data=request.data)))
        made = done(lambda: services.add_competency(wording, unit=unit, by=self.member))
        return Response(CompetencyEntry(made).data, status=status.HTTP_201_CREATED)


class CompetencyView(OfFramework):
    @extend_schema(
        operation_id="change_competency",
        summary="Word a competency differently",
        description="In the unit that is asked for a wording of its own stands for one from above.",
        tags=TAGS,
        parameters=[FrameworkQuestion],
        request=CompetencyBody,
        responses={200: CompetencyEntry, **MOVED},
    )
    def put(self, request: Request, competency_id: UUID) -> Response:
        unit, found = self.find_to_keep(competency_id)
        wording = wording_of(valid(CompetencyBody(data=request.data)))
        after = done(lambda: services.change_competency(found, wording, unit=unit, by=self.member))
        return Response(CompetencyEntry(after).data)


class RetireCompetencyView(OfFramework):
    @extend_schema(
        operation_id="retire_competency",
        summary="Use a competency no more, in the organisation or in the unit that is asked for",
        tags=TAGS,
        parameters=[FrameworkQuestion],
        request=None,
        responses={200: CompetencyEntry, **MOVED},
    )
    def post(self, request: Request, competency_id: UUID) -> Response:
        unit, found = self.find_to_keep(competency_id)
        today = timezone.localdate()
        after = done(lambda: services.retire_competency(found, unit=unit, on=today, by=self.member))
        return Response(CompetencyEntry(after).data)


class RestoreCompetencyView(OfFramework):
    @extend_schema(
        operation_id="restore_competency",
        summary="Bring a competency back where it was retired",
        tags=TAGS,
        parameters=[FrameworkQuestion],
        request=None,
        responses={200: CompetencyEntry, **MOVED},
    )
    def post(self, request: Request, competency_id: UUID) -> Response:
        _unit, found = self.find_to_keep(competency_id)
        after = done(lambda: services.restore_competency(found, by=self.member))
        return Response(CompetencyEntry(after).data)
