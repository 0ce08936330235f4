"""The choices other rooms share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Dimension(models.TextChoices):
    """The five dimensions of leadership readiness. This order is the order everywhere."""

    STRATEGIC_INSIGHT = "strategic_insight", _("Strategic insight")
    FINANCIAL_ACUMEN = "financial_acumen", _("Financial acumen")
    TEAM_LEADERSHIP = "team_leadership", _("Team leadership")
    GOVERNANCE_EXPERIENCE = "governance_experience", _("Governance experience")
    MENTORSHIP_ENGAGEMENT = "mentorship_engagement", _("Mentorship engagement")
