"""Asking a sponsor, and each step of a sponsorship. A step's form is on the sponsorship's page, where a
refused one comes back."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from people.access import MemberRequest, member_view
from people.steps import Step, take_step
from sponsors.forms.sponsorships import AskForm, DeclineForm, EndForm, HandoverForm
from sponsors.queries.profiles import sponsors_here
from sponsors.services import sponsorships as services
from sponsors.views.sponsorships import find_sponsorship, sponsorship_page
from web.forms import ids_of, status_of
from web.shell import Crumb


@member_view
def ask(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """A sponsor's card, and the question whether they would be mine."""
    sponsor = sponsors_here(on=timezone.localdate()).filter(person=person_id).first()
    if sponsor is None:
        raise Http404
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask_sponsor(sponsor.person, why=form.cleaned_data["why"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Asked. They find it on their Today page."))
            return redirect("sponsors:sponsorship", request.organization.slug, made.pk)
    slug = request.organization.slug
    context = {
        "sponsor": sponsor,
        "form": form,
        "breadcrumbs": [
            Crumb(_("Clinic"), reverse("sponsors:mine", args=[slug])),
            Crumb(_("Sponsors"), reverse("sponsors:sponsors", args=[slug])),
            Crumb(sponsor.person.name),
        ],
    }
    return render(request, "sponsors/ask.html", context, status=status_of(form))


STEPS = {
    "accept": Step(
        forms.Form,
        services.accept_sponsorship,
        gettext_lazy("Accepted: you are the primary sponsor from today."),
    ),
    "decline": Step(
        DeclineForm,
        services.decline_sponsorship,
        gettext_lazy("Declined. They are told, and ask somebody else."),
    ),
    "withdraw": Step(forms.Form, services.withdraw_request, gettext_lazy("Taken back.")),
    "end": Step(EndForm, services.end_sponsorship, gettext_lazy("Ended. Everything that was written stays.")),
    "handover": Step(HandoverForm, services.write_handover, gettext_lazy("The hand-over is written.")),
}


@require_POST
@member_view
def step(request: MemberRequest, sponsorship_id: UUID, name: str) -> HttpResponse:
    """Take the step, or show the page again with what is wrong."""
    found = find_sponsorship(request, sponsorship_id, timezone.localdate())
    taken = STEPS[name]
    form = taken.form(request.POST, auto_id=ids_of(f"{name}_form"))
    after = take_step(taken, found, form, request)
    if after is not None:
        return redirect("sponsors:sponsorship", request.organization.slug, after.pk)
    found = find_sponsorship(request, sponsorship_id, timezone.localdate())
    return sponsorship_page(request, found, refused=form, step=name)
