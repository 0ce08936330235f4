"""A leader's clinic over the REST API: who looks after them, and the team."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.models import Person
from people.rest.answers import MOVED, colleague, done, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView
from sponsors.api import TAGS
from sponsors.api.entries import SponsorshipEntry, TeamSeatEntry
from sponsors.enums import Domain
from sponsors.permissions import TEAM_IS_CONVENED_BY, TEAM_IS_FOR, can_convene_team
from sponsors.queries.profiles import names_of_immediate_leaders
from sponsors.queries.sponsorships import running_sponsorship_of
from sponsors.queries.team import leader_with_clinic, team_of
from sponsors.seats import Seat
from sponsors.services.team import Call, convene_specialist, release_specialist


class OfLeader(MemberAPIView):
    """An endpoint of one leader's clinic; 404 for whoever has no seat in it."""

    def find(self, person_id: UUID) -> tuple[Person, Seat]:
        found = leader_with_clinic(self.member, person_id, on=timezone.localdate())
        if found is None:
            raise NotFound
        return found

    def context(self, seat: Seat) -> dict[str, Any]:
        """What an entry has to know of who reads it."""
        return {"member": self.member, "seat": seat}


class SeatEntry(serializers.Serializer[Seat]):
    """Where one stands in this clinic. `oversees`: sees that it runs, not what is said in it."""

    is_leader = serializers.BooleanField(read_only=True)
    is_sponsor = serializers.BooleanField(read_only=True)
    is_manager = serializers.BooleanField(read_only=True)
    oversees = serializers.BooleanField(read_only=True)
    domains = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=Domain.choices)))
    def get_domains(self, seat: Seat) -> list[str]:
        return sorted(seat.domains)


class ChartEntry(serializers.Serializer[Any]):
    """Who looks after a leader today. The team is empty for whoever only sees that the clinic runs."""

    leader = ColleagueEntry(read_only=True)
    unit = serializers.CharField(source="leader.unit.name", read_only=True)
    seat = SeatEntry(read_only=True)
    sponsorship = SponsorshipEntry(read_only=True, allow_null=True)
    managers = ColleagueEntry(many=True, read_only=True)
    team = TeamSeatEntry(many=True, read_only=True)


class ChartView(OfLeader):
    @extend_schema(
        operation_id="leaders_clinic",
        summary="Who looks after a leader",
        tags=TAGS,
        responses=ChartEntry,
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find(person_id)
        today = timezone.localdate()
        managers = names_of_immediate_leaders(leader.pk, on=today)
        told = {
            "leader": leader,
            "seat": seat,
            "sponsorship": running_sponsorship_of(leader.pk),
            "managers": [{"id": key, "name": name} for key, name in managers.items()],
            "team": [each for each in team_of(leader.pk) if each.holds_on(today)] if seat.is_in_team else [],
        }
        return Response(ChartEntry(told, context=self.context(seat)).data)


class CallBody(serializers.Serializer[Any]):
    specialist = serializers.UUIDField()
    domain = serializers.ChoiceField(choices=Domain.choices)
    need = words(300, help_text="What the leader needs them for; the two read it.")
    since = serializers.DateField()
    until = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="The first day without them; null for open."
    )


class TeamView(OfLeader):
    @extend_schema(
        operation_id="leaders_team",
        summary="The specialists of a leader, of now and of before",
        tags=TAGS,
        responses=TeamSeatEntry(many=True),
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find(person_id)
        demand(seat.is_in_team, TEAM_IS_FOR)
        return Response(TeamSeatEntry(team_of(leader.pk), many=True, context=self.context(seat)).data)

    @extend_schema(
        operation_id="convene_specialist",
        summary="Call a specialist into the team, as the sponsor",
        tags=TAGS,
        request=CallBody,
        responses={201: TeamSeatEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find(person_id)
        demand(can_convene_team(seat), TEAM_IS_CONVENED_BY)
        body = valid(CallBody(data=request.data))
        call = Call(
            colleague("specialist", body["specialist"]),
            Domain(body["domain"]),
            body["need"],
            since=body["since"],
            until=body["until"],
        )
        made = done(lambda: convene_specialist(leader, call, by=self.member))
        entry = TeamSeatEntry(made, context=self.context(seat))
        return Response(entry.data, status=status.HTTP_201_CREATED)


class ReleaseView(OfLeader):
    @extend_schema(
        operation_id="release_specialist",
        summary="Let a specialist go from today, as the sponsor",
        tags=TAGS,
        request=None,
        responses={204: None, **MOVED},
    )
    def post(self, request: Request, person_id: UUID, seat_id: UUID) -> Response:
        leader, seat = self.find(person_id)
        demand(can_convene_team(seat), TEAM_IS_CONVENED_BY)
        found = team_of(leader.pk).filter(pk=seat_id).first()
        if found is None:
            raise NotFound
        done(lambda: release_specialist(found, by=self.member))
        return Response(status=status.HTTP_204_NO_CONTENT)
