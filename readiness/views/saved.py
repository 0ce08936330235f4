"""Kept views of the dashboard: a list, a form, and away with one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from readiness.cohorts import facets_for
from readiness.forms import CohortFilterForm
from readiness.models import SavedView
from readiness.permissions import MEMBERS_ARE_FOR, can_see_cohort_members
from readiness.saved_views import Wish, filters_of, keep_view, query_of, remove_view, saved_views_for
from web.filters import shown
from web.forms import one_line, status_of
from web.shell import Crumb


class KeepForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, validators=[one_line])
    is_shared = forms.BooleanField(
        label=gettext_lazy("Share it with everybody who sees scores with names"), required=False
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A view with its filters in words. `fits`: what it names is there, and for whoever looks."""

    view: SavedView
    words: str
    url: str
    fits: bool
    is_own: bool


@member_view
def saved(request: MemberRequest) -> HttpResponse:
    """One's own views and shared ones; the address carries the filter to keep."""
    demand(can_see_cohort_members(request.member), MEMBERS_ARE_FOR)
    filters = filters_of(request.GET.dict())
    form = KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            keep_view(Wish(filters=filters, **form.cleaned_data), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kept."))
            return redirect("readiness:saved", request.organization.slug)
    dashboard = reverse("readiness:cohorts", args=[request.organization.slug])
    facets = facets_for(request.member, persons=True)
    lines = []
    for view in saved_views_for(request.member):
        words, fits = in_words(CohortFilterForm(view.filters, facets=facets, persons=True))
        own = view.person_id == request.member.person_id
        lines.append(Line(view, words, f"{dashboard}?{query_of(view)}", fits, own))
    context = {
        "form": form,
        "lines": lines,
        "words": in_words(CohortFilterForm(filters, facets=facets, persons=True))[0] if filters else "",
        "breadcrumbs": [Crumb(_("Cohorts"), dashboard), Crumb(_("Kept views"))],
    }
    return render(request, "readiness/saved.html", context, status=status_of(form))


def in_words(form: CohortFilterForm) -> tuple[str, bool]:
    """What a filter chooses, and whether all of it is there for whoever looks."""
    if not form.is_valid():
        return _("names something that is not there, or not for you"), False
    said = [f"{bound.label}: {shown(bound)}" for bound in form if form.cleaned_data.get(bound.name)]
    return ", ".join(said) or _("everybody"), True


@require_POST
@member_view
def saved_remove(request: MemberRequest, view_id: UUID) -> HttpResponse:
    """Away with one's own; another's does not exist here."""
    if not remove_view(view_id, by=request.member):
        raise Http404
    messages.success(request, _("Removed."))
    return redirect("readiness:saved", request.organization.slug)
