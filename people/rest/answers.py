"""How endpoints take a body, call a service and say what it refused."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers, status
from rest_framework.exceptions import APIException

from people.models import Person
from people.queries import employed

# What web.forms.one_line demands, as a description can say it.
ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
WORDS_ON_ONE_LINE = r"^\s*[^\s\x00-\x1f\x7f-\x9f\u2028\u2029][^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
T = TypeVar("T")


class MovedMeanwhile(APIException):
    """What was asked does not fit how things are now, and the words say how they are. `current`: the object
    as it is, where somebody else changed it first."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"

    def __init__(self, detail: str, *, current: object = None) -> None:
        super().__init__(detail)
        self.members = {"current": current} if current is not None else {}


class RefusedValues(serializers.ValidationError):
    """The body is as described, and a rule refuses some of its values; each message is at its field."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY


MOVED = {
    409: OpenApiResponse(
        description="It changed meanwhile, or a rule does not allow it; `detail` says which."
    )
}


def done(act: Callable[[], T], **renamed: str) -> T:
    """What a service did; its refusals as problems: of a value 422, of how things are 409. `renamed`: what
    the body calls a field of which the service speaks by another name."""
    try:
        return act()
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            faults = {renamed.get(name, name): said for name, said in error.message_dict.items()}
            raise RefusedValues(faults) from error
        raise MovedMeanwhile(" ".join(error.messages)) from error


def valid(body: serializers.Serializer[Any]) -> dict[str, Any]:
    """The values of a body or query, or 400 with what is wrong with them."""
    body.is_valid(raise_exception=True)
    values: dict[str, Any] = body.validated_data
    return values


def colleague(field: str, person_id: UUID) -> Person:
    """Somebody who works here, named in a field; 422 for everybody else."""
    return colleagues(field, [person_id])[person_id]


def colleagues(field: str, person_ids: Collection[UUID]) -> dict[UUID, Person]:
    """Several of them, in one query."""
    found = Person.objects.filter(employed(timezone.localdate())).in_bulk(set(person_ids))
    if not found.keys() >= set(person_ids):
        raise RefusedValues({field: [_("Nobody here has this id.")]})
    return found


def words(longest: int, **options: Any) -> serializers.RegexField:
    """A text that has to say something. PostgreSQL knows no NUL, and the description says both; it names what
    Python strips as blank and a description's patterns do not."""
    return serializers.RegexField(r"^\s*[^\x00\s\x1c-\x1f\x85][^\x00]*$", max_length=longest, **options)


def words_on_one_line(longest: int, **options: Any) -> serializers.RegexField:
    """A name or a heading that has to say something."""
    return serializers.RegexField(WORDS_ON_ONE_LINE, max_length=longest, **options)


def optional_words(longest: int, pattern: str = r"^[^\x00]*$", **options: Any) -> serializers.RegexField:
    """A text that may be empty or left out."""
    told = {"required": False, "allow_blank": True, "default": "", **options}
    return serializers.RegexField(pattern, max_length=longest, **told)
