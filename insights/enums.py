"""The choices of the insights."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Lack(models.TextChoices):
    """What somebody who leads was not given."""

    TIME = "time", _("Little time to lead")
    SPAN = "span", _("Many to lead")
    PARTNER = "partner", _("No partner")
    ONBOARDING = "onboarding", _("No onboarding")
    SPONSOR = "sponsor", _("No sponsor")

    @property
    def given(self) -> Promise:
        """The same where it is not lacking."""
        return {
            Lack.TIME: _("Time to lead"),
            Lack.SPAN: _("No more people than one can lead"),
            Lack.PARTNER: _("A partner"),
            Lack.ONBOARDING: _("Onboarding, or none needed"),
            Lack.SPONSOR: _("A sponsor"),
        }[self]
