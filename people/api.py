"""People over the REST API: myself, and the directory that every member may read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from people.enums import Role
from people.models import Person, Unit
from people.queries import people_in_directory, with_name_starting
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView
from tenancy.models import Organization


class UnitSummary(serializers.ModelSerializer[Unit]):
    class Meta:
        model = Unit
        fields = ["id", "name", "kind"]


class PersonEntry(serializers.ModelSerializer[Person]):
    """What the directory says about somebody: working details only."""

    name = serializers.CharField(read_only=True)
    unit = UnitSummary(read_only=True)

    class Meta:
        model = Person
        fields = [
            "id",
            "name",
            "given_name",
            "family_name",
            "email",
            "job_title",
            "profession",
            "specialty",
            "unit",
        ]


class OrganizationSummary(serializers.ModelSerializer[Organization]):
    class Meta:
        model = Organization
        fields = ["slug", "name", "time_zone"]


class Myself(serializers.Serializer[Any]):
    """Who the token or session belongs to."""

    person = PersonEntry(read_only=True)
    organization = OrganizationSummary(read_only=True)
    roles = serializers.ListField(child=serializers.ChoiceField(choices=Role.choices), read_only=True)
    is_manager = serializers.BooleanField(read_only=True)


class DirectoryQuestion(serializers.Serializer[Any]):
    q = serializers.RegexField(
        r"^[^\x00]*$",  # PostgreSQL knows no such character, and the description says so
        required=False,
        allow_blank=True,
        max_length=100,
        help_text="The beginning of a family name, or of “family name given name”.",
    )
    unit = serializers.UUIDField(required=False, help_text="Only the people of this unit itself.")


class MeView(MemberAPIView):
    @extend_schema(operation_id="me", summary="Myself", tags=["People"], responses=Myself)
    def get(self, request: Request) -> Response:
        person = Person.objects.select_related("unit").get(pk=self.member.person_id)
        myself = {
            "person": person,
            "organization": self.organization,
            "roles": sorted(self.member.roles),
            "is_manager": self.member.is_manager,
        }
        return Response(Myself(myself).data)


class DirectoryPages(KeysetPages):
    ordering = ("search_key", "id")


class PeopleView(MemberListAPIView):
    serializer_class = PersonEntry
    pagination_class = DirectoryPages

    def get_queryset(self) -> QuerySet[Person]:
        question = DirectoryQuestion(data=self.request.query_params)
        question.is_valid(raise_exception=True)
        people = people_in_directory(self.member)
        if "q" in question.validated_data:
            people = with_name_starting(people, question.validated_data["q"])
        if "unit" in question.validated_data:
            people = people.filter(unit=question.validated_data["unit"])
        return people

    @extend_schema(
        operation_id="people",
        summary="The people directory",
        tags=["People"],
        parameters=[DirectoryQuestion],
    )
    def get(self, request: Request) -> Response:
        return self.list(request)


class PersonView(MemberAPIView):
    @extend_schema(operation_id="person", summary="One person", tags=["People"], responses=PersonEntry)
    def get(self, request: Request, person_id: UUID) -> Response:
        person = get_object_or_404(people_in_directory(self.member), pk=person_id)
        return Response(PersonEntry(person).data)
