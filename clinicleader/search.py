"""The search field of the header: people, units, positions and pages."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from clinicleader.shell import pages_for
from people.access import MemberRequest, member_view
from people.search import findings, label_has_word
from web.forms import status_of
from web.shell import Crumb, Link


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        max_length=100,
        help_text=_("How a name, an address or a word begins"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


@member_view
def search(request: MemberRequest) -> HttpResponse:
    """Everything whose words begin with the text."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "form": form,
        "text": text,
        "found": findings(text, to=request.member),
        "pages": pages_found(request, text),
        "breadcrumbs": [Crumb("Search")],
    }
    return render(request, "clinicleader/search.html", context, status=status_of(form))


def pages_found(request: MemberRequest, text: str) -> list[Link]:
    """The pages of the navigation that a member may open, by the words of their names."""
    return [page for page in pages_for(request) if label_has_word(page.label, text)] if text else []
