"""Reverse mentoring over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.models import ReverseMentoring
from mentoring.permissions import ALUMNI_IS_ORGANISED_BY, can_organise_alumni
from mentoring.queries.reverse import reverse_visible_to
from mentoring.services.reverse import arrange_reverse, end_reverse
from people.access import demand
from people.rest.answers import MOVED, colleague, done, valid, words_on_one_line
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView


class ReverseEntry(serializers.ModelSerializer[ReverseMentoring]):
    """A junior who mentors a senior about a topic."""

    junior = ColleagueEntry(read_only=True)
    senior = ColleagueEntry(read_only=True)

    class Meta:
        model = ReverseMentoring
        fields = ["id", "junior", "senior", "topic", "started_on", "ended_on"]


class NewReverse(serializers.Serializer[Any]):
    junior = serializers.UUIDField(help_text="Who mentors.")
    senior = serializers.UUIDField(help_text="Who is mentored.")
    topic = words_on_one_line(160)


class ReversePages(KeysetPages):
    ordering = ("-started_on", "id")


class ReverseMentoringsView(MemberListAPIView):
    serializer_class = ReverseEntry
    pagination_class = ReversePages

    def get_queryset(self) -> QuerySet[ReverseMentoring]:
        return reverse_visible_to(self.member)

    @extend_schema(
        operation_id="reverse_mentorings",
        summary="My reverse mentoring; everybody's for whoever arranges it",
        tags=TAGS,
    )
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="arrange_reverse_mentoring",
        summary="Have a junior mentor a senior, from today",
        description="For programme directors and HR admins. Both are told.",
        tags=TAGS,
        request=NewReverse,
        responses={201: ReverseEntry, **MOVED},
    )
    def post(self, request: Request) -> Response:
        demand(can_organise_alumni(self.member), ALUMNI_IS_ORGANISED_BY)
        body = valid(NewReverse(data=request.data))
        junior, senior = (colleague(side, body[side]) for side in ("junior", "senior"))
        made = done(lambda: arrange_reverse(junior, senior, topic=body["topic"], by=self.member))
        return Response(ReverseEntry(made).data, status=status.HTTP_201_CREATED)


class EndReverseView(MemberAPIView):
    @extend_schema(
        operation_id="end_reverse_mentoring",
        summary="End it today, as either side or as whoever arranges it",
        description="Ending it again changes nothing.",
        tags=TAGS,
        request=None,
        responses=ReverseEntry,
    )
    def post(self, request: Request, pair_id: UUID) -> Response:
        found = get_object_or_404(reverse_visible_to(self.member), pk=pair_id)
        end_reverse(found, by=self.member)
        return Response(ReverseEntry(reverse_visible_to(self.member).get(pk=found.pk)).data)
