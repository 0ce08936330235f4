"""Webhooks as pages: for organisation admins."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people.access import MemberRequest, demand, member_view
from people.forms.webhooks import SwitchForm, WebhookForm
from people.models import WebhookEndpoint
from people.permissions import WEBHOOKS_ARE_KEPT_BY, can_keep_webhooks
from people.webhooks.delivering import OVERLAP
from people.webhooks.keeping import (
    add_webhook,
    change_secret,
    remove_webhook,
    send_test_event,
    switch_webhook,
)
from web.forms import status_of
from web.shell import Crumb

SHOWN = 50


@never_cache
@member_view
def webhooks(request: MemberRequest) -> HttpResponse:
    """All of them, and adding one. The answer to adding one shows its secret, this once."""
    demand(can_keep_webhooks(request.member), WEBHOOKS_ARE_KEPT_BY)
    form = WebhookForm(request.POST if request.method == "POST" else None)
    added, secret = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            added, secret = add_webhook(form.cleaned_data["url"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            form = WebhookForm()
    context = {
        "form": form,
        "added": added,
        "secret": secret,
        "endpoints": WebhookEndpoint.objects.order_by("added_at", "pk"),
        "breadcrumbs": [Crumb(_("Webhooks"))],
    }
    return render(request, "people/webhooks.html", context, status=status_of(form))


@require_safe
@member_view
def webhook(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    """What was sent to one lately, and what can be done with it."""
    return _page(request, _endpoint(request, endpoint_id))


@never_cache
@require_POST
@member_view
def webhook_secret(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    """Change the secret. The answer shows the new one, this once."""
    endpoint = _endpoint(request, endpoint_id)
    secret = change_secret(endpoint, by=request.member)
    endpoint.refresh_from_db()
    return _page(request, endpoint, secret=secret)


@require_POST
@member_view
def webhook_test(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    endpoint = _endpoint(request, endpoint_id)
    try:
        send_test_event(endpoint, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("A test event is on its way. Look again in a moment."))
    return _back(request, endpoint)


@require_POST
@member_view
def webhook_switch(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    endpoint, form = _endpoint(request, endpoint_id), SwitchForm(request.POST)
    on = form.is_valid() and form.cleaned_data["on"]
    switch_webhook(endpoint, on=on, by=request.member)
    messages.success(request, _("Events are sent from now on.") if on else _("Nothing is sent any more."))
    return _back(request, endpoint)


@require_POST
@member_view
def webhook_remove(request: MemberRequest, endpoint_id: UUID) -> HttpResponse:
    remove_webhook(_endpoint(request, endpoint_id), by=request.member)
    messages.success(request, _("Removed, with all that was noted of it."))
    return redirect("people:webhooks", request.organization.slug)


def _endpoint(request: MemberRequest, endpoint_id: UUID) -> WebhookEndpoint:
    demand(can_keep_webhooks(request.member), WEBHOOKS_ARE_KEPT_BY)
    return get_object_or_404(WebhookEndpoint.objects.select_related("added_by"), pk=endpoint_id)


def _back(request: MemberRequest, endpoint: WebhookEndpoint) -> HttpResponse:
    return redirect("people:webhook", request.organization.slug, endpoint.pk)


def _page(request: MemberRequest, endpoint: WebhookEndpoint, *, secret: str = "") -> HttpResponse:
    changed = endpoint.secret_changed_at
    until = changed + OVERLAP if changed is not None else None
    context = {
        "endpoint": endpoint,
        "secret": secret,
        "both_sign_until": until if until is not None and until > timezone.now() else None,
        "deliveries": endpoint.deliveries.order_by("-happened_at", "pk")[:SHOWN],
        "breadcrumbs": [
            Crumb(_("Webhooks"), reverse("people:webhooks", args=[request.organization.slug])),
            Crumb(endpoint.url),
        ],
    }
    return render(request, "people/webhook.html", context)
