"""The shape of an xAPI 1.0.3 statement, as far as they matter for a skill pod. What else a statement holds is
kept with it, unread."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from passport.outside.statements import VERBS

MOST: Final = 500  # statements at once
EARLIEST: Final = dt.datetime(2013, 1, 1, tzinfo=dt.UTC)
CLOCKS_DIFFER: Final = dt.timedelta(days=1)


class Account(serializers.Serializer[Any]):
    homePage = serializers.CharField(max_length=500)  # noqa: N815 - the specification's word
    name = serializers.CharField(max_length=200, help_text="The staff number.")


class Actor(serializers.Serializer[Any]):
    """One way to say who: `mbox` with the address at work, or `account` with the staff number. A statement
    that says it in another way is kept aside."""

    objectType = serializers.ChoiceField(["Agent", "Group"], required=False)  # noqa: N815 - as above
    name = serializers.CharField(required=False, max_length=300, allow_blank=True)
    mbox = serializers.RegexField(r"^mailto:[^@\s\x00]+@[^@\s\x00]+$", required=False, max_length=300)
    account = Account(required=False)
    mbox_sha1sum = serializers.RegexField(r"^[0-9a-fA-F]{40}$", required=False)
    openid = serializers.CharField(required=False, max_length=300)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        ways = {"mbox", "account", "mbox_sha1sum", "openid"} & attrs.keys()
        if len(ways) > 1 or (not ways and attrs.get("objectType") != "Group"):
            raise serializers.ValidationError(_("Say who in one way: mbox, account, mbox_sha1sum or openid."))
        return attrs


class Verb(serializers.Serializer[Any]):
    id = serializers.ChoiceField([*VERBS], help_text="completed, passed, failed or scored.")


class Activity(serializers.Serializer[Any]):
    id = serializers.RegexField(r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00]+$", max_length=500)
    objectType = serializers.ChoiceField(["Activity"], required=False)  # noqa: N815 - as above


class Scaled(serializers.FloatField):
    """A number from -1 to 1: no text that reads as one, no NaN, none that overflows."""

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        if not -1 <= data <= 1:
            raise serializers.ValidationError(_("A scaled score lies between -1 and 1."))
        return float(data)


class Score(serializers.Serializer[Any]):
    scaled = Scaled(required=False)


class Outcome(serializers.Serializer[Any]):
    score = Score(required=False)
    success = serializers.BooleanField(required=False)
    completion = serializers.BooleanField(required=False)
    duration = serializers.CharField(required=False, max_length=100, help_text="ISO 8601, such as PT2H.")


class Statement(serializers.Serializer[Any]):
    """What a learning system recorded of somebody in an activity."""

    id = serializers.UUIDField(required=False, help_text="Sent again under the same id it changes nothing.")
    actor = Actor()
    verb = Verb()
    object = Activity()
    result = Outcome(required=False)
    timestamp = serializers.DateTimeField(required=False, help_text="When it happened; without it, today.")

    def validate_timestamp(self, value: dt.datetime) -> dt.datetime:
        if not EARLIEST <= value <= timezone.now() + CLOCKS_DIFFER:
            raise serializers.ValidationError(_("It lies in the future, or before there was xAPI."))
        return value
