"""The library of recordings."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.forms.alumni import LibraryForm
from mentoring.queries.alumni import library as recordings
from people.access import MemberRequest, member_view
from surveys.enums import Dimension
from web.filters import chips
from web.htmx import render_page
from web.paging import SHORT, numbered_page
from web.shell import Crumb


@member_view
def library(request: MemberRequest) -> HttpResponse:
    """Recordings whose speakers consent, by competency and by words."""
    form = LibraryForm(request.GET)
    sent = form.cleaned_data if form.is_valid() else {}
    found = recordings(dimension=sent.get("competency", ""), words=sent.get("words", ""))
    page = numbered_page(request, found, size=SHORT)
    labels = dict(Dimension.choices)
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": page,
        "rows": [(hour, [labels[each] for each in hour.dimensions]) for hour in page],
        "breadcrumbs": [
            Crumb(_("Alumni hours"), reverse("mentoring:alumni", args=[request.organization.slug])),
            Crumb(_("Library")),
        ],
    }
    return render_page(request, "mentoring/alumni_library.html", context, partial="results")
