"""One's own quarterly ratings over the REST API; nobody else's are anywhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.api.mentorships import OfMentorship
from mentoring.api.satisfaction import ToldEntry
from mentoring.enums import Side
from mentoring.models import Satisfaction
from mentoring.queries.satisfaction import mentorships_to_rate, own_ratings, told_to_mentor
from mentoring.services.satisfaction import rate_mentorship
from people.rest.answers import MOVED, done, valid
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView
from surveys.pulse_calendar import open_quarters

QUARTER = r"^20[0-9]{2}Q[1-4]$"


class RatingEntry(serializers.ModelSerializer[Satisfaction]):
    """What one answered for a quarter, 1 to 5."""

    mentorship = serializers.UUIDField(source="mentorship_id", read_only=True)
    side = serializers.ChoiceField(choices=Side.choices, read_only=True, help_text="As what one rated.")

    class Meta:
        model = Satisfaction
        fields = ["mentorship", "quarter", "side", "overall", "useful", "often"]


class RatingPages(KeysetPages):
    ordering = ("-quarter", "id")


class OwnRatingsView(MemberListAPIView):
    serializer_class = RatingEntry
    pagination_class = RatingPages

    def get_queryset(self) -> QuerySet[Satisfaction]:
        return own_ratings(self.member.person_id)

    @extend_schema(operation_id="my_mentoring_ratings", summary="How I rated my mentorships", tags=TAGS)
    def get(self, request: Request) -> Response:
        return self.list(request)


class ToRate(serializers.Serializer[Any]):
    """A mentorship that can be rated now for a quarter."""

    mentorship = serializers.UUIDField(read_only=True)
    other = ColleagueEntry(read_only=True)
    quarter = serializers.CharField(read_only=True)
    last_day = serializers.DateField(read_only=True)
    rated = serializers.BooleanField(read_only=True)


class ToRateView(MemberAPIView):
    @extend_schema(
        operation_id="mentorships_to_rate",
        summary="The mentorships that I can rate now",
        tags=TAGS,
        responses=ToRate(many=True),
    )
    def get(self, request: Request) -> Response:
        person, quarters = self.member.person_id, open_quarters(timezone.localdate())
        given = own_ratings(person).filter(quarter__in=[each.quarter for each in quarters])
        rated = set(given.values_list("mentorship_id", "quarter"))
        rows = [
            {
                "mentorship": found.pk,
                "other": found.other_side(person),
                "quarter": each.quarter,
                "last_day": each.last_day,
                "rated": (found.pk, each.quarter) in rated,
            }
            for each in quarters
            for found in mentorships_to_rate(person, each.quarter)
        ]
        return Response(ToRate(rows, many=True).data)


def answer() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=5)


class Rating(serializers.Serializer[Any]):
    quarter = serializers.RegexField(QUARTER)
    overall = answer()
    useful = answer()
    often = answer()


class RateView(OfMentorship):
    @extend_schema(
        operation_id="rate_mentorship",
        summary="Rate a mentorship for a quarter, or change the answers while it is open",
        tags=TAGS,
        request=Rating,
        responses={200: RatingEntry, **MOVED},
    )
    def put(self, request: Request, mentorship_id: UUID) -> Response:
        self.find(mentorship_id)
        body, own = valid(Rating(data=request.data)), self.member
        quarter = body.pop("quarter")
        pair = get_object_or_404(mentorships_to_rate(own.person_id, quarter), pk=mentorship_id)
        done(lambda: rate_mentorship(pair, quarter, **body, by=own, on=timezone.localdate()))
        rating = own_ratings(own.person_id).get(mentorship=pair, quarter=quarter)
        return Response(RatingEntry(rating).data)


class OwnTold(serializers.Serializer[Any]):
    """What a mentor is told of all mentees' ratings together."""

    told = ToldEntry(read_only=True, allow_null=True, help_text="Null of fewer than five mentees.")


class ToldView(MemberAPIView):
    @extend_schema(
        operation_id="my_mentoring_satisfaction",
        summary="What my mentees' ratings come to",
        tags=TAGS,
        responses=OwnTold,
    )
    def get(self, request: Request) -> Response:
        told = told_to_mentor(self.member.person_id, on=timezone.localdate())
        return Response(OwnTold({"told": told}).data)
