"""Coding an audit over the REST API: each alone, and then how far both agree and where they differ."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.api.analyses import AgreementEntry, AnalysisEntry, OfAudit
from partnerships.enums import AnalysisState, CoderPart
from partnerships.models import AuditAnalysis, Coder
from partnerships.permissions import (
    ANALYSIS_IS_BY,
    DIFFERENCES_ARE_SETTLED_BY,
    can_run_programme,
    can_settle,
    is_coder,
)
from partnerships.queries.coding import Outcome, coder_in, comments_of, outcome_of, readings_of
from partnerships.services.analyses import finish_coding, give_opinion, read_comment
from people.access import demand
from people.rest.answers import MOVED, MovedMeanwhile, done, valid


class CodedCommentEntry(serializers.Serializer[Any]):
    """A comment with the codes that you gave it yourself."""

    id = serializers.UUIDField()
    number = serializers.IntegerField(help_text="The same to both coders.")
    text = serializers.CharField()
    codes = serializers.ListField(
        child=serializers.UUIDField(), allow_null=True, help_text="Null until you have read it."
    )


class OwnCodingEntry(serializers.Serializer[Any]):
    finished = serializers.BooleanField()
    comments = CodedCommentEntry(many=True)


class CodedComment(serializers.Serializer[Any]):
    codes = serializers.ListField(
        child=serializers.UUIDField(), help_text="Of the codebook: none, one or several."
    )


class OfCoding(OfAudit):
    """An endpoint of one's own coding."""

    def find_own(self, programme_id: UUID, audit_id: UUID) -> tuple[AuditAnalysis, Coder]:
        found = self.find_analysis(programme_id, audit_id)
        demand(is_coder(self.member, found), ANALYSIS_IS_BY)
        own = coder_in(found, self.member.person_id)
        assert own is not None  # noqa: S101 - demanded above
        return found, own


