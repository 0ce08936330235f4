"""The dashboard as a PDF to hand on."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.utils.translation import gettext as _

from people.access import MemberRequest, member_view
from readiness.cohorts import summary_of, trend_of
from readiness.estimates import spreads_of
from readiness.print_pack import pack_sheets
from readiness.told import told_to
from readiness.views.cohorts import asked
from web.downloads import download
from web.pdf import pdf_pack


@member_view
def cohorts_pdf(request: MemberRequest) -> HttpResponse:
    """Scores and key figures of the address's question. The state is left out of it: it says how a total came
    out, and the mean of those below the line says nothing of a cohort."""
    question = asked(request)
    question = replace(question, chosen=replace(question.chosen, state=""))
    sheets = pack_sheets(
        question,
        summary_of(question.scores),
        spreads_of(question.scores),
        trend_of(question.chosen, question.member, persons=question.persons, on=question.on),
        told_to(question).now,
        organization=request.organization.name,
    )
    pack = pdf_pack(_("Leadership readiness"), sheets)
    return download(f"readiness-{question.chosen.quarter}.pdf", pack, "application/pdf")
