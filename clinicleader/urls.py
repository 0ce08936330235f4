"""Every address of the site."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from clinicleader import search, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("", include("web.urls")),
    path("accounts/", include("people.account_urls")),
    path("accounts/", include("allauth.urls")),
    path("invitations/<slug:organization_slug>/", include("people.invitation_urls")),
    path("answers/<slug:organization_slug>/", include("surveys.ballot_urls")),
    path("reminders/<slug:organization_slug>/", include("surveys.reminder_urls")),
    path("exposures/<slug:organization_slug>/", include("mentoring.urls.exposure_link")),
    path("calendars/<slug:organization_slug>/", include("mentoring.urls.calendar_feed")),
    path("passports/<slug:organization_slug>/", include("passport.link_urls")),
    path("summaries/<slug:organization_slug>/", include("passport.summary_urls")),
    path("check-badge/", include("passport.badge_check_urls")),
    path("badges/<slug:organization_slug>/", include("passport.badge_urls")),
    path("o/<slug:slug>/", views.today, name="today"),
    path("o/<slug:slug>/search/", search.search, name="search"),
    path("o/<slug:slug>/", include("people.urls")),
    path("o/<slug:slug>/", include("surveys.urls")),
    path("o/<slug:slug>/", include("mentoring.urls")),
    path("o/<slug:slug>/", include("passport.urls")),
    path("o/<slug:slug>/clinic/", include("sponsors.urls")),
    path("o/<slug:slug>/partnerships/", include("partnerships.urls")),
    path("o/<slug:slug>/", include("readiness.urls")),
    path("o/<slug:slug>/succession/", include("succession.urls")),
    path("o/<slug:slug>/insights/", include("insights.urls")),
    path("o/<slug:slug>/", include("people.access_urls")),
    path("api/v1/o/<slug:slug>/", include("people.api_urls")),
    path("api/v1/o/<slug:slug>/", include("mentoring.api.urls")),
    path("api/v1/o/<slug:slug>/", include("passport.api_urls")),
    path("api/v1/o/<slug:slug>/", include("sponsors.api.urls")),
    path("api/v1/o/<slug:slug>/", include("partnerships.api.urls")),
    path("api/v1/o/<slug:slug>/", include("readiness.api_urls")),
    path("api/v1/o/<slug:slug>/", include("succession.api.urls")),
    path("api/v1/o/<slug:slug>/", include("insights.api.urls")),
    path("api/v1/o/<slug:slug>/", include("surveys.api_urls")),
    path("api/v1/schema/", SpectacularJSONAPIView.as_view(), name="api_schema"),
    path(
        "api/v1/docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api_schema", template_name="people/api_docs.html"),
        name="api_docs",
    ),
]

if settings.DEMO:
    # In other modes these addresses do not exist.
    urlpatterns.append(path("demo/", include("people.demo_urls")))

handler400 = "web.views.bad_request"
handler403 = "web.views.forbidden"
handler404 = "web.views.not_found"
handler500 = "web.views.server_error"
