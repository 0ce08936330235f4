"""What the comments of an audit came to, for everybody who takes part."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnerships.permissions import FINDINGS_ARE_FOR, is_told_of_audits
from partnerships.queries.findings import Findings, ProgrammeThemes, ThemeShift, findings_of, themes_told
from partnerships.queries.programmes import programme_for
from partnerships.services.findings import note_opened
from partnerships.views.analyses import agreement_words, analysis_crumb, audit_trail, find_analysis, percent
from people.access import MemberRequest, demand, member_view
from web.charts import Chart, Shift, shifts
from web.numbers import signed
from web.shell import Crumb


@member_view
def findings(request: MemberRequest, programme_id: UUID, audit_id: UUID) -> HttpResponse:
    """The themes with their quotes; beside them those of the other audit. That somebody who takes part opens
    it is noted."""
    found = find_analysis(request, programme_id, audit_id)
    programme = programme_for(request.member, programme_id)
    demand(programme is not None and is_told_of_audits(request.member, programme), FINDINGS_ARE_FOR)
    if not found.is_released:
        return redirect("partnerships:analysis", request.organization.slug, programme_id, audit_id)
    note_opened(found, by=request.member)
    told, both = findings_of(found), themes_told(found.audit.programme)
    context = {
        "analysis": found,
        "told": told,
        "themes": [(each, percent(each.comments / told.comments)) for each in told.themes],
        "agreement": agreement_words(told.agreement),
        "lines": [shift_words(each, both) for each in both.shifts],
        "chart": shift_chart(both) if both.shifts else None,
        "fewest": told.fewest,
        "both": both,
        "breadcrumbs": audit_trail(
            request, found.audit, analysis_crumb(request, found.audit), Crumb(_("Findings"))
        ),
    }
    return render(request, "partnerships/findings.html", context)


def shift_words(shift: ThemeShift, both: ProgrammeThemes) -> dict[str, object]:
    """A theme in both audits, as the table writes it."""
    assert both.start is not None  # noqa: S101 - without both there is no shift
    assert both.end is not None  # noqa: S101
    change = shift.change
    return {
        "name": shift.name,
        "before": _count(shift.before, both.start),
        "after": _count(shift.after, both.end),
        "change": f"{signed(100 * change.change, 0)} points" if change else "",
        "interval": f"{signed(100 * change.low, 0)} to {signed(100 * change.high, 0)}" if change else "",
        "clear": change is not None and change.is_clear,
        "same_codes": shift.same_codes,
    }


def _count(count: int | None, told: Findings) -> str:
    if count is None:
        return _("fewer than %(fewest)d of %(n)d") % {"fewest": told.fewest, "n": told.comments}
    of = {"count": count, "n": told.comments, "share": percent(count / told.comments)}
    return _("%(count)d of %(n)d (%(share)s)") % of


def shift_chart(both: ProgrammeThemes) -> Chart:
    """The share of comments that speak of a theme, where both audits tell it."""
    assert both.start is not None  # noqa: S101 - without both there is no shift
    assert both.end is not None  # noqa: S101
    return shifts(
        _("Share of comments by theme, at the start and at the end"),
        [
            Shift(
                each.name,
                100 * each.before / both.start.comments if each.before is not None else None,
                100 * each.after / both.end.comments if each.after is not None else None,
            )
            for each in both.shifts
        ],
        low=0,
        high=100,
        names=(_("At the start"), _("At the end"), ""),
        places=0,
    )
