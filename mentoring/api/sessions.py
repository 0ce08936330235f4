"""Sessions of a mentorship over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api.answers import MOVED, TAGS, done, valid
from mentoring.api.mentorships import OfMentorship
from mentoring.enums import MeetingFormat
from mentoring.models import Mentorship, Session
from mentoring.models.sessions import LONGEST, SHORTEST
from mentoring.permissions import can_keep_sessions
from mentoring.services.sessions import Meeting, plan_session
from mentoring.session_queries import sessions_of


class SessionEntry(serializers.ModelSerializer[Session]):
    format = serializers.ChoiceField(choices=MeetingFormat.choices, read_only=True)
    agenda = serializers.SerializerMethodField(help_text="Null for whoever is neither of the two.")

    class Meta:
        model = Session
        fields = ["id", "starts_at", "minutes", "format", "agenda", "cancelled_at"]

    def get_agenda(self, session: Session) -> str | None:
        return session.agenda if self.context["keeps"] else None


class SessionPlan(serializers.Serializer[Any]):
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(min_value=SHORTEST, max_value=LONGEST, default=60)
    format = serializers.ChoiceField(choices=MeetingFormat.choices)
    agenda = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class SessionsView(OfMentorship):
    MOST = 200

    @extend_schema(
        operation_id="mentoring_sessions",
        summary="Sessions of a mentorship, the latest 200",
        tags=TAGS,
        responses=SessionEntry(many=True),
    )
    def get(self, request: Request, mentorship_id: UUID) -> Response:
        found = self.find(mentorship_id)
        rows = sessions_of(found.pk)[: self.MOST]
        return Response(SessionEntry(rows, many=True, context=self.context(found)).data)

    @extend_schema(
        operation_id="plan_mentoring_session",
        summary="Plan a session, or write down one that was held",
        tags=TAGS,
        request=SessionPlan,
        responses={201: SessionEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID) -> Response:
        found, body = self.find(mentorship_id), valid(SessionPlan(data=request.data))
        meeting = Meeting(body["starts_at"], body["minutes"], MeetingFormat(body["format"]), body["agenda"])
        made = done(lambda: plan_session(found, meeting, by=self.member))
        return Response(SessionEntry(made, context=self.context(found)).data, status=status.HTTP_201_CREATED)

    def context(self, found: Mentorship) -> dict[str, bool]:
        return {"keeps": can_keep_sessions(self.member, found)}
