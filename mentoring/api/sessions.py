"""Sessions of a mentorship over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.api.mentorships import OfMentorship
from mentoring.enums import MeetingFormat
from mentoring.models import Mentorship, Session
from mentoring.models.sessions import LONGEST, SHORTEST
from mentoring.permissions import can_keep_sessions
from mentoring.queries.sessions import sessions_of
from mentoring.services.sessions import Meeting, cancel_session, change_session, plan_session
from people.rest.answers import MOVED, done, optional_words, valid


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
    agenda = optional_words(2000)

    def meeting(self) -> Meeting:
        """Once it is valid."""
        values = self.validated_data
        return Meeting(
            values["starts_at"], values["minutes"], MeetingFormat(values["format"]), values["agenda"]
        )


class WithSessions(OfMentorship):
    def context(self, found: Mentorship) -> dict[str, bool]:
        """The agenda is for the two who meet."""
        return {"keeps": can_keep_sessions(self.member, found)}


class SessionsView(WithSessions):
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
        found, body = self.find(mentorship_id), SessionPlan(data=request.data)
        valid(body)
        made = done(lambda: plan_session(found, body.meeting(), by=self.member), day="starts_at")
        return Response(SessionEntry(made, context=self.context(found)).data, status=status.HTTP_201_CREATED)


class OfSession(WithSessions):
    """An endpoint of one session of a mentorship that the member may see; 404 for every other."""

    def find_session(self, mentorship_id: UUID, session_id: UUID) -> tuple[Mentorship, Session]:
        found = self.find(mentorship_id)
        session = sessions_of(found.pk).filter(pk=session_id).first()
        if session is None:
            raise NotFound
        return found, session


class SessionView(OfSession):
    @extend_schema(operation_id="mentoring_session", summary="One session", tags=TAGS, responses=SessionEntry)
    def get(self, request: Request, mentorship_id: UUID, session_id: UUID) -> Response:
        found, session = self.find_session(mentorship_id, session_id)
        return Response(SessionEntry(session, context=self.context(found)).data)

    @extend_schema(
        operation_id="change_mentoring_session",
        summary="Move a session or change its agenda",
        description="The other side is told when the time changed.",
        tags=TAGS,
        request=SessionPlan,
        responses={200: SessionEntry, **MOVED},
    )
    def put(self, request: Request, mentorship_id: UUID, session_id: UUID) -> Response:
        found, session = self.find_session(mentorship_id, session_id)
        body = SessionPlan(data=request.data)
        valid(body)
        changed = done(lambda: change_session(session, body.meeting(), by=self.member), day="starts_at")
        return Response(SessionEntry(changed, context=self.context(found)).data)


class CancelSessionView(OfSession):
    @extend_schema(
        operation_id="cancel_mentoring_session",
        summary="Cancel a session; the other side is told, and calendars strike it out",
        tags=TAGS,
        request=None,
        responses={200: SessionEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID, session_id: UUID) -> Response:
        found, session = self.find_session(mentorship_id, session_id)
        cancelled = done(lambda: cancel_session(session, by=self.member))
        return Response(SessionEntry(cancelled, context=self.context(found)).data)
