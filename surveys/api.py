"""Survey results over the REST API: published cells, by the rules, rows and words of the pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.models import Unit
from people.permissions import OVERVIEW_IS_FOR, can_see_overview
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView
from surveys.coding import Bound
from surveys.enums import CellShown
from surveys.models import PublishedIndex, PublishedWave
from surveys.queries import asked_within, cells_of, published_waves, reports_about
from surveys.report_content import find_report, report_content
from surveys.report_rows import report_rows
from surveys.response_rates import response_rate
from surveys.shrinkage import Band
from surveys.wording import withheld_words

NOT_SHOWN = "Null where it is not shown."
BOUND = '"or_more" or "or_fewer" where the mean is a bound and not a mean; else empty.'


def bound_name(bound: int) -> str:
    return "" if bound == Bound.EXACT else Bound(bound).name.lower()


class WaveEntry(serializers.ModelSerializer[PublishedWave]):
    """Everybody's result in one wave."""

    id = serializers.UUIDField(source="wave_id", read_only=True)
    title = serializers.CharField(source="wave.title", read_only=True)
    instrument = serializers.CharField(source="wave.instrument.key", read_only=True)
    version = serializers.IntegerField(source="wave.instrument.version", read_only=True)
    closed_on = serializers.DateField(source="wave.closes_on", read_only=True)
    scale_low = serializers.FloatField(source="wave.scale_low", read_only=True)
    scale_high = serializers.FloatField(source="wave.scale_high", read_only=True)
    bound = serializers.SerializerMethodField(help_text=BOUND)
    interval_low = serializers.SerializerMethodField(help_text=NOT_SHOWN)
    interval_high = serializers.SerializerMethodField(help_text=NOT_SHOWN)

    class Meta:
        model = PublishedWave
        fields = [
            *("id", "title", "instrument", "version", "closed_on", "published_at", "threshold"),
            *("responses", "left_out", "units", "withheld"),
            *("scale_low", "scale_high", "n", "mean", "bound", "interval_low", "interval_high"),
            *("percent", "icc1", "icc2", "agreement"),
        ]

    def get_bound(self, published: PublishedWave) -> str:
        return bound_name(published.bound)

    def get_interval_low(self, published: PublishedWave) -> float | None:
        return published.interval[0]

    def get_interval_high(self, published: PublishedWave) -> float | None:
        return published.interval[1]


class SurveyedUnit(serializers.ModelSerializer[Unit]):
    class Meta:
        model = Unit
        fields = ["id", "name", "kind"]


class CellEntry(serializers.ModelSerializer[PublishedIndex]):
    """The index of one unit. A cell that is not published has its reason and no number."""

    unit = SurveyedUnit(read_only=True)
    leader = serializers.CharField(source="leader.name", read_only=True, allow_null=True, default=None)
    state = serializers.ChoiceField(choices=CellShown.values, read_only=True)
    band = serializers.ChoiceField(choices=[str(band) for band in Band], read_only=True)
    interval_low = serializers.SerializerMethodField(help_text=NOT_SHOWN)
    interval_high = serializers.SerializerMethodField(help_text=NOT_SHOWN)
    answered = serializers.SerializerMethodField(
        help_text="The rounded response rate with its label; empty where there is none."
    )
    withheld = serializers.SerializerMethodField(help_text="Why there is no number; else empty.")
    bound = serializers.SerializerMethodField(help_text=BOUND)

    class Meta:
        model = PublishedIndex
        fields = [
            *("unit", "leader", "depth", "state", "withheld", "n", "answered", "mean", "bound"),
            *("interval_low", "interval_high", "percent", "estimate", "agreement", "band"),
        ]

    def get_interval_low(self, cell: PublishedIndex) -> float | None:
        return cell.interval[0]

    def get_interval_high(self, cell: PublishedIndex) -> float | None:
        return cell.interval[1]

    def get_answered(self, cell: PublishedIndex) -> str:
        rate = response_rate(cell.n, self.context["asked"].get(cell.unit_id, 0), k=self.context["threshold"])
        return str(rate) if rate else ""

    def get_bound(self, cell: PublishedIndex) -> str:
        return bound_name(cell.bound)

    def get_withheld(self, cell: PublishedIndex) -> str:
        return withheld_words(cell.state, self.context["threshold"])


