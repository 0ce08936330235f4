"""The theme switch and the error pages."""

from http import HTTPStatus

from django.conf import settings
from django.db.transaction import non_atomic_requests
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from web.problems import is_for_programs, problem_response
from web.showcase import showcase
from web.theme import COOKIE, NAMES, SYSTEM, YEAR, theme_of


@non_atomic_requests
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look by themselves, for a file or before a page has told them better."""
    return redirect(static("img/favicon.svg"))


@require_POST
@non_atomic_requests
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme in a cookie and go back; a fetch by app.js gets 204 instead."""
    chosen = request.POST.get("theme", SYSTEM)
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    fetched = request.headers.get("X-Requested-With") == "fetch"
    response = HttpResponse(status=HTTPStatus.NO_CONTENT) if fetched else redirect(back)
    response.set_cookie(
        COOKIE,
        chosen if chosen in NAMES else SYSTEM,
        max_age=YEAR,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure(),
    )
    return response


@non_atomic_requests
def components(request: HttpRequest) -> HttpResponse:
    """The living component page, for developers; production has none."""
    if settings.MODE == "production":
        raise Http404
    return render(request, "web/components.html", showcase(request))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself is broken."""
    return error_page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: visible, but not allowed. The reason is shown when the code gave one."""
    return error_page(request, HTTPStatus.FORBIDDEN, reason=str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not visible to this person; the page never says which."""
    return error_page(request, HTTPStatus.NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old; the technical reason stays in the log."""
    return error_page(request, HTTPStatus.FORBIDDEN, template="errors/csrf.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without context processors, since one of them may be what failed."""
    if is_for_programs(request):
        return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR)
    context = {"theme": theme_of(request), "bare": True}
    body = render_to_string("errors/500.html", context)
    return HttpResponse(body, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def error_page(
    request: HttpRequest, status: HTTPStatus, *, template: str = "", reason: str = ""
) -> HttpResponse:
    """One of templates/errors, in the narrow frame that needs nobody signed in; for programs a problem."""
    if is_for_programs(request):
        return problem_response(status, reason)
    return render(request, template or f"errors/{status.value}.html", {"reason": reason}, status=status)
