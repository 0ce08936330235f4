"""The organisation's tags over the REST API, and what one looks for a mentor for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.enums import TagKind
from mentoring.models import Tag
from mentoring.models.taxonomy import HEAVIEST, LIGHTEST
from mentoring.permissions import TAXONOMY_IS_KEPT_BY, can_keep_taxonomy
from mentoring.queries.taxonomy import interests_of, tags_in_use, tags_with_use
from mentoring.services.interests import MOST_INTERESTS, save_interests
from mentoring.services.taxonomy import add_tag, change_tag, restore_tag, retire_tag
from people.access import demand
from people.rest.answers import done, valid, words_on_one_line
from people.rest.views import MemberAPIView


class TagEntry(serializers.ModelSerializer[Tag]):
    kind = serializers.ChoiceField(choices=TagKind.choices, read_only=True)

    class Meta:
        model = Tag
        fields = ["id", "kind", "name", "weight", "retired_on"]


class UsedTagEntry(serializers.Serializer[Any]):
    """A tag with how many people look for it, and how many who mentor offer it."""

    tag = TagEntry(read_only=True)
    looking = serializers.IntegerField(read_only=True)
    offering = serializers.IntegerField(read_only=True)


class TagWords(serializers.Serializer[Any]):
    name = words_on_one_line(60)
    weight = serializers.IntegerField(min_value=LIGHTEST, max_value=HEAVIEST)


class NewTag(TagWords):
    kind = serializers.ChoiceField(choices=TagKind.choices)


class TagsView(MemberAPIView):
    @extend_schema(
        operation_id="mentoring_tags",
        summary="The tags that can be chosen today",
        tags=TAGS,
        responses=TagEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(TagEntry(tags_in_use(), many=True).data)

    @extend_schema(
        operation_id="add_mentoring_tag",
        summary="Add a tag",
        description="For HR admins and directors of all programmes.",
        tags=TAGS,
        request=NewTag,
        responses={201: TagEntry},
    )
    def post(self, request: Request) -> Response:
        demand(can_keep_taxonomy(self.member), TAXONOMY_IS_KEPT_BY)
        body = valid(NewTag(data=request.data))
        body["kind"] = TagKind(body["kind"])
        made = done(lambda: add_tag(**body, by=self.member))
        return Response(TagEntry(made).data, status=status.HTTP_201_CREATED)


class TaxonomyView(MemberAPIView):
    @extend_schema(
        operation_id="mentoring_taxonomy",
        summary="Every tag, also retired ones, with how often it is used",
        description="For HR admins and directors of all programmes.",
        tags=TAGS,
        responses=UsedTagEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        demand(can_keep_taxonomy(self.member), TAXONOMY_IS_KEPT_BY)
        kinds = tags_with_use(on=timezone.localdate()).values()
        return Response(UsedTagEntry([used for of_kind in kinds for used in of_kind], many=True).data)


class OfTag(MemberAPIView):
    """An endpoint of one tag, for whoever keeps the taxonomy."""

    def find(self, tag_id: UUID) -> Tag:
        demand(can_keep_taxonomy(self.member), TAXONOMY_IS_KEPT_BY)
        return get_object_or_404(Tag, pk=tag_id)

    def answer(self, tag: Tag) -> Response:
        tag.refresh_from_db()
        return Response(TagEntry(tag).data)


class TagView(OfTag):
    @extend_schema(
        operation_id="change_mentoring_tag",
        summary="Word or weigh a tag differently",
        description="Whoever chose it keeps it, so the meaning should stay.",
        tags=TAGS,
        request=TagWords,
        responses=TagEntry,
    )
    def put(self, request: Request, tag_id: UUID) -> Response:
        tag, body = self.find(tag_id), valid(TagWords(data=request.data))
        done(lambda: change_tag(tag, **body, by=self.member))
        return self.answer(tag)


class RetireTagView(OfTag):
    @extend_schema(
        operation_id="retire_mentoring_tag",
        summary="Offer a tag no more",
        tags=TAGS,
        request=None,
        responses=TagEntry,
    )
    def post(self, request: Request, tag_id: UUID) -> Response:
        tag = self.find(tag_id)
        retire_tag(tag, on=timezone.localdate(), by=self.member)
        return self.answer(tag)


class RestoreTagView(OfTag):
    @extend_schema(
        operation_id="restore_mentoring_tag",
        summary="Offer a retired tag again",
        tags=TAGS,
        request=None,
        responses=TagEntry,
    )
    def post(self, request: Request, tag_id: UUID) -> Response:
        tag = self.find(tag_id)
        restore_tag(tag, by=self.member)
        return self.answer(tag)


class Interests(serializers.Serializer[Any]):
    tags = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=MOST_INTERESTS,
        help_text="All of them; tags that are not offered today are left out.",
    )


class InterestsView(MemberAPIView):
    @extend_schema(
        operation_id="my_mentoring_interests",
        summary="What I would like a mentor for",
        tags=TAGS,
        responses=TagEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        chosen = tags_in_use().filter(pk__in=interests_of(self.member.person_id))
        return Response(TagEntry(chosen, many=True).data)

    @extend_schema(
        operation_id="save_mentoring_interests",
        summary="Look for a mentor with these tags and no others",
        tags=TAGS,
        request=Interests,
        responses=TagEntry(many=True),
    )
    def put(self, request: Request) -> Response:
        body = valid(Interests(data=request.data))
        done(lambda: save_interests(body["tags"], by=self.member))
        return self.get(request)
