"""Sponsors over the REST API: whom to choose from, one's own profile, and what the role is."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from people.rest.answers import MOVED, done, optional_words, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView
from sponsors.api import TAGS
from sponsors.models import RoleDefinition, SponsorInterest, SponsorProfile
from sponsors.models.profiles import MOST_PLACES
from sponsors.queries.profiles import (
    definition_in_force,
    interests_of,
    profile_of,
    sponsors_to_choose_from,
)
from sponsors.services.definition import change_definition
from sponsors.services.profiles import MOST_INTERESTS, Offer, save_profile


class InterestEntry(serializers.ModelSerializer[SponsorInterest]):
    id = serializers.UUIDField(source="tag.pk", read_only=True)
    name = serializers.CharField(source="tag.name", read_only=True)

    class Meta:
        model = SponsorInterest
        fields = ["id", "name"]


class SponsorEntry(serializers.ModelSerializer[SponsorProfile]):
    """Somebody who takes new leaders, as on the card that every member sees."""

    person = ColleagueEntry(read_only=True)
    job_title = serializers.CharField(source="person.job_title", read_only=True)
    unit = serializers.CharField(source="person.unit.name", read_only=True)
    tags = InterestEntry(source="interests", many=True, read_only=True)
    free = serializers.SerializerMethodField(help_text="Places that are free today.")

    class Meta:
        model = SponsorProfile
        fields = ["person", "job_title", "unit", "experience", "tags", "places", "free"]

    def get_free(self, profile: SponsorProfile) -> int:
        free: int = profile.free  # type: ignore[attr-defined]  # annotated
        return max(0, free)


class SponsorQuestion(serializers.Serializer[Any]):
    tag = serializers.UUIDField(required=False, help_text="Who can help with it.")
    free = serializers.BooleanField(default=False, help_text="Only those with a place free.")


class SponsorPages(KeysetPages):
    ordering = ("search_key", "id")


class SponsorsView(MemberListAPIView):
    serializer_class = SponsorEntry
    pagination_class = SponsorPages

    def get_queryset(self) -> QuerySet[SponsorProfile]:
        asked = valid(SponsorQuestion(data=self.request.query_params))
        found = sponsors_to_choose_from(
            on=timezone.localdate(), tag=asked.get("tag"), only_free=asked["free"]
        )
        return found.annotate(search_key=F("person__search_key"))

    @extend_schema(
        operation_id="sponsors",
        summary="Sponsors to choose from, with what they bring and their free places",
        tags=TAGS,
        parameters=[SponsorQuestion],
    )
    def get(self, request: Request) -> Response:
        return self.list(request)


class SponsorProfileEntry(serializers.Serializer[Any]):
    """One's own profile as a sponsor; no places and no version for whoever never agreed to sponsor."""

    offering = serializers.BooleanField(read_only=True, help_text="Takes new leaders.")
    experience = serializers.CharField(read_only=True)
    places = serializers.IntegerField(read_only=True)
    tags = serializers.ListField(child=serializers.UUIDField(), read_only=True)
    agreed_version = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Of the definition of the role."
    )
    agreed_at = serializers.DateTimeField(read_only=True, allow_null=True)


class SponsorOffer(serializers.Serializer[Any]):
    offering = serializers.BooleanField()
    experience = optional_words(1000, help_text="Leaders read this when they choose.")
    places = serializers.IntegerField(min_value=0, max_value=MOST_PLACES)
    tags = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_INTERESTS)
    agreed = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        help_text="The version of the definition that you have read and agree to; left out, the one before.",
    )


class SponsorProfileView(MemberAPIView):
    @extend_schema(
        operation_id="my_sponsor_profile",
        summary="What I offer as a sponsor",
        tags=TAGS,
        responses=SponsorProfileEntry,
    )
    def get(self, request: Request) -> Response:
        own = profile_of(self.member.person_id)
        told = {
            "offering": own is not None and own.offering,
            "experience": own.experience if own else "",
            "places": own.places if own else 0,
            "tags": sorted(interests_of(own)),
            "agreed_version": own and own.agreed_version,
            "agreed_at": own and own.agreed_at,
        }
        return Response(SponsorProfileEntry(told).data)

    @extend_schema(
        operation_id="save_sponsor_profile",
        summary="Agree to sponsor, or change what I offer",
        tags=TAGS,
        request=SponsorOffer,
        responses={200: SponsorProfileEntry, **MOVED},
    )
    def put(self, request: Request) -> Response:
        body = valid(SponsorOffer(data=request.data))
        offer = Offer(
            offering=body["offering"],
            experience=body["experience"],
            places=body["places"],
            tag_ids=body["tags"],
            agreed=body["agreed"],
        )
        done(lambda: save_profile(offer, by=self.member))
        return self.get(request)


class DefinitionEntry(serializers.ModelSerializer[RoleDefinition]):
    """What a primary sponsor does here; `set_by` is null for the words that came with ClinicLeader."""

    set_by = ColleagueEntry(read_only=True, allow_null=True)

    class Meta:
        model = RoleDefinition
        fields = ["version", "words", "set_by"]


class DefinitionChange(serializers.Serializer[Any]):
    words = words(4000)
    after = serializers.IntegerField(help_text="The version that you have read.")


class DefinitionView(MemberAPIView):
    @extend_schema(
        operation_id="sponsor_definition",
        summary="What a primary sponsor does here",
        tags=TAGS,
        responses=DefinitionEntry,
    )
    def get(self, request: Request) -> Response:
        return Response(DefinitionEntry(definition_in_force()).data)

    @extend_schema(
        operation_id="change_sponsor_definition",
        summary="Put a new version of the definition in force",
        description="For HR admins and directors of all programmes. Sponsors are asked to agree anew.",
        tags=TAGS,
        request=DefinitionChange,
        responses={200: DefinitionEntry, **MOVED},
    )
    def put(self, request: Request) -> Response:
        body = valid(DefinitionChange(data=request.data))
        done(lambda: change_definition(body["words"], after=body["after"], by=self.member))
        return self.get(request)
