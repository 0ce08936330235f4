"""What is done on a programme's page, one form each. A refused one comes back on the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from partnerships.forms.programmes import AuditForm, BringPartnershipForm, BringSponsorForm, ProgrammeForm
from partnerships.models import PartnershipProgramme, ProgrammeAudit, ProgrammeParticipant
from partnerships.permissions import PROGRAMME_IS_RUN_BY, can_run_programme
from partnerships.services import audits, programmes
from partnerships.views.programmes import find_programme, programme_page
from people.access import MemberRequest, demand, member_view


@dataclass(frozen=True, slots=True)
class Step:
    """What is typed, what is done with it, and what is said afterwards."""

    form: type[ProgrammeForm]
    act: Callable[..., object]
    said: Promise


@dataclass(frozen=True, slots=True)
class ItemStep(Step):
    """The same with something that belongs to the programme; `way`: how it leads to it."""

    model: type[Model]
    way: str = "programme"


# Each posts to partnerships:programme_<name>; its form is `<name>_form` on the page.
STEPS = {
    "bring": Step(BringPartnershipForm, programmes.bring_partnership, _("They take part, and are told.")),
    "sponsor": Step(BringSponsorForm, programmes.bring_sponsor, _("They take part, and are told.")),
    "audit": Step(AuditForm, audits.attach_audit, _("The audit is attached.")),
}
ITEM_STEPS = {
    "release": ItemStep(
        ProgrammeForm, programmes.release_participant, _("From today without them."), ProgrammeParticipant
    ),
    "audit_detach": ItemStep(ProgrammeForm, audits.detach_audit, _("Taken away."), ProgrammeAudit),
}


@require_POST
@member_view
def step(request: MemberRequest, programme_id: UUID, name: str) -> HttpResponse:
    """Do it, or show the page again with what is wrong."""
    return _take(request, STEPS[name], _run(request, programme_id), name=name)


@require_POST
@member_view
def item_step(request: MemberRequest, programme_id: UUID, item_id: UUID, name: str) -> HttpResponse:
    """The same with a part of the programme, which has to belong to it."""
    taken, found = ITEM_STEPS[name], _run(request, programme_id)
    item = get_object_or_404(
        taken.model._default_manager.select_related(taken.way), pk=item_id, **{taken.way: found}
    )
    return _take(request, taken, found, item, name=name)


def _run(request: MemberRequest, programme_id: UUID) -> PartnershipProgramme:
    """404 before 403."""
    found = find_programme(request, programme_id)
    demand(can_run_programme(request.member, found), PROGRAMME_IS_RUN_BY)
    return found


def _take(
    request: MemberRequest,
    taken: Step,
    found: PartnershipProgramme,
    item: Model | None = None,
    *,
    name: str,
) -> HttpResponse:
    form = taken.form(request.POST, auto_id=f"id_{name}_%s", programme=found)
    if form.is_valid():
        try:
            taken.act(item or found, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
            # What moved meanwhile is shown as it is now.
            found = find_programme(request, found.pk)
        else:
            messages.success(request, str(taken.said))
            return redirect("partnerships:programme", request.organization.slug, found.pk)
    return programme_page(request, found, refused=form, step=name)
