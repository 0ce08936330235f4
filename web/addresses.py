"""Addresses: of another page, and of this page with a few parameters changed."""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse


def with_query(request: HttpRequest, **changes: object) -> str:
    """This page's query string with `changes`; None removes a parameter. Always starts with "?"."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def full_address(path: str) -> str:
    """An address for a mail: where the settings say the site is, never where a request claims it was."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def address(name: str, *args: object) -> str:
    """reverse(), quick enough for every row of a list: addresses that differ in ids alone are made once."""
    ids = [str(arg) for arg in args if isinstance(arg, UUID)]
    others = tuple(None if isinstance(arg, UUID) else str(arg) for arg in args)
    start, *rest = _parts_around_ids(name, others, settings.ROOT_URLCONF, get_script_prefix())
    return start + "".join(map(str.__add__, ids, rest))


@lru_cache(maxsize=2048)
def _parts_around_ids(name: str, others: tuple[str | None, ...], urlconf: str, _prefix: str) -> list[str]:
    """The address around the ids, which are None in `others`: ["/o/acme/people/", "/"]."""
    ids = [str(UUID(int=place)) for place in range(len(others))]
    args = [own if own is not None else ids[place] for place, own in enumerate(others)]
    parts, rest = [], reverse(name, urlconf, args=args)
    for place, own in enumerate(others):
        if own is None:
            part, rest = rest.split(ids[place], 1)
            parts.append(part)
    return [*parts, rest]
