"""What a person says about themselves, for themselves alone to see."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from people.access import MemberRequest, member_view
from people.forms.demographics import DemographicsForm
from people.services.demographics import declare_demographics, own_declaration, withdraw_demographics
from web.forms import status_of
from web.shell import Crumb


@member_view
def about_me(request: MemberRequest) -> HttpResponse:
    """One's own declaration: read and written."""
    declaration = own_declaration(by=request.member)
    form = DemographicsForm(
        request.POST if request.method == "POST" else None,
        initial=asdict(declaration) if declaration else {},
        locale=get_language() or "",
    )
    if request.method == "POST" and form.is_valid():
        declare_demographics(form.cleaned_data["gender"], form.cleaned_data["ethnicity"], by=request.member)
        messages.success(request, "Saved. Only you can see it.")
        return redirect("people:about_me", request.organization.slug)
    context = {"form": form, "declaration": declaration, "breadcrumbs": [Crumb("About me")]}
    return render(request, "people/about_me.html", context, status=status_of(form))


@member_view
@require_POST
def about_me_withdraw(request: MemberRequest) -> HttpResponse:
    """Remove one's own declaration."""
    withdraw_demographics(by=request.member)
    messages.success(request, "Your declaration is deleted.")
    return redirect("people:about_me", request.organization.slug)
