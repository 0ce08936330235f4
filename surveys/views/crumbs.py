"""The way to a page of surveys, which begins at the list of them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from people.access import MemberRequest
from web.shell import Crumb


def crumbs(request: MemberRequest, *rest: Crumb) -> list[Crumb]:
    """The list of surveys, then the rest of the way."""
    return [Crumb(_("Surveys"), reverse("surveys:waves", args=[request.organization.slug])), *rest]
