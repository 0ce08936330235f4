"""The library of alumni hours over the REST API."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.models import AlumniHour
from mentoring.queries.alumni import library
from people.rest.pagination import KeysetPages
from people.rest.views import MemberListAPIView
from surveys.enums import Dimension


class RecordingEntry(serializers.ModelSerializer[AlumniHour]):
    """An alumni hour whose speaker agrees that the recording is shown."""

    speaker = serializers.CharField(source="speaker_name", read_only=True)
    dimensions = serializers.ListField(
        child=serializers.ChoiceField(choices=Dimension.choices), read_only=True
    )
    tags = serializers.SerializerMethodField()

    class Meta:
        model = AlumniHour
        fields = ["id", "title", "about", "speaker", "starts_at", "recording", "dimensions", "tags"]

    def get_tags(self, hour: AlumniHour) -> list[str]:
        return [each.tag.name for each in hour.tags.all()]


class RecordingPages(KeysetPages):
    ordering = ("-starts_at", "id")


class LibraryView(MemberListAPIView):
    serializer_class = RecordingEntry
    pagination_class = RecordingPages

    def get_queryset(self) -> QuerySet[AlumniHour]:
        return library()

    @extend_schema(operation_id="alumni_library", summary="The library of alumni hours", tags=TAGS)
    def get(self, request: Request) -> Response:
        return self.list(request)
