"""Checking a badge that somebody was shown, below /check-badge/: nobody signs in for it."""

from django.urls import path

from passport.views import badge_check

app_name = "badge_check"

urlpatterns = [
    path("", badge_check.page, name="page"),
    path("check-badge.html", badge_check.file, name="file"),
]
