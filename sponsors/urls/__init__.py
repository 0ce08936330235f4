"""The addresses of the clinic, below /o/<slug>/clinic/."""

from __future__ import annotations

from django.urls import include, path

from sponsors.views import (
    accountability,
    caseload,
    charts,
    coaches,
    definition,
    overview,
    profiles,
    quality,
    sponsorship_steps,
    sponsorships,
    team,
)

app_name = "sponsors"

urlpatterns = [
    path("", sponsorships.mine, name="mine"),
    path("sponsors/", profiles.sponsor_list, name="sponsors"),
    path("sponsors/<uuid:person_id>/", sponsorship_steps.ask, name="ask"),
    path("profile/", profiles.profile, name="profile"),
    path("coach/", coaches.coach, name="coach"),
    path("definition/", definition.definition, name="definition"),
    path("definition/change/", definition.definition_edit, name="definition_edit"),
    path("overview/", overview.overview, name="overview"),
    path("overview/quality/", quality.quality, name="quality"),
    path("overview.csv", overview.overview_csv, name="overview_csv"),
    path("competencies/", include("sponsors.urls.competencies")),
    path("caseload/", caseload.caseload, name="caseload"),
    path("accountability/", accountability.accountability_page, name="accountability"),
    path("accountability.csv", accountability.accountability_csv, name="accountability_csv"),
    path("review-rule/", accountability.review_rule, name="review_rule"),
    path("", include("sponsors.urls.intake")),
    path("", include("sponsors.urls.obstacles")),
    path("", include("sponsors.urls.contacts")),
    path("leaders/<uuid:person_id>/", charts.chart, name="chart"),
    path("leaders/<uuid:person_id>/team/", team.team, name="team"),
    path("leaders/<uuid:person_id>/team/<uuid:seat_id>/release/", team.release, name="team_release"),
    path("leaders/<uuid:person_id>/coaching/", include("sponsors.urls.coaching")),
    path("leaders/<uuid:person_id>/conferences/", include("sponsors.urls.conferences")),
    path("leaders/<uuid:person_id>/regimen/", include("sponsors.urls.regimens")),
    path("", include("sponsors.urls.onboarding")),
    path("leaders/<uuid:person_id>/reviews/", include("sponsors.urls.reviews")),
    path("sponsorships/<uuid:sponsorship_id>/", sponsorships.sponsorship, name="sponsorship"),
    *(
        path(
            f"sponsorships/<uuid:sponsorship_id>/{name}/",
            sponsorship_steps.step,
            {"name": name},
            name=f"sponsorship_{name}",
        )
        for name in sponsorship_steps.STEPS
    ),
]
