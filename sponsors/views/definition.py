"""What a primary sponsor does here: in force, its history, changing it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from sponsors.forms.profiles import DefinitionForm
from sponsors.permissions import DEFINITION_IS_KEPT_BY, can_keep_definition
from sponsors.queries.profiles import definition_history, definition_in_force
from sponsors.services.definition import change_definition
from web.forms import status_of
from web.shell import Crumb

SHOWN = 20


@member_view
def definition(request: MemberRequest) -> HttpResponse:
    """What a sponsor takes on, and who changed it when: everybody may read it."""
    context = {
        "definition": definition_in_force(),
        "history": definition_history()[:SHOWN],
        "may_change": can_keep_definition(request.member),
        "breadcrumbs": [*trail(request), Crumb(_("What a sponsor does"))],
    }
    return render(request, "sponsors/definition.html", context)


@member_view
def definition_edit(request: MemberRequest) -> HttpResponse:
    """Put new words in force."""
    demand(can_keep_definition(request.member), DEFINITION_IS_KEPT_BY)
    newest = definition_in_force()
    form = DefinitionForm(request.POST or None, initial={"words": newest.words, "version": newest.version})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            changed = change_definition(values["words"], after=values["version"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Version %(version)d is in force.") % {"version": changed.version})
            return redirect("sponsors:definition", request.organization.slug)
    back = reverse("sponsors:definition", args=[request.organization.slug])
    crumbs = [*trail(request), Crumb(_("What a sponsor does"), back), Crumb(_("Change"))]
    context = {"form": form, "breadcrumbs": crumbs}
    return render(request, "sponsors/definition_form.html", context, status=status_of(form))


def trail(request: MemberRequest) -> list[Crumb]:
    return [Crumb(_("Clinic"), reverse("sponsors:mine", args=[request.organization.slug]))]
