"""What I would like a mentor for."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentoring.forms.interests import InterestsForm
from mentoring.forms.tags import TAG_GROUPS
from mentoring.queries.taxonomy import interests_of, tags_in_use
from mentoring.services.interests import MOST_INTERESTS, save_interests
from people.access import MemberRequest, member_view
from web.forms import status_of
from web.shell import Crumb


@member_view
def interests(request: MemberRequest) -> HttpResponse:
    """Choose among the organisation's tags."""
    chosen = interests_of(request.member.person_id)
    form = InterestsForm(request.POST or None, tags=list(tags_in_use()), chosen=chosen)
    narrowing = "narrow" in request.POST
    if request.method == "POST" and not narrowing and form.is_valid():
        try:
            save_interests(form.tag_ids(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. The next matching looks for a mentor with these."))
            return redirect("mentoring:interests", request.organization.slug)
    if narrowing:
        form.narrow()
    context = {
        "form": form,
        "groups": [form[kind.value] for kind in TAG_GROUPS],
        "count": len(chosen),
        "most": MOST_INTERESTS,
        "breadcrumbs": [Crumb(_("What I would like a mentor for"))],
    }
    return render(request, "mentoring/interests.html", context, status=200 if narrowing else status_of(form))
