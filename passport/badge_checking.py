"""Checking badges of the organisations on this site, and others with the keys that somebody hands in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import Resolver404, ResolverMatch, resolve

from passport.badge_publishing import status_token
from passport.badge_queries import public_keys
from passport.badges import (
    Outcome,
    Papers,
    Report,
    TokenError,
    check,
    claims_unverified,
    issuer_of,
    names_of_lists,
)
from passport.badges.checking import MOST_LISTS
from tenancy.models import Organization
from tenancy.scope import tenant_scope
from web.addresses import full_address


@dataclass(frozen=True, slots=True)
class Checked:
    """A report, and whether the issuer is an organisation of this site, whose keys are known here."""

    report: Report
    known: bool

    @property
    def proven(self) -> bool:
        return any(finding.outcome is Outcome.SIGNED for finding in self.report.findings)


def check_papers(papers: Papers, *, now: dt.datetime, email: str = "") -> Checked:
    """For a badge of this site its own keys and lists count, whatever was handed in beside it."""
    try:
        claims = claims_unverified(papers.token)
    except TokenError:
        claims = {}
    organization = _organization_at(issuer_of(claims))
    if organization is None:
        return Checked(check(papers.token, keys=papers.keys, lists=papers.lists, now=now, email=email), False)
    with tenant_scope(organization.pk, reason="badge check"):
        lists = {
            address: token
            for address in sorted(names_of_lists(claims))[:MOST_LISTS]
            if (token := _list_at(address, organization))
        }
        report = check(papers.token, keys=public_keys(), lists=lists, now=now, email=email)
    return Checked(report, True)


def _organization_at(address: str) -> Organization | None:
    """The organisation whose profile as an issuer is at this address."""
    at = _place(address)
    if at is None or at.view_name != "badges:issuer":
        return None
    return Organization.objects.filter(slug=at.kwargs["organization_slug"]).first()


def _list_at(address: str, organization: Organization) -> str | None:
    """The organisation's status list of this address; None where there is none of its own."""
    at = _place(address)
    if at is None or at.view_name != "badges:status" or at.kwargs["organization_slug"] != organization.slug:
        return None
    return status_token(organization, at.kwargs["number"])


def _place(address: str) -> ResolverMatch | None:
    """What of this site an address leads to."""
    site = full_address("/")
    try:
        return resolve(f"/{address.removeprefix(site)}") if address.startswith(site) else None
    except Resolver404:
        return None
