"""One-click sign-in and the mail that was sent, in demo mode only: other modes have no address for them."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from people.demo_mail import mail_named
from people.demo_mail import mails as sent_mails
from people.demo_personas import persona_with
from tenancy.models import User
from web.paging import numbered_page


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Become one of the listed personas."""
    persona = persona_with(request.POST.get("email", ""))
    if persona is None:
        raise Http404
    user = get_object_or_404(User, email=persona.email, is_active=True)
    logout(request)
    home = reverse("today", args=[persona.slug])
    response: HttpResponse = perform_login(request, user, email_verification="none", redirect_url=home)
    return response


def mails(request: HttpRequest) -> HttpResponse:
    """What the demo would have sent, newest first; ?to= finds an address."""
    to = request.GET.get("to", "")
    page = numbered_page(request, sent_mails(to))
    context = {"page": page, "to": to}
    return render(request, "people/demo_mails.html", context)


def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One of them."""
    found = mail_named(name)
    if found is None:
        raise Http404
    return render(request, "people/demo_mail.html", {"mail": found})
