"""The pods an organisation starts with, and the milestones that they earn; from then on they are its own."""

from __future__ import annotations

from typing import Final

from passport.cases import own_cases
from passport.cases.play import FILES
from passport.models import Milestone
from passport.pod_services import Earning, install_pods

# By the key of a case the title of a preset milestone.
EARNS: Final = {
    "budget_balancing": "Budget a service line",
    "governance": "Chair-level governance simulation",
    "negotiation": "Negotiate for resources",
    "strategy": "Strategic-thinking pod",
    "team": "Lead a team through a change",
}


def install_own_pods() -> None:
    """Give the organisation in scope the product's own cases. What is there already stays."""
    milestones = {each.title: each for each in Milestone.objects.filter(title__in=EARNS.values())}
    install_pods(
        [(FILES / f"{key}.yaml").read_text(encoding="utf-8") for key in own_cases()],
        {key: Earning(milestone=milestones.get(title)) for key, title in EARNS.items()},
    )
