"""What the answers of several rooms show alike."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from people.models import Person


class ColleagueEntry(serializers.ModelSerializer[Person]):
    name = serializers.CharField(read_only=True)

    class Meta:
        model = Person
        fields = ["id", "name"]


class ShareEntry(serializers.Serializer[Any]):
    """How many of n; shares from 0 to 1 with the interval of Wilson, null of nobody."""

    n = serializers.IntegerField(read_only=True)
    count = serializers.IntegerField(read_only=True)
    share = serializers.FloatField(read_only=True, allow_null=True)
    low = serializers.FloatField(read_only=True, allow_null=True)
    high = serializers.FloatField(read_only=True, allow_null=True)
