"""What published surveys say of everybody together."""

from __future__ import annotations

from surveys.models import PublishedGap, PublishedScale


def newest_gap() -> PublishedGap | None:
    """The engagement gap of the uppermost unit of the newest survey that tells one."""
    found = PublishedGap.objects.select_related("wave")
    return found.order_by("-wave__closes_on", "depth", "position").first()


def followership() -> list[PublishedScale]:
    """Of the whole organisation in each survey that asked, the oldest first."""
    found = PublishedScale.objects.filter(group="followership", unit__depth=0)
    return list(found.select_related("wave").order_by("wave__closes_on", "wave"))
