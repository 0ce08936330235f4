"""Checking a promotion summary, below /summaries/<organisation>/: nobody signs in for it."""

from django.urls import path

from passport.views import summaries

app_name = "summaries"

urlpatterns = [
    path("", summaries.page, name="page"),
    path("<str:code>/", summaries.check, name="check"),
]
