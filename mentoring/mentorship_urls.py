"""The addresses of mentorships, below /o/<slug>/mentoring/."""

from __future__ import annotations

from django.urls import path

from mentoring.views import mentorship_steps, mentorships

urlpatterns = [
    path("", mentorships.mine, name="mine"),
    path("propose/", mentorship_steps.propose, name="propose"),
    path("mentorships/<uuid:mentorship_id>/", mentorships.mentorship, name="mentorship"),
    *(
        path(
            f"mentorships/<uuid:mentorship_id>/{name}/",
            mentorship_steps.step,
            {"name": name},
            name=f"mentorship_{name}",
        )
        for name in mentorship_steps.STEPS
    ),
]
