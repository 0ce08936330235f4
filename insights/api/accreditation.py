"""Standards, and the self-study of a year: what the organisation holds against each requirement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from insights.api import TAGS
from insights.enums import EvidenceSource
from insights.models import Standard
from insights.permissions import ACCREDITATION_IS_READ_BY, can_read_accreditation
from insights.queries.accreditation import standard_with, standards
from insights.self_study import self_study
from insights.self_study_files import study_content
from insights.self_study_years import StudyYear, study_years
from people.access import demand
from people.rest.answers import RefusedValues, valid
from people.rest.views import MemberAPIView

MOST = 200


class StandardEntry(serializers.ModelSerializer[Standard]):
    count = serializers.IntegerField(read_only=True, help_text="Requirements that apply.")
    gaps = serializers.IntegerField(read_only=True, help_text="Of these: with nothing named for them.")

    class Meta:
        model = Standard
        fields = ["id", "name", "edition", "first_month", "count", "gaps"]


class EvidenceFigureEntry(serializers.Serializer[Any]):
    """As the self-study prints it: `value` in words, with what it is made of where that is a number."""

    label = serializers.CharField(read_only=True)  # type: ignore[assignment]  # a field of the answer
    value = serializers.CharField(read_only=True)
    count = serializers.IntegerField(read_only=True, allow_null=True)
    n = serializers.IntegerField(read_only=True, allow_null=True)
    low = serializers.FloatField(read_only=True, allow_null=True)
    high = serializers.FloatField(read_only=True, allow_null=True)
    note = serializers.CharField(read_only=True)


class StandardEvidenceEntry(serializers.Serializer[Any]):
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a field of the answer
        choices=EvidenceSource.choices, read_only=True
    )
    note = serializers.CharField(read_only=True)
    figures = EvidenceFigureEntry(many=True, read_only=True)


class DocumentEntry(serializers.Serializer[Any]):
    title = serializers.CharField(read_only=True)
    link = serializers.CharField(read_only=True)
    place = serializers.CharField(read_only=True)


class StandardRequirementEntry(serializers.Serializer[Any]):
    number = serializers.CharField(read_only=True)
    text = serializers.CharField(read_only=True)
    is_gap = serializers.BooleanField(read_only=True)
    evidence = StandardEvidenceEntry(many=True, read_only=True)
    documents = DocumentEntry(many=True, read_only=True)


class StudyYearEntry(serializers.Serializer[Any]):
    first = serializers.DateField(read_only=True)
    last = serializers.DateField(read_only=True)


class SelfStudyEntry(serializers.Serializer[Any]):
    organization = serializers.CharField(read_only=True)
    standard = serializers.CharField(read_only=True)
    edition = serializers.CharField(read_only=True)
    year = StudyYearEntry(read_only=True)
    as_of = serializers.DateField(read_only=True)
    statement = serializers.CharField(read_only=True)
    requirements = StandardRequirementEntry(many=True, read_only=True)
    no_longer_applies = serializers.ListField(child=serializers.CharField(), read_only=True)


class SelfStudyQuestion(serializers.Serializer[Any]):
    year = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=9999,
        default=None,
        help_text="The calendar year in which it begins; without one the newest.",
    )


class StandardsView(MemberAPIView):
    @extend_schema(
        operation_id="accreditation_standards",
        summary="Standards with their gaps; 200 at most",
        tags=TAGS,
        responses=StandardEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        demand(can_read_accreditation(self.member), ACCREDITATION_IS_READ_BY)
        return Response(StandardEntry(standards()[:MOST], many=True).data)


class SelfStudyView(MemberAPIView):
    @extend_schema(
        operation_id="accreditation_self_study",
        summary="The self-study of a year: evidence and documents for each requirement",
        tags=TAGS,
        parameters=[SelfStudyQuestion],
        responses=SelfStudyEntry,
    )
    def get(self, request: Request, standard_id: UUID) -> Response:
        demand(can_read_accreditation(self.member), ACCREDITATION_IS_READ_BY)
        asked = valid(SelfStudyQuestion(data=request.query_params))
        standard, today = standard_with(standard_id), timezone.localdate()
        if standard is None:
            raise NotFound
        year = year_asked(asked["year"], study_years(today, standard.first_month))
        study = self_study(standard, year, on=today)
        told = study_content(study, standard, organization=self.organization.name, on=today)
        return Response(SelfStudyEntry(told).data)


def year_asked(asked: int | None, years: list[StudyYear]) -> StudyYear:
    """422 for a year that cannot be looked at."""
    if asked is None:
        return years[0]
    found = next((each for each in years if each.first.year == asked), None)
    if found is None:
        known = ", ".join(str(each.first.year) for each in years)
        raise RefusedValues({"year": [_("Expected one of these: %(years)s.") % {"years": known}]})
    return found
