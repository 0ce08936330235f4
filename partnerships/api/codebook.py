"""The codebook of a programme over the REST API: its codes, how they read before, and its themes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.models import Code, CodeVersion, PartnershipProgramme, Theme
from partnerships.permissions import CODEBOOK_IS_KEPT_BY, can_keep_codebook
from partnerships.queries.coding import (
    codebook_stands,
    codes_for,
    codes_in,
    programme_with_codebook_for,
    themes_in,
)
from partnerships.services import codebook as services
from people.access import demand
from people.rest.answers import (
    MOVED,
    ONE_LINE,
    RefusedValues,
    done,
    optional_words,
    valid,
    words,
    words_on_one_line,
)
from people.rest.views import MemberAPIView


class CodeVersionEntry(serializers.ModelSerializer[CodeVersion]):
    """How a code read, and why it changed."""

    class Meta:
        model = CodeVersion
        fields = ["version", "name", "definition", "example", "why", "written_on"]


class CodeEntry(serializers.ModelSerializer[Code]):
    theme = serializers.UUIDField(source="theme_id", read_only=True, allow_null=True)

    class Meta:
        model = Code
        fields = ["id", "name", "definition", "example", "version", "theme", "retired_on"]


class CodeDetail(CodeEntry):
    versions = CodeVersionEntry(many=True, read_only=True, help_text="The newest first.")

    class Meta(CodeEntry.Meta):
        fields = [*CodeEntry.Meta.fields, "versions"]


class CodeThemeEntry(serializers.ModelSerializer[Theme]):
    class Meta:
        model = Theme
        fields = ["id", "name", "definition"]


class CodebookEntry(serializers.Serializer[Any]):
    stands = serializers.BooleanField(help_text="Two people code by it: codes do not change now.")
    codes = CodeDetail(many=True, help_text="Those that are no longer given last.")
    themes = CodeThemeEntry(many=True)


class CodeBody(serializers.Serializer[Any]):
    name = words_on_one_line(100)
    definition = words(600, help_text="When it is given, and when not.")
    example = optional_words(300, ONE_LINE, help_text="In your own words, no quote.")


class ChangedCode(CodeBody):
    why = words_on_one_line(200, help_text="Coders after you will ask.")


class ThemeBody(serializers.Serializer[Any]):
    name = words_on_one_line(100)
    definition = words(600, help_text="What it holds together.")


class ThemeOfCode(serializers.Serializer[Any]):
    theme = serializers.UUIDField(allow_null=True, help_text="Null: under no theme.")


class OfCodebook(MemberAPIView):
    """An endpoint of a codebook, for those who code and whoever runs the programme."""

    def find(self, programme_id: UUID) -> PartnershipProgramme:
        found = programme_with_codebook_for(self.member, programme_id)
        if found is None:
            raise NotFound
        demand(
            can_keep_codebook(self.member, found, codes=codes_for(self.member, found)), CODEBOOK_IS_KEPT_BY
        )
        return found

    def find_code(self, programme_id: UUID, code_id: UUID) -> Code:
        return get_object_or_404(codes_in(self.find(programme_id)).select_related("programme"), pk=code_id)


class CodebookView(OfCodebook):
    @extend_schema(
        operation_id="programme_codebook",
        summary="The codebook of a programme: codes with how they read before, and themes",
        description="For those who code an audit of it and whoever runs it.",
        tags=TAGS,
        responses=CodebookEntry,
    )
    def get(self, request: Request, programme_id: UUID) -> Response:
        found = self.find(programme_id)
        told = {"stands": codebook_stands(found), "codes": codes_in(found), "themes": themes_in(found)}
        return Response(CodebookEntry(told).data)


class CodesView(OfCodebook):
    @extend_schema(
        operation_id="add_programme_code",
        summary="Add a code, unless two people code by the codebook now",
        tags=TAGS,
        request=CodeBody,
        responses={201: CodeEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID) -> Response:
        found = self.find(programme_id)
        wording = wording_of(valid(CodeBody(data=request.data)))
        made = done(lambda: services.add_code(found, wording, by=self.member))
        return Response(CodeEntry(made).data, status=status.HTTP_201_CREATED)


class CodeView(OfCodebook):
    @extend_schema(
        operation_id="change_programme_code",
        summary="Change how a code reads; how it read before stays, with the reason",
        tags=TAGS,
        request=ChangedCode,
        responses={200: CodeEntry, **MOVED},
    )
    def put(self, request: Request, programme_id: UUID, code_id: UUID) -> Response:
        found, body = self.find_code(programme_id, code_id), valid(ChangedCode(data=request.data))
        why = body["why"]
        made = done(lambda: services.change_code(found, wording_of(body), why, by=self.member))
        return Response(CodeEntry(made).data)


class RetireCodeView(OfCodebook):
    @extend_schema(
        operation_id="retire_programme_code",
        summary="Give a code no more, or again; comments that have it keep it",
        tags=TAGS,
        request=None,
        responses={200: CodeEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, code_id: UUID) -> Response:
        found = self.find_code(programme_id, code_id)
        return Response(CodeEntry(done(lambda: services.retire_code(found, by=self.member))).data)


class GroupCodeView(OfCodebook):
    @extend_schema(
        operation_id="group_programme_code",
        summary="Put a code under a theme, or under none",
        tags=TAGS,
        request=ThemeOfCode,
        responses={200: CodeEntry, **MOVED},
    )
    def put(self, request: Request, programme_id: UUID, code_id: UUID) -> Response:
        found = self.find_code(programme_id, code_id)
        theme_id = valid(ThemeOfCode(data=request.data))["theme"]
        theme = themes_in(found.programme).filter(pk=theme_id).first() if theme_id else None
        if theme_id and theme is None:
            raise RefusedValues({"theme": [_("This programme has no such theme.")]})
        return Response(CodeEntry(done(lambda: services.group_code(found, theme, by=self.member))).data)


class ThemesView(OfCodebook):
    @extend_schema(
        operation_id="add_programme_theme",
        summary="Add a theme that holds codes together",
        tags=TAGS,
        request=ThemeBody,
        responses={201: CodeThemeEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID) -> Response:
        found, body = self.find(programme_id), valid(ThemeBody(data=request.data))
        made = done(lambda: services.add_theme(found, **body, by=self.member))
        return Response(CodeThemeEntry(made).data, status=status.HTTP_201_CREATED)


class ThemeView(OfCodebook):
    @extend_schema(
        operation_id="change_programme_theme",
        summary="Change a theme’s words; findings that are released keep theirs",
        tags=TAGS,
        request=ThemeBody,
        responses={200: CodeThemeEntry, **MOVED},
    )
    def put(self, request: Request, programme_id: UUID, theme_id: UUID) -> Response:
        themes = themes_in(self.find(programme_id)).select_related("programme")
        found, body = get_object_or_404(themes, pk=theme_id), valid(ThemeBody(data=request.data))
        return Response(
            CodeThemeEntry(done(lambda: services.change_theme(found, **body, by=self.member))).data
        )


def wording_of(body: dict[str, Any]) -> services.Wording:
    return services.Wording(*(body[name].strip() for name in ("name", "definition", "example")))
