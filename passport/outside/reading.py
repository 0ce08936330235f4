"""The statements of a body or of a file, each read or with what is wrong with it. Nothing is kept here."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError

from passport.outside.shape import MOST, Statement
from passport.outside.statements import Result, canonical, result_from
from people.rest.parsing import BodyParser

LARGEST: Final = 1 << 20  # bytes of a file


@dataclass(frozen=True, slots=True)
class Read:
    """By the place of a statement: what it says, or what is wrong with it."""

    results: dict[int, Result] = field(default_factory=dict)
    faults: dict[int, Any] = field(default_factory=dict)


def read_body(body: Any) -> Read:
    """One statement or several; places count from 0, as JSON's do."""
    return _read(body if isinstance(body, list) else [body], first=0, id_of=lambda _content: uuid4())


def read_file(content: bytes) -> Read:
    """The same from a file, which may also be what a record store answers with: statements in an object.
    Places count from 1. A statement without an id gets the same one each time, so that a file brought twice
    changes nothing. Raises ValidationError of the REST framework where the whole is no such file."""
    try:
        body = BodyParser().parse(io.BytesIO(content.removeprefix(b"\xef\xbb\xbf")))
        if isinstance(body, dict) and isinstance(body.get("statements"), list):
            body = body["statements"]
        sent = body if isinstance(body, list) else [body]
        if not sent:
            raise serializers.ValidationError([_("There is no statement in it.")])
        return _read(sent, first=1, id_of=lambda content: uuid5(NAMESPACE_URL, content))
    except ParseError as error:
        told = str(error.detail).removeprefix("JSON parse error - ")
        raise serializers.ValidationError([_("This is no JSON: %(error)s.") % {"error": told}]) from None
    except RecursionError:  # read, but deeper than it can be written again
        raise serializers.ValidationError([_("This is nested too deeply.")]) from None


def _read(sent: list[Any], *, first: int, id_of: Callable[[str], UUID]) -> Read:
    if len(sent) > MOST:
        raise serializers.ValidationError([_("Send at most %(most)s statements at once.") % {"most": MOST}])
    read = Read()
    place_of: dict[UUID, int] = {}
    for place, raw in enumerate(sent, first):
        each = Statement(data=raw)
        if not each.is_valid():
            read.faults[place] = each.errors
            continue
        content = canonical(raw)
        statement_id = each.validated_data.get("id") or id_of(content)
        if statement_id in place_of:
            told = _("Statement %(place)s of this body has this id already.")
            read.faults[place] = {"id": [told % {"place": place_of[statement_id]}]}
            continue
        place_of[statement_id] = place
        read.results[place] = result_from(each.validated_data, content, statement_id=statement_id)
    return read
