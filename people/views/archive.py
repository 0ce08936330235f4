"""One's own archive, as a download."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from people.access import MemberRequest, member_view
from people.archive import archive_of
from web.downloads import download


@require_POST
@member_view
def archive(request: MemberRequest) -> HttpResponse:
    """Everything that is the member's own. Asked for by POST: no link of somebody else's starts it."""
    today = timezone.localdate()
    name = f"clinicleader-{request.organization.slug}-{today}.zip"
    with archive_of(request.member, organization=request.organization.name, on=today) as file:
        return download(name, file.read(), "application/zip")
