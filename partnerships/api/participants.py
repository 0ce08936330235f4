"""Who takes part in a partnership programme over the REST API: coached, released, and who was there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.api.phases import OfPhase
from partnerships.api.programmes import OfProgramme, ParticipantEntry
from partnerships.models import ProgrammeCoaching, ProgrammeParticipant
from partnerships.permissions import PROGRAMME_IS_RUN_BY, can_run_programme
from partnerships.queries.attendance import attendance_shown_to, counted_phases, lines_of, marks_of
from partnerships.queries.phases import coaching_of
from partnerships.queries.programmes import participant_shown_to
from partnerships.services.coaching import log_coaching, name_coach, strike_coaching
from partnerships.services.programmes import release_participant
from people.access import demand
from people.rest.answers import MOVED, colleague, done, valid
from people.rest.entries import ColleagueEntry


class ProgrammeSessionEntry(serializers.ModelSerializer[ProgrammeCoaching]):
    """The day alone: what was said stays between the two."""

    class Meta:
        model = ProgrammeCoaching
        fields = ["id", "held_on"]


class MarkEntry(serializers.Serializer[Any]):
    """A phase at which presence counts, and whether somebody was there."""

    phase = serializers.UUIDField(source="phase.pk")
    title = serializers.CharField(source="phase.title")
    present = serializers.BooleanField(
        allow_null=True, help_text="Null where it is to come or they were not expected."
    )


class ParticipantDetail(ParticipantEntry):
    """As on the page of a participant: with their coaching, and what they were at."""

    coach = ColleagueEntry(read_only=True, allow_null=True)
    sessions = serializers.SerializerMethodField(help_text="Of coaching, the newest first.")
    attendance = serializers.SerializerMethodField()

    class Meta(ParticipantEntry.Meta):
        fields = [*ParticipantEntry.Meta.fields, "coach", "sessions", "attendance"]

    @extend_schema_field(ProgrammeSessionEntry(many=True))
    def get_sessions(self, participant: ProgrammeParticipant) -> Any:
        return ProgrammeSessionEntry(coaching_of(participant), many=True).data

    @extend_schema_field(MarkEntry(many=True))
    def get_attendance(self, participant: ProgrammeParticipant) -> Any:
        return MarkEntry(marks_of(participant), many=True).data


class OfParticipant(OfProgramme):
    """An endpoint of one participant, which is no matter of the others."""

    def find_participant(self, programme_id: UUID, participant_id: UUID) -> ProgrammeParticipant:
        found = participant_shown_to(self.member, self.find(programme_id), participant_id)
        if found is None:
            raise NotFound
        return found

    def find_participant_to_run(self, programme_id: UUID, participant_id: UUID) -> ProgrammeParticipant:
        found = self.find_participant(programme_id, participant_id)
        demand(can_run_programme(self.member, found.programme), PROGRAMME_IS_RUN_BY)
        return found


class ParticipantView(OfParticipant):
    @extend_schema(
        operation_id="programme_participant",
        summary="My part in a programme: coaching, and what I was at",
        description="Anybody’s for whoever runs the programme.",
        tags=TAGS,
        responses=ParticipantDetail,
    )
    def get(self, request: Request, programme_id: UUID, participant_id: UUID) -> Response:
        return Response(ParticipantDetail(self.find_participant(programme_id, participant_id)).data)


class ProgrammeCoachBody(serializers.Serializer[Any]):
    coach = serializers.UUIDField()


class CoachView(OfParticipant):
    @extend_schema(
        operation_id="name_programme_coach",
        summary="Name who coaches a participant, who is told",
        description="For whoever leads the programme, HR admins and executives.",
        tags=TAGS,
        request=ProgrammeCoachBody,
        responses={200: ParticipantDetail, **MOVED},
    )
    def put(self, request: Request, programme_id: UUID, participant_id: UUID) -> Response:
        found = self.find_participant_to_run(programme_id, participant_id)
        coach = colleague("coach", valid(ProgrammeCoachBody(data=request.data))["coach"])
        return Response(ParticipantDetail(done(lambda: name_coach(found, coach, by=self.member))).data)


class ProgrammeSessionBody(serializers.Serializer[Any]):
    held_on = serializers.DateField(help_text="From the first day of the programme until today.")


class SessionsView(OfParticipant):
    @extend_schema(
        operation_id="log_programme_coaching",
        summary="Log a session of coaching, without a word of what was said",
        description="For whoever was coached, and whoever runs the programme.",
        tags=TAGS,
        request=ProgrammeSessionBody,
        responses={201: ProgrammeSessionEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, participant_id: UUID) -> Response:
        found = self.find_participant(programme_id, participant_id)
        body = valid(ProgrammeSessionBody(data=request.data))
        made = done(lambda: log_coaching(found, **body, by=self.member))
        return Response(ProgrammeSessionEntry(made).data, status=status.HTTP_201_CREATED)


class SessionView(OfParticipant):
    @extend_schema(
        operation_id="strike_programme_coaching",
        summary="Take away a session that was logged by mistake",
        tags=TAGS,
        responses={204: None, **MOVED},
    )
    def delete(
        self, request: Request, programme_id: UUID, participant_id: UUID, session_id: UUID
    ) -> Response:
        found = self.find_participant(programme_id, participant_id)
        session = get_object_or_404(coaching_of(found), pk=session_id)
        done(lambda: strike_coaching(session, by=self.member))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ReleaseView(OfParticipant):
    @extend_schema(
        operation_id="release_programme_participant",
        summary="Go on without a participant from today; what they took part in stays",
        description="For whoever leads the programme, HR admins and executives. One sponsor remains.",
        tags=TAGS,
        request=None,
        responses={200: ParticipantEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, participant_id: UUID) -> Response:
        found = self.find_participant_to_run(programme_id, participant_id)
        return Response(ParticipantEntry(done(lambda: release_participant(found, by=self.member))).data)


class AttendanceLineEntry(serializers.Serializer[Any]):
    participant = serializers.UUIDField(source="participant.pk")
    person = ColleagueEntry(source="participant.person")
    left_on = serializers.DateField(source="participant.left_on", allow_null=True)
    sessions = serializers.IntegerField(source="record.sessions", help_text="Of coaching.")
    last_session = serializers.DateField(source="record.last_session", allow_null=True)
    attendance = MarkEntry(source="marks", many=True)


class AttendanceView(OfProgramme):
    @extend_schema(
        operation_id="programme_attendance",
        summary="Who was at what in a programme, and who has been coached",
        description="For whoever leads the programme, HR admins and executives.",
        tags=TAGS,
        responses=AttendanceLineEntry(many=True),
    )
    def get(self, request: Request, programme_id: UUID) -> Response:
        found = self.find_to_run(programme_id)
        held = [each for each in counted_phases(found) if not each.is_open]
        return Response(AttendanceLineEntry(lines_of(found, held), many=True).data)


class PresenceEntry(serializers.Serializer[Any]):
    participant = serializers.UUIDField(source="participant.pk")
    person = ColleagueEntry(source="participant.person")
    present = serializers.BooleanField()


class PhaseAttendanceEntry(serializers.Serializer[Any]):
    there = serializers.IntegerField()
    expected = serializers.IntegerField()
    people = PresenceEntry(many=True, help_text="Your own alone, unless you see to this phase.")


class PhaseAttendanceView(OfPhase):
    @extend_schema(
        operation_id="programme_phase_attendance",
        summary="How many were at a phase; by name for whoever sees to it",
        tags=TAGS,
        responses=PhaseAttendanceEntry,
    )
    def get(self, request: Request, programme_id: UUID, phase_id: UUID) -> Response:
        programme = self.find(programme_id)
        shown = attendance_shown_to(self.member, programme, self.find_phase(programme, phase_id))
        return Response(PhaseAttendanceEntry(shown).data)
