"""Running a partnership programme over the REST API: who is brought in, and closing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.api.programmes import OfProgramme, ParticipantEntry, ProgrammeEntry
from partnerships.queries.partnerships import partnership_with
from partnerships.services.programmes import bring_partnership, bring_sponsor, close_programme
from people.rest.answers import MOVED, RefusedValues, colleague, done, optional_words, valid


class BroughtPartnership(serializers.Serializer[Any]):
    partnership = serializers.UUIDField(help_text="Of the programme’s unit or below it.")


class BringPartnershipView(OfProgramme):
    @extend_schema(
        operation_id="bring_partnership_into_programme",
        summary="Bring in the partners of a partnership; of one that is in it, whoever is new",
        description="For whoever leads the programme, HR admins and executives. They are told.",
        tags=TAGS,
        request=BroughtPartnership,
        responses={201: ParticipantEntry(many=True), **MOVED},
    )
    def post(self, request: Request, programme_id: UUID) -> Response:
        found = self.find_to_run(programme_id)
        body = valid(BroughtPartnership(data=request.data))
        brought = partnership_with(body["partnership"], on=timezone.localdate())
        if brought is None:
            raise RefusedValues({"partnership": [_("There is no such partnership.")]})
        seated = done(lambda: bring_partnership(found, brought, by=self.member))
        return Response(ParticipantEntry(seated, many=True).data, status=status.HTTP_201_CREATED)


class BroughtSponsor(serializers.Serializer[Any]):
    person = serializers.UUIDField(help_text="An executive who goes through it with the partners.")
    done_before = optional_words(200, help_text="Which programme of the kind they did themselves.")


class BringSponsorView(OfProgramme):
    @extend_schema(
        operation_id="bring_sponsor_into_programme",
        summary="Bring in one more executive sponsor",
        description="For whoever leads the programme, HR admins and executives. They are told.",
        tags=TAGS,
        request=BroughtSponsor,
        responses={201: ParticipantEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID) -> Response:
        found = self.find_to_run(programme_id)
        body = valid(BroughtSponsor(data=request.data))
        person = colleague("person", body["person"])
        made = done(lambda: bring_sponsor(found, person, body["done_before"], by=self.member))
        return Response(ParticipantEntry(made).data, status=status.HTTP_201_CREATED)


class CloseProgrammeView(OfProgramme):
    @extend_schema(
        operation_id="close_partnership_programme",
        summary="Close a programme: nothing more is asked of anybody, and all that was written stays",
        description="For whoever leads the programme, HR admins and executives, when nothing is to come.",
        tags=TAGS,
        request=None,
        responses={200: ProgrammeEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID) -> Response:
        found = self.find_to_run(programme_id)
        return Response(ProgrammeEntry(done(lambda: close_programme(found, by=self.member))).data)
