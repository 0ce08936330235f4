"""Partnership programmes over the REST API: those one takes part in or runs, and a new one;
and the way to one of them for endpoints that write."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.api.partnerships import unit_named
from partnerships.enums import AuditPoint
from partnerships.models import (
    PartnershipProgramme,
    ProgrammeArtefact,
    ProgrammeOutcome,
    ProgrammeParticipant,
    ProgrammePhase,
)
from partnerships.permissions import (
    PROGRAMME_IS_RUN_BY,
    PROGRAMMES_ARE_BEGUN_BY,
    can_begin_programme,
    can_run_programme,
)
from partnerships.queries.culture import culture_report
from partnerships.queries.phases import artefacts_of, outcomes_of, phases_of
from partnerships.queries.programmes import programme_for, programmes_visible_to
from partnerships.services.programmes import Outline, begin_programme
from people.access import demand
from people.rest.answers import MOVED, colleague, done, optional_words, valid, words, words_on_one_line
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView


class ProgrammeEntry(serializers.ModelSerializer[PartnershipProgramme]):
    unit = serializers.UUIDField(source="unit_id", read_only=True)
    lead = ColleagueEntry(read_only=True, help_text="Who runs it.")
    ends_on = serializers.DateField(read_only=True)
    looks_back_on = serializers.DateField(read_only=True, help_text="When its outcomes are looked at.")

    class Meta:
        model = PartnershipProgramme
        fields = ["id", "title", "unit", "lead", "start_date", "ends_on", "looks_back_on", "closed_on"]


class ParticipantEntry(serializers.ModelSerializer[ProgrammeParticipant]):
    person = ColleagueEntry(read_only=True)
    partnership = serializers.UUIDField(source="partnership_id", read_only=True, allow_null=True)

    class Meta:
        model = ProgrammeParticipant
        fields = ["id", "person", "kind", "partnership", "done_before", "left_on"]


class PhaseEntry(serializers.ModelSerializer[ProgrammePhase]):
    owner = ColleagueEntry(read_only=True, help_text="Who sees to it.")
    is_late = serializers.BooleanField(read_only=True)

    class Meta:
        model = ProgrammePhase
        fields = ["id", "kind", "title", "due_on", "owner", "state", "is_late", "over_on", "words"]


class ArtefactEntry(serializers.ModelSerializer[ProgrammeArtefact]):
    class Meta:
        model = ProgrammeArtefact
        fields = ["kind", "words", "revision", "written_on"]


class OutcomeEntry(serializers.ModelSerializer[ProgrammeOutcome]):
    class Meta:
        model = ProgrammeOutcome
        fields = ["id", "title", "before", "declared_on", "after", "measured_on", "source"]


class ProgrammeDetail(ProgrammeEntry):
    """One query each for phases, artefacts and outcomes."""

    participants = ParticipantEntry(source="participants_by_name", many=True, read_only=True)
    phases = serializers.SerializerMethodField()
    artefacts = serializers.SerializerMethodField()
    outcomes = serializers.SerializerMethodField()

    class Meta(ProgrammeEntry.Meta):
        fields = [*ProgrammeEntry.Meta.fields, "purpose", "participants", "phases", "artefacts", "outcomes"]

    @extend_schema_field(PhaseEntry(many=True))
    def get_phases(self, programme: PartnershipProgramme) -> Any:
        return PhaseEntry(phases_of(programme), many=True).data

    @extend_schema_field(ArtefactEntry(many=True))
    def get_artefacts(self, programme: PartnershipProgramme) -> Any:
        return ArtefactEntry(list(artefacts_of(programme).values()), many=True).data

    @extend_schema_field(OutcomeEntry(many=True))
    def get_outcomes(self, programme: PartnershipProgramme) -> Any:
        return OutcomeEntry(outcomes_of(programme), many=True).data


class AuditFigureEntry(serializers.Serializer[Any]):
    """What is published of one dimension in one audit, as a mean answer from 1 to 5."""

    n = serializers.IntegerField()
    mean = serializers.FloatField(source="exact", allow_null=True, help_text="Null where a bound is told.")
    told = serializers.CharField(source="words", help_text="The mean in words, or its bound.")
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class CultureDimensionEntry(serializers.Serializer[Any]):
    """Null where it is not shown; no difference where either audit is not told exactly."""

    name = serializers.CharField(source="label")
    first = AuditFigureEntry(allow_null=True)
    second = AuditFigureEntry(allow_null=True)
    difference = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True, help_text="Of the 95 % interval of the difference.")
    high = serializers.FloatField(allow_null=True)
    verdict = serializers.CharField()


class AuditEntry(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="audit.pk")
    which = serializers.ChoiceField(source="audit.which", choices=AuditPoint.choices)
    wave = serializers.UUIDField(source="audit.wave_id")
    title = serializers.CharField(source="wave.title")
    published_on = serializers.DateField(allow_null=True)
    readable = serializers.BooleanField(help_text="Whether you may read it by now.")


class CultureEntry(serializers.Serializer[Any]):
    audits = AuditEntry(many=True)
    dimensions = CultureDimensionEntry(many=True)
    units = CultureDimensionEntry(many=True, help_text="Where you may read both reports of a unit.")


class ProgrammePages(KeysetPages):
    ordering = ("-start_date", "id")


class NewProgramme(serializers.Serializer[Any]):
    title = words_on_one_line(200)
    purpose = words(2000, help_text="What is to be better in a year.")
    unit = serializers.UUIDField(help_text="Partnerships of it and of everything below it can take part.")
    lead = serializers.UUIDField(help_text="Who runs it.")
    sponsor = serializers.UUIDField(help_text="An executive who goes through it with the partners.")
    done_before = optional_words(200, help_text="Which programme of the kind the sponsor did.")
    start_date = serializers.DateField()


class ProgrammesView(MemberListAPIView):
    serializer_class = ProgrammeEntry
    pagination_class = ProgrammePages

    def get_queryset(self) -> QuerySet[PartnershipProgramme]:
        return programmes_visible_to(self.member)

    @extend_schema(
        operation_id="partnership_programmes",
        summary="Partnership programmes that I take part in or run",
        description="HR admins and executives see all of them.",
        tags=TAGS,
    )
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="begin_partnership_programme",
        summary="Begin a programme with its usual phases; partnerships are brought in from here on",
        description="For HR admins and executives. Whoever runs it and the sponsor are told.",
        tags=TAGS,
        request=NewProgramme,
        responses={201: ProgrammeDetail, **MOVED},
    )
    def post(self, request: Request) -> Response:
        demand(can_begin_programme(self.member), PROGRAMMES_ARE_BEGUN_BY)
        body = valid(NewProgramme(data=request.data))
        people = {name: colleague(name, body[name]) for name in ("lead", "sponsor")}
        outline = Outline(**{**body, **people, "unit": unit_named(body["unit"])})
        made = done(lambda: begin_programme(outline, by=self.member))
        begun = programme_for(self.member, made.pk)
        return Response(ProgrammeDetail(begun).data, status=status.HTTP_201_CREATED)


class OfProgramme(MemberAPIView):
    """An endpoint of one programme, which is no matter of others."""

    def find(self, programme_id: UUID) -> PartnershipProgramme:
        found = programme_for(self.member, programme_id)
        if found is None:
            raise NotFound
        return found

    def find_to_run(self, programme_id: UUID) -> PartnershipProgramme:
        found = self.find(programme_id)
        demand(can_run_programme(self.member, found), PROGRAMME_IS_RUN_BY)
        return found


class ProgrammeView(OfProgramme):
    @extend_schema(
        operation_id="partnership_programme",
        summary="A partnership programme: who takes part, its year, what it left behind",
        tags=TAGS,
        responses=ProgrammeDetail,
    )
    def get(self, request: Request, programme_id: UUID) -> Response:
        return Response(ProgrammeDetail(self.find(programme_id)).data)


class CultureView(OfProgramme):
    @extend_schema(
        operation_id="partnership_programme_culture",
        summary="What changed from the first cultural audit of a programme to the second",
        description="Published results only. Those who take part read each audit a week after the leaders.",
        tags=TAGS,
        responses=CultureEntry,
    )
    def get(self, request: Request, programme_id: UUID) -> Response:
        report = culture_report(self.find(programme_id), self.member, on=timezone.localdate())
        if report is None:
            raise NotFound
        told = {
            "audits": report.audits.values(),
            "dimensions": report.rows if report.is_readable else [],
            "units": report.units,
        }
        return Response(CultureEntry(told).data)
