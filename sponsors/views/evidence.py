"""What the records say of a leader, to be taken as evidence with one press."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from sponsors.evidence import pieces_for
from sponsors.permissions import EVIDENCE_COMES_FROM, can_take_evidence
from sponsors.services.conferences import take_evidence
from sponsors.views.charts import trail
from sponsors.views.conferences import find_conference, title_of, to_page
from web.shell import Crumb


@member_view
def records(request: MemberRequest, person_id: UUID, conference_id: UUID) -> HttpResponse:
    """What the member may see of it today; a press takes a piece as it is. Its own page: looking at a
    Passport leaves a trace, and reading a conference should not."""
    found = find_conference(request, person_id, conference_id)
    demand(can_take_evidence(found.seat), EVIDENCE_COMES_FROM)
    conference = found.conference
    if request.method == "POST":
        try:
            take_evidence(conference, request.POST.get("piece", ""), by=request.member)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Taken, as it stands today."))
        return redirect(
            "sponsors:conference_records", request.organization.slug, found.leader.pk, conference.pk
        )
    taken = set(conference.evidence.filter(domain="").values_list("kind", "words"))
    pieces = (
        []
        if conference.is_concluded
        else pieces_for(request.member, found.leader, found.seat, timezone.localdate())
    )
    context = {
        "leader": found.leader,
        "seat": found.seat,
        "conference": conference,
        "pieces": [(piece, (piece.kind, piece.words) in taken) for piece in pieces],
        "breadcrumbs": [
            *trail(request, found.leader),
            Crumb(title_of(conference), to_page(request, conference)),
            Crumb(_("From the records")),
        ],
    }
    return render(request, "sponsors/records.html", context)