class CodingView(OfCoding):
    @extend_schema(
        operation_id="own_audit_coding",
        summary="The comments to code, and what I gave them",
        description="For the two who code; nobody reads the other’s here.",
        tags=TAGS,
        responses=OwnCodingEntry,
    )
    def get(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        found, own = self.find_own(programme_id, audit_id)
        given = readings_of(own)
        comments = [
            {
                "id": each.pk,
                "number": number,
                "text": each.text,
                "codes": sorted(given[each.pk]) if each.pk in given else None,
            }
            for number, each in enumerate(comments_of(found), start=1)
        ]
        told = {"finished": own.finished_at is not None, "comments": comments}
        return Response(OwnCodingEntry(told).data)


class CodeCommentView(OfCoding):
    @extend_schema(
        operation_id="code_audit_comment",
        summary="Give a comment its codes; until you finish you may change your mind",
        tags=TAGS,
        request=CodedComment,
        responses={200: CodedComment, **MOVED},
    )
    def put(self, request: Request, programme_id: UUID, audit_id: UUID, comment_id: UUID) -> Response:
        found, _own = self.find_own(programme_id, audit_id)
        quote = next((each for each in comments_of(found) if each.pk == comment_id), None)
        if quote is None:
            raise NotFound
        codes = valid(CodedComment(data=request.data))["codes"]
        made = done(lambda: read_comment(found, quote, codes, by=self.member))
        return Response(CodedComment(made).data)


class FinishCodingView(OfCoding):
    @extend_schema(
        operation_id="finish_audit_coding",
        summary="Hand my coding in, once; with the second one both open, to both",
        tags=TAGS,
        request=None,
        responses={200: AnalysisEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        found, _own = self.find_own(programme_id, audit_id)
        return Response(AnalysisEntry(done(lambda: finish_coding(found, by=self.member))).data)


class CodeAgreementEntry(serializers.Serializer[Any]):
    code = serializers.UUIDField()
    agreement = AgreementEntry()


class AuditAgreementEntry(serializers.Serializer[Any]):
    overall = AgreementEntry()
    differ = serializers.IntegerField(help_text="Places where the two differed.")
    open = serializers.IntegerField(help_text="Of them not settled yet.")
    by_code = CodeAgreementEntry(
        many=True, allow_null=True, help_text="For those who coded alone; null for all others."
    )


class OpinionEntry(serializers.Serializer[Any]):
    part = serializers.ChoiceField(choices=CoderPart.choices)
    has_code = serializers.BooleanField()


class DifferenceEntry(serializers.Serializer[Any]):
    """A comment and a code that one of the two gave, and who says what by now."""

    comment = serializers.UUIDField()
    text = serializers.CharField()
    code = serializers.UUIDField()
    given_by = serializers.ChoiceField(choices=CoderPart.choices)
    is_open = serializers.BooleanField()
    opinions = OpinionEntry(many=True)


class OpinionBody(serializers.Serializer[Any]):
    comment = serializers.UUIDField()
    code = serializers.UUIDField()
    has_code = serializers.BooleanField()


class AgreementView(OfAudit):
    @extend_schema(
        operation_id="audit_agreement",
        summary="How far the two coders agree beyond chance",
        description="For those who coded and whoever runs the programme, while differences are settled; 409 "
        "before both have finished.",
        tags=TAGS,
        responses={200: AuditAgreementEntry, **MOVED},
    )
    def get(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        found = self.find_analysis(programme_id, audit_id)
        settles = can_settle(self.member, found)
        demand(settles or can_run_programme(self.member, found.audit.programme), DIFFERENCES_ARE_SETTLED_BY)
        if found.state != AnalysisState.SETTLING:
            raise MovedMeanwhile(found.get_state_display())
        outcome = outcome_of(found)
        told = {
            "overall": outcome.overall,
            "differ": len(outcome.differ),
            "open": len(outcome.consensus.open),
            "by_code": [{"code": code.pk, "agreement": outcome.by_code[code.pk]} for code in outcome.codes]
            if settles
            else None,
        }
        return Response(AuditAgreementEntry(told).data)


class DifferencesView(OfAudit):
    def find_to_settle(self, programme_id: UUID, audit_id: UUID) -> AuditAnalysis:
        found = self.find_analysis(programme_id, audit_id)
        demand(can_settle(self.member, found), DIFFERENCES_ARE_SETTLED_BY)
        if found.state not in (AnalysisState.SETTLING, AnalysisState.RELEASED):
            raise MovedMeanwhile(found.get_state_display())
        return found

    @extend_schema(
        operation_id="audit_differences",
        summary="Where the two differ, and what is said by now",
        description="For the two who coded and the third reader; 409 before both have finished.",
        tags=TAGS,
        responses={200: DifferenceEntry(many=True), **MOVED},
    )
    def get(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        found = self.find_to_settle(programme_id, audit_id)
        return Response(DifferenceEntry(_differences(found, outcome_of(found)), many=True).data)

    @extend_schema(
        operation_id="settle_audit_difference",
        summary="Say whether a comment has a code about which the two differ",
        description="When both say the same it is settled, or when a third decides.",
        tags=TAGS,
        request=OpinionBody,
        responses={200: DifferenceEntry(many=True), **MOVED},
    )
    def put(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        found, body = self.find_to_settle(programme_id, audit_id), valid(OpinionBody(data=request.data))
        done(
            lambda: give_opinion(
                found, body["comment"], body["code"], has_code=body["has_code"], by=self.member
            )
        )
        return Response(DifferenceEntry(_differences(found, outcome_of(found)), many=True).data)


def _differences(found: AuditAnalysis, outcome: Outcome) -> list[dict[str, Any]]:
    """In the order of the comments, and of the codes by name."""
    quotes = {each.pk: (number, each.text) for number, each in enumerate(comments_of(found))}
    names = {code.pk: code.name for code in outcome.codes}
    order = sorted(outcome.differ, key=lambda one: (quotes[one[0]][0], names[one[1]]))
    return [
        {
            "comment": quote,
            "text": quotes[quote][1],
            "code": code,
            "given_by": outcome.differ[quote, code],
            "is_open": (quote, code) in outcome.consensus.open,
            "opinions": [
                {"part": part, "has_code": holds}
                for part, holds in sorted(outcome.opinions.get((quote, code), {}).items())
            ],
        }
        for quote, code in order
    ]
