"""A leader's regimen over the REST API: as it is planned, publishing it, and its versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.models import Person
from people.rest.answers import MOVED, done, valid, words
from people.rest.pagination import KeysetPages
from people.rest.views import MemberListAPIView
from sponsors.api import TAGS
from sponsors.api.charts import OfLeader
from sponsors.api.plan_entries import (
    CAUTIONS,
    ActionEntry,
    GoalEntry,
    ItemChangeEntry,
    PlannedActionEntry,
    PlannedGoalEntry,
    VersionEntry,
    change_entries,
)
from sponsors.models import RegimenVersion
from sponsors.permissions import REGIMEN_IS_FOR, REGIMEN_IS_PUBLISHED_BY, can_publish_regimen
from sponsors.plan.cautions import cautions_of
from sponsors.plan.diff import changes_between as changes_of_plans
from sponsors.queries.regimens import (
    actions_shown_to,
    changes_between,
    changes_since,
    goals_of,
    plan_behind,
    plan_of,
    plan_shown_to,
    version_in_force,
    version_with_last,
    versions_of,
)
from sponsors.seats import Seat
from sponsors.services.regimens import acknowledge_version, publish_regimen


class OfRegimen(OfLeader):
    """An endpoint of a regimen; 403 for whoever only sees that the clinic runs."""

    def find_regimen(self, person_id: UUID) -> tuple[Person, Seat]:
        leader, seat = self.find(person_id)
        demand(seat.is_in_team, REGIMEN_IS_FOR)
        return leader, seat


class RegimenEntry(serializers.Serializer[Any]):
    """The plan as I may read it, the version in force, and what the next one would change. Cautions are for
    those who read all of it."""

    version = VersionEntry(read_only=True, allow_null=True)
    goals = GoalEntry(many=True, read_only=True)
    actions = ActionEntry(many=True, read_only=True)
    cautions = CAUTIONS
    not_published = ItemChangeEntry(many=True, read_only=True)


class RegimenView(OfRegimen):
    @extend_schema(
        operation_id="regimen", summary="The regimen of a leader", tags=TAGS, responses=RegimenEntry
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find_regimen(person_id)
        goals, actions = list(goals_of(leader.pk)), list(actions_shown_to(seat))
        version, plan = version_in_force(leader.pk), plan_of(goals, actions)
        over = {str(each.pk) for each in actions if each.is_over}
        changes = changes_of_plans(plan_shown_to(seat, plan_behind(version)), plan)
        shown = {
            "version": VersionEntry(version, context=self.context(seat)).data if version else None,
            "goals": GoalEntry(goals, many=True).data,
            "actions": ActionEntry(actions, many=True).data,
            "cautions": cautions_of(plan, over=over, on=timezone.localdate())
            if seat.reads_all_domains
            else [],
            "not_published": change_entries(changes, changes_since(seat, version) if changes else []),
        }
        return Response(shown)


class Publication(serializers.Serializer[Any]):
    reason = words(300, help_text="The leader reads it first.")
    after = serializers.IntegerField(help_text="The number of the version that you saw; 0 for none.")


class PublishView(OfRegimen):
    @extend_schema(
        operation_id="publish_regimen",
        summary="Put the plan in force as the next version",
        tags=TAGS,
        request=Publication,
        responses={201: VersionEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find_regimen(person_id)
        demand(can_publish_regimen(seat), REGIMEN_IS_PUBLISHED_BY)
        body = valid(Publication(data=request.data))
        made = done(
            lambda: publish_regimen(leader, reason=body["reason"], after=body["after"], by=self.member)
        )
        return Response(VersionEntry(made, context=self.context(seat)).data, status=status.HTTP_201_CREATED)


class VersionPages(KeysetPages):
    ordering = ("-number",)


class VersionsView(OfRegimen, MemberListAPIView):
    serializer_class = VersionEntry
    pagination_class = VersionPages

    seat: Seat

    def get_queryset(self) -> QuerySet[RegimenVersion]:
        leader, self.seat = self.find_regimen(self.kwargs["person_id"])
        return versions_of(leader.pk).defer("content")

    def get_serializer_context(self) -> dict[str, Any]:
        return self.context(self.seat)

    @extend_schema(operation_id="regimen_versions", summary="Every version that was published", tags=TAGS)
    def get(self, request: Request, person_id: UUID) -> Response:
        return self.list(request)


class VersionDetail(VersionEntry):
    """What a version said, as I may read it, and what it changed in the one before."""

    goals = PlannedGoalEntry(many=True, read_only=True)
    actions = PlannedActionEntry(many=True, read_only=True)
    changes = ItemChangeEntry(many=True, read_only=True)

    class Meta(VersionEntry.Meta):
        fields = [*VersionEntry.Meta.fields, "goals", "actions", "changes"]


class VersionView(OfRegimen):
    @extend_schema(
        operation_id="regimen_version",
        summary="One version, and its difference to the one before",
        tags=TAGS,
        responses=VersionDetail,
    )
    def get(self, request: Request, person_id: UUID, number: int) -> Response:
        leader, seat = self.find_regimen(person_id)
        this, last = version_with_last(leader.pk, number)
        if this is None:
            raise NotFound
        before, after = (plan_shown_to(seat, plan_behind(each)) for each in (last, this))
        changes = changes_of_plans(before, after)
        return Response(
            {
                **VersionEntry(this, context=self.context(seat)).data,
                "goals": PlannedGoalEntry(after.goals, many=True).data,
                "actions": PlannedActionEntry(after.actions, many=True).data,
                "changes": change_entries(changes, changes_between(seat, last, this)),
            }
        )


class AcknowledgeView(OfRegimen):
    @extend_schema(
        operation_id="acknowledge_regimen_version",
        summary="Say that I have read a version, as the leader",
        tags=TAGS,
        request=None,
        responses={200: VersionEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, number: int) -> Response:
        leader, seat = self.find_regimen(person_id)
        found, _last = version_with_last(leader.pk, number)
        if found is None:
            raise NotFound
        done(lambda: acknowledge_version(found, by=self.member))
        read = versions_of(leader.pk).get(pk=found.pk)
        return Response(VersionEntry(read, context=self.context(seat)).data)
