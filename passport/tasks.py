"""The Passport's part of the job ledger."""

from __future__ import annotations

from django.utils import timezone

from passport.services import issue_passports
from tenancy.jobs import Nightly, job


@job("passport.issue", title="Issue Passports to new programme members", schedule=Nightly())
def issue(period: str, key: str) -> dict[str, object]:
    return {"issued": issue_passports(on=timezone.localdate())}
