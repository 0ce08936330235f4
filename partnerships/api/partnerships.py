"""The register of partnerships over the REST API; registering, changing and ending one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.api.entries import PartnershipDetail, PartnershipEntry
from partnerships.enums import Part
from partnerships.models import Partnership
from partnerships.models.partnerships import WHOLE
from partnerships.permissions import (
    CHARTER_IS_KEPT_BY,
    HOW_THEY_DO_IS_FOR,
    PARTNERS_ARE_CHANGED_BY,
    PARTNERSHIPS_ARE_REGISTERED_BY,
    can_change_partners,
    can_keep_charter,
    can_read_charter,
    can_register_somewhere,
    watches_partnerships,
)
from partnerships.queries.partnerships import (
    Load,
    changes_of,
    former_partners_of,
    goals_of,
    load_of,
    met_lately,
    partnership_with,
    partnerships_in,
    partnerships_of,
    registered_partnerships,
    responsibilities_of,
)
from partnerships.services.partners import Newcomer
from partnerships.services.partnerships import (
    Founding,
    end_partnership,
    register_partnership,
    write_charter,
)
from people.access import demand
from people.models import Unit
from people.rest.answers import MOVED, RefusedValues, colleagues, done, valid, words
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView


def share_field() -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=1, max_value=WHOLE, help_text="Of their working time, in percent."
    )


class NewcomerBody(serializers.Serializer[Any]):
    part = serializers.ChoiceField(choices=Part.choices)
    person = serializers.UUIDField()
    share = share_field()


def newcomers(bodies: list[dict[str, Any]], field: str) -> list[Newcomer]:
    """The people of a body, or 422 where one of them does not work here."""
    found = colleagues(field, [each["person"] for each in bodies])
    return [Newcomer(Part(each["part"]), found[each["person"]], each["share"]) for each in bodies]


def unit_named(unit_id: UUID) -> Unit:
    """A unit of the body, or 422."""
    found = Unit.objects.filter(pk=unit_id).first()
    if found is None:
        raise RefusedValues({"unit": [_("There is no such unit.")]})
    return found


class OfPartnership(MemberAPIView):
    """An endpoint of one partnership. Everybody may know of it; what more, each says."""

    def find(self, partnership_id: UUID) -> Partnership:
        found = partnership_with(partnership_id, on=timezone.localdate())
        if found is None:
            raise NotFound
        return found

    def find_as_partner(self, partnership_id: UUID) -> Partnership:
        """403 for whoever is none."""
        found = self.find(partnership_id)
        demand(can_keep_charter(self.member, found.partner_ids), CHARTER_IS_KEPT_BY)
        return found

    def find_to_change(self, partnership_id: UUID) -> Partnership:
        """403 for whoever does not say who belongs to it."""
        found = self.find(partnership_id)
        demand(can_change_partners(self.member, found.partner_ids), PARTNERS_ARE_CHANGED_BY)
        return found

    def answer(self, partnership_id: UUID, *, code: int = status.HTTP_200_OK) -> Response:
        """As it is now."""
        now = self.find(partnership_id)
        agreed = self.agreed(now) if can_read_charter(self.member, now) else None
        return Response(PartnershipDetail(now, context={"agreed": agreed}).data, status=code)

    def agreed(self, partnership: Partnership) -> dict[str, Any]:
        today = timezone.localdate()
        loads = load_of(partnership.partner_ids, on=today)
        shares = [(each, loads.get(each.person_id, Load(0, 0))) for each in partnership.current]
        return {
            "charter": partnership.charter,
            "revision": partnership.revision,
            "shares": [
                {
                    "partner": partner.pk,
                    "share": partner.share,
                    "partnerships": load.partnerships,
                    "all_shares": load.share,
                    "has_no_clinic": partner.has_no_clinic,
                }
                for partner, load in shares
            ],
            "former": former_partners_of(partnership, on=today),
            "changes": changes_of(partnership),
            "matters": responsibilities_of(partnership),
            "goals": goals_of(partnership),
            "met_lately": met_lately(partnership, on=today),
        }


class RegisteredEntry(PartnershipEntry):
    """`watches` of the context: whether the reader sees how partnerships do."""

    meetings_lately = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="In 90 days; null but for HR admins and executives."
    )
    has_change = serializers.BooleanField(
        read_only=True, allow_null=True, help_text="Whether one half has changed; null for the same."
    )

    class Meta(PartnershipEntry.Meta):
        fields = [*PartnershipEntry.Meta.fields, "meetings_lately", "has_change"]

    def to_representation(self, instance: Partnership) -> dict[str, Any]:
        told: dict[str, Any] = super().to_representation(instance)
        if not watches_partnerships(self.context["view"].member):
            told |= {"meetings_lately": None, "has_change": None}
        return told


class RegisterQuestion(serializers.Serializer[Any]):
    """For HR admins and executives."""

    unit = serializers.UUIDField(required=False, help_text="This unit and everything below it.")
    kind = serializers.ChoiceField(choices=["dyad", "triad"], required=False)
    state = serializers.ChoiceField(
        choices=["incomplete", "changed", "quiet", "over"],
        required=False,
        help_text="One half is missing or has changed, no meeting for 90 days, or over; else running ones.",
    )


class Registration(serializers.Serializer[Any]):
    unit = serializers.UUIDField(help_text="Which they lead together.")
    partners = serializers.ListField(
        child=NewcomerBody(), min_length=2, max_length=len(Part), help_text="A nurse leader is the third."
    )
    charter = words(4000, help_text="What it is for. The partners write on from here.")
    since = serializers.DateField()


class RegisterPages(KeysetPages):
    ordering = ("-start_date", "id")


class RegisterView(MemberListAPIView, OfPartnership):
    serializer_class = RegisteredEntry
    pagination_class = RegisterPages

    def get_queryset(self) -> QuerySet[Partnership]:
        asked = valid(RegisterQuestion(data=self.request.query_params))
        if asked:
            demand(watches_partnerships(self.member), HOW_THEY_DO_IS_FOR)
        if "unit" in asked:
            asked["unit"] = get_object_or_404(Unit, pk=asked["unit"])
        return registered_partnerships(on=timezone.localdate(), **asked)

    @extend_schema(
        operation_id="partnerships",
        summary="Who leads which unit together",
        description="For everybody; the filters and how they do for HR admins and executives.",
        tags=TAGS,
        parameters=[RegisterQuestion],
    )
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="register_partnership",
        summary="Register a physician and an administrator who lead a unit together",
        description="For HR admins, executives and the unit's leader. The partners are told.",
        tags=TAGS,
        request=Registration,
        responses={201: PartnershipDetail, **MOVED},
    )
    def post(self, request: Request) -> Response:
        demand(can_register_somewhere(self.member), PARTNERSHIPS_ARE_REGISTERED_BY)
        body = valid(Registration(data=request.data))
        unit = unit_named(body["unit"])
        founding = Founding(unit, newcomers(body["partners"], "partners"), body["charter"], body["since"])
        made = done(lambda: register_partnership(founding, by=self.member))
        return self.answer(made.pk, code=status.HTTP_201_CREATED)


class OwnPartnershipsView(MemberAPIView):
    @extend_schema(
        operation_id="my_partnerships",
        summary="The partnerships I am in",
        tags=TAGS,
        responses=PartnershipEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        own = partnerships_of(self.member.person_id, on=timezone.localdate())
        return Response(PartnershipEntry(own, many=True).data)


class UnitPartnershipsView(MemberAPIView):
    @extend_schema(
        operation_id="unit_partnerships",
        summary="The partnerships of a unit, of now and of before",
        tags=TAGS,
        responses=PartnershipEntry(many=True),
    )
    def get(self, request: Request, unit_id: UUID) -> Response:
        unit = get_object_or_404(Unit, pk=unit_id)
        rows = partnerships_in(unit, on=timezone.localdate())
        return Response(PartnershipEntry(rows, many=True).data)


class PartnershipView(OfPartnership):
    @extend_schema(
        operation_id="partnership", summary="One partnership", tags=TAGS, responses=PartnershipDetail
    )
    def get(self, request: Request, partnership_id: UUID) -> Response:
        return self.answer(partnership_id)


class CharterBody(serializers.Serializer[Any]):
    charter = words(4000, help_text="What it is for.")
    revision = serializers.IntegerField(min_value=1, help_text="Of the charter as you saw it.")


class CharterView(OfPartnership):
    @extend_schema(
        operation_id="write_partnership_charter",
        summary="Write the charter anew, as a partner",
        description="Refused where somebody changed it meanwhile; the message says what it says now.",
        tags=TAGS,
        request=CharterBody,
        responses={200: PartnershipDetail, **MOVED},
    )
    def put(self, request: Request, partnership_id: UUID) -> Response:
        found, body = self.find_as_partner(partnership_id), valid(CharterBody(data=request.data))
        done(lambda: write_charter(found, **body, by=self.member))
        return self.answer(found.pk)


class EndPartnershipView(OfPartnership):
    @extend_schema(
        operation_id="end_partnership",
        summary="End it from today; everything that was agreed stays",
        tags=TAGS,
        request=None,
        responses={200: PartnershipDetail, **MOVED},
    )
    def post(self, request: Request, partnership_id: UUID) -> Response:
        found = self.find_to_change(partnership_id)
        done(lambda: end_partnership(found, by=self.member))
        return self.answer(found.pk)
