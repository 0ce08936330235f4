"""Who belongs to a partnership, over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.api.entries import PartnershipDetail
from partnerships.api.partnerships import NewcomerBody, OfPartnership, newcomers, share_field
from partnerships.models import Partner, PartnerChange
from partnerships.services.partners import add_partner, keep_partner, release_partner, set_share
from people.rest.answers import MOVED, done, valid


class PartnersView(OfPartnership):
    @extend_schema(
        operation_id="bring_in_partner",
        summary="Fill an empty part; all partners are told",
        tags=TAGS,
        request=NewcomerBody,
        responses={201: PartnershipDetail, **MOVED},
    )
    def post(self, request: Request, partnership_id: UUID) -> Response:
        found, body = self.find_to_change(partnership_id), valid(NewcomerBody(data=request.data))
        (newcomer,) = newcomers([body], "person")
        done(lambda: add_partner(found, newcomer, by=self.member))
        return self.answer(found.pk, code=status.HTTP_201_CREATED)


class OfPartner(OfPartnership):
    """An endpoint of one partner, who has to belong to the partnership."""

    def find_partner(self, partnership_id: UUID, partner_id: UUID) -> Partner:
        found = self.find_to_change(partnership_id)
        return get_object_or_404(
            Partner.objects.select_related("partnership"), pk=partner_id, partnership=found
        )


class ShareBody(serializers.Serializer[Any]):
    share = share_field()


class ShareView(OfPartner):
    @extend_schema(
        operation_id="change_partner_share",
        summary="Change the share of working time that it takes",
        tags=TAGS,
        request=ShareBody,
        responses={200: PartnershipDetail, **MOVED},
    )
    def put(self, request: Request, partnership_id: UUID, partner_id: UUID) -> Response:
        partner, body = self.find_partner(partnership_id, partner_id), valid(ShareBody(data=request.data))
        done(lambda: set_share(partner, body["share"], by=self.member))
        return self.answer(partnership_id)


class ReleasePartnerView(OfPartner):
    @extend_schema(
        operation_id="release_partner",
        summary="Go on without a partner from today; all are told",
        tags=TAGS,
        request=None,
        responses={200: PartnershipDetail, **MOVED},
    )
    def post(self, request: Request, partnership_id: UUID, partner_id: UUID) -> Response:
        partner = self.find_partner(partnership_id, partner_id)
        done(lambda: release_partner(partner, by=self.member))
        return self.answer(partnership_id)


class KeepPartnerView(OfPartnership):
    @extend_schema(
        operation_id="keep_partner",
        summary="Say that it goes on as it is although one half has changed",
        tags=TAGS,
        request=None,
        responses={200: PartnershipDetail, **MOVED},
    )
    def post(self, request: Request, partnership_id: UUID, change_id: UUID) -> Response:
        found = self.find_to_change(partnership_id)
        changes = PartnerChange.objects.select_related("partner__partnership")
        change = get_object_or_404(changes, pk=change_id, partner__partnership=found)
        done(lambda: keep_partner(change, by=self.member))
        return self.answer(found.pk)
