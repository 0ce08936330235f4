"""What pages say about tiers and states, in one place."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentoring.enums import MentorshipState, Tier

TIER_PURPOSE: Final[dict[Tier, Promise]] = {
    Tier.PEER: _("A colleague at least a year ahead, for the everyday of learning to lead."),
    Tier.SENIOR: _("An attending who has led, for direction and an honest second view."),
    Tier.CHAIR: _("A chair who knows the rooms where decisions are made, and takes you along."),
}
TIER_ICON: Final[dict[Tier, str]] = {
    Tier.PEER: "users",
    Tier.SENIOR: "stethoscope",
    Tier.CHAIR: "building-bank",
}
STATE_TONE: Final[dict[MentorshipState, str]] = {
    MentorshipState.OFFERED: "info",
    MentorshipState.ACCEPTED: "warn",
    MentorshipState.ACTIVE: "ok",
    MentorshipState.ENDED: "",
    MentorshipState.DECLINED: "",
    MentorshipState.WITHDRAWN: "",
}
