"""The thematic analysis of an audit over the REST API: who codes, how far it is, and its next step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.enums import CoderPart
from partnerships.models import AuditAnalysis, Coder, ProgrammeAudit
from partnerships.permissions import (
    ANALYSIS_IS_BY,
    FINDINGS_ARE_FOR,
    PROGRAMME_IS_RUN_BY,
    can_run_programme,
    is_coder,
    is_told_of_audits,
)
from partnerships.queries.coding import analysis_of, audit_for, coders_missing, ended_analyses
from partnerships.queries.findings import findings_of
from partnerships.queries.programmes import programme_for
from partnerships.services.analyses import begin_analysis, begin_coding, name_third
from partnerships.services.findings import note_opened, release_findings
from partnerships.services.leaving import end_analysis, replace_coder
from people.access import demand
from people.rest.answers import MOVED, colleague, done, valid, words_on_one_line
from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView


class CoderEntry(serializers.ModelSerializer[Coder]):
    """Who codes, and that they have finished; of what they gave nothing."""

    person = ColleagueEntry(read_only=True)
    finished = serializers.SerializerMethodField()

    class Meta:
        model = Coder
        fields = ["part", "person", "finished"]

    def get_finished(self, coder: Coder) -> bool:
        return coder.finished_at is not None


class AnalysisEntry(serializers.ModelSerializer[AuditAnalysis]):
    coders = CoderEntry(source="coders_by_part", many=True, read_only=True)

    class Meta:
        model = AuditAnalysis
        fields = ["id", "state", "begun_on", "coding_since", "released_on", "coders"]


class EndedAnalysisEntry(serializers.Serializer[Any]):
    """Begun before, and not finished."""

    begun_on = serializers.DateField()
    ended_on = serializers.DateField()
    why = serializers.CharField(allow_null=True, help_text="Null unless you run the programme.")


class AnalysesEntry(serializers.Serializer[Any]):
    current = AnalysisEntry(allow_null=True, help_text="Null while nobody codes.")
    missing = CoderEntry(many=True, help_text="Who left the organisation before they had finished.")
    ended = EndedAnalysisEntry(many=True)


class TwoCoders(serializers.Serializer[Any]):
    first = serializers.UUIDField(help_text="From outside the programme, as the second.")
    second = serializers.UUIDField()


class ThirdReader(serializers.Serializer[Any]):
    person = serializers.UUIDField(help_text="From outside the programme.")


class ReplacedCoder(serializers.Serializer[Any]):
    part = serializers.ChoiceField(choices=CoderPart.choices, help_text="Of one who has not finished.")
    person = serializers.UUIDField(help_text="Who takes their place and begins afresh.")
    why = words_on_one_line(300, help_text="Kept for those who run the programme.")


class AnalysisEnding(serializers.Serializer[Any]):
    why = words_on_one_line(300, help_text="Kept for those who run the programme.")


class OfAudit(MemberAPIView):
    """An endpoint of an audit, for whoever sees its programme and those who code it."""

    def find_audit(self, programme_id: UUID, audit_id: UUID) -> ProgrammeAudit:
        found = audit_for(self.member, programme_id, audit_id)
        if found is None:
            raise NotFound
        return found

    def find_audit_to_run(self, programme_id: UUID, audit_id: UUID) -> ProgrammeAudit:
        found = self.find_audit(programme_id, audit_id)
        demand(can_run_programme(self.member, found.programme), PROGRAMME_IS_RUN_BY)
        return found

    def find_analysis(self, programme_id: UUID, audit_id: UUID) -> AuditAnalysis:
        return _begun(self.find_audit(programme_id, audit_id))

    def find_analysis_to_run(self, programme_id: UUID, audit_id: UUID) -> AuditAnalysis:
        return _begun(self.find_audit_to_run(programme_id, audit_id))


class AnalysisView(OfAudit):
    @extend_schema(
        operation_id="audit_analysis",
        summary="How far the analysis of an audit is, and who codes",
        description="For whoever sees the programme and those who code.",
        tags=TAGS,
        responses=AnalysesEntry,
    )
    def get(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        audit = self.find_audit(programme_id, audit_id)
        found, runs = analysis_of(audit), can_run_programme(self.member, audit.programme)
        told = {
            "current": found,
            "missing": coders_missing(found, on=timezone.localdate()) if found and runs else [],
            "ended": [
                {"begun_on": each.begun_on, "ended_on": each.ended_on, "why": each.why if runs else None}
                for each in ended_analyses(audit)
            ],
        }
        return Response(AnalysesEntry(told).data)

    @extend_schema(
        operation_id="begin_audit_analysis",
        summary="Name two who code what was written, also anew after an analysis was ended",
        description="For whoever leads the programme, HR admins and executives. Both are asked.",
        tags=TAGS,
        request=TwoCoders,
        responses={201: AnalysisEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        audit, body = self.find_audit_to_run(programme_id, audit_id), valid(TwoCoders(data=request.data))
        two = {part: colleague(part, body[part]) for part in ("first", "second")}
        made = done(lambda: begin_analysis(audit, **two, by=self.member))
        return Response(AnalysisEntry(made).data, status=status.HTTP_201_CREATED)


class BeginCodingView(OfAudit):
    @extend_schema(
        operation_id="begin_audit_coding",
        summary="The codebook stands: both code from now on, each alone",
        description="For the two who code and whoever runs the programme.",
        tags=TAGS,
        request=None,
        responses={200: AnalysisEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        audit = self.find_audit(programme_id, audit_id)
        found = analysis_of(audit)
        codes = found is not None and is_coder(self.member, found)
        demand(codes or can_run_programme(self.member, audit.programme), ANALYSIS_IS_BY)
        if found is None:
            raise NotFound
        return Response(AnalysisEntry(done(lambda: begin_coding(found, by=self.member))).data)


class ThirdReaderView(OfAudit):
    @extend_schema(
        operation_id="name_third_reader",
        summary="Ask a third to decide where the two do not come to agree",
        description="For whoever leads the programme, HR admins and executives.",
        tags=TAGS,
        request=ThirdReader,
        responses={201: CoderEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        found, body = self.find_analysis_to_run(programme_id, audit_id), valid(ThirdReader(data=request.data))
        person = colleague("person", body["person"])
        made = done(lambda: name_third(found, person, by=self.member))
        return Response(CoderEntry(made).data, status=status.HTTP_201_CREATED)


class ReplaceCoderView(OfAudit):
    @extend_schema(
        operation_id="replace_audit_coder",
        summary="Let somebody else take the part of one who cannot go on",
        description="For whoever leads the programme, HR admins and executives. What the other one gave is "
        "shown to nobody any more.",
        tags=TAGS,
        request=ReplacedCoder,
        responses={200: AnalysisEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        found = self.find_analysis_to_run(programme_id, audit_id)
        body = valid(ReplacedCoder(data=request.data))
        part, person = CoderPart(body["part"]), colleague("person", body["person"])
        after = done(lambda: replace_coder(found, part, person, body["why"], by=self.member))
        return Response(AnalysisEntry(after).data)


class EndAnalysisView(OfAudit):
    @extend_schema(
        operation_id="end_audit_analysis",
        summary="End an analysis that cannot be finished; another one can begin",
        description="For whoever leads the programme, HR admins and executives.",
        tags=TAGS,
        request=AnalysisEnding,
        responses={200: AnalysisEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        found = self.find_analysis_to_run(programme_id, audit_id)
        body = valid(AnalysisEnding(data=request.data))
        after = done(lambda: end_analysis(found, **body, by=self.member))
        return Response(AnalysisEntry(after).data)


class AgreementEntry(serializers.Serializer[Any]):
    """Cohen’s kappa over `n` decisions with its 95 % interval, null where it is not defined."""

    n = serializers.IntegerField()
    observed = serializers.FloatField(allow_null=True, help_text="The share both decided alike.")
    expected = serializers.FloatField(allow_null=True, help_text="What chance would give.")
    kappa = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class ToldThemeEntry(serializers.Serializer[Any]):
    """A theme of enough people; without a name the smaller ones together."""

    name = serializers.CharField()
    definition = serializers.CharField()
    comments = serializers.IntegerField()
    quotes = serializers.SerializerMethodField()

    def get_quotes(self, told: Any) -> list[str]:
        return [each.quote.text for each in told.told_quotes]


class FindingsEntry(serializers.Serializer[Any]):
    which = serializers.CharField()
    on = serializers.DateField()
    comments = serializers.IntegerField(help_text="In all.")
    fewest = serializers.IntegerField(help_text="Of how many people a theme is told.")
    agreement = AgreementEntry()
    themes = ToldThemeEntry(many=True)


class FindingsView(OfAudit):
    @extend_schema(
        operation_id="audit_findings",
        summary="The themes of an audit with their quotes, as they were released",
        description="For those who take part and whoever runs the programme; 404 before the release. That "
        "you have read them is noted.",
        tags=TAGS,
        responses=FindingsEntry,
    )
    def get(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        found = self.find_analysis(programme_id, audit_id)
        programme = programme_for(self.member, programme_id)
        demand(programme is not None and is_told_of_audits(self.member, programme), FINDINGS_ARE_FOR)
        if not found.is_released:
            raise NotFound
        note_opened(found, by=self.member)
        return Response(FindingsEntry(findings_of(found)).data)

    @extend_schema(
        operation_id="release_audit_findings",
        summary="Release the findings once: all who take part are told on the same day",
        description="For whoever leads the programme, HR admins and executives, when all differences are "
        "settled.",
        tags=TAGS,
        request=None,
        responses={200: AnalysisEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        found = self.find_analysis_to_run(programme_id, audit_id)
        return Response(AnalysisEntry(done(lambda: release_findings(found, by=self.member))).data)


def _begun(audit: ProgrammeAudit) -> AuditAnalysis:
    found = analysis_of(audit)
    if found is None:
        raise NotFound
    return found
