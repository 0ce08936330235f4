"""What is shown at the gates: in force, its history, changing it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from sponsors.forms.onboarding_contents import ItemFormSet, VersionForm, presets_in, rows_of
from sponsors.permissions import CONTENTS_ARE_KEPT_BY, can_keep_contents
from sponsors.plan.onboarding import GATES
from sponsors.queries.onboarding import contents_history, contents_in_force, items_in
from sponsors.services.onboarding_contents import change_contents
from web.shell import Crumb

SHOWN = 20


@member_view
def contents(request: MemberRequest) -> HttpResponse:
    """Everybody may read what an onboarding asks for."""
    newest = contents_in_force()
    items = items_in(newest)
    context = {
        "contents": newest,
        "gates": [
            (number, [each for each in items if each.gate == number]) for number in range(1, GATES + 1)
        ],
        "history": contents_history()[:SHOWN],
        "may_change": can_keep_contents(request.member),
        "breadcrumbs": [*trail(request), Crumb(_("What is shown at the gates"))],
    }
    return render(request, "sponsors/onboarding_contents.html", context)


@member_view
def contents_edit(request: MemberRequest) -> HttpResponse:
    """Put another version in force."""
    demand(can_keep_contents(request.member), CONTENTS_ARE_KEPT_BY)
    newest = contents_in_force()
    formset = ItemFormSet(request.POST or None, initial=rows_of(items_in(newest)), prefix="items")
    version = VersionForm(request.POST or None, initial={"after": newest.version if newest else 0})
    refused = request.method == "POST"
    if refused and formset.is_valid() and version.is_valid():
        try:
            made = change_contents(
                presets_in(formset), after=version.cleaned_data["after"], by=request.member
            )
        except ValidationError as error:
            version.add_error(None, error)
        else:
            messages.success(request, _("Version %(version)d is in force.") % {"version": made.version})
            return redirect("sponsors:onboarding_contents", request.organization.slug)
    page = reverse("sponsors:onboarding_contents", args=[request.organization.slug])
    context = {
        "formset": formset,
        "version": version,
        "breadcrumbs": [*trail(request), Crumb(_("What is shown at the gates"), page), Crumb(_("Change"))],
    }
    return render(request, "sponsors/onboarding_contents_form.html", context, status=422 if refused else 200)


def trail(request: MemberRequest) -> list[Crumb]:
    return [Crumb(_("Clinic"), reverse("sponsors:mine", args=[request.organization.slug]))]
