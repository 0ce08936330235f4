"""A person's own keys to the REST API."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from people.access import demand
from people.access_queries import tokens_of, usable_tokens
from people.enums import TokenEnd, TokenPurpose
from people.member import Member
from people.models import ApiToken, Person
from people.notices import Notice, notify, page_path
from people.permissions import FEEDS_ARE_FOR, RESULTS_ARE_BROUGHT_BY, purposes_of
from people.tokens import SHOWN, digest, new_api_token
from tenancy.models import Membership, User
from tenancy.scope import tenant_scope

LIMIT = 10


class TooManyTokensError(Exception):
    """A person holds as many usable tokens as anybody may."""


def create_api_token(
    name: str, *, days: int, purpose: TokenPurpose = TokenPurpose.ANYTHING, by: Member
) -> tuple[ApiToken, str]:
    """Make a token for oneself that works for `days` days; returns it with its secret, to be shown once.

    One for a purpose opens that alone, of what its person may: what leaks of an HR system cannot do more.
    """
    refusal = RESULTS_ARE_BROUGHT_BY if purpose == TokenPurpose.LEARNING else FEEDS_ARE_FOR
    demand(purpose in purposes_of(by), refusal)
    today = timezone.localdate()
    Person.objects.select_for_update().get(pk=by.person_id)  # two requests cannot both be the tenth
    if usable_tokens(today).filter(person=by.person_id).count() >= LIMIT:
        raise TooManyTokensError
    secret = new_api_token()
    token = ApiToken.objects.create(
        person_id=by.person_id,
        name=name,
        purpose=purpose,
        prefix=secret[:SHOWN],
        token_hash=digest(secret),
        expires_on=today + dt.timedelta(days=days),
    )
    return token, secret


def revoke_api_token(token_id: UUID, *, by: Member) -> None:
    """End one of one's own tokens; somebody else's is not found."""
    end_tokens(tokens_of(by).filter(pk=token_id), TokenEnd.OWNER)


def end_tokens(tokens: QuerySet[ApiToken], why: TokenEnd) -> int:
    """Revoke those of the tokens that are not revoked yet; returns how many."""
    return tokens.filter(revoked_at__isnull=True).update(revoked_at=timezone.now(), revoked_because=why)


@transaction.atomic
def end_tokens_of_login(user: User) -> None:
    """A new password ends the login's tokens in every organisation: whoever knew the old one may have made
    them. Their person is told in each."""
    for membership in Membership.objects.filter(user=user).select_related("organization").order_by("pk"):
        person_id = membership.person_id
        with tenant_scope(membership.organization_id, actor_id=person_id, reason="new password"):
            # A token that is being made at this moment is ended as well.
            list(Person.objects.filter(pk=person_id).select_for_update())
            if ended := end_tokens(ApiToken.objects.filter(person=person_id), TokenEnd.PASSWORD):
                _tell_of_ended_tokens(membership, ended)


def _tell_of_ended_tokens(membership: Membership, count: int) -> None:
    title = ngettext(
        "Your password was changed, so %(count)d API token no longer works.",
        "Your password was changed, so %(count)d API tokens no longer work.",
        count,
    ) % {"count": count}
    notify([membership.person_id], Notice(title, page_path("access:tokens"), "api"))


def note_use(token: ApiToken, *, on: dt.date) -> None:
    """Remember the day a token was last used: one write a day."""
    if token.last_used_on != on:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=on)
