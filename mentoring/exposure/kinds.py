"""The kinds of exposure as pages show them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from mentoring.enums import ExposureKind, Tier

ICONS: Final = {
    ExposureKind.CHAIR_MEETING: "armchair",
    ExposureKind.COMMITTEE_SEAT: "gavel",
    ExposureKind.INTRODUCED: "user-heart",
    ExposureKind.LED_MEETING: "users-group",
    ExposureKind.PRESENTED: "presentation",
    ExposureKind.OTHER: "pencil",
}


# As heads of columns, where the whole words have no room.
SHORT: Final = {
    ExposureKind.CHAIR_MEETING: _("Chair meeting"),
    ExposureKind.COMMITTEE_SEAT: _("Committee"),
    ExposureKind.INTRODUCED: _("Introduced"),
    ExposureKind.LED_MEETING: _("Led"),
    ExposureKind.PRESENTED: _("Presented"),
    ExposureKind.OTHER: _("Else"),
    Tier.PEER: _("By peer"),
    Tier.SENIOR: _("By senior"),
    Tier.CHAIR: _("By chair"),
}


def presses(*, besides: ExposureKind | None = None) -> list[tuple[str, str, str]]:
    """One button for each kind: value, words, icon."""
    return [(kind.value, str(kind.label), ICONS[kind]) for kind in ExposureKind if kind != besides]
