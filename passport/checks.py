"""What an operator should know before people hand in files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def has_scanner(**_: Any) -> list[checks.CheckMessage]:
    """Without a virus scanner files are looked into by ourselves alone."""
    if settings.EVIDENCE_SCANNER:
        return []
    hint = "Set EVIDENCE_SCANNER, for example to 'clamdscan --no-summary -' (docs/operations.md)."
    return [checks.Warning("Files that people hand in meet no virus scanner.", hint=hint, id="passport.W001")]