class ReportLine(serializers.Serializer[Any]):
    """One row of a report as the page writes it."""

    part = serializers.CharField(read_only=True)
    what = serializers.CharField(read_only=True)
    n = serializers.CharField(read_only=True)
    figure = serializers.CharField(read_only=True)
    interval = serializers.CharField(read_only=True, help_text="In words; its ends are low and high.")
    low = serializers.CharField(read_only=True)
    high = serializers.CharField(read_only=True)
    unit = serializers.CharField(read_only=True, help_text="What the figure is counted in.")
    note = serializers.CharField(read_only=True)
    withheld = serializers.CharField(read_only=True, help_text="Why there is no figure; else empty.")


class ReportSummary(serializers.ModelSerializer[PublishedIndex]):
    """A report that concerns the caller; the figures are one request further."""

    wave = serializers.UUIDField(source="wave_id", read_only=True)
    title = serializers.CharField(source="wave.title", read_only=True)
    closed_on = serializers.DateField(source="wave.closes_on", read_only=True)
    unit = SurveyedUnit(read_only=True)
    leader = serializers.CharField(source="leader.name", read_only=True, allow_null=True, default=None)

    class Meta:
        model = PublishedIndex
        fields = ["id", "wave", "title", "closed_on", "unit", "leader"]


class ReportEntry(serializers.Serializer[Any]):
    wave = serializers.UUIDField(read_only=True)
    unit = SurveyedUnit(read_only=True)
    leader = serializers.CharField(read_only=True, allow_null=True)
    cell = serializers.SerializerMethodField()
    rows = ReportLine(many=True, read_only=True)

    @extend_schema_field(CellEntry)
    def get_cell(self, report: dict[str, Any]) -> Any:
        return CellEntry(report["cell"], context=self.context).data


class WavePages(KeysetPages):
    ordering = ("-published_at", "id")


class WavesView(MemberListAPIView):
    serializer_class = WaveEntry
    pagination_class = WavePages

    def get_queryset(self) -> QuerySet[PublishedWave]:
        return published_waves()

    @extend_schema(
        operation_id="survey_waves",
        summary="Published survey waves",
        description="For those who see the overview.",
        tags=["Surveys"],
    )
    def get(self, request: Request) -> Response:
        demand(can_see_overview(self.member), OVERVIEW_IS_FOR)
        return self.list(request)


class CellPages(KeysetPages):
    ordering = ("position", "id")


class CellsView(MemberListAPIView):
    serializer_class = CellEntry
    pagination_class = CellPages

    @extend_schema(
        operation_id="survey_units",
        summary="A wave's units, in the order of the organisation",
        description="For those who see the overview. There is no order by result.",
        tags=["Surveys"],
    )
    def get(self, request: Request, wave_id: UUID) -> Response:
        self.published = get_object_or_404(published_waves(), wave_id=wave_id)
        demand(can_see_overview(self.member), OVERVIEW_IS_FOR)
        return self.list(request)

    def get_queryset(self) -> QuerySet[PublishedIndex]:
        return cells_of(self.published.wave_id)

    def get_serializer_context(self) -> dict[str, Any]:
        asked = asked_within(self.published.wave)
        return {**super().get_serializer_context(), "asked": asked, "threshold": self.published.threshold}


class ReportView(MemberAPIView):
    @extend_schema(
        operation_id="survey_report",
        summary="One unit's report",
        description="For whoever led the unit then, seven days later their immediate leader, and those who "
        "see the overview.",
        tags=["Surveys"],
        responses=ReportEntry,
    )
    def get(self, request: Request, wave_id: UUID, unit_id: UUID) -> Response:
        cell, published = find_report(self.member, wave_id, unit_id)
        report = {
            "wave": wave_id,
            "unit": cell.unit,
            "leader": cell.leader.name if cell.leader else None,
            "cell": cell,
            "rows": report_rows(report_content(cell, published, reader=self.member)),
        }
        context = {"asked": asked_within(cell.wave), "threshold": published.threshold}
        return Response(ReportEntry(report, context=context).data)


class ReportPages(KeysetPages):
    ordering = ("-wave__closes_on", "position", "id")


class OwnReportsView(MemberListAPIView):
    serializer_class = ReportSummary
    pagination_class = ReportPages

    def get_queryset(self) -> QuerySet[PublishedIndex]:
        return reports_about(self.member, on=timezone.localdate())

    @extend_schema(operation_id="my_survey_reports", summary="Reports that concern me", tags=["Surveys"])
    def get(self, request: Request) -> Response:
        return self.list(request)
