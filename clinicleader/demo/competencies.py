"""The framework of competencies, and what one unit made of it."""

from __future__ import annotations

from typing import Final

from people.models import Unit
from people.unit_queries import root_ids
from sponsors.enums import CompetencyGroup
from sponsors.models import Competency
from sponsors.services.competencies import install_competencies

OWN: Final = {
    "group": CompetencyGroup.SERVICE,
    "name": "Running the room",
    "sentence": "Keeps an acute team thinking together when every minute counts.",
    "anchors": [
        "Says aloud what they see and what worries them.",
        "Gives each person one task, and hears it repeated.",
        "Steps back, sees the whole, and asks for dissent.",
        "Has the department rehearse until newcomers can lead a round.",
    ],
}


def fill_competencies() -> None:
    """Twelve for everybody, and one more in the first department."""
    install_competencies()
    department = Unit.objects.filter(parent__in=root_ids()).order_by("name").first()
    Competency.objects.create(unit=department, **OWN)
