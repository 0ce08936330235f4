"""Addresses of what a matching is told: tags, interests, profiles, the rule; below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from mentoring.api import hours, profiles, rule, tags

TAG = "mentoring/tags/<uuid:tag_id>"

urlpatterns = [
    path("me/mentoring-interests", tags.InterestsView.as_view(), name="interests"),
    path("me/mentor-profile", profiles.ProfileView.as_view(), name="profile"),
    path("me/mentor-profile/hours", hours.HoursView.as_view(), name="hours"),
    path("me/mentor-profile/calendar", hours.CalendarView.as_view(), name="calendar"),
    path("me/mentor-profile/calendar/read", hours.ReadCalendarView.as_view(), name="calendar_read"),
    path("mentoring/mentors", profiles.MentorsView.as_view(), name="mentors"),
    path("mentoring/tags", tags.TagsView.as_view(), name="tags"),
    path("mentoring/taxonomy", tags.TaxonomyView.as_view(), name="taxonomy"),
    path(TAG, tags.TagView.as_view(), name="tag"),
    path(f"{TAG}/retire", tags.RetireTagView.as_view(), name="tag_retire"),
    path(f"{TAG}/restore", tags.RestoreTagView.as_view(), name="tag_restore"),
    path("mentoring/rule", rule.RuleView.as_view(), name="rule"),
]
