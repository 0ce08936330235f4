"""The addresses of mentoring, below /o/<slug>/."""

from __future__ import annotations

from django.urls import include, path

from mentoring.views import calendars, interests, profiles, rule, taxonomy

app_name = "mentoring"

urlpatterns = [
    path("mentoring/", include("mentoring.urls.mentorships")),
    path("mentoring/", include("mentoring.urls.exposure")),
    path("mentoring/", include("mentoring.urls.satisfaction")),
    path("mentoring/", include("mentoring.urls.credit")),
    path("mentoring/", include("mentoring.urls.studio")),
    path("mentoring/", include("mentoring.urls.alumni")),
    path("mentoring/interests/", interests.interests, name="interests"),
    path("mentoring/mentors/", profiles.mentor_list, name="mentors"),
    path("mentoring/profile/", profiles.profile, name="profile"),
    path("mentoring/profile/hours/", profiles.hours, name="hours"),
    path("mentoring/profile/calendar/address/", calendars.feed, name="feed"),
    path("mentoring/profile/calendar/file/", calendars.file, name="calendar_file"),
    path("mentoring/profile/calendar/read/", calendars.read, name="calendar_read"),
    path("mentoring/profile/calendar/remove/", calendars.forget, name="calendar_remove"),
    path("mentoring/tags/", taxonomy.tags, name="tags"),
    path("mentoring/tags/new/", taxonomy.tag_new, name="tag_new"),
    path("mentoring/tags/<uuid:tag_id>/", taxonomy.tag_edit, name="tag_edit"),
    path("mentoring/tags/<uuid:tag_id>/retire/", taxonomy.tag_retire, name="tag_retire"),
    path("mentoring/tags/<uuid:tag_id>/restore/", taxonomy.tag_restore, name="tag_restore"),
    path("mentoring/rule/", rule.rule, name="rule"),
    path("mentoring/rule/change/", rule.rule_edit, name="rule_edit"),
]
