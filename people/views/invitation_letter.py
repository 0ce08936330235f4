"""The page behind the link of an invitation."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from people.access_queries import InvitationLetter, invitation_letter, user_with_address
from people.forms.access import NewPasswordForm
from people.services.invitations import InvitationClosedError, accept_as_new_user, accept_as_user
from tenancy.models import User
from web.forms import status_of


@never_cache
@sensitive_post_parameters()
def accept(request: HttpRequest, organization_slug: str, token: str) -> HttpResponse:
    """Say who invites; a new person sets a password, one with an account confirms while signed in."""
    letter = invitation_letter(organization_slug, token)
    if letter is None:
        return _closed(request, "unknown")
    if letter.state != "open":
        return _closed(request, letter.state)
    try:
        if letter.has_account:
            return _for_known_user(request, letter, token)
        return _for_new_user(request, letter, token)
    except InvitationClosedError as error:
        return _closed(request, error.reason)


def _for_new_user(request: HttpRequest, letter: InvitationLetter, token: str) -> HttpResponse:
    if request.user.is_authenticated:
        return _page(request, "other_user", letter)
    form = NewPasswordForm(request.POST if request.method == "POST" else None, email=letter.email)
    if request.method == "POST" and form.is_valid():
        user = accept_as_new_user(letter.organization.slug, token, form.cleaned_data["password"])
        home = reverse("today", args=[letter.organization.slug])
        response: HttpResponse = perform_login(request, user, redirect_url=home)
        return response
    return _page(request, "new_user", letter, status=status_of(form), form=form)


def _for_known_user(request: HttpRequest, letter: InvitationLetter, token: str) -> HttpResponse:
    user = request.user
    if not isinstance(user, User):
        return _page(request, "sign_in", letter)
    if user_with_address(letter.email) != user:
        return _page(request, "other_user", letter)
    if request.method == "POST":
        accept_as_user(letter.organization.slug, token, user=user)
        messages.success(request, f"You now belong to {letter.organization.name}.")
        return redirect("today", letter.organization.slug)
    return _page(request, "known_user", letter)


def _page(
    request: HttpRequest,
    case: str,
    letter: InvitationLetter,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    form: NewPasswordForm | None = None,
) -> HttpResponse:
    context = {"case": case, "letter": letter, "form": form}
    return render(request, "people/invitation_letter.html", context, status=status)


def _closed(request: HttpRequest, reason: str) -> HttpResponse:
    # 404 for what never was, 410 for what is no more: neither can be found by guessing.
    status = HTTPStatus.NOT_FOUND if reason == "unknown" else HTTPStatus.GONE
    return render(request, "people/invitation_closed.html", {"reason": reason}, status=status)
