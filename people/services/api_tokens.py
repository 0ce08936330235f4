"""A person's own keys to the REST API."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import timezone

from people.access_queries import tokens_of, usable_tokens
from people.member import Member
from people.models import ApiToken, Person
from people.tokens import SHOWN, digest, new_api_token

LIMIT = 10


class TooManyTokensError(Exception):
    """A person holds as many usable tokens as anybody may."""


def create_api_token(name: str, *, days: int, by: Member) -> tuple[ApiToken, str]:
    """Make a token for oneself that works for `days` days; returns it with its secret, to be shown once."""
    today = timezone.localdate()
    Person.objects.select_for_update().get(pk=by.person_id)  # two requests cannot both be the tenth
    if usable_tokens(today).filter(person=by.person_id).count() >= LIMIT:
        raise TooManyTokensError
    secret = new_api_token()
    token = ApiToken.objects.create(
        person_id=by.person_id,
        name=name,
        prefix=secret[:SHOWN],
        token_hash=digest(secret),
        expires_on=today + dt.timedelta(days=days),
    )
    return token, secret


def revoke_api_token(token_id: UUID, *, by: Member) -> None:
    """End one of one's own tokens; somebody else's is not found."""
    tokens_of(by).filter(pk=token_id).update(revoked_at=timezone.now())


def note_use(token: ApiToken, *, on: dt.date) -> None:
    """Remember the day a token was last used: one write a day."""
    if token.last_used_on != on:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=on)
