"""The address of this page with a few parameters changed: sorting, paging and filters live in the URL."""

from django.http import HttpRequest


def with_query(request: HttpRequest, **changes: object) -> str:
    """This page's query string with `changes`; None removes a parameter. Always starts with "?"."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"
