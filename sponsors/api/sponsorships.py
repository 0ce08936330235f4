"""Sponsorships over the REST API: one's own clinic, asking a sponsor, and each step to the end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.rest.answers import MOVED, colleague, done, optional_words, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView
from sponsors.api import TAGS
from sponsors.api.entries import SponsorshipEntry
from sponsors.enums import ENDINGS, OBSTACLES, Domain, OverCause
from sponsors.models import Sponsorship, TeamSeat
from sponsors.queries.sponsorships import clinic_of, sponsorship_visible_to
from sponsors.queries.team import seats_held_by
from sponsors.services import sponsorships as services


class HeldSeat(serializers.ModelSerializer[TeamSeat]):
    """Where one is a specialist oneself."""

    leader = ColleagueEntry(read_only=True)
    domain = serializers.ChoiceField(choices=Domain.choices, read_only=True)
    start_date = serializers.DateField(read_only=True)
    end_date = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = TeamSeat
        fields = ["leader", "domain", "need", "start_date", "end_date"]


class ClinicEntry(serializers.Serializer[Any]):
    """My sponsor, the leaders I sponsor, what waits for me, and the last of what is behind us."""

    running = SponsorshipEntry(read_only=True, allow_null=True)
    asked = SponsorshipEntry(read_only=True, allow_null=True)
    leaders = SponsorshipEntry(many=True, read_only=True)
    requests = SponsorshipEntry(many=True, read_only=True)
    past = SponsorshipEntry(many=True, read_only=True)
    seats = HeldSeat(many=True, read_only=True)


class OwnClinicView(MemberAPIView):
    @extend_schema(
        operation_id="my_clinic",
        summary="My sponsor, and the leaders I look after",
        tags=TAGS,
        responses=ClinicEntry,
    )
    def get(self, request: Request) -> Response:
        clinic = clinic_of(self.member.person_id)
        told = {
            **{name: getattr(clinic, name) for name in ("running", "asked", "leaders", "requests", "past")},
            "seats": seats_held_by(self.member.person_id, on=timezone.localdate()),
        }
        return Response(ClinicEntry(told, context={"member": self.member}).data)


class OfSponsorships(MemberAPIView):
    """Sponsorships that the member may see; 404 for every other."""

    def find(self, sponsorship_id: UUID) -> Sponsorship:
        found = sponsorship_visible_to(self.member, sponsorship_id, on=timezone.localdate())
        if found is None:
            raise NotFound
        return found

    def shown(self, sponsorship: Sponsorship) -> dict[str, Any]:
        told: dict[str, Any] = SponsorshipEntry(sponsorship, context={"member": self.member}).data
        return told


class Asked(serializers.Serializer[Any]):
    sponsor = serializers.UUIDField(help_text="The person.")
    why = optional_words(1000, help_text="Only the two of you read it.")


class AskView(OfSponsorships):
    @extend_schema(
        operation_id="ask_sponsor",
        summary="Ask somebody to be my primary sponsor",
        tags=TAGS,
        request=Asked,
        responses={201: SponsorshipEntry, **MOVED},
    )
    def post(self, request: Request) -> Response:
        body = valid(Asked(data=request.data))
        sponsor = colleague("sponsor", body["sponsor"])
        made = done(lambda: services.ask_sponsor(sponsor, why=body["why"], by=self.member))
        return Response(self.shown(made), status=status.HTTP_201_CREATED)


class SponsorshipView(OfSponsorships):
    @extend_schema(
        operation_id="sponsorship", summary="One sponsorship", tags=TAGS, responses=SponsorshipEntry
    )
    def get(self, request: Request, sponsorship_id: UUID) -> Response:
        return Response(self.shown(self.find(sponsorship_id)))


class AcceptView(OfSponsorships):
    @extend_schema(
        operation_id="accept_sponsorship",
        summary="Accept, as the sponsor who was asked; it begins today",
        tags=TAGS,
        request=None,
        responses={200: SponsorshipEntry, **MOVED},
    )
    def post(self, request: Request, sponsorship_id: UUID) -> Response:
        found = self.find(sponsorship_id)
        return Response(self.shown(done(lambda: services.accept_sponsorship(found, by=self.member))))


class WithdrawView(OfSponsorships):
    @extend_schema(
        operation_id="withdraw_sponsorship_request",
        summary="Take my request back before it is answered",
        tags=TAGS,
        request=None,
        responses={200: SponsorshipEntry, **MOVED},
    )
    def post(self, request: Request, sponsorship_id: UUID) -> Response:
        found = self.find(sponsorship_id)
        return Response(self.shown(done(lambda: services.withdraw_request(found, by=self.member))))


class DeclineSponsorship(serializers.Serializer[Any]):
    cause = serializers.ChoiceField(choices=[(cause.value, cause.label) for cause in OBSTACLES])
    words = optional_words(300, help_text="The two of you read this.")


class DeclineView(OfSponsorships):
    @extend_schema(
        operation_id="decline_sponsorship",
        summary="Decline, with a reason that the leader reads",
        tags=TAGS,
        request=DeclineSponsorship,
        responses={200: SponsorshipEntry, **MOVED},
    )
    def post(self, request: Request, sponsorship_id: UUID) -> Response:
        found, body = self.find(sponsorship_id), valid(DeclineSponsorship(data=request.data))
        cause, said = OverCause(body["cause"]), body["words"]
        declined = done(lambda: services.decline_sponsorship(found, cause=cause, words=said, by=self.member))
        return Response(self.shown(declined))


class EndSponsorship(serializers.Serializer[Any]):
    cause = serializers.ChoiceField(choices=[(cause.value, cause.label) for cause in ENDINGS])
    words = optional_words(300, help_text="The two of you read this.")


class EndView(OfSponsorships):
    @extend_schema(
        operation_id="end_sponsorship",
        summary="End what runs, as one of the two",
        tags=TAGS,
        request=EndSponsorship,
        responses={200: SponsorshipEntry, **MOVED},
    )
    def post(self, request: Request, sponsorship_id: UUID) -> Response:
        found, body = self.find(sponsorship_id), valid(EndSponsorship(data=request.data))
        cause, said = OverCause(body["cause"]), body["words"]
        ended = done(lambda: services.end_sponsorship(found, cause=cause, words=said, by=self.member))
        return Response(self.shown(ended))


class Handover(serializers.Serializer[Any]):
    words = words(4000, help_text="The leader and the next sponsor read this.")


class HandoverView(OfSponsorships):
    @extend_schema(
        operation_id="write_sponsorship_handover",
        summary="Write down what the next sponsor should know",
        tags=TAGS,
        request=Handover,
        responses={200: SponsorshipEntry, **MOVED},
    )
    def put(self, request: Request, sponsorship_id: UUID) -> Response:
        found, body = self.find(sponsorship_id), valid(Handover(data=request.data))
        written = done(lambda: services.write_handover(found, body["words"], by=self.member))
        return Response(self.shown(written))
