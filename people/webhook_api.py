"""Webhooks over the REST API: for organisation admins, as on the page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.models import WebhookDelivery, WebhookEndpoint
from people.permissions import WEBHOOKS_ARE_KEPT_BY, can_keep_webhooks
from people.rest.answers import MOVED, done, valid
from people.rest.views import MemberAPIView
from people.webhooks.keeping import add_webhook, remove_webhook

SHOWN = 50


class WebhookDeliveryEntry(serializers.ModelSerializer[WebhookDelivery]):
    """An event on its way; `status` is what the endpoint answered."""

    state = serializers.CharField(read_only=True)
    trouble = serializers.CharField(read_only=True)

    class Meta:
        model = WebhookDelivery
        fields = ["id", "kind", "ids", "happened_at", "state", "attempts", "tried_at", "status", "trouble"]


class WebhookEntry(serializers.ModelSerializer[WebhookEndpoint]):
    class Meta:
        model = WebhookEndpoint
        fields = ["id", "url", "added_at", "switched_off_at", "failing"]


class AddedWebhook(WebhookEntry):
    secret = serializers.CharField(
        read_only=True, help_text="Shown this once. Signatures follow the Standard Webhooks specification."
    )

    class Meta(WebhookEntry.Meta):
        fields = [*WebhookEntry.Meta.fields, "secret"]


class WebhookWithDeliveries(WebhookEntry):
    """With the last 50 events."""

    deliveries = WebhookDeliveryEntry(many=True, read_only=True, source="last_deliveries")

    class Meta(WebhookEntry.Meta):
        fields = [*WebhookEntry.Meta.fields, "deliveries"]


class WebhookList(serializers.Serializer[Any]):
    webhooks = WebhookEntry(many=True, read_only=True)


class NewWebhook(serializers.Serializer[Any]):
    url = serializers.RegexField(r"^https://[^\s\x00]+$", max_length=500)


class WebhooksView(MemberAPIView):
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        demand(can_keep_webhooks(self.member), WEBHOOKS_ARE_KEPT_BY)

    @extend_schema(
        operation_id="webhooks",
        summary="Systems that are told of events",
        description="For organisation admins.",
        tags=["HR systems"],
        responses=WebhookList,
    )
    def get(self, request: Request) -> Response:
        return Response(WebhookList({"webhooks": WebhookEndpoint.objects.order_by("added_at", "pk")}).data)

    @extend_schema(
        operation_id="add_webhook",
        summary="Have events sent to an address",
        description="For organisation admins. Events: stamp.earned, stamp.revoked, scores.released.",
        tags=["HR systems"],
        request=NewWebhook,
        responses={201: AddedWebhook, **MOVED},
    )
    def post(self, request: Request) -> Response:
        url = valid(NewWebhook(data=request.data))["url"]
        endpoint, secret = done(lambda: add_webhook(url, by=self.member))
        endpoint.secret = secret  # of this object alone: what is kept is encrypted
        return Response(AddedWebhook(endpoint).data, status=status.HTTP_201_CREATED)


class WebhookView(MemberAPIView):
    def endpoint(self, endpoint_id: UUID) -> WebhookEndpoint:
        demand(can_keep_webhooks(self.member), WEBHOOKS_ARE_KEPT_BY)
        return get_object_or_404(WebhookEndpoint, pk=endpoint_id)

    @extend_schema(
        operation_id="webhook",
        summary="A system that is told of events, and the last of them",
        description="For organisation admins.",
        tags=["HR systems"],
        responses=WebhookWithDeliveries,
    )
    def get(self, request: Request, endpoint_id: UUID) -> Response:
        endpoint = self.endpoint(endpoint_id)
        told = {
            **{name: getattr(endpoint, name) for name in WebhookEntry.Meta.fields},
            "last_deliveries": endpoint.deliveries.order_by("-happened_at", "pk")[:SHOWN],
        }
        return Response(WebhookWithDeliveries(told).data)  # type: ignore[arg-type]  # read as the model is

    @extend_schema(
        operation_id="remove_webhook",
        summary="Have no more events sent to an address",
        description="For organisation admins.",
        tags=["HR systems"],
        responses={204: OpenApiResponse(description="Removed.")},
    )
    def delete(self, request: Request, endpoint_id: UUID) -> Response:
        remove_webhook(self.endpoint(endpoint_id), by=self.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
