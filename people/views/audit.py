"""The audit log: who changed what, when and why."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.access import MemberRequest, demand, member_view
from people.audit_log import entries_matching, lines_of
from people.forms.audit import AuditFilter
from people.permissions import AUDIT_IS_FOR, can_read_audit
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.paging import keyset_page
from web.shell import Crumb


@member_view
def audit_log(request: MemberRequest) -> HttpResponse:
    """The organisation's audit trail, filtered by person, object and time."""
    demand(can_read_audit(request.member), AUDIT_IS_FOR)
    form = AuditFilter(request.GET or None)
    valid = form.is_bound and form.is_valid()
    asked = form.cleaned_data if valid else {}
    page = keyset_page(
        request,
        entries_matching(
            actor=asked.get("person", ""),
            key=asked.get("key", "").strip(),
            table=asked.get("table", ""),
            since=midnight(asked.get("since")),
            until=midnight(asked.get("until"), days=1),
        ),
        order=("-id",),
    )
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": page,
        "lines": lines_of(page.rows),
        "breadcrumbs": [Crumb(str(_("Audit log")))],
    }
    return render_page(request, "people/audit_log.html", context, partial="list", status=status_of(form))


def midnight(day: dt.date | None, *, days: int = 0) -> dt.datetime | None:
    """The beginning of a day, `days` later, in the organisation's time."""
    if day is None:
        return None
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=days), dt.time()))
