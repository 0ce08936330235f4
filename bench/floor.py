"""What a page costs at least: the site's middleware, session, user, eight queries and fifty rows.

The product has no such page; the benchmarks add it to the addresses while they run.
"""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import include, path

_PAGE = Engine().from_string(
    "<!doctype html><title>Floor</title><h1>{{ user }}</h1><table>{% for row in rows %}<tr>"
    "<td>{{ row.pk }}<td>{{ row.codename }}<td>{{ row.name }}<td>{{ row.content_type.model }}"
    "{% endfor %}</table>"
)


def page(request: HttpRequest, queries: int) -> HttpResponse:
    """A page of `queries` queries beside those of session and user."""
    user = str(request.user)
    first = Permission.objects.order_by("pk").values_list("pk", flat=True)[0]
    for _ in range(queries - 2):
        Permission.objects.get(pk=first)
    rows = Permission.objects.select_related("content_type").order_by("pk")[:50]
    return HttpResponse(_PAGE.render(Context({"user": user, "rows": rows})))


urlpatterns = [
    path("floor/", page, {"queries": 8}),
    path("three/", page, {"queries": 3}),
    path("", include("clinicleader.urls")),
]
