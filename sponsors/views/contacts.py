"""The light log of contacts: in a leader's clinic, and what I logged everywhere."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from sponsors.forms.contacts import ContactForm
from sponsors.permissions import CONTACTS_ARE_FOR, can_log_contact
from sponsors.queries.contacts import contacts_by, contacts_shown_to
from sponsors.services.contacts import log_contact, remove_contact
from sponsors.views.charts import find_clinic, trail
from web.forms import status_of
from web.paging import numbered_page
from web.shell import Crumb


@member_view
def contacts(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """What I may read, and one line more."""
    leader, seat = find_clinic(request, person_id)
    demand(can_log_contact(seat), CONTACTS_ARE_FOR)
    first = {} if seat.is_leader else {"whom": leader.email}
    form = ContactForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            log_contact(leader, form.spoken(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Logged."))
            return redirect("sponsors:contacts", request.organization.slug, leader.pk)
    context = {
        "leader": leader,
        "seat": seat,
        "page": numbered_page(request, contacts_shown_to(seat)),
        "form": form,
        "breadcrumbs": [*trail(request, leader), Crumb(_("Contacts"))],
    }
    return render(request, "sponsors/contacts.html", context, status=status_of(form))


@member_view
def mine(request: MemberRequest) -> HttpResponse:
    """Everything I logged, also in clinics where I have no seat any more."""
    clinic = reverse("sponsors:mine", args=[request.organization.slug])
    context = {
        "page": numbered_page(request, contacts_by(request.member.person_id)),
        "breadcrumbs": [Crumb(_("Clinic"), clinic), Crumb(_("My contacts"))],
    }
    return render(request, "sponsors/contacts_mine.html", context)


@require_POST
@member_view
def contact_remove(request: MemberRequest, contact_id: UUID) -> HttpResponse:
    """Out of the log; 404 for whatever somebody else wrote."""
    found = contacts_by(request.member.person_id).filter(pk=contact_id).first()
    if found is None:
        raise Http404
    remove_contact(found, by=request.member)
    messages.success(request, _("Taken out."))
    return redirect("sponsors:contacts_mine", request.organization.slug)
