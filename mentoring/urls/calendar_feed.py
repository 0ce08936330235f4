"""The address a calendar reads, below /calendars/<organisation>/: nobody signs in for it."""

from django.urls import path

from mentoring.views import calendar_feed

app_name = "calendars"

urlpatterns = [path("<str:token>/", calendar_feed.feed, name="feed")]
