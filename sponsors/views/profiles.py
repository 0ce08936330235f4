"""One's own profile as a sponsor, and the sponsors of the organisation."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.queries.taxonomy import tags_in_use
from people.access import MemberRequest, member_view
from sponsors.forms.profiles import ProfileForm, SponsorFilter
from sponsors.models import SponsorProfile
from sponsors.queries.profiles import (
    definition_in_force,
    immediate_leaders_of,
    interests_of,
    profile_of,
    sponsors_to_choose_from,
)
from sponsors.services.profiles import save_profile
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.paging import SHORT, keyset_page
from web.shell import Crumb


@member_view
def profile(request: MemberRequest) -> HttpResponse:
    """What I bring as a sponsor, and that I agree to the role."""
    own, definition = profile_of(request.member.person_id), definition_in_force()
    form = ProfileForm(
        request.POST or None,
        own=own,
        chosen=interests_of(own),
        tags=list(tags_in_use()),
        definition=definition,
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_profile(form.offer(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("sponsors:mine", request.organization.slug)
    context = {
        "form": form,
        "own": own,
        "definition": definition,
        "breadcrumbs": [*trail(request), Crumb(_("My profile as a sponsor"))],
    }
    return render(request, "sponsors/profile.html", context, status=status_of(form))


@member_view
def sponsor_list(request: MemberRequest) -> HttpResponse:
    """Who sponsors here, with what they bring and how many places are free. Every member sees the cards."""
    today = timezone.localdate()
    form = SponsorFilter(request.GET, tags=list(tags_in_use()))
    if form.is_valid():
        found = sponsors_to_choose_from(on=today, **form.asked())
    else:
        found = SponsorProfile.objects.none()
    page = keyset_page(request, found, order=("person__search_key", "pk"), size=SHORT)
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": page,
        "own_leaders": immediate_leaders_of(request.member.person_id, on=today),
        "breadcrumbs": [*trail(request), Crumb(_("Sponsors"))],
    }
    return render_page(request, "sponsors/sponsors.html", context, partial="list", status=status_of(form))


def trail(request: MemberRequest) -> list[Crumb]:
    return [Crumb(_("Clinic"), reverse("sponsors:mine", args=[request.organization.slug]))]
