"""The addresses of mentorships, below /o/<slug>/mentoring/."""

from __future__ import annotations

from django.urls import path

from mentoring.views import mentorships

urlpatterns = [
    path("", mentorships.mine, name="mine"),
    path("mentorships/<uuid:mentorship_id>/", mentorships.mentorship, name="mentorship"),
]
