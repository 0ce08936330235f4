"""The Passport's part of the job ledger."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from passport.quarantine import SCAN
from passport.scanning import ask_for_those_left, scan
from passport.services import issue_passports
from tenancy.jobs import Nightly, job


@job("passport.issue", title="Issue Passports to new programme members", schedule=Nightly())
def issue(period: str, key: str) -> dict[str, object]:
    return {"issued": issue_passports(on=timezone.localdate())}


@job(SCAN, title="Check a file that somebody handed in")
def scan_file(period: str, key: str) -> dict[str, object]:
    return {"found": scan(UUID(period)) or "nothing to check"}


@job("passport.scan_left", title="Check files that were left", schedule=Nightly())
def scan_left(period: str, key: str) -> dict[str, object]:
    return {"asked": ask_for_those_left()}
