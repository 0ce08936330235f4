"""Somebody as a coach: their places, the leaders they coach, and what is planned."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, member_view
from sponsors.forms.coaching import CoachForm
from sponsors.queries.coaching import coach_profile_of, leaders_coached_by, sessions_coached_by
from sponsors.services.coaching import save_coach_profile
from web.forms import status_of
from web.shell import Crumb

SHOWN = 20


@member_view
def coach(request: MemberRequest) -> HttpResponse:
    """My coaching: how many I can coach, whom I coach, and what is next."""
    own, today = coach_profile_of(request.member.person_id), timezone.localdate()
    form = CoachForm(request.POST or None, initial={"places": own.places, "approach": own.approach})
    if request.method == "POST" and form.is_valid():
        try:
            save_coach_profile(**form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. Sponsors see it when they look for a coach."))
            return redirect("sponsors:coach", request.organization.slug)
    clinic = reverse("sponsors:mine", args=[request.organization.slug])
    context = {
        "own": own,
        "seats": list(leaders_coached_by(own.person_id, on=today)),
        "sessions": sessions_coached_by(own.person_id)[:SHOWN],
        "form": form,
        "breadcrumbs": [Crumb(_("Clinic"), clinic), Crumb(_("My coaching"))],
    }
    return render(request, "sponsors/coach.html", context, status=status_of(form))
