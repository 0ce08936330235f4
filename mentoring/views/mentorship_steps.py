"""Each step of a mentorship. Its form is on the mentorship's page, where a refused one comes back."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mentoring.enums import Tier
from mentoring.forms.mentorships import (
    ChangeForm,
    DeclineForm,
    EndForm,
    ExtendForm,
    ProposeForm,
    WithdrawForm,
)
from mentoring.models import Mentorship
from mentoring.services import mentorships as services
from mentoring.views.mentorships import find_mentorship, mentoring_crumb, mentorship_page
from people.access import MemberRequest, member_view
from people.models import Person
from people.steps import Step, take_step
from web.forms import ids_of, status_of
from web.shell import Crumb

STEPS = {
    "accept": Step(forms.Form, services.accept_mentorship, gettext_lazy("Accepted. The mentee is told.")),
    "confirm": Step(
        forms.Form, services.confirm_mentorship, gettext_lazy("Confirmed: your mentorship has begun.")
    ),
    "decline": Step(
        DeclineForm,
        services.decline_mentorship,
        gettext_lazy("Declined. The two of you are not proposed to each other again."),
    ),
    "withdraw": Step(WithdrawForm, services.withdraw_mentorship, gettext_lazy("Withdrawn.")),
    "end": Step(EndForm, services.end_mentorship, gettext_lazy("Ended. The place is free again.")),
    "extend": Step(ExtendForm, services.extend_mentorship, gettext_lazy("Extended.")),
    "change": Step(
        ChangeForm,
        services.change_mentor,
        gettext_lazy("Offered to the new mentor, who accepts or declines."),
    ),
}


@require_POST
@member_view
def step(request: MemberRequest, mentorship_id: UUID, name: str) -> HttpResponse:
    """Take the step, or show the page again with what is wrong."""
    found = find_mentorship(request, mentorship_id)
    taken = STEPS[name]
    form = taken.form(request.POST, auto_id=ids_of(f"{name}_form"))
    after = take_step(taken, found, form, request)
    if after is not None:
        return redirect("mentoring:mentorship", request.organization.slug, after.pk)
    found = find_mentorship(request, mentorship_id)
    return mentorship_page(request, found, refused=form, **{f"{name}_form": form})


@member_view
def propose(request: MemberRequest) -> HttpResponse:
    """Ask a colleague to be one's mentor, or offer to be theirs."""
    form = ProposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_from(form, request)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Asked. They find it on their Today page."))
            return redirect("mentoring:mentorship", request.organization.slug, made.pk)
    trail = [mentoring_crumb(request), Crumb(_("Propose a mentorship"))]
    context = {"form": form, "breadcrumbs": trail}
    return render(request, "mentoring/propose.html", context, status=status_of(form))


def propose_from(form: ProposeForm, request: MemberRequest) -> Mentorship:
    values = form.cleaned_data
    own = Person.objects.get(pk=request.member.person_id)
    mentor, mentee = own, values["colleague"]
    if values["role"] == ProposeForm.AS_MENTEE:
        mentor, mentee = mentee, mentor
    return services.propose_mentorship(
        mentor, mentee, Tier(values["tier"]), why=values["why"], by=request.member
    )
