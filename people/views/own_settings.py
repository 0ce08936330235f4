"""One's own settings in an organisation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from people.access import MemberRequest, member_view
from people.access_queries import sign_in_security, tokens_of
from people.forms.access import PreferencesForm
from people.models import Person
from people.services.preferences import change_locale
from web.forms import status_of
from web.shell import Crumb


@member_view
def settings(request: MemberRequest) -> HttpResponse:
    """Language and dates, how one signs in, and the ways to everything else that is one's own."""
    person = Person.objects.get(pk=request.member.person_id)
    form = PreferencesForm(
        request.POST if request.method == "POST" else None, initial={"locale": get_language()}
    )
    if request.method == "POST" and form.is_valid():
        change_locale(form.cleaned_data["locale"], by=request.member)
        messages.success(request, "Saved.")
        return redirect("access:settings", request.organization.slug)
    context = {
        "form": form,
        "person": person,
        "security": sign_in_security(request.user),  # type: ignore[arg-type]  # a member is signed in
        "token_count": tokens_of(request.member).count(),
        "breadcrumbs": [Crumb("My settings")],
    }
    return render(request, "people/own_settings.html", context, status=status_of(form))
