"""Lists that another system follows: everything at first, then only what has changed since its last call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.enums import TokenPurpose
from people.models import Person
from people.permissions import FEEDS_ARE_FOR, can_follow_feeds
from people.rest.answers import valid
from people.rest.views import MemberAPIView

DAYS = 180  # as long as a system may be away and still ask what has changed
LAST = UUID(int=2**128 - 1)


class Position(NamedTuple):
    """How far a system has read: everything up to a number, of which what comes after an id is still to come.
    `after` is LAST where nothing is."""

    number: int
    after: UUID


BEGINNING = Position(0, LAST)


class TooOldError(APIException):
    """Whoever was away for so long may miss what was erased meanwhile, and begins again."""

    status_code = status.HTTP_410_GONE
    default_code = "gone"
    default_detail = _("This delta token is too old. Ask without one and take everything again.")


def delta_token(feed: str, organization_id: int, position: Position) -> str:
    """The position in a feed, signed: it holds for this feed of this organisation."""
    return signing.dumps([organization_id, position.number, position.after.hex], salt=_salt(feed))


def position_in(token: str, feed: str, organization_id: int) -> Position:
    """What a token says. 410 for one that is too old; one that was changed, or made for another feed or
    organisation, is 400 at `delta`, without saying which."""
    try:
        owner, number, after = signing.loads(token, salt=_salt(feed), max_age=DAYS * 24 * 3600)
    except signing.SignatureExpired as error:
        raise TooOldError from error
    except signing.BadSignature as error:
        raise _NOT_OURS from error
    if owner != organization_id:
        raise _NOT_OURS
    return Position(number, UUID(after))


_NOT_OURS = serializers.ValidationError(
    {"delta": [_("This is no delta token of this list. Send the last one as it was given.")]}
)


def _salt(feed: str) -> str:
    return f"people.rest.delta.{feed}"


class DeltaQuestion(serializers.Serializer[Any]):
    delta = serializers.RegexField(
        r"^[\w:-]+$",
        required=False,
        max_length=500,
        help_text="As the last answer gave it; it works for 180 days. Without it: everything.",
    )
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=1000, default=200)


class HolderEntry(serializers.ModelSerializer[Person]):
    """Whom an entry is about; `external_id` is the ID under which HR brought the person in."""

    name = serializers.CharField(read_only=True)

    class Meta:
        model = Person
        fields = ["id", "external_id", "name"]


class DeltaEntry(serializers.Serializer[Any]):
    """Part of a list that is followed: subclasses add `results`."""

    delta = serializers.CharField(read_only=True, help_text="Send it with the next call; keep the last one.")
    more = serializers.BooleanField(read_only=True, help_text="Whether the next call has more already.")


GONE = {410: OpenApiResponse(description="The delta token is too old: ask without one.")}


class DeltaView(MemberAPIView):
    """A feed. An entry may come again, when it changed meanwhile: take each by its id, the last one holds."""

    purposes = frozenset({TokenPurpose.HR_SYNC})
    feed: str
    entry: type[serializers.Serializer[Any]]

    def page(self, since: Position, size: int) -> Sequence[tuple[Position, Any]]:
        """What comes after a position, in their order, one more than `size` where there is more."""
        raise NotImplementedError

    def note(self, shown: Sequence[Any]) -> None:
        """Leave on record who saw what."""
        raise NotImplementedError

    def answer(self, request: Request) -> Response:
        demand(can_follow_feeds(self.member), FEEDS_ARE_FOR)
        asked = valid(DeltaQuestion(data=request.query_params))
        organization_id, since = self.member.organization_id, BEGINNING
        if "delta" in asked:
            since = position_in(asked["delta"], self.feed, organization_id)
        found = self.page(since, asked["page_size"])
        kept = found[: asked["page_size"]]
        position = kept[-1][0] if kept else since
        entries = [entry for _position, entry in kept]
        self.note(entries)
        told = {
            "delta": delta_token(self.feed, organization_id, position),
            "more": len(found) > len(kept),
            "results": entries,
        }
        return Response(self.entry(told).data)
