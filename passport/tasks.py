"""The Passport's part of the job ledger."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from passport.quarantine import SCAN
from passport.scanning import ask_for_those_left, scan
from passport.services import issue_passports
from passport.summaries.packs import PACK, draw_pack, drop_old_packs
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


@job(PACK, title="Draw a pack for a committee")
def draw(period: str, key: str) -> dict[str, object]:
    return {"summaries": draw_pack(UUID(period))}


@job("passport.drop_packs", title="Drop old packs for committees", schedule=Nightly())
def drop(period: str, key: str) -> dict[str, object]:
    return {"dropped": drop_old_packs(now=timezone.now())}
