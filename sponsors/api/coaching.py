"""Coaching over the REST API: a coach's places, and the sessions of coach and leader."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.enums import MeetingFormat
from mentoring.models.sessions import LONGEST, SHORTEST
from people.access import demand
from people.models import Person
from people.rest.answers import MOVED, colleague, done, optional_words, valid
from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView
from sponsors.api import TAGS
from sponsors.api.charts import OfLeader
from sponsors.enums import SessionState
from sponsors.flags import Flag, own_flag
from sponsors.models import CoachingSession, CoachProfile
from sponsors.models.profiles import MOST_PLACES
from sponsors.permissions import (
    COACHING_IS_FOR,
    SESSIONS_ARE_PLANNED_BY,
    can_keep_session,
    can_plan_sessions,
    can_read_coaching,
)
from sponsors.queries.coaching import (
    coach_profile_of,
    leaders_coached_by,
    session_of_the_two,
    sessions_of,
)
from sponsors.queries.team import leader_with_clinic
from sponsors.services.coaching import (
    Meeting,
    cancel_session,
    change_session,
    plan_session,
    record_session,
    save_coach_profile,
)

MOST = 200


class CoachEntry(serializers.ModelSerializer[CoachProfile]):
    """What one said of oneself as a coach, and how many leaders one coaches today."""

    coached = serializers.SerializerMethodField()

    class Meta:
        model = CoachProfile
        fields = ["places", "approach", "coached"]

    def get_coached(self, profile: CoachProfile) -> int:
        return leaders_coached_by(profile.person_id, on=timezone.localdate()).count()


class CoachBody(serializers.Serializer[Any]):
    places = serializers.IntegerField(
        min_value=0, max_value=MOST_PLACES, help_text="How many leaders at a time; 0 for nobody new."
    )
    approach = optional_words(300, help_text="What leaders can expect; sponsors read it.")


class CoachView(MemberAPIView):
    @extend_schema(
        operation_id="my_coaching", summary="My places as a coach", tags=TAGS, responses=CoachEntry
    )
    def get(self, request: Request) -> Response:
        return Response(CoachEntry(coach_profile_of(self.member.person_id)).data)

    @extend_schema(
        operation_id="save_my_coaching",
        summary="Say how many leaders I coach at a time",
        description="Whom one coaches already stays, also where it is more.",
        tags=TAGS,
        request=CoachBody,
        responses={200: CoachEntry, **MOVED},
    )
    def put(self, request: Request) -> Response:
        body = valid(CoachBody(data=request.data))
        saved = done(lambda: save_coach_profile(body["places"], body["approach"], by=self.member))
        return Response(CoachEntry(saved).data)


class CoachingSessionEntry(serializers.ModelSerializer[CoachingSession]):
    """When coach and leader meet. Agenda and flag are the two's: null for the team. The context names the
    `member` who reads."""

    coach = ColleagueEntry(read_only=True)
    state = serializers.ChoiceField(choices=SessionState.choices, read_only=True)
    format = serializers.ChoiceField(choices=MeetingFormat.choices, read_only=True)
    action = serializers.UUIDField(
        source="action_id", read_only=True, allow_null=True, help_text="Towards whose dose it counts."
    )
    agenda = serializers.CharField(read_only=True, allow_null=True)
    flag = serializers.UUIDField(
        read_only=True, allow_null=True, help_text="The coaching task of a low score that asked for it."
    )

    class Meta:
        model = CoachingSession
        fields = ["id", "coach", "state", "starts_at", "minutes", "format", "action", "agenda", "flag"]

    def to_representation(self, instance: CoachingSession) -> dict[str, Any]:
        told: dict[str, Any] = super().to_representation(instance)
        member = self.context["member"]
        if not can_keep_session(member, instance):
            told |= {"agenda": None}
        if member.person_id != instance.coach_id:
            told |= {"flag": None}
        return told


class CoachingMeeting(serializers.Serializer[Any]):
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(min_value=SHORTEST, max_value=LONGEST, default=60)
    format = serializers.ChoiceField(choices=MeetingFormat.choices)
    agenda = optional_words(2000, help_text="The two read and write it; nobody else does.")
    action = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="A coaching action of the regimen."
    )


class CoachingPlan(CoachingMeeting):
    coach = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="The leader says who; a coach is it oneself."
    )
    flag = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="A coaching task that is yours."
    )


def meeting_of(body: dict[str, Any]) -> Meeting:
    return Meeting(
        body["starts_at"], body["minutes"], MeetingFormat(body["format"]), body["agenda"], body["action"]
    )


class CoachingSessionsView(OfLeader):
    @extend_schema(
        operation_id="coaching_sessions",
        summary="Coaching sessions of a leader, the latest 200",
        description="For the leader, the coach, the sponsor and the immediate leader.",
        tags=TAGS,
        responses=CoachingSessionEntry(many=True),
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find(person_id)
        demand(can_read_coaching(seat), COACHING_IS_FOR)
        rows = sessions_of(leader.pk)[:MOST]
        return Response(CoachingSessionEntry(rows, many=True, context=self.context(seat)).data)

    @extend_schema(
        operation_id="plan_coaching_session",
        summary="Plan a coaching session, or write down one that was held",
        description="The leader, a coach of the team, or whoever has a coaching task of the leader.",
        tags=TAGS,
        request=CoachingPlan,
        responses={201: CoachingSessionEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        body = valid(CoachingPlan(data=request.data))
        flag = own_flag(self.member, person_id, body["flag"])
        leader = self.find_coached(person_id, flag)
        coach = colleague("coach", body["coach"] or self.member.person_id)
        made = done(
            lambda: plan_session(
                leader,
                meeting_of(body),
                coach=coach,
                flag_id=flag.id if flag else None,
                by=self.member,
            ),
            day="starts_at",
        )
        entry = CoachingSessionEntry(made, context={"member": self.member})
        return Response(entry.data, status=status.HTTP_201_CREATED)

    def find_coached(self, person_id: UUID, flag: Flag | None) -> Person:
        """With a seat, or for an own flag; 404 for whoever has neither."""
        found = leader_with_clinic(self.member, person_id, on=timezone.localdate())
        if flag is not None:
            return found[0] if found else Person.objects.get(pk=person_id)
        if found is None:
            raise NotFound
        leader, seat = found
        demand(can_plan_sessions(seat), SESSIONS_ARE_PLANNED_BY)
        return leader


class OfCoachingSession(MemberAPIView):
    """An endpoint of one session, for the two who meet; 404 for everybody else."""

    def find_session(self, person_id: UUID, session_id: UUID) -> CoachingSession:
        found = session_of_the_two(self.member.person_id, person_id, session_id)
        if found is None:
            raise NotFound
        return found

    def shown(self, session: CoachingSession) -> Response:
        return Response(CoachingSessionEntry(session, context={"member": self.member}).data)


class CoachingSessionView(OfCoachingSession):
    @extend_schema(
        operation_id="coaching_session",
        summary="One coaching session, for the two who meet",
        tags=TAGS,
        responses=CoachingSessionEntry,
    )
    def get(self, request: Request, person_id: UUID, session_id: UUID) -> Response:
        return self.shown(self.find_session(person_id, session_id))

    @extend_schema(
        operation_id="change_coaching_session",
        summary="Move a coaching session or change its agenda",
        description="The other one is told when the time changed.",
        tags=TAGS,
        request=CoachingMeeting,
        responses={200: CoachingSessionEntry, **MOVED},
    )
    def put(self, request: Request, person_id: UUID, session_id: UUID) -> Response:
        found, body = self.find_session(person_id, session_id), valid(CoachingMeeting(data=request.data))
        changed = done(lambda: change_session(found, meeting_of(body), by=self.member), day="starts_at")
        return self.shown(changed)


class CancelCoachingView(OfCoachingSession):
    @extend_schema(
        operation_id="cancel_coaching_session",
        summary="Cancel a coaching session; the other one is told, and calendars strike it out",
        tags=TAGS,
        request=None,
        responses={200: CoachingSessionEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, session_id: UUID) -> Response:
        found = self.find_session(person_id, session_id)
        return self.shown(done(lambda: cancel_session(found, by=self.member)))


class CoachingOutcome(serializers.Serializer[Any]):
    state = serializers.ChoiceField(
        choices=[(each.value, each.label) for each in (SessionState.HELD, SessionState.MISSED)]
    )


class RecordCoachingView(OfCoachingSession):
    @extend_schema(
        operation_id="record_coaching_session",
        summary="Say whether a coaching session was held or missed",
        tags=TAGS,
        request=CoachingOutcome,
        responses={200: CoachingSessionEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, session_id: UUID) -> Response:
        found, body = self.find_session(person_id, session_id), valid(CoachingOutcome(data=request.data))
        return self.shown(done(lambda: record_session(found, SessionState(body["state"]), by=self.member)))
