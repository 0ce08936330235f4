"""The kinds of exposure as pages show them."""

from __future__ import annotations

from typing import Final

from mentoring.enums import ExposureKind

ICONS: Final = {
    ExposureKind.CHAIR_MEETING: "armchair",
    ExposureKind.COMMITTEE_SEAT: "gavel",
    ExposureKind.INTRODUCED: "user-heart",
    ExposureKind.LED_MEETING: "users-group",
    ExposureKind.PRESENTED: "presentation",
    ExposureKind.OTHER: "pencil",
}


def presses(*, besides: ExposureKind | None = None) -> list[tuple[str, str, str]]:
    """One button for each kind: value, words, icon."""
    return [(kind.value, str(kind.label), ICONS[kind]) for kind in ExposureKind if kind != besides]
