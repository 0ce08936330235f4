"""The page on which anybody checks a badge that they were shown, and the same as a file for offline."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from passport.badge_check_file import offline_page
from passport.badge_checking import check_papers
from passport.badge_words import OUTCOMES, VERDICTS, all_words, facts_of
from passport.badges import sorted_papers
from passport.forms import BadgeCheckForm
from web.bodies import MEGABYTE, takes_files
from web.downloads import download
from web.forms import status_of

MOST_BYTES = 4 * MEGABYTE


@takes_files(up_to=lambda: MOST_BYTES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """What holds of a badge and what does not. Nothing that is handed in is kept."""
    form = BadgeCheckForm(request.POST, request.FILES) if request.method == "POST" else BadgeCheckForm()
    context = {"form": form, "words": all_words()}
    if form.is_bound and form.is_valid():
        context |= answer_of(form)
    answer = render(request, "passport/badge_check.html", context, status=status_of(form))
    # An address in a badge is where the next page would learn of it from.
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The check as one file, to be kept and opened anywhere."""
    return download("check-badge.html", offline_page(), "text/html; charset=utf-8")


def answer_of(form: BadgeCheckForm) -> dict[str, Any]:
    """What was found, in words."""
    papers = sorted_papers(form.texts())
    checked = check_papers(papers, now=timezone.now(), email=form.cleaned_data["email"])
    report = checked.report
    return {
        "verdict": report.verdict.value,
        "title": VERDICTS[report.verdict],
        "findings": [(each.verdict.value, OUTCOMES[each.outcome], each.about) for each in report.findings],
        # Of what is not proven nothing is repeated here: it would look as if we said it.
        "facts": facts_of(report.claims) if checked.proven else [],
        "known": checked.known,
        "asked": True,
    }
