"""A new organisation, with what every organisation begins with, gathered from the rooms."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from mentoring.services import presets as mentoring
from passport import services as passport
from passport.pod_presets import install_own_pods
from people.models import Invitation
from people.services import founding
from people.services.founding import Founder
from sponsors.services.competencies import install_competencies
from sponsors.services.onboarding_contents import install_contents
from surveys.services.instruments import ensure_built_in_instruments
from tenancy.models import Organization
from tenancy.scope import tenant_scope

# Each puts something into the organisation in scope that pages rely on; doing it again changes nothing.
FURNISHINGS: list[Callable[[], None]] = [
    ensure_built_in_instruments,
    mentoring.install_presets,
    passport.install_presets,
    install_own_pods,
    install_competencies,
    install_contents,
]


@transaction.atomic
def found_organization(slug: str, name: str, time_zone: str, founder: Founder) -> Invitation:
    """Make an organisation whose pages work from the first minute, and invite its founder."""
    invitation = founding.found_organization(slug, name, time_zone, founder)
    with tenant_scope(Organization.objects.get(slug=slug).pk, reason="found organisation"):
        for furnish in FURNISHINGS:
            furnish()
    return invitation
