"""What an organisation begins with: a taxonomy, the playbook's rule of matching, a template of contracts."""

from __future__ import annotations

from django.db import transaction

from mentoring.models import MatchWeights, Tag
from mentoring.presets import PRESET_TAGS, PRESET_WEIGHTS
from mentoring.services.contracts import install_contract_template


@transaction.atomic
def install_presets() -> None:
    """Give the organisation in scope version 1 of the rule, and tags and a template of contracts if it has
    none. What is there stays."""
    install_contract_template()
    MatchWeights.objects.bulk_create([MatchWeights(version=1)], ignore_conflicts=True)
    if Tag.objects.exists():
        return
    # Two at once name the same tags: the second waits for the first and adds nothing.
    Tag.objects.bulk_create(
        [
            Tag(kind=kind, name=name, weight=PRESET_WEIGHTS[kind])
            for kind, names in PRESET_TAGS.items()
            for name in names
        ],
        ignore_conflicts=True,
    )
