"""The end of a term, as its holder means it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, member_view
from people.models import Appointment
from people.queries import in_force
from people.terms import term_end
from succession.forms.intentions import IntentionForm
from succession.queries.intentions import intentions_of
from succession.services.intentions import declare_intention
from web.forms import status_of
from web.shell import Crumb


@member_view
def intention(request: MemberRequest, appointment_id: UUID) -> HttpResponse:
    """One's own term: what I said of its end, and another word. Nobody else's is to be found."""
    today = timezone.localdate()
    own = Appointment.objects.filter(in_force(today), person=request.member.person_id, interim=False)
    held = get_object_or_404(own.select_related("position__unit"), pk=appointment_id)
    said = list(intentions_of(held.pk))
    newest = said[0] if said else None
    form = IntentionForm(held, today, request.POST or None, initial=IntentionForm.said(newest))
    if request.method == "POST" and form.is_valid():
        try:
            declare_intention(held, form.declared(), form.cleaned_data["note"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kept. You can change it at any time."))
            return redirect("succession:mine", request.organization.slug)
    context = {
        "held": held,
        "ends": term_end(held.start_date, held.end_date, held.position.term_years),
        "said": said,
        "form": form,
        "breadcrumbs": [
            Crumb(_("My pools"), reverse("succession:mine", args=[request.organization.slug])),
            Crumb(_("The end of my term")),
        ],
    }
    return render(request, "succession/intention.html", context, status=status_of(form))
