"""Setting up many pools: from one template, or from a file with a row for each position."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from succession.forms.pools import OpenPoolsForm, PoolsFileForm
from succession.permissions import POOLS_ARE_SET_UP_BY, can_set_up_pools
from succession.pool_files import HEAD, LARGEST, pool_rows, read_pools
from succession.queries.pools import positions_without_pool
from succession.services.pools import open_pools, set_pools
from succession.views.pools import trail
from web.bodies import takes_files
from web.csv import csv_response
from web.shell import Crumb
from web.tables_in import Fault

SHOWN: Final = 200  # faults on the page


@member_view
def set_up(request: MemberRequest) -> HttpResponse:
    """Open the pools that are missing, all from one template; or bring a file."""
    demand(can_set_up_pools(request.member), POOLS_ARE_SET_UP_BY)
    form = OpenPoolsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        missing = positions_without_pool()
        if form.cleaned_data["type"]:
            missing = missing.filter(type=form.cleaned_data["type"])
        try:
            made = open_pools(missing.values_list("pk", flat=True), form.template(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            words = ngettext("%(count)d pool was opened.", "%(count)d pools were opened.", made)
            messages.success(request, words % {"count": made})
            return redirect("succession:overview", request.organization.slug)
    return set_up_page(request, form=form, file_form=PoolsFileForm())


@takes_files(up_to=lambda: LARGEST)
@require_POST
@member_view
def set_up_file(request: MemberRequest) -> HttpResponse:
    """All rows of a file or none."""
    demand(can_set_up_pools(request.member), POOLS_ARE_SET_UP_BY)
    file_form = PoolsFileForm(request.POST, request.FILES)
    if not file_form.is_valid():
        return set_up_page(request, form=OpenPoolsForm(), file_form=file_form, status=422)
    found = read_pools(file_form.cleaned_data["file"])
    if found.faults:
        form = OpenPoolsForm()
        return set_up_page(request, form=form, file_form=file_form, faults=found.faults, status=422)
    opened, changed = set_pools(found.templates, by=request.member)
    words = _("Pools opened: %(opened)d. Changed: %(changed)d.")
    messages.success(request, words % {"opened": opened, "changed": changed})
    return redirect("succession:overview", request.organization.slug)


@member_view
def pools_csv(request: MemberRequest) -> HttpResponse:
    """All positions with their pools, as such a file."""
    demand(can_set_up_pools(request.member), POOLS_ARE_SET_UP_BY)
    return csv_response("pools.csv", HEAD, pool_rows())


def set_up_page(
    request: MemberRequest,
    *,
    form: OpenPoolsForm,
    file_form: PoolsFileForm,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "file_form": file_form,
        "faults": (faults or [])[:SHOWN],
        "count": len(faults or []),
        "missing": positions_without_pool().count(),
        "head": HEAD,
        "breadcrumbs": [*trail(request), Crumb(_("Set up pools"))],
    }
    status = 422 if form.errors else status
    return render(request, "succession/set_up.html", context, status=status)
