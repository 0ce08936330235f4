"""The secret address under which one's own calendar reads the sessions, over the REST API."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.models import CalendarFeed
from mentoring.queries.calendar_feed import feed_of, feed_token
from mentoring.services.calendar_feed import make_feed, revoke_feed
from people.rest.views import MemberAPIView
from web.addresses import full_address


class FeedEntry(serializers.Serializer[Any]):
    """Whoever has the address reads when the sessions are, without names."""

    address = serializers.URLField(read_only=True)
    made_at = serializers.DateTimeField(read_only=True)


class CalendarFeedView(MemberAPIView):
    @extend_schema(
        operation_id="my_mentoring_calendar",
        summary="The address for my calendar; 404 where there is none",
        tags=TAGS,
        responses=FeedEntry,
    )
    def get(self, request: Request) -> Response:
        found = feed_of(self.member.person_id)
        if found is None:
            raise NotFound
        return self.shown(found)

    @extend_schema(
        operation_id="make_mentoring_calendar",
        summary="A new address; the one before answers no more",
        tags=TAGS,
        request=None,
        responses={201: FeedEntry},
    )
    def post(self, request: Request) -> Response:
        return self.shown(make_feed(by=self.member), status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="revoke_mentoring_calendar",
        summary="No address any more",
        tags=TAGS,
        responses={204: None},
    )
    def delete(self, request: Request) -> Response:
        revoke_feed(by=self.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def shown(self, feed: CalendarFeed, **options: Any) -> Response:
        path = reverse("calendars:feed", args=[self.organization.slug, feed_token(feed)])
        return Response(FeedEntry({"address": full_address(path), "made_at": feed.made_at}).data, **options)
