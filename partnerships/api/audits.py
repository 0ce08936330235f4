"""Which surveys were the cultural audits of a partnership programme, over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.api.programmes import OfProgramme
from partnerships.enums import AuditPoint
from partnerships.models import ProgrammeAudit
from partnerships.queries.audits import asked_of, audit_waves, audits_of
from partnerships.services.audits import attach_audit, detach_audit
from people.rest.answers import MOVED, RefusedValues, done, valid
from people.rest.pagination import KeysetPages
from people.rest.views import MemberListAPIView
from surveys.models import Wave


class AuditWaveEntry(serializers.ModelSerializer[Wave]):
    class Meta:
        model = Wave
        fields = ["id", "title", "opens_on", "closes_on", "state"]


class AuditAskedEntry(serializers.Serializer[Any]):
    """Whom it asked, by how many: nobody by name."""

    participants = serializers.IntegerField(help_text="Of those who take part.")
    all = serializers.IntegerField(help_text="Who take part.")
    others = serializers.IntegerField(help_text="Besides them.")


class AttachedAuditEntry(serializers.ModelSerializer[ProgrammeAudit]):
    wave = AuditWaveEntry(read_only=True)
    asked = serializers.SerializerMethodField()

    class Meta:
        model = ProgrammeAudit
        fields = ["id", "which", "wave", "attached_on", "asked"]

    @extend_schema_field(AuditAskedEntry)
    def get_asked(self, audit: ProgrammeAudit) -> Any:
        return AuditAskedEntry(asked_of(self.context["programme"], audit.wave)).data


class AttachedAudit(serializers.Serializer[Any]):
    which = serializers.ChoiceField(choices=AuditPoint.choices)
    wave = serializers.UUIDField(help_text="A survey with the cultural audit that was opened here.")


class AuditsView(OfProgramme):
    @extend_schema(
        operation_id="programme_audits",
        summary="Which surveys were the audits of a programme, and whom they asked",
        description="That of the start before that of the end; what they found is another question.",
        tags=TAGS,
        responses=AttachedAuditEntry(many=True),
    )
    def get(self, request: Request, programme_id: UUID) -> Response:
        found = self.find(programme_id)
        entries = AttachedAuditEntry(audits_of(found), many=True, context={"programme": found})
        return Response(entries.data)

    @extend_schema(
        operation_id="attach_programme_audit",
        summary="Say that a survey was the audit at the start or at the end",
        description="For whoever leads the programme, HR admins and executives. It asked those who take "
        "part, and both audits the same part of the people, one after the other.",
        tags=TAGS,
        request=AttachedAudit,
        responses={201: AttachedAuditEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID) -> Response:
        found = self.find_to_run(programme_id)
        body = valid(AttachedAudit(data=request.data))
        wave = audit_waves().filter(pk=body["wave"]).first()
        if wave is None:
            raise RefusedValues({"wave": [_("This survey is no cultural audit that was opened here.")]})
        made = done(lambda: attach_audit(found, AuditPoint(body["which"]), wave, by=self.member))
        entry = AttachedAuditEntry(made, context={"programme": found})
        return Response(entry.data, status=status.HTTP_201_CREATED)


class AuditView(OfProgramme):
    @extend_schema(
        operation_id="detach_programme_audit",
        summary="Take an audit away that was another survey; the survey itself stays",
        description="For whoever leads the programme, HR admins and executives, until somebody codes it.",
        tags=TAGS,
        responses={204: None, **MOVED},
    )
    def delete(self, request: Request, programme_id: UUID, audit_id: UUID) -> Response:
        programme = self.find_to_run(programme_id)
        found = get_object_or_404(audits_of(programme).select_related("programme"), pk=audit_id)
        done(lambda: detach_audit(found, by=self.member))
        return Response(status=status.HTTP_204_NO_CONTENT)


class AuditWavePages(KeysetPages):
    ordering = ("-opens_on", "id")


class AuditWavesView(OfProgramme, MemberListAPIView):
    serializer_class = AuditWaveEntry
    pagination_class = AuditWavePages

    def get_queryset(self) -> QuerySet[Wave]:
        self.find_to_run(self.kwargs["programme_id"])
        return audit_waves()

    @extend_schema(
        operation_id="programme_audit_waves",
        summary="Surveys that can be attached as an audit, the newest first",
        description="For whoever leads the programme, HR admins and executives.",
        tags=TAGS,
    )
    def get(self, request: Request, programme_id: UUID) -> Response:
        return self.list(request)
